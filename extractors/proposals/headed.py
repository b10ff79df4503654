"""Tables of text without a line drawn: a row of headings, under it columns of white, rows told by the space between.

Minutes, agendas and action lists are often set so. Their cells wrap over several lines, and short cells beside long
ones stand at their top, in their middle or at their foot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.proposals.base import Proposal
from extractors.proposals.draft import DraftCell, to_proposal
from extractors.proposals.labelled import LABEL, rows_by_label
from extractors.proposals.lines import Item, Line, Segment, cut_segments, is_number, make_lines
from schemas.document import BBox
from schemas.page import Word

METHOD = "headings"
NARROWEST = 2.0
"""Points of white that part two columns."""
PITCH = 1.25
"""Lines further apart than this many times the closest lines of a cell are in different rows."""
FAR = 2.0
"""Rows further apart than this many heights of a line, and than twice any before, do not belong to one table."""
HEADING_LENGTH = 40


@dataclass(slots=True)
class _Strip:
    """White between two columns; both sides move inwards as text stands in it."""

    low: float
    high: float

    def admits(self, segment: Segment) -> bool:
        """Makes room for a segment; False where it stands across."""
        if segment.x1 <= self.low or segment.x0 >= self.high:
            return True
        if segment.x0 >= self.low and (segment.x1 > self.high or segment.x0 - self.low > self.high - segment.x1):
            self.high = segment.x0
        elif segment.x1 <= self.high:
            self.low = segment.x1
        else:
            return False
        return self.high - self.low >= NARROWEST


def propose(items: Sequence[Item], words: Sequence[Word], used: Sequence[BBox]) -> list[Proposal]:
    """A proposal for each line of three bold headings or more with rows of text under it, outside `used`."""
    free = [i for i in items if not any(_holds(box, i) for box in used)]
    lines = make_lines(free)
    bold = [all(words[i.number].bold for i in line.items) for line in lines]
    found: list[Proposal] = []
    start = 0
    while start < len(lines):
        made = None
        # Where all is bold, only the first line of it can be the headings.
        if bold[start] and not (start > 1 and bold[start - 1] and bold[start - 2]):
            made = _under(lines, start, words)
        if made is not None:
            proposal, start = made
            found.append(proposal)
        else:
            start += 1
    return found


def _holds(box: BBox, item: Item) -> bool:
    return box.x0 - 1 <= item.centre <= box.x1 + 1 and box.top - 1 <= item.middle <= box.bottom + 1


def _under(lines: Sequence[Line], start: int, words: Sequence[Word]) -> tuple[Proposal, int] | None:
    """(the table under the headings in line `start`, the number of the first line after it)."""
    headings = cut_segments(lines[start].items)
    if len(headings) < 3 or any(len(h.text) > HEADING_LENGTH or is_number(h.text) for h in headings):
        return None
    strips = [_Strip(a.x1, b.x0) for a, b in pairwise(headings)]
    end = _first_across(lines, start + 1, strips)
    end = next((n for n in range(start + 2, end) if _heads_another(lines, n, words)), end)
    head = start + 1
    while head < end and all(words[i.number].bold for i in lines[head].items):
        close = lines[head].top - lines[head - 1].bottom < 0.6 * lines[head].height
        if not close or len(cut_segments(lines[head].items)) > len(headings):
            break
        head += 1
    body = [item for line in lines[head:end] for item in line.items]
    if len(body) < 6:
        return None
    edges = [(strip.low + strip.high) / 2 for strip in strips]
    rows = _rows(body, edges)
    if rows is None:
        return None
    heading = [item for line in lines[start:head] for item in line.items]
    proposal = _grid([heading, *rows], edges)
    return (proposal, end) if proposal is not None else None


def _heads_another(lines: Sequence[Line], number: int, words: Sequence[Word]) -> bool:
    """A bold title with bold headings under it: the next table begins."""
    both = lines[number : number + 2]
    bold = len(both) == 2 and all(words[i.number].bold for line in both for i in line.items)
    return bold and len(cut_segments(both[0].items)) == 1 and len(cut_segments(both[1].items)) >= 3


def _first_across(lines: Sequence[Line], start: int, strips: Sequence[_Strip]) -> int:
    """The first line from `start` that stands across the columns or far below; the strips fit the lines before."""
    widest = 0.0
    for number in range(start, len(lines)):
        line = lines[number]
        space = line.top - lines[number - 1].bottom
        if space > max(FAR * max(line.height, lines[number - 1].height), 2 * widest):
            return number
        widest = max(widest, space)
        before = [(strip.low, strip.high) for strip in strips]
        segments = cut_segments(line.items, gap=0.6)
        if not all(strip.admits(segment) for segment in segments for strip in strips):
            for strip, (low, high) in zip(strips, before, strict=True):
                strip.low, strip.high = low, high
            return number
    return len(lines)


def _column(x: float, edges: Sequence[float]) -> int:
    return sum(edge < x for edge in edges)


def _rows(body: Sequence[Item], edges: Sequence[float]) -> list[list[Item]] | None:
    """The words by rows; None where neither the space between lines nor labels tell them."""
    columns: list[list[Item]] = [[] for _ in range(len(edges) + 1)]
    for item in body:
        columns[_column(item.centre, edges)].append(item)
    if not all(columns):
        return None
    of_column = [make_lines(column) for column in columns]
    for rows in (rows_by_label(of_column), _rows_by_space(of_column)):
        if rows is not None and _is_tabular(rows, edges):
            return rows
    return None


def _rows_by_space(of_column: Sequence[Sequence[Line]]) -> list[list[Item]] | None:
    """The words by rows where the lines of a cell stand close together and those of two rows apart in every column."""
    pitches = sorted(b.middle - a.middle for lines in of_column for a, b in pairwise(lines))
    if not pitches:
        return None
    closest = pitches[len(pitches) // 10]
    blocks = sorted(block for lines in of_column for block in _blocks(lines, PITCH * closest))
    tops: list[float] = []
    foot = float("-inf")
    for top, bottom in blocks:
        if top >= foot - 0.5:
            tops.append(top - 0.5)
        foot = max(foot, bottom)
    rows: list[list[Item]] = [[] for _ in tops]
    for line in (line for lines in of_column for line in lines):
        rows[max(0, sum(top <= line.middle for top in tops) - 1)] += line.items
    return rows if len(rows) >= 2 else None


def _blocks(lines: Sequence[Line], pitch: float) -> Iterable[tuple[float, float]]:
    """(top, bottom) of the lines that follow each other within `pitch`."""
    start = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or lines[number].middle - lines[number - 1].middle > pitch:
            yield min(line.top for line in lines[start:number]), max(line.bottom for line in lines[start:number])
            start = number


def _is_tabular(rows: Sequence[Sequence[Item]], edges: Sequence[float]) -> bool:
    """Most rows have cells in several columns, no two labels are in one row, and some column holds short text."""
    filled = [{_column(i.centre, edges) for i in row} for row in rows]
    if sum(len(cols) >= 2 for cols in filled) < 0.7 * len(rows):
        return False
    numbered = [[i for i in row if _column(i.centre, edges) == 0 and LABEL.match(i.text)] for row in rows]
    if sum(len(make_lines(labels)) > 1 for labels in numbered) > 0.1 * len(rows):
        return False
    lengths = [
        sum(len(i.text) for row in rows for i in row if _column(i.centre, edges) == col)
        / max(1, sum(col in cols for cols in filled))
        for col in range(len(edges) + 1)
    ]
    return min(lengths) <= 15


def _grid(rows: Sequence[Sequence[Item]], edges: Sequence[float]) -> Proposal | None:
    items = [item for row in rows for item in row]
    xs = [min(i.x0 for i in items) - 1, *edges, max(i.x1 for i in items) + 1]
    ys = [min(i.top for i in rows[0]) - 1]
    ys += [(max(i.bottom for i in a) + min(i.top for i in b)) / 2 for a, b in pairwise(rows)]
    ys.append(max(i.bottom for i in rows[-1]) + 1)
    cells: dict[tuple[int, int], DraftCell] = {}
    for number, row in enumerate(rows):
        for item in row:
            col = _column(item.centre, edges)
            cells.setdefault((number, col), DraftCell(number, col, number, col)).items.append(item)
    return to_proposal(METHOD, list(cells.values()), ys, xs, 1)
