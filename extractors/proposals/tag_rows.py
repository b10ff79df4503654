"""Rows of a tagged table: told rows must stand one below the other; cells that reach on are merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.proposals.tag_cells import Draft, extent, rows_of
from schemas.document import BBox
from schemas.page import Page

VALUE = re.compile(r"[-+−–(£$€~<>≥≤]*\d([\d.,/:\-–]*\d)?\)?%?[kKmM]?\)?")
"""A line that is one number, amount or year range, and nothing else."""
PERIOD = re.compile(r"(19|20)\d\d([-/–](\d\d){1,2})?|\d\d[-/–]\d\d")
"""A year or a financial year: a figure that headings have."""


def place_rows(page: Page, cells: list[Draft]) -> list[float] | None:
    """The edges of the rows, top to bottom, merged cells grown over theirs; None where they are no rows."""
    _grow(cells)
    rows = rows_of(cells)
    bands: list[tuple[float, float]] = []
    for row in rows:
        own = [cell for cell in row if cell.row_span == 1] or row
        if not own:
            return None
        bands.append((min(cell.box.top for cell in own), max(cell.box.bottom for cell in own)))
    crossings = sum(
        after[0] < before[1] - 0.35 * min(before[1] - before[0], after[1] - after[0])
        for before, after in pairwise(bands)
    )
    if crossings > 0.1 * (len(bands) - 1):
        return None
    top, bottom = bands[0][0], max(cell.box.bottom for cell in cells)
    left, right = min(cell.box.x0 for cell in cells), max(cell.box.x1 for cell in cells)
    drawn = [rule.pos for rule in page.h_rules if rule.end > left and rule.start < right]
    for fill in page.fills:
        if fill.x1 > left and fill.x0 < right:
            drawn += [fill.top, fill.bottom]
    edges = [max((y for y in drawn if top - 15 <= y <= top + 1), default=top - 2)]
    for before, after in pairwise(bands):
        middle = (before[1] + after[0]) / 2
        inside = [y for y in drawn if min(before[1], after[0]) - 2 <= y <= max(before[1], after[0]) + 2]
        edge = min(inside, key=lambda y: abs(y - middle), default=middle)
        edges.append(max(edge, edges[-1] + 0.1))
    foot = min((y for y in drawn if bottom - 1 <= y <= bottom + 15), default=bottom + 2)
    edges.append(max(foot, edges[-1] + 0.1))
    return edges


def _grow(cells: Sequence[Draft]) -> None:
    """A cell told to be one row high that stands beside later rows covers those empty in its columns."""
    rows = rows_of(cells)
    tops = [min((cell.box.top for cell in row), default=float("inf")) for row in rows]
    for cell in cells:
        if cell.row_span > 1:
            continue
        others = [other.box for other in rows[cell.row] if other is not cell and other.row_span == 1]
        beside = min((box.top for box in others), default=cell.box.top)
        low = max((box.bottom for box in others), default=cell.box.bottom)
        centre = (cell.box.top + cell.box.bottom) / 2
        for row in range(cell.row + 1, len(rows)):
            taken = any(other.col <= cell.last_col and cell.col <= other.last_col for other in rows[row])
            floor = max(box.bottom for box in (other.box for other in rows[row])) if rows[row] else low
            reaches = cell.box.bottom > tops[row] + 0.4 * (floor - tops[row])
            centred = bool(others) and centre > low and centre > (beside + low) / 2 + 2
            if taken or not (reaches or centred):
                break
            cell.row_span += 1
            low = max(low, floor)


def lines_of(page: Page, cell: Draft) -> list[tuple[BBox, list[int]]]:
    """The cell's lines from the top: the box and the words of each."""
    lines: list[list[int]] = []
    for index in sorted(cell.words, key=lambda index: (page.words[index].top, page.words[index].x0)):
        word = page.words[index]
        if lines:
            last = extent(page.words[other] for other in lines[-1])
            if (word.top + word.bottom) / 2 < last.bottom - 0.2 * (last.bottom - last.top):
                lines[-1].append(index)
                continue
        lines.append([index])
    return [(extent(page.words[index] for index in line), line) for line in lines]


def split_value_rows(page: Page, cells: list[Draft]) -> None:
    """A told row whose columns hold several aligned values each is as many rows as it has values.

    Two columns at least must have the same number of lines on the same heights, each line one value. Either
    every line is marked content of its own (a paragraph, so no wrapped text), or three columns and most of
    the row are such values: Acrobat takes two rows without a line between them for one. A cell beside them is
    split in the same way where its lines are as many, and otherwise stays in the first of the rows.
    """
    shift = 0
    for row in rows_of(cells):
        for cell in row:
            cell.row += shift
        parts = [(cell, lines_of(page, cell)) for cell in row if cell.row_span == 1]
        values = [lines for _, lines in parts if len(lines) > 1 and all(_is_value(page, words) for _, words in lines)]
        if len(values) < 2 or len({len(lines) for lines in values}) != 1 or not _aligned(values):
            continue
        apart = all(_are_paragraphs(page, lines) for lines in values)
        if not apart and not (len(values) >= 3 and 5 * len(values) >= 3 * len(row)):
            continue
        for cell, lines in parts:
            if len(lines) != len(values[0]) or not _aligned([values[0], lines]):
                continue
            if apart and not _are_paragraphs(page, lines):
                continue
            cell.box, cell.words = lines[0]
            cells += [
                Draft(cell.row + down, cell.col, 1, cell.col_span, cell.header, words, box)
                for down, (box, words) in enumerate(lines[1:], 1)
            ]
        shift += len(values[0]) - 1


def header_rows(page: Page, cells: Sequence[Draft]) -> int:
    """How many leading rows are all header cells and print no figures; 0 where every row would be.

    Word marks every cell of a first row as a heading cell, a total's too; some tools mark all cells.
    """
    n_rows = max(cell.last_row for cell in cells) + 1
    count = 0
    while count < n_rows:
        row = [cell for cell in cells if cell.row <= count <= cell.last_row]
        figures = [cell for cell in row if _is_value(page, cell.words) and not _is_period(page, cell.words)]
        if not row or not all(cell.header for cell in row) or 2 * len(figures) >= len(row):
            break
        count = max(cell.last_row for cell in row) + 1
    return count if count < n_rows else 0


def _is_period(page: Page, words: Sequence[int]) -> bool:
    return PERIOD.fullmatch("".join(page.words[index].text for index in words)) is not None


def _is_value(page: Page, line: Sequence[int]) -> bool:
    return VALUE.fullmatch("".join(page.words[index].text for index in line)) is not None


def _are_paragraphs(page: Page, lines: Sequence[tuple[BBox, list[int]]]) -> bool:
    marks = [{page.words[index].mcid for index in line} for _, line in lines]
    return all(not before & after for before, after in pairwise(marks))


def _aligned(columns: Sequence[Sequence[tuple[BBox, list[int]]]]) -> bool:
    return all(
        abs(box.top - other.top) < 0.4 * (box.bottom - box.top)
        for lines in columns[1:]
        for (box, _), (other, _) in zip(columns[0], lines, strict=True)
    )
