"""Which pages can hold a table at all: facts about the page, then a verdict."""

from __future__ import annotations

from schemas.page import Page

LEAST_WORDS = 4
GAP = 1.1
"""A space between words of this many heights may part two columns; word spaces are about 0.3."""
LEAST_GAPS = 3


def may_hold_tables(page: Page) -> bool:
    """False only where there is nothing to make a table of: no tags, too few rules and fills, no gaps in lines.

    Rules all of one direction may be underlines, and fills highlights: those need one gap besides.
    """
    if len(page.words) < LEAST_WORDS:
        return False
    if page.tags or (len(page.h_rules) >= 2 and page.v_rules):
        return True
    gaps = _gaps(page)
    return gaps >= LEAST_GAPS or (gaps > 0 and (len(page.h_rules) >= 3 or len(page.fills) >= 3))


def _gaps(page: Page) -> int:
    """How often a word stands far from the one before it at its height, or begins a column higher up the page. A short
    cell set half-way down a tall one stands between two of its lines.
    """
    gaps = 0
    end, start, upper, lower = 0.0, 0.0, 0.0, 0.0
    for word in page.words:
        x0, top, x1, bottom = word[:4]
        height = min(bottom - top, lower - upper)
        if abs(lower - bottom) < 0.5 * height:
            gaps += x0 - end > GAP * height or start - x1 > GAP * height
        elif (bottom <= upper and x0 > end) or (bottom < lower + height and top < lower and x0 - end > GAP * height):
            gaps += 1
        end, start, upper, lower = x1, x0, top, bottom
    return gaps
