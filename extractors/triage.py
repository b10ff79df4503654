"""Which pages can hold a table at all: facts about the page, then a verdict."""

from __future__ import annotations

from schemas.page import Page

LEAST_WORDS = 4
GAP = 1.1
"""A space between words of this many heights may part two columns; word spaces are about 0.3."""
LEAST_GAPS = 3


def may_hold_tables(page: Page) -> bool:
    """False only where there is nothing to make a table of: no tags, too few rules and fills, no gaps in lines."""
    if len(page.words) < LEAST_WORDS:
        return False
    if page.tags or (len(page.h_rules) >= 2 and page.v_rules) or len(page.h_rules) >= 3 or len(page.fills) >= 3:
        return True
    return _wide_gaps(page) >= LEAST_GAPS


def _wide_gaps(page: Page) -> int:
    """How often two words that follow each other on a line stand far apart, either way round."""
    gaps = 0
    for before, after in zip(page.words, page.words[1:], strict=False):
        height = min(before.bottom - before.top, after.bottom - after.top)
        level = abs(before.bottom - after.bottom) < 0.5 * height
        if level and (after.x0 - before.x1 > GAP * height or before.x0 - after.x1 > GAP * height):
            gaps += 1
    return gaps
