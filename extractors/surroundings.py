"""The text round a table: its title, the heading that it stands under, and notes beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.celltext import line_text
from extractors.page_frame import turn_back
from extractors.page_lines import line_words
from schemas.document import BBox, PageText, PageVerdict, RawTable, TextLine
from schemas.page import Page

TITLE_GAP = 26.0
"""A title stands no farther above its table (points)."""
NOTE_GAP = 70.0
MOST_NOTES = 6
LONG = 180
"""More characters than this are a paragraph, not a title."""


def page_text(page: Page, tables: Sequence[RawTable]) -> PageText:
    """The page's lines from the top, those of tables marked, and whether there was anything to read."""
    boxes = [_reading_box(page, t) for t in tables]
    lines: list[TextLine] = []
    for words in line_words(page):
        text = " ".join(line_text(words).split())
        if not text:
            continue
        box = BBox(words[0].x0, min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words))
        middle, centre = (box.top + box.bottom) / 2, (box.x0 + box.x1) / 2
        inside = any(b.top - 1 <= middle <= b.bottom + 1 and b.x0 - 1 <= centre <= b.x1 + 1 for b in boxes)
        shown = BBox(*(round(v, 2) for v in turn_back(box, page.turned, page.width, page.height)))
        size, bold = max(w.size for w in words), all(w.bold for w in words)
        lines.append(TextLine(text, shown, round(size, 2), bold, inside))
    lines += _sideways_lines(page, boxes)
    width, height = (page.height, page.width) if page.turned % 2 else (page.width, page.height)
    return PageText(page.number, width, height, _verdict(page), page.n_chars, tuple(lines))


def _verdict(page: Page) -> PageVerdict:
    if page.words:
        return "read"
    return "image_only" if page.n_images else "no_text"


def _reading_box(page: Page, table: RawTable) -> BBox:
    """The table's box in reading space, where lines are made."""
    if not page.turned:
        return table.bbox
    width, height = (page.height, page.width) if page.turned % 2 else (page.width, page.height)
    return turn_back(table.bbox, (4 - page.turned) % 4, width, height)


def describe(table: RawTable, text: PageText, others: Sequence[RawTable]) -> RawTable:
    """The table with its title, heading and notes, from the lines of its page."""
    free = [line for line in text.lines if not line.in_table]
    above = [line for line in free if line.bbox.bottom <= table.bbox.top + 3]
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
    title = _title(near, table)
    notes = [line for line in near if table.bbox.top - line.bbox.bottom <= NOTE_GAP and line.text != title]
    below = [
        line
        for line in free
        if line.bbox.top >= table.bbox.bottom - 3
        and line.bbox.top - table.bbox.bottom <= NOTE_GAP
        and _meets(line.bbox, table.bbox)
    ]
    texts = [line.text for line in notes[-MOST_NOTES:]] + [line.text for line in below[:MOST_NOTES]]
    return replace(table, title=title, heading=_heading(above, text, title), notes=tuple(texts))


def _meets(a: BBox, b: BBox) -> bool:
    return a.x1 > b.x0 - 6 and a.x0 < b.x1 + 6


def _title(near: Sequence[TextLine], table: RawTable) -> str | None:
    """The line just above, or the bold one a line or two higher; no sentence, no unit alone."""
    close = [line for line in near if table.bbox.top - line.bbox.bottom <= TITLE_GAP and len(line.text) <= LONG]
    for line in sorted(close, key=lambda li: (-li.bold, -li.bbox.bottom)):
        sentence = line.text.endswith((".", ";", ",")) and not line.bold
        if not sentence and any(c.isalpha() for c in line.text):
            return line.text
    return None


def _heading(above: Sequence[TextLine], text: PageText, title: str | None) -> str | None:
    """The nearest line above that is set larger or bolder than the page's running text."""
    sizes = sorted(line.size for line in text.lines)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    strong = [
        line
        for line in above
        if line.text != title
        and len(line.text) <= LONG
        and any(c.isalpha() for c in line.text)
        and (line.size > 1.15 * usual or line.bold)
    ]
    if not strong:
        return None
    nearest = max(strong, key=lambda line: (line.bbox.bottom, line.size))
    largest = max(strong, key=lambda line: (line.size, line.bbox.bottom))
    return largest.text if largest.size > 1.4 * nearest.size else nearest.text
