"""A judged proposal as a table: cells with their text, fill, text colour and arrow, in the page's own coordinates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from extractors.celltext import cell_text, known_words
from extractors.page_frame import turn_back
from extractors.proposals.base import GridCell, Proposal
from extractors.proposals.edges import is_white
from extractors.symbols import arrow_beside, has_arrow, text_symbol
from extractors.verdict import Judged
from schemas.document import BBox, Cell, RawTable, Trend
from schemas.page import Fill, Mark, Page, Word

MAX_HEADER_ROWS = 6
AMOUNT = re.compile(r"[(+\-–−£$€]*\d[\d,]*(,\d{3}|\.\d+|%)[\d,.]*%?\)?")
"""A figure that is no year, month number or column number: with thousands, a decimal point or a percent sign."""


class Painter:
    """Answers what colour lies behind a point. Later fills lie over earlier ones."""

    def __init__(self, page: Page) -> None:
        self.bands: dict[int, list[Fill]] = {}
        for fill in page.fills:
            for band in range(int(fill.top // 40), int(fill.bottom // 40) + 1):
                self.bands.setdefault(band, []).append(fill)

    def behind(self, x: float, y: float) -> str | None:
        """The topmost colour at a point; None for white or nothing."""
        for fill in reversed(self.bands.get(int(y // 40), ())):
            if fill.x0 <= x <= fill.x1 and fill.top <= y <= fill.bottom:
                return None if is_white(fill.colour) else fill.colour
        return None


def make_table(page: Page, judged: Judged, painter: Painter) -> RawTable:
    """The table on its page, not yet numbered (`table_no` 0)."""
    proposal = judged.proposal
    known = known_words(page.words)
    cells = tuple(_cell(page, c, painter, known) for c in proposal.cells)
    header_rows = min(proposal.header_rows or _header_rows(page, proposal, cells), MAX_HEADER_ROWS)
    return RawTable(
        table_no=0,
        page=page.number,
        last_page=page.number,
        bbox=_shown(page, proposal.bbox),
        n_rows=proposal.n_rows,
        n_cols=proposal.n_cols,
        cells=cells,
        method=judged.method,
        confidence=judged.confidence,
        header_rows=min(header_rows, max(0, proposal.n_rows - 1)),
        reason=judged.reason,
    )


def _shown(page: Page, box: BBox) -> BBox:
    shown = turn_back(box, page.turned, page.width, page.height)
    return BBox(*(round(v, 2) for v in shown))


def _cell(page: Page, cell: GridCell, painter: Painter, known: Collection[str]) -> Cell:
    words = [page.words[i] for i in cell.words]
    text = cell_text(words, cell.bbox.x1, known)
    return Cell(
        cell.row,
        cell.col,
        cell.row_span,
        cell.col_span,
        page.number,
        _shown(page, cell.bbox),
        text,
        _fill(cell.bbox, words, painter) or (_dot_colour(cell.bbox, page.marks) if words else None),
        _symbol(text, cell.bbox, page.marks),
        _text_colour(words) if words else _dot_colour(cell.bbox, page.marks),
    )


def _fill(box: BBox, words: Sequence[Word], painter: Painter) -> str | None:
    """The colour behind most of the words; of an empty cell, in its middle."""
    middle = painter.behind((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)
    if not words:
        return middle
    behind = Counter(painter.behind((w.x0 + w.x1) / 2, (w.top + w.bottom) / 2) for w in words[:12])
    colour, count = behind.most_common(1)[0]
    # Text that overhangs a low row's edge stands half on the next row: the cell's own middle decides.
    return middle if middle != colour and (count < len(words[:12]) or len(words) == 1) else colour


def _symbol(text: str, box: BBox, marks: Sequence[Mark]) -> Trend | None:
    return text_symbol(text) or (arrow_beside(text) if has_arrow(text) else _drawn_symbol(box, marks))


def _drawn_symbol(box: BBox, marks: Sequence[Mark]) -> Trend | None:
    """What the one arrow in a cell says; several are a chart's, or nobody knows which counts."""
    inside = [m.symbol for m in marks if m.symbol and _within(m, box)]
    return inside[0] if len(inside) == 1 else None


def _dot_colour(box: BBox, marks: Sequence[Mark]) -> str | None:
    """The colour of the one dot that is drawn in a cell."""
    inside = {m.colour for m in marks if m.symbol is None and m.colour and _within(m, box)}
    return inside.pop() if len(inside) == 1 else None


def _within(mark: Mark, box: BBox) -> bool:
    return box.x0 <= (mark.x0 + mark.x1) / 2 <= box.x1 and box.top <= (mark.top + mark.bottom) / 2 <= box.bottom


def _text_colour(words: Sequence[Word]) -> str | None:
    """The colour of coloured text: neither black, nor white, nor grey."""
    colours = Counter(w.colour for w in words if w.colour)
    if not colours:
        return None
    colour, count = colours.most_common(1)[0]
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return colour if max(channels) - min(channels) > 40 and count * 2 >= len(words) else None


def _header_rows(page: Page, proposal: Proposal, cells: Sequence[Cell]) -> int:
    """Leading rows that look like headings: marked so, or painted or set unlike the rows below, and no amounts in them:
    totals are painted too.
    """
    styles = [_row_style(page, proposal, cells, row) for row in range(min(proposal.n_rows, MAX_HEADER_ROWS + 1))]
    if not styles or styles[0] is None:
        return 0
    count = 0
    for row, style in enumerate(styles[:MAX_HEADER_ROWS]):
        if style is None or not (style[0] or (style[1] and style[1] == styles[0][1]) or row == 0):
            break
        below = [s for s in styles[row + 1 :] if s is not None]
        if not any(s != style for s in below):
            break
        if (not style[0] and not style[1]) or _holds_amounts(cells, row):
            break
        count = row + 1
    spans = [c.row + c.row_span for c in cells if c.row < count]
    return max([count, *spans]) if count else 0


def _holds_amounts(cells: Sequence[Cell], row: int) -> bool:
    """Half or more of the row's cells beside its label are amounts."""
    beside = [c.text for c in cells if c.row == row and c.col > 0 and c.text]
    return bool(beside) and 2 * sum(AMOUNT.fullmatch(text) is not None for text in beside) >= len(beside)


def _row_style(page: Page, proposal: Proposal, cells: Sequence[Cell], row: int) -> tuple[bool, str | None] | None:
    """(all its text is bold, the fill of all its cells); None for a row without text."""
    drafts = [c for c in proposal.cells if c.row <= row < c.row + c.row_span and c.words]
    if not drafts:
        return None
    bold = all(page.words[i].bold for c in drafts for i in c.words)
    fills = {c.fill for c in cells if c.row <= row < c.row + c.row_span and c.text}
    return bold, fills.pop() if len(fills) == 1 else None
