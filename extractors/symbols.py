"""What an arrow says: up, down or flat, whichever way it was drawn."""

from __future__ import annotations

import re

from schemas.document import Trend

UP = "↑▲△⬆⇧⇑⏶🡅🠉🔺⤒↗⬈🡕▴"
DOWN = "↓▼▽⬇⇩⇓⏷🡇🠋🔻⤓↘⬊🡖▾"
FLAT = "→►▶▷⇨➔➜➡⇒↔⬌⇔🡆🠊▸◄◀⬅←━"

CHARACTERS: dict[str, Trend] = {
    **dict.fromkeys(UP, "up"),
    **dict.fromkeys(DOWN, "down"),
    **dict.fromkeys(FLAT, "flat"),
}

VALUE = re.compile(
    r"[-+~≈<>≤≥£(]*\d[\d,.:/]*[)%]?(?: ?(?:k|m|bn|days?|hours?|weeks?|\([^()]{1,12}\)))?|n/?a|-"
    r"|(?:red|amber|green|blue|grey|r|a|g|b)(?: rated)?",
    re.IGNORECASE,
)
COMPASS: tuple[Trend, ...] = ("flat", "flat", "up", "down", "up", "up", "down", "down")
"""Left, right, up, down, north-west, north-east, south-west, south-east: the order in which these fonts set arrows."""


def _run(first: int, count: int) -> dict[int, Trend]:
    return dict(zip(range(first, first + count), COMPASS, strict=False))


# Symbol fonts draw arrows at the places of ordinary letters; a PDF gives the letter, or the private-use character
# U+F000 + code. Codes as in the fonts' own tables.
SYMBOL_FONTS: dict[str, dict[int, Trend]] = {
    # 0xDB to 0xDE in circles, 0xDF to 0xE6 thin, 0xE7 to 0xEE thick, 0xEF to 0xF8 outlined; 0xF4 points up and down.
    "wingdings": {
        **_run(0xDB, 4), **_run(0xDF, 8), **_run(0xE7, 8), **_run(0xEF, 4), 0xF3: "flat",
        **dict(zip(range(0xF5, 0xF9), COMPASS[4:], strict=True)),
    },
    # Triangles are set up before down, and before left and right.
    "wingdings3": {
        **_run(0x21, 8), **_run(0x29, 4), **_run(0x2D, 4), 0x31: "flat", **_run(0x33, 4), **_run(0x48, 4),
        **_run(0x66, 8), 0x70: "up", 0x71: "down", 0x72: "up", 0x73: "down", **_run(0x74, 2), **_run(0x76, 2),
        **_run(0x7C, 3), 0x80: "down", 0x81: "up", 0x82: "down", **_run(0x83, 2),
        **{code: trend for first in range(0x85, 0xA5, 4) for code, trend in _run(first, 4).items()},
        **_run(0xC5, 4), **_run(0xD1, 8), **_run(0xD9, 8), **_run(0xE1, 8),
    },
    "webdings": _run(0x33, 4),
    "symbol": {
        0xAB: "flat", 0xAC: "flat", 0xAD: "up", 0xAE: "flat", 0xAF: "down", 0xDB: "flat", 0xDC: "flat", 0xDD: "up",
        0xDE: "flat", 0xDF: "down",
    },
}  # fmt: skip


def symbol_font(name: str) -> str | None:
    """Which symbol font a base font name (`ABCDEF+Wingdings-Regular`) is, if it is one."""
    plain = name.rpartition("+")[2].lower().replace(" ", "").replace("-", "")
    if plain.startswith("wingdings2"):
        return None
    for known in ("wingdings3", "wingdings", "webdings"):
        if plain.startswith(known):
            return known
    return "symbol" if plain in ("symbol", "symbolmt") else None


def glyph_symbol(font: str, code: int) -> Trend | None:
    """What a symbol font's glyph says. `code` may be the private-use form."""
    return SYMBOL_FONTS[font].get(code - 0xF000 if code >= 0xF000 else code)


def text_symbol(text: str) -> Trend | None:
    """What a text says that is nothing but arrows of one direction."""
    said = {CHARACTERS.get(char) for char in text if not char.isspace() and char != "\ufe0f"}
    return said.pop() if len(said) == 1 else None


def arrow_beside(text: str) -> Trend | None:
    """What the one arrow beside a value says: "93% ▲", "► GREEN"; None in other texts, where an arrow is a bullet or
    part of a sentence.
    """
    arrows = [char for char in text if char in CHARACTERS]
    rest = "".join(" " if char in CHARACTERS or char == "\ufe0f" else char for char in text).split()
    if len(arrows) != 1 or not 1 <= len(rest) <= 3 or not VALUE.fullmatch(" ".join(rest)):
        return None
    return CHARACTERS[arrows[0]]


def has_arrow(text: str) -> bool:
    """Whether an arrow is among the characters."""
    return any(char in CHARACTERS for char in text)
