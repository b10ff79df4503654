"""What an arrow says: up, down or flat, whichever way it was drawn."""

from __future__ import annotations

from collections.abc import Sequence

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


def shape_symbol(points: Sequence[tuple[float, float]]) -> Trend | None:
    """What a small filled outline says: a triangle or a block arrow by the side that its head is on, else None.

    `points` are its corners, y downwards. The head is where an arrow's outline is a single point; opposite stands
    an edge. A rectangle, a circle or a star has no such side.
    """
    corners = list(dict.fromkeys((round(x, 1), round(y, 1)) for x, y in points))
    if not 3 <= len(corners) <= 14:
        return None
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if width < 2 or height < 2 or max(width, height) > 4 * min(width, height):
        return None

    def at(axis: int, value: float, tolerance: float) -> list[float]:
        return [corner[1 - axis] for corner in corners if abs(corner[axis] - value) <= tolerance]

    near_x, near_y = 0.12 * width, 0.12 * height
    sides = {
        "left": at(0, min(xs), near_x), "right": at(0, max(xs), near_x),
        "top": at(1, min(ys), near_y), "bottom": at(1, max(ys), near_y),
    }  # fmt: skip
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

    def points_to(side: str, opposite: str, middle: float, extent: float) -> bool:
        tip = sides[side]
        return (
            len(tip) == 1
            and abs(tip[0] - middle) < 0.15 * extent
            and len(sides[opposite]) >= 2
            and max(sides[opposite]) - min(sides[opposite]) > 0.15 * extent
        )

    up = points_to("top", "bottom", middle_x, width)
    down = points_to("bottom", "top", middle_x, width)
    across = points_to("right", "left", middle_y, height), points_to("left", "right", middle_y, height)
    if up and not down and not any(across):
        return "up"
    if down and not up and not any(across):
        return "down"
    tips = len(sides["left"]) == 1 and len(sides["right"]) == 1
    if (any(across) or (tips and len(corners) >= 8)) and not up and not down:
        return "flat"
    return None
