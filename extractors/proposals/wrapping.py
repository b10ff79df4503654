"""Which lines of an unruled table belong to one row: labels and headings that wrap."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.proposals.columns_alike import like_their_columns
from extractors.proposals.edges import Edge
from extractors.proposals.headings import stand_over_groups
from extractors.proposals.lines import is_number
from extractors.proposals.row import Row, RowCell

OVERLAP = 0.22
"""Lines that reach into each other by more than this share of their height are of one row."""
APART, CLOSER = 0.3, 0.75
SET_IN = 4.0
"""Points by which the labels of a section begin further right than its name."""


class _Ruling:
    """The rules between rows."""

    def __init__(self, level: Sequence[Edge], xs: Sequence[float], white: float = 0.0) -> None:
        self.white = white
        """Between two rows that are known to be two, in points, less than 0 where they overlap; 0 where none are."""
        self.level = list(level)
        self.xs = xs
        self.width = xs[-1] - xs[0]

    def between(self, upper: Row, lower: Row, cell: RowCell | None = None) -> bool:
        """Whether a rule parts the rows: across half of the table, or of one cell."""
        start, end, least = self.xs[0], self.xs[-1], 0.5 * self.width
        if cell is not None:
            start, end = self.xs[cell.first], self.xs[cell.last + 1]
            least = 0.5 * (end - start)
        for edge in self.level:
            if upper.middle < edge.pos < lower.middle:
                length = edge.end - edge.start if cell is None else min(edge.end, end) - max(edge.start, start)
                if length >= least:
                    return True
        return False


def join_wrapped(
    rows: Sequence[Row], xs: Sequence[float], level: Sequence[Edge], bands: Sequence[Edge]
) -> tuple[list[Row], int]:
    """(rows with wrapped lines joined, how many leading rows are headings)."""
    data, alike = [row.is_data() for row in rows], like_their_columns(rows)
    first_data = next((i for i, row in enumerate(rows) if (data[i] or alike[i]) and len(row.cells) >= 2), None)
    edges = list(level)
    records = [one or other for one, other in zip(data, alike, strict=True)]
    white = _white(rows, records)
    ruling = _Ruling(edges, xs, white)
    parted = sum(ruling.between(a, b) for a, b in pairwise(rows))
    full = sum(e.end - e.start >= 0.7 * ruling.width for e in edges)
    strong = [e.pos for e in edges if e.end - e.start >= 0.7 * ruling.width]
    between = _records_between(rows, data, strong)
    one_each = sum(n == 1 for n in between) >= 0.6 * len(between) or _one_line_each(rows, strong)
    every_row = full >= 3 and parted >= 3 and (parted >= 0.3 * (len(rows) - 1) or one_each) and max(between) <= 1
    stripes = [e for e in bands if e.end - e.start >= 0.5 * ruling.width]
    if not every_row and _striped(rows, records, stripes):
        every_row = True
        ruling = _Ruling([*edges, *stripes], xs, white)
    label_end = max((i.x1 for r in rows for c in r.cells if c.first == c.last == 0 for i in c.items), default=0.0)
    joined: list[Row] = []
    header_rows = 0
    in_head = True
    for number, row in enumerate(rows):
        own = Row(row.top, row.bottom, [RowCell(c.first, c.last, list(c.items)) for c in row.cells])
        section = not every_row and _is_section(rows, number)
        in_head = in_head and first_data is not None and number < first_data and not section
        if (number and _goes_on_below(rows[number - 1], row, ruling)) or (
            joined
            and not section
            and (every_row or not _begins_below(joined[-1], rows[number : number + 2], ruling))
            and _wraps(joined[-1], own, ruling, every_row, in_head, len(xs) - 1, label_end)
        ):
            joined[-1].take(own)
        else:
            joined.append(own)
            header_rows += in_head
    return joined, header_rows


def _white(rows: Sequence[Row], records: Sequence[bool]) -> float:
    """The usual white between neighbouring lines that are a record each, from their labels on."""
    spaces = sorted(
        lower.top - upper.bottom
        for (upper, first), (lower, second) in pairwise(zip(rows, records, strict=True))
        if first and second and all(any(c.first == 0 for c in row.cells) for row in (upper, lower))
    )
    return spaces[len(spaces) // 2] if len(spaces) >= 2 else 0.0


def _records_between(rows: Sequence[Row], data: Sequence[bool], ys: Sequence[float]) -> list[int]:
    """How many lines of figures with a label of their own stand between neighbouring rules, where lines do. Rules that
    set blocks apart have several between them; rules under each row have one.
    """
    counts: dict[int, int] = {}
    for row, is_data in zip(rows, data, strict=True):
        label = next((c.text for c in row.cells if c.first == 0), "")
        stretch = sum(y < row.middle for y in ys)
        counts[stretch] = counts.get(stretch, 0) + (is_data and len(row.cells) >= 3 and not label[:1].islower())
    return list(counts.values())


def _one_line_each(rows: Sequence[Row], ys: Sequence[float]) -> bool:
    """Whether some column has one line, and no more, in each stretch between neighbouring rules: numbers, dates."""
    stretches: dict[int, list[int]] = {}
    for row in rows:
        stretches.setdefault(sum(y < row.middle for y in ys), []).extend(
            c.first for c in row.cells if c.first == c.last
        )
    columns = {col for cols in stretches.values() for col in cols}
    return len(stretches) >= 3 and any(all(cols.count(col) == 1 for cols in stretches.values()) for col in columns)


def _striped(rows: Sequence[Row], data: Sequence[bool], bands: Sequence[Edge]) -> bool:
    """Zebra stripes of which (nearly) none holds two lines of figures: a row each."""
    if len(bands) < 4:
        return False
    stripes = [sum(edge.pos < row.middle for edge in bands) for row in rows]
    counts: dict[int, int] = {}
    for stripe, is_data in zip(stripes, data, strict=True):
        counts[stripe] = counts.get(stripe, 0) + is_data
    doubled = sum(n > 1 for n in counts.values())
    # Stripes of several rows each leave as many without a stripe between them.
    return 4 <= len(counts) < len(rows) and doubled <= min(2, 0.15 * len(counts))


def _wraps(
    above: Row, row: Row, ruling: _Ruling, every_row: bool, in_head: bool, n_cols: int, label_end: float
) -> bool:
    height = row.bottom - row.top
    space = row.top - above.bottom
    if ruling.between(above, row) or _runs_under_figures(above, row):
        return False
    # Some fonts' boxes are so high that neighbouring rows reach into each other.
    if space < min(0.0, ruling.white) - OVERLAP * height or every_row:
        return True
    # Where rows stand apart, the lines of one cell stand closer.
    if ruling.white > APART * height and space > CLOSER * ruling.white:
        return False
    if in_head:
        spanning = any(c.last > c.first for c in (*row.cells, *above.cells)) or stand_over_groups(above, row)
        underlined = any(ruling.between(above, row, cell) for cell in row.cells)
        several = len(row.cells) + len(above.cells) > 2
        return not spanning and not underlined and space < 0.9 * height and several
    columns = {c.first for c in row.cells}
    if 0 not in columns and not any(is_number(c.text) for c in row.cells) and space < 0.6 * height:
        return len(row.cells) <= max(1, n_cols // 2) and len(above.cells) > len(row.cells)
    return _label_wraps(above, row, height, space, label_end)


def _runs_under_figures(above: Row, row: Row) -> bool:
    """A line of text over columns that hold a figure each in the line above: a comment on it, no part of it."""
    return any(
        sum(cell.first <= c.first and c.last <= cell.last and is_number(c.text) for c in above.cells) >= 2
        for cell in row.cells
        if cell.last > cell.first and not is_number(cell.text)
    )


def _is_section(rows: Sequence[Row], number: int) -> bool:
    """A label alone with a colon, or with the next row's label set in under it: the name of the rows below."""
    row = rows[number]
    if number == 0 or len(row.cells) != 1 or not row.cells[0].first == row.cells[0].last == 0:
        return False
    label = row.cells[0]
    below = next((c for c in rows[number + 1].cells if c.first == 0), None) if number + 1 < len(rows) else None
    set_in = below is not None and min(i.x0 for i in below.items) - min(i.x0 for i in label.items) >= SET_IN
    return label.text.endswith(":") or set_in


