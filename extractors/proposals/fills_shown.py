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
    by_colour: dict[str, list[int]] = {}
    for fill in fills:
        under = next((n for n in reversed(by_colour.get(fill.colour, ())) if _holds(shown[n], fill)), None)
        if under is not None and not any(f.colour != fill.colour and _meets(f, fill) for f in shown[under + 1 :]):
            continue
        by_colour.setdefault(fill.colour, []).append(len(shown))
        shown.append(fill)
    return shown


def _holds(outer: Fill, inner: Fill) -> bool:
    return (
        outer.x0 - WITHIN <= inner.x0
        and outer.top - WITHIN <= inner.top
        and inner.x1 <= outer.x1 + WITHIN
        and inner.bottom <= outer.bottom + WITHIN
    )


def _meets(a: Fill, b: Fill) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom
