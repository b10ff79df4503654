"""What an arrow says: up, down or flat, whichever way it was drawn."""

from __future__ import annotations

from schemas.document import Trend

UP = "↑▲△⬆⇧⇑⏶🡅🠉🔺⤒↗⬈🡕▴"
DOWN = "↓▼▽⬇⇩⇓⏷🡇🠋🔻⤓↘⬊🡖▾"
FLAT = "→►▶▷⇨➔➜➡⇒↔⬌⇔🡆🠊▸◄◀⬅←━"

CHARACTERS: dict[str, Trend] = {
    **dict.fromkeys(UP, "up"),
    **dict.fromkeys(DOWN, "down"),
    **dict.fromkeys(FLAT, "flat"),
}

# Symbol fonts draw arrows at the places of ordinary letters; a PDF gives the letter, or the private-use character
# U+F000 + code. Codes as in the fonts' own tables.
SYMBOL_FONTS: dict[str, dict[int, Trend]] = {
    "wingdings": {0xE9: "up", 0xEA: "down", 0xE8: "flat", 0xE7: "flat", 0xF1: "up", 0xF2: "down", 0xF0: "flat",
                  0xEF: "flat", 0xEC: "up", 0xEE: "down", 0xF3: "flat", 0xDF: "flat", 0xE0: "flat", 0xE1: "up",
                  0xE2: "down", 0xE4: "up", 0xE6: "down"},
    "wingdings3": {0x70: "up", 0x71: "down", 0x75: "flat", 0x74: "flat", 0x68: "up", 0x69: "down", 0x67: "flat",
                   0x66: "flat", 0x23: "up", 0x24: "down", 0x22: "flat", 0x21: "flat", 0x6C: "up", 0x6D: "down",
                   0xA3: "up", 0xA4: "down", 0xC7: "up", 0xC8: "down", 0xC6: "flat"},
    "webdings": {0x35: "up", 0x36: "down", 0x34: "flat", 0x33: "flat"},
    "symbol": {0xAD: "up", 0xAF: "down", 0xAE: "flat", 0xDD: "up", 0xDF: "down", 0xDE: "flat"},
}  # fmt: skip


def symbol_font(name: str) -> str | None:
    """Which symbol font a base font name (`ABCDEF+Wingdings-Regular`) is, if it is one."""
    plain = name.rpartition("+")[2].lower().replace(" ", "").replace("-", "")
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