def _begins_below(above: Row, rows: Sequence[Row], ruling: _Ruling) -> bool:
    """Whether the first of two lines begins a row that the second goes on, clear of the row above it."""
    if len(rows) < 2 or above.bottom - rows[0].top > OVERLAP * (rows[0].bottom - rows[0].top):
        return False
    return _goes_on_below(rows[0], rows[1], ruling)


def _goes_on_below(upper: Row, lower: Row, ruling: _Ruling) -> bool:
    """A label alone whose figures come lower: half-way down it, or beside its last line, in small letters. "Of which"
    stands over rows of its own.
    """
    if _stands_half_way(upper, lower):
        return True
    label = next((c for c in lower.cells if c.first == c.last == 0), None)
    if len(upper.cells) != 1 or label is None or len(lower.cells) < 2 or not label.text[:1].islower():
        return False
    above = upper.cells[0]
    if not above.first == above.last == 0 or above.text.rstrip().endswith((":", "which")):
        return False
    close = lower.top - upper.bottom < 0.6 * (lower.bottom - lower.top)
    return above.text[:1].isupper() and close and not ruling.between(upper, lower)


def _stands_half_way(label: Row, figures: Row) -> bool:
    """Whether a line of figures without a label reaches up into the line of a label without figures."""
    overlap = label.bottom - figures.top
    return (
        len(label.cells) == 1
        and label.cells[0].first == label.cells[0].last == 0
        and not is_number(label.cells[0].text)
        and bool(figures.cells)
        and all(cell.first > 0 for cell in figures.cells)
        and figures.is_data()
        and overlap > OVERLAP * (label.bottom - label.top)
    )


def _label_wraps(above: Row, row: Row, height: float, space: float, label_end: float) -> bool:
    """A line with a label alone goes on from the label above when its first word would not have fitted there, or when
    it stands in brackets.
    """
    if len(row.cells) != 1 or len(above.cells) < 2 or space >= 0.45 * height:
        return False
    cell, label = row.cells[0], above.cells[0]
    if not (cell.first == cell.last == 0 == label.first == label.last) or is_number(cell.text):
        return False
    foot = max(i.bottom for i in label.items)
    end = max(i.x1 for i in label.items if i.bottom > foot - 0.4 * height)
    first = min(cell.items, key=lambda i: i.x0)
    full = end + 0.25 * height + (first.x1 - first.x0) > label_end - 0.5
    return (full or cell.text.startswith("(")) and first.x0 <= min(i.x0 for i in label.items) + 1.6 * height
