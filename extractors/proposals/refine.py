"""What rules leave open: columns and rows within a drawn cell that the alignment of its words shows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractors.proposals.columns import find_separators
from extractors.proposals.draft import DraftCell
from extractors.proposals.lines import Item, Line, Segment, cut_segments, is_number, line_texts, make_lines

CLOSER = 0.9
"""A line nearer to the one above than this share of the way from row to row is more of the same row."""


def refine(
    cells: list[DraftCell], ys: list[float], xs: list[float]
) -> tuple[list[DraftCell], list[float], list[float], bool]:
    """(cells, ys, xs, whether anything was split): hidden columns first, then merged cells with a line of text in
    each of their rows, then rows drawn as one.
    """
    cells, xs, by_column = _split_columns(cells, xs)
    if not by_column:
        cells = _unmerge_rows(cells, ys)
    cells, ys, by_row = _split_rows(cells, ys)
    return cells, ys, xs, by_column or by_row


def _split_columns(cells: list[DraftCell], xs: list[float]) -> tuple[list[DraftCell], list[float], bool]:
    cuts: dict[int, list[float]] = {}
    for col in range(len(xs) - 1):
        lines = [
            cut_segments(line.items, gap=1.0)
            for c in cells
            if c.col == c.last_col == col and c.items
            for line in make_lines(c.items)
        ]
        several = [segments for segments in lines if len(segments) >= 2]
        later = [s for segments in several for s in segments[1:]]
        if (
            len(several) >= 3
            and len(several) >= 0.6 * len(lines)
            and sum(is_number(s.text) for s in later) >= 0.5 * len(later)
        ):
            separators = find_separators(several, [])
            if separators:
                cuts[col] = separators
    if not cuts:
        return cells, xs, False
    offsets: list[int] = []
    new_xs: list[float] = []
    for col in range(len(xs) - 1):
        offsets.append(len(new_xs))
        new_xs += [xs[col], *cuts.get(col, [])]
    new_xs.append(xs[-1])
    split: list[DraftCell] = []
    for c in cells:
        first, last = offsets[c.col], offsets[c.last_col] + len(cuts.get(c.last_col, []))
        separators = cuts.get(c.col, []) if c.col == c.last_col else []
        segments = [s for line in make_lines(c.items) for s in cut_segments(line.items, gap=0.6)]
        if separators and not any(s.x0 + 1.5 < x < s.x1 - 1.5 for s in segments for x in separators):
            parts: dict[int, list[Item]] = {}
            for s in segments:
                parts.setdefault(bisect_right(separators, s.centre), []).extend(s.items)
            split += [
                DraftCell(c.row, first + k, c.last_row, first + k, parts.get(k, [])) for k in range(len(separators) + 1)
            ]
        else:
            split.append(DraftCell(c.row, first, c.last_row, last, c.items))
    return split, new_xs, True


def _unmerge_rows(cells: list[DraftCell], ys: Sequence[float]) -> list[DraftCell]:
    """A cell over several rows that holds a line of text in nearly each of them was never merged."""
    out: list[DraftCell] = []
    for c in cells:
        if c.last_row - c.row >= 2 and c.items:
            by_row: dict[int, list[Item]] = {}
            for line in make_lines(c.items):
                row = min(max(bisect_right(ys, line.middle) - 1, c.row), c.last_row)
                by_row.setdefault(row, []).extend(line.items)
            if len(by_row) >= 3 and len(by_row) >= 0.8 * (c.last_row - c.row + 1):
                out += [
                    DraftCell(row, c.col, row, c.last_col, by_row.get(row, [])) for row in range(c.row, c.last_row + 1)
                ]
                continue
        out.append(c)
    return out


def _wrapped(lines: Sequence[Line], cells: Sequence[DraftCell]) -> set[int]:
    """The lines that stand in one cell alone, no figures, closer to the line above than rows are to each other."""
    rows = [n for n, line in enumerate(lines) if sum(_has(cell, line) for cell in cells) >= 2]
    spaces = [lines[n].middle - lines[n - 1].middle for n in rows if n > 0]
    if not spaces:
        return set()
    return {
        n
        for n in range(1, len(lines))
        if n not in rows
        and not all(is_number(item.text) for item in lines[n].items)
        and lines[n].middle - lines[n - 1].middle < CLOSER * min(spaces)
    }


def _has(cell: DraftCell, line: Line) -> bool:
    return any(abs(item.middle - line.middle) < 0.5 * line.height for item in cell.items)


def _split_rows(cells: list[DraftCell], ys: list[float]) -> tuple[list[DraftCell], list[float], bool]:
    """Rows of figures drawn as one row: most columns hold the same number of lines at the same heights."""
    cuts: dict[int, list[float]] = {}
    for row in range(len(ys) - 1):
        of_row = [c for c in cells if c.row == c.last_row == row and c.items]
        columns_of_figures = 0
        for c in of_row:
            texts = line_texts(c.items)
            columns_of_figures += len(texts) >= 2 and sum(map(is_number, texts)) >= 0.6 * len(texts)
        if columns_of_figures < 2 or columns_of_figures < 0.4 * len(of_row):
            continue
        lines = make_lines(item for c in of_row for item in c.items)
        full = sum(sum(_has(cell, line) for cell in of_row) >= 0.6 * len(of_row) for line in lines)
        wrapped = _wrapped(lines, of_row)
        if len(lines) - len(wrapped) >= 2 and full >= 0.6 * (len(lines) - len(wrapped)):
            cuts[row] = [
                (a.bottom + b.top) / 2 if b.top > a.bottom else (a.middle + b.middle) / 2
                for number, (a, b) in enumerate(pairwise(lines), 1)
                if number not in wrapped
            ]
    if not cuts:
        return cells, ys, False
    offsets: list[int] = []
    new_ys: list[float] = []
    for row in range(len(ys) - 1):
        offsets.append(len(new_ys))
        new_ys += [ys[row], *cuts.get(row, [])]
    new_ys.append(ys[-1])
    split: list[DraftCell] = []
    for c in cells:
        first, last = offsets[c.row], offsets[c.last_row] + len(cuts.get(c.last_row, []))
        between = cuts.get(c.row, []) if c.row == c.last_row else []
        if between and len(make_lines(c.items)) != 1:
            parts: dict[int, list[Item]] = {}
            for item in c.items:
                parts.setdefault(bisect_right(between, item.middle), []).append(item)
            split += [
                DraftCell(first + k, c.col, first + k, c.last_col, parts.get(k, [])) for k in range(len(between) + 1)
            ]
        else:
            split.append(DraftCell(first, c.col, last, c.last_col, c.items))
    return split, new_ys, True


def looks_divided(cells: Sequence[DraftCell], n_cols: int, *, was_split: bool) -> bool:
    """Whether the rules are only a frame: cells that hold columns of figures or lines with wide gaps."""
    filled = [c for c in cells if c.items]
    columns_of_figures = 0
    gaps = 0.0
    for c in filled:
        lines = make_lines(c.items)
        if len(lines) >= 3 and sum(map(is_number, line_texts(c.items))) >= 0.6 * len(lines):
            columns_of_figures += 1
        counts = [len(cut_segments(line.items, gap=1.4)) for line in lines]
        if len(counts) >= 2 and sum(n >= 2 for n in counts) >= 0.6 * len(counts):
            gaps += 1
        elif len(counts) == 1 and counts[0] >= 2:
            gaps += 0.5
    return columns_of_figures >= 2 or (gaps >= 1 and gaps >= 0.12 * len(filled)) or (n_cols == 1 and not was_split)


__all__ = ["Segment", "looks_divided", "refine"]
