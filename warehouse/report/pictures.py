"""Pictures of a pack's pages, together no larger than a report may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from schemas.picture import Picture

Render = Callable[[str, int, float], Picture | None]
"""(pack_id, page, pixels a point) -> the picture, or None where the pack's file is not kept or the page breaks."""

SCALES = (1.7, 1.4, 1.15, 0.95, 0.8)
"""Pixels a point. At 1.7 a page of A4 is 1,000 pixels wide; at 0.8 a table of 8 point type can just be read."""
TYPICAL = 27_000
"""Bytes of a usual page of a board pack at one pixel a point; the size grows about as fast as the scale."""


def draw_pages(render: Render, pack_id: str, pages: Sequence[int], budget: int) -> dict[int, Picture]:
    """Page -> picture, for the pages that could be drawn; together at most `budget` bytes.

    `pages` is in order of weight. All are drawn at one scale where that fits; otherwise the largest are drawn
    smaller, and at last those of least weight are left out.
    """
    step = next((n for n, s in enumerate(SCALES) if len(pages) * TYPICAL * s <= budget), len(SCALES) - 1)
    drawn = {page: picture for page in pages if (picture := render(pack_id, page, SCALES[step]))}
    for scale in SCALES[step + 1 :]:
        for page in sorted(drawn, key=lambda n: -len(drawn[n].data)):
            if total(drawn) <= budget:
                return drawn
            smaller = render(pack_id, page, scale)
            if smaller and len(smaller.data) < len(drawn[page].data):
                drawn[page] = smaller
    for page in reversed([page for page in pages if page in drawn]):
        if total(drawn) <= budget:
            break
        del drawn[page]
    return drawn


def total(drawn: dict[int, Picture]) -> int:
    """Bytes of all pictures."""
    return sum(len(picture.data) for picture in drawn.values())
