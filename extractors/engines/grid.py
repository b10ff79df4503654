"""Boxes and words to a proposal: the last step of every engine's door."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from extractors.proposals.base import GridCell, Proposal
from schemas.document import BBox
from schemas.page import Page

SNAP = 2.0
"""Points within which two edges are one."""


def proposal_from_boxes(method: str, page: Page, boxes: Sequence[BBox]) -> Proposal | None:
    """A grid whose cells are `boxes` (points from the top left), the page's words in them by their centres.

    Places that no box covers become empty cells; a box that lies over another is left out. None where the
    boxes make no grid of two columns, or hold fewer than two words.
    """
    xs = snapped([x for box in boxes for x in (box.x0, box.x1)])
    ys = snapped([y for box in boxes for y in (box.top, box.bottom)])
    n_cols, n_rows = len(xs) - 1, len(ys) - 1
    if n_cols < 2 or n_rows < 1:
        return None
    owner: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    for box in boxes:
        row, last_row = nearest(ys, box.top), nearest(ys, box.bottom) - 1
        col, last_col = nearest(xs, box.x0), nearest(xs, box.x1) - 1
        places = [(y, x) for y in range(row, last_row + 1) for x in range(col, last_col + 1)]
        if places and not any(place in owner for place in places):
            owner |= dict.fromkeys(places, (row, col, last_row, last_col))
    for row in range(n_rows):
        for col in range(n_cols):
            owner.setdefault((row, col), (row, col, row, col))
    words: dict[tuple[int, int, int, int], list[int]] = {cell: [] for cell in owner.values()}
    for index, word in enumerate(page.words):
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        if xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]:
            place = (min(bisect_right(ys, y), n_rows) - 1, min(bisect_right(xs, x), n_cols) - 1)
            words[owner[place]].append(index)
    if sum(map(len, words.values())) < 2:
        return None
    cells = tuple(
        GridCell(
            row,
            col,
            last_row - row + 1,
            last_col - col + 1,
            BBox(xs[col], ys[row], xs[last_col + 1], ys[last_row + 1]),
            tuple(words[row, col, last_row, last_col]),
        )
        for row, col, last_row, last_col in sorted(words)
    )
    return Proposal(method, BBox(xs[0], ys[0], xs[-1], ys[-1]), n_rows, n_cols, cells)


def snapped(edges: Sequence[float]) -> list[float]:
    """The edges in order, those within `SNAP` of their neighbour as one."""
    groups: list[list[float]] = []
    for edge in sorted(edges):
        if groups and edge - groups[-1][-1] <= SNAP:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return [sum(group) / len(group) for group in groups]


def nearest(edges: Sequence[float], at: float) -> int:
    """The index of the edge that is nearest."""
    return min(range(len(edges)), key=lambda index: abs(edges[index] - at))


def boxes_from_lattice(
    xs: Sequence[float],
    ys: Sequence[float],
    open_right: set[tuple[int, int]],
    open_below: set[tuple[int, int]],
) -> list[BBox]:
    """The cells of a full lattice, joined to their right or lower neighbour where no line stands between.

    `open_right` and `open_below` hold the (row, col) without a line on that side. Joined cells that make no
    rectangle are given one by one.
    """
    group = {(row, col): (row, col) for row in range(len(ys) - 1) for col in range(len(xs) - 1)}

    def head(place: tuple[int, int]) -> tuple[int, int]:
        while group[place] != place:
            place = group[place]
        return place

    for row, col in sorted(group):
        for side, other in ((open_right, (row, col + 1)), (open_below, (row + 1, col))):
            if (row, col) in side and other in group:
                one, two = sorted((head((row, col)), head(other)))
                group[two] = one
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in group:
        members.setdefault(head(place), []).append(place)
    boxes = []
    for places in members.values():
        rows, cols = [row for row, _ in places], [col for _, col in places]
        whole = (max(rows) - min(rows) + 1) * (max(cols) - min(cols) + 1) == len(places)
        for corner in [(min(rows), min(cols), max(rows), max(cols))] if whole else [(*p, *p) for p in places]:
            row, col, last_row, last_col = corner
            boxes.append(BBox(xs[col], ys[row], xs[last_col + 1], ys[last_row + 1]))
    return boxes
