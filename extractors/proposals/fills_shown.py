"""Which filled areas are seen: Word shades a cell, and the lines of its paragraphs once more in the same colour."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.page import Fill

WITHIN = 1.0
MOST = 3000
"""Areas of a page that are compared; a page of more is a drawing."""


def fills_shown(fills: Sequence[Fill]) -> list[Fill]:
    """The areas, in painting order, without those that lie in one of their own colour painted before, where nothing of
    another colour was painted between.
    """
    if len(fills) > MOST:
        return list(fills)
    shown: list[Fill] = []
    by_colour: dict[str, list[tuple[int, Fill]]] = {}
    for fill in fills:
        before = by_colour.setdefault(fill.colour, [])
        under = _under(fill, before)
        if under is not None and not any(f.colour != fill.colour and _meets(f, fill) for f in shown[under + 1 :]):
            continue
        before.append((len(shown), fill))
        shown.append(fill)
    return shown


def _under(fill: Fill, before: Sequence[tuple[int, Fill]]) -> int | None:
    """The place of the last of these areas that holds the area."""
    x0, top, x1, bottom, _ = fill
    left, upper, right, lower = x0 + WITHIN, top + WITHIN, x1 - WITHIN, bottom - WITHIN
    for place, (x, y, far, low, _) in reversed(before):
        if x <= left and y <= upper and far >= right and low >= lower:
            return place
    return None


def _meets(a: Fill, b: Fill) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom
