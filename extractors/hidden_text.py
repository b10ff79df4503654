"""What a page holds that nobody sees: it is left out of tables and text, and said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.celltext import clean
from extractors.page_frame import turn_back
from schemas.document import BBox, RawTable
from schemas.finding import Finding
from schemas.page import Page, Word

LEAST_LAYER = 5
"""Words of a scan's text layer below which nothing is said."""
MOST_SHOWN = 80
"""Characters of hidden text that a finding repeats."""


def find_hidden(page: Page, tables: Sequence[RawTable]) -> Iterator[Finding]:
    """One finding for a page with hidden letters or figures: a warning where they stand within a table, since a cell
    may be emptier than its author thinks; else for information. And one for a scan's text layer on a page that has
    other text too: such a page does not look like a scan.
    """
    if page.n_invisible >= LEAST_LAYER and page.words:
        yield Finding(
            "warning",
            "page",
            "text_layer_not_read",
            f"On page {page.number}, {page.n_invisible} words lie unseen under a picture, as a machine read them from "
            "a scan: they were not read.",
            page=page.number,
            found=str(page.n_invisible),
        )
    hidden = [word for word in page.hidden if any(char.isalnum() for char in word.text)]
    if not hidden:
        return
    inside = [word for word in hidden if any(_within(page, word, table) for table in tables)]
    told = inside or hidden
    said = " ".join(clean(word.text) for word in told)
    shown = said if len(said) <= MOST_SHOWN else said[:MOST_SHOWN].rstrip() + "…"
    where = "within a table " if inside else ""
    number = "1 word" if len(told) == 1 else f"{len(told)} words"
    yield Finding(
        "warning" if inside else "info",
        "page",
        "text_hidden",
        f"On page {page.number}, {number} {where}cannot be seen (covered, cut away, off the page or in the colour of "
        f"the ground) and {'was' if len(told) == 1 else 'were'} left out: “{shown}”.",
        page=page.number,
        found=shown,
        bbox=_shown(page, told),
    )


def _within(page: Page, word: Word, table: RawTable) -> bool:
    box = turn_back(BBox(*word[:4]), page.turned, page.width, page.height)
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return table.bbox.x0 <= x <= table.bbox.x1 and table.bbox.top <= y <= table.bbox.bottom


def _shown(page: Page, words: Sequence[Word]) -> BBox:
    lefts, tops, rights, bottoms = zip(*(word[:4] for word in words), strict=True)
    box = BBox(min(lefts), min(tops), max(rights), max(bottoms))
    return BBox(*(round(v, 2) for v in turn_back(box, page.turned, page.width, page.height)))
