"""The text round a table: its title, the heading that it stands under, and notes beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from extractors.celltext import clean, line_text
from extractors.page_frame import turn_back
from extractors.page_lines import line_words
from extractors.sideways import anchor
from extractors.titles import blocks_of, find_heading, find_title, usual_size
from schemas.document import BBox, PageText, PageVerdict, RawTable, TextLine
from schemas.page import Page

Placed = TypeVar("Placed", RawTable, TextLine)

NOTE_GAP = 70.0
MOST_NOTES = 6
SIDEWAYS = 2.5
"""A line that is more than this many times as high as its type does not run across the page."""


def page_text(page: Page, tables: Sequence[RawTable]) -> PageText:
    """The page's lines from the top, those of tables marked, and whether there was anything to read."""
    boxes = [_reading_box(page, t) for t in tables]
    lines: list[TextLine] = []
    for words in line_words(page):
        text = " ".join(line_text(words).split())
        if not text:
            continue
        x0, top, x1, bottom, _, size, bold, *_ = words[0]
        if len(words) > 1:
            top, x1, bottom = min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words)
            size, bold = max(w.size for w in words), all(w.bold for w in words)
        middle, centre = (top + bottom) / 2, (x0 + x1) / 2
        inside = bool(boxes) and any(
            b.top - 1 <= middle <= b.bottom + 1 and b.x0 - 1 <= centre <= b.x1 + 1 for b in boxes
        )
        lines.append(TextLine(text, _shown(page, x0, top, x1, bottom), round(size, 2), bold, inside))
    lines += _sideways_lines(page, boxes)
    width, height = (page.height, page.width) if page.turned % 2 else (page.width, page.height)
    return PageText(page.number, width, height, _verdict(page), page.n_chars, tuple(lines))


def _sideways_lines(page: Page, boxes: Sequence[BBox]) -> Iterator[TextLine]:
    """Words that run up, down or slanting, each a line of its own: labels of rows, axes of charts, stamps."""
    for word in page.words:
        if word.angle:
            x, y = anchor(word)
            inside = any(b.top - 1 <= y <= b.bottom + 1 and b.x0 - 1 <= x <= b.x1 + 1 for b in boxes)
            yield TextLine(clean(word.text), _shown(page, *word[:4]), round(word.size, 2), word.bold, inside)


def _shown(page: Page, x0: float, top: float, x1: float, bottom: float) -> BBox:
    """A box of the page as read on the page as displayed, to the hundredth of a point."""
    if page.turned:
        x0, top, x1, bottom = turn_back(BBox(x0, top, x1, bottom), page.turned, page.width, page.height)
    return BBox(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))


def _runs_across(line: TextLine) -> bool:
    return line.bbox.bottom - line.bbox.top < SIDEWAYS * line.size or len(line.text) < 3


def _verdict(page: Page) -> PageVerdict:
    if page.words:
        return "read"
    return "image_only" if page.n_images else "no_text"


def _level(placed: Placed, text: PageText, turned: int) -> Placed:
    """A table or a line of a page as displayed, on the page as read."""
    box = turn_back(placed.bbox, (4 - turned) % 4, text.width, text.height)
    return placed._replace(bbox=box) if isinstance(placed, TextLine) else replace(placed, bbox=box)


def _reading_box(page: Page, table: RawTable) -> BBox:
    """The table's box in reading space, where lines are made."""
    if not page.turned:
        return table.bbox
    width, height = (page.height, page.width) if page.turned % 2 else (page.width, page.height)
    return turn_back(table.bbox, (4 - page.turned) % 4, width, height)


def describe(table: RawTable, text: PageText, others: Sequence[RawTable], turned: int = 0) -> RawTable:
    """The table with its title, heading and notes, from the lines of its page; `turned` as `Page.turned`: above a
    table is where it is above when the page is read.
    """
    if turned:
        level = [_level(one, text, turned) for one in others]
        lines = tuple(_level(line, text, turned) for line in text.lines)
        found = describe(level[others.index(table)], replace(text, lines=lines), level)
        return replace(table, title=found.title, heading=found.heading, notes=found.notes)
    free = [line for line in text.lines if not line.in_table and _runs_across(line)]
    # A title set tightly, or in large type, reaches down into the first row.
    above = [line for line in free if (line.bbox.top + line.bbox.bottom) / 2 <= table.bbox.top]
    beside = [line for line in above if _meets(line.bbox, table.bbox)]
    ceiling = max(
        (
            o.bbox.bottom
            for o in others
            if o is not table and o.bbox.bottom <= table.bbox.top + 3 and _meets(o.bbox, table.bbox)
        ),
        default=0.0,
    )
    near = [line for line in beside if line.bbox.top >= ceiling - 3]
    usual = usual_size(text.lines)
    title = find_title(blocks_of(near), table.bbox.top, usual)
    notes = [
        line for line in near if table.bbox.top - line.bbox.bottom <= NOTE_GAP and not (title and line.text in title)
    ]
    below = [
        line
        for line in free
        if line.bbox.top >= table.bbox.bottom - 3
        and line.bbox.top - table.bbox.bottom <= NOTE_GAP
        and _meets(line.bbox, table.bbox)
    ]
    texts = [line.text for line in notes[-MOST_NOTES:]] + [line.text for line in below[:MOST_NOTES]]
    return replace(table, title=title, heading=find_heading(blocks_of(above), usual, title), notes=tuple(texts))


def _meets(a: BBox, b: BBox) -> bool:
    return a.x1 > b.x0 - 6 and a.x0 < b.x1 + 6
