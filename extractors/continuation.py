"""Whether a table goes on from the page before: what stands between, the columns, the headings, the tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from schemas.document import PageText, RawTable, TextLine

MARGIN = 0.14
"""The share of a page's height at its top and at its foot where running lines stand."""
MAX_HEADING_ROWS = 6
CONTINUED = re.compile(r"[\s(\[\-–]*\b(continued|contd?|cont'd)\b[.)\]]*\s*$", re.IGNORECASE)
CAPTION = re.compile(r"\s*(table|figure|fig|appendix|annex|schedule|section|part)\b\W*\d", re.IGNORECASE)
DIGITS = re.compile(r"\d+")


class TagPart(NamedTuple):
    """Which rows of which structure element a table was read from (`Proposal.group`, `.group_rows`)."""

    element_id: int
    first_row: int
    last_row: int


def folded(text: str) -> str:
    """Text for comparison: one space for any white space, no case."""
    return " ".join(text.split()).casefold()


class Surroundings:
    """The text lines round the tables of a document, running headers and footers known."""

    def __init__(self, pages: Sequence[PageText], tables: Sequence[RawTable]) -> None:
        self.pages = {page.number: page for page in pages}
        self._by_page: dict[int, list[RawTable]] = {}
        for table in tables:
            self._by_page.setdefault(table.page, []).append(table)
        self._places: dict[int, Counter[tuple[str, int]]] = {}

    def _margins(self, number: int) -> Counter[tuple[str, int]]:
        """What stands in the margins of a page, and where; looked for when first asked, as most pages are not."""
        if number not in self._places:
            page = self.pages.get(number)
            lines = page.lines if page else ()
            self._places[number] = Counter(
                key for line in lines if page and _in_margin(page, line) for key in _keys(line)
            )
        return self._places[number]

    def is_running(self, number: int, line: TextLine) -> bool:
        """A header, footer or page number: it stands in the margin and on a neighbouring page as well."""
        page = self.pages[number]
        if not _in_margin(page, line):
            return False
        if CAPTION.match(line.text):
            return False
        if not re.search(r"[^\W\d]", line.text):
            return True
        key = next(iter(_keys(line)))
        return any(self._margins(near)[key] > 0 for near in _near(number))

    def ends_page(self, table: RawTable) -> bool:
        """Nothing but running lines stands between the table and the foot of its page."""
        bottom = max(cell.bbox.bottom for cell in table.cells)
        return not any(other.bbox.top >= bottom - 2 for other in self._tables(table)) and not any(
            not line.in_table and _middle(line) > bottom and not self.is_running(table.page, line)
            for line in self._lines(table.page)
        )

    def begins_page(self, table: RawTable, whole: RawTable, last: RawTable) -> bool:
        """Nothing but running lines and the title again stands between the head of the page and the table.

        The title again: `whole`'s, or a line that stands at the same height over the part before (`last`).
        """
        titles = {key for line in self._lines(last.page) if _middle(line) < last.bbox.top for key in _places(line)}
        return not any(other.bbox.bottom <= table.bbox.top + 2 for other in self._tables(table)) and all(
            line.in_table
            or _middle(line) > table.bbox.top
            or self.is_running(table.page, line)
            or is_title_again(line, whole)
            or (folded(line.text), round(_middle(line) / 6)) in titles
            for line in self._lines(table.page)
        )

    def _tables(self, table: RawTable) -> list[RawTable]:
        """The other tables on the table's page."""
        return [other for other in self._by_page.get(table.page, ()) if other is not table]

    def filled(self, table: RawTable) -> float:
        """How far down its page the table ends, as a share of the page's height."""
        page = self.pages.get(table.page)
        bottom = max(cell.bbox.bottom for cell in table.cells)
        return bottom / page.height if page and page.height else 1.0

    def _lines(self, number: int) -> Sequence[TextLine]:
        page = self.pages.get(number)
        return page.lines if page else ()


def _middle(line: TextLine) -> float:
    return (line.bbox.top + line.bbox.bottom) / 2


def _in_margin(page: PageText, line: TextLine) -> bool:
    return not MARGIN * page.height <= _middle(line) <= (1 - MARGIN) * page.height


def _places(line: TextLine) -> list[tuple[str, int]]:
    """The line's text at its own height and at the heights next to it, in steps of 6 points."""
    text, place = folded(line.text), round(_middle(line) / 6)
    return [(text, place), (text, place - 1), (text, place + 1)]


def _keys(line: TextLine) -> list[tuple[str, int]]:
    """The same without the line's numbers: a page number changes from page to page."""
    return [(DIGITS.sub("#", text), place) for text, place in _places(line)]


def _near(number: int) -> tuple[int, ...]:
    return (number - 2, number - 1, number + 1, number + 2)


def is_title_again(line: TextLine, upper: RawTable) -> bool:
    """The upper part's title printed again over its continuation, with or without "(continued)"."""
    said = CONTINUED.sub("", line.text)
    if said != line.text and not said.strip():
        return True
    known = [folded(text) for text in (upper.title, upper.heading, *upper.notes) if text]
    return folded(said) in known or (said != line.text and any(folded(said) in text for text in known))


def row_texts(table: RawTable, rows: int) -> list[dict[int, str]]:
    """The folded texts of the first rows by column, blanks left out."""
    texts: list[dict[int, str]] = [{} for _ in range(min(rows, table.n_rows))]
    for cell in table.cells:
        if cell.row < len(texts) and cell.text.strip():
            texts[cell.row][cell.col] = folded(cell.text)
    return texts


def repeated_headings(head: RawTable, lower: RawTable) -> int:
    """How many leading rows of `lower` print `head`'s first rows again; 0 where they do not.

    One row that repeats must have two texts at least, and so does not take a section's label for headings.
    """
    limit = max(head.header_rows, MAX_HEADING_ROWS)
    again = []
    for above, below in zip(row_texts(head, limit), row_texts(lower, limit), strict=False):
        if not below or list(above.values()) != list(below.values()):
            break
        again.append(below)
    return len(again) if any(len(texts) >= 2 for texts in again) else 0


def column_headings(table: RawTable, rows: int) -> int:
    """How many of the first `rows` are headings of columns: the last of them has two texts at least."""
    texts = row_texts(table, rows)
    return max((number for number, row in enumerate(texts, 1) if len(row) >= 2), default=0)


def other_headings(head: RawTable, lower: RawTable) -> bool:
    """The first row shares texts with `head`'s first row, two at least, and differs in others.

    That is a sheet going on sideways (the same rows, further years), or a sister table.
    """
    above, below = (list(texts.values()) for table in (head, lower) for texts in row_texts(table, 1))
    shared = sum(text in above for text in below)
    return 2 <= shared < len(below)
