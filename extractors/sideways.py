"""Text that runs up, down or slanting on a page that is read across: row labels, headings of narrow columns.

Such words are in `Page.words` with their angle. Lines are made of the others alone; a grid that was proposed from
those gets the sideways ones where they stand, and a column or a row of their own where they stand beside or over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ctypes import byref, c_double, c_float
from dataclasses import replace
from math import cos, pi, radians, sin
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from extractors.page_frame import Turn
from extractors.proposals.base import GridCell, Proposal
from extractors.text_style import Style
from schemas.document import BBox
from schemas.page import Page, Word

Box = tuple[float, float, float, float]
Point = tuple[float, float]

LEVEL = 0.1
"""Radians by which text can run off the level and be read as level."""
QUARTER = pi / 2
WATERMARK = 24.0
"""Slanting letters of this size (points) and more are no label: DRAFT, CONFIDENTIAL across a page."""
LOOSE = 1.15
"""The height of a letter's box, in sizes of its font."""
WORD_GAP = 0.16
"""The gap between two words, in sizes of the font; a space is about 0.28."""
WIDEST = 1.05
"""No letter but a few capitals takes more than this many sizes of its line."""
MOST_HEADING_ROWS = 3
BESIDE = 2.5
"""Labels stand no farther beside or above their table than this many of their own heights."""


class Letter(NamedTuple):
    """A letter that does not run across; several, where a slanting word was taken whole."""

    text: str
    box: Box
    """In reading space."""
    height: float
    """Of its first letter's box."""
    start: Point
    """Where it stands on its line, in reading space."""
    last: Point
    """The same of its last letter."""
    advance: float
    """How far on the letter after its last one begins, in sizes of its font; 0 where that is not told."""
    spaced: bool
    """Whether a space is printed before it."""
    angle: float
    """Radians counter-clockwise from the level, between -pi and pi."""
    style: Style
    painted: int
    """Its text object's place in painting order."""

    @property
    def size(self) -> float:
        """The height of its line: the font's size where that is told in points of the page."""
        wide, high = self.box[2] - self.box[0], self.box[3] - self.box[1]
        tall = self.height if _slanting(self.angle) else wide if abs(sin(self.angle)) > 0.5 else high
        return self.style.size if 0.5 * tall <= self.style.size <= 4 * tall else tall


def off_level(angle: float, quarter: int) -> float:
    """How far text at this angle (PDFium's, of user space) runs off the lines of a page read in this quarter; 0 for
    level text.
    """
    # PDFium counts its angle clockwise.
    turned = (quarter * QUARTER - angle + pi) % (2 * pi) - pi
    return 0.0 if abs(turned) < LEVEL else turned


def place_of(text_page: Any, index: int, turn: Turn) -> Point:
    """Where character number `index` stands on its line, in reading space."""
    x, y = c_double(), c_double()
    pdfium_c.FPDFText_GetCharOrigin(text_page, index, byref(x), byref(y))
    return turn(x.value, y.value, x.value, y.value)[:2]


def advance_of(text_page: Any, index: int, char: str) -> float:
    """The width of character number `index`, in sizes of its font; 0 where PDFium cannot tell."""
    item = pdfium_c.FPDFText_GetTextObject(text_page, index)
    font = pdfium_c.FPDFTextObj_GetFont(item) if item else None
    width = c_float()
    known = font and pdfium_c.FPDFFont_GetGlyphWidth(font, ord(char), 1.0, byref(width))
    return max(0.0, width.value) if known else 0.0


def is_spaced(text_page: Any, text: str, index: int) -> bool:
    """Whether a space is printed before character number `index`; PDFium makes up others between sideways letters."""
    return index > 0 and text[index - 1] == " " and pdfium_c.FPDFText_IsGenerated(text_page, index - 1) == 0


def sideways_words(letters: Iterable[Letter]) -> list[tuple[Word, int]]:
    """The words that these letters make, in content order, each with its place in painting order."""
    runs: list[list[Letter]] = []
    for letter in letters:
        if _slanting(letter.angle) and letter.size >= WATERMARK:
            continue
        if runs and _goes_on(runs[-1][-1], letter):
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return [(_word(run), run[0].painted) for run in runs]


def _slanting(angle: float) -> bool:
    return abs(angle / QUARTER - round(angle / QUARTER)) > 0.1


def _goes_on(before: Letter, after: Letter) -> bool:
    """Whether the second letter follows the first in one word: on its line, no farther than a letter is wide."""
    if abs(before.angle - after.angle) > 0.05 or after.spaced:
        return False
    right, up = cos(before.angle), sin(before.angle)
    dx, dy = after.start[0] - before.last[0], before.last[1] - after.start[1]
    along, aside = dx * right + dy * up, dy * right - dx * up
    widest = before.advance + WORD_GAP if before.advance else WIDEST
    return abs(aside) < 0.2 * before.size and -0.1 * before.size < along < widest * before.size


def _length(box: Box, angle: float, size: float) -> float:
    """How long a text is along its line: a slanting one's box is wider than the text, by its height."""
    wide, high = box[2] - box[0], box[3] - box[1]
    right, up = abs(cos(angle)), abs(sin(angle))
    if _slanting(angle):
        return max(0.2 * size, wide * right + high * up - 2 * LOOSE * size * right * up)
    return wide if right > up else high


def _word(run: Sequence[Letter]) -> Word:
    first = run[0]
    return Word(
        min(letter.box[0] for letter in run),
        min(letter.box[1] for letter in run),
        max(letter.box[2] for letter in run),
        max(letter.box[3] for letter in run),
        "".join(letter.text for letter in run),
        first.size,
        first.style.bold,
        first.style.colour,
        first.style.mcid,
        round(first.angle * 180 / pi),
    )


def anchor(word: Word) -> tuple[float, float]:
    """Where a sideways word belongs: its middle, or the end of a slanting one that is next to its row or column."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    if word.angle % 90 == 0:
        return x, y
    half = min(word.size, word.x1 - word.x0, word.bottom - word.top) / 2
    low = word.bottom - half
    # Rising to the right it stands over its column by its first letter; falling to the right by its last.
    return (word.x0 + half, low) if 0 < word.angle < 90 or word.angle < -90 else (word.x1 - half, low)


def laid_level(word: Word) -> Box:
    """The word's box turned so that its text runs across, for putting words into lines and lines in order."""
    angle = radians(word.angle)
    right, up = cos(angle), sin(angle)
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    along, down = x * right - y * up, x * up + y * right
    half = _length(word[:4], angle, word.size) / 2
    tall = word.size if _slanting(angle) else (word.x1 - word.x0 if abs(up) > 0.5 else word.bottom - word.top)
    return along - half, down - tall / 2, along + half, down + tall / 2


def with_sideways(page: Page, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The grids with the page's sideways words in them that stand in, beside or over them."""
    words = [number for number, word in enumerate(page.words) if word.angle]
    if not words:
        return list(proposals)
    return [_with(page, proposal, words) for proposal in proposals]


def _with(page: Page, proposal: Proposal, words: Sequence[int]) -> Proposal:
    held = {number for cell in proposal.cells for number in cell.words}
    free = [number for number in words if number not in held]
    inside = {number: cell for number in free if (cell := _cell_at(proposal, *anchor(page.words[number])))}
    if inside:
        added: dict[GridCell, list[int]] = {}
        for number, cell in inside.items():
            added.setdefault(cell, []).append(number)
        cells = tuple(replace(c, words=(*c.words, *added[c])) if c in added else c for c in proposal.cells)
        proposal = replace(proposal, cells=cells)
    outside = [number for number in free if number not in inside]
    return _with_labels(page, _with_headings(page, proposal, outside), outside)


def _cell_at(proposal: Proposal, x: float, y: float) -> GridCell | None:
    for cell in proposal.cells:
        if cell.bbox.x0 <= x <= cell.bbox.x1 and cell.bbox.top <= y <= cell.bbox.bottom:
            return cell
    return None


def _with_headings(page: Page, proposal: Proposal, free: Sequence[int]) -> Proposal:
    """A first row of the sideways words that stand over two columns or more, each over its own."""
    box = proposal.bbox
    over: dict[int, list[int]] = {}
    for number in free:
        word = page.words[number]
        x, _ = anchor(word)
        gap = box.top - word.bottom
        if -0.5 * word.size < gap < BESIDE * word.size:
            column = next((c for c in proposal.cells if c.col_span == 1 and c.bbox.x0 <= x <= c.bbox.x1), None)
            if column is not None:
                over.setdefault(column.col, []).append(number)
    if len(over) < 2 or proposal.group is not None:
        return proposal
    top = min(page.words[number].top for numbers in over.values() for number in numbers) - 1
    edges = _column_edges(proposal)
    first = tuple(
        GridCell(0, col, 1, 1, BBox(edges[col], top, edges[col + 1], box.top), tuple(over.get(col, ())), True)
        for col in range(proposal.n_cols)
    )
    return replace(
        proposal,
        bbox=box._replace(top=top),
        n_rows=proposal.n_rows + 1,
        header_rows=proposal.header_rows + 1,
        cells=(*first, *(replace(cell, row=cell.row + 1) for cell in proposal.cells)),
    )


def _column_edges(proposal: Proposal) -> list[float]:
    edges = [proposal.bbox.x0] * proposal.n_cols + [proposal.bbox.x1]
    for cell in sorted(proposal.cells, key=lambda c: -c.col_span):
        edges[cell.col] = cell.bbox.x0
    return sorted(edges)


def _with_labels(page: Page, proposal: Proposal, free: Sequence[int]) -> Proposal:
    """A first column of the sideways words that stand left of the grid, each beside the rows that it spans."""
    box = proposal.bbox
    beside = [
        number
        for number in free
        if abs(page.words[number].angle) == 90
        and -0.5 * page.words[number].size < box.x0 - page.words[number].x1 < BESIDE * page.words[number].size
        and box.top <= anchor(page.words[number])[1] <= box.bottom
    ]
    if not beside or proposal.group is not None:
        return proposal
    left = min(page.words[number].x0 for number in beside) - 1
    bands = _row_bands(proposal)
    labels = _labels(page, beside)
    owner = _owners(bands, [_extent(page, numbers) for numbers in labels])
    cells: list[GridCell] = []
    row = 0
    while row < proposal.n_rows:
        span = 1
        while owner[row] is not None and row + span < proposal.n_rows and owner[row + span] == owner[row]:
            span += 1
        held = labels[owner[row]] if owner[row] is not None else []  # type: ignore[index]
        cells.append(GridCell(row, 0, span, 1, BBox(left, bands[row][0], box.x0, bands[row + span - 1][1]), (*held,)))
        row += span
    moved = [replace(cell, col=cell.col + 1) for cell in proposal.cells]
    ordered = sorted([*cells, *moved], key=lambda cell: (cell.row, cell.col))
    return replace(proposal, bbox=box._replace(x0=left), n_cols=proposal.n_cols + 1, cells=tuple(ordered))


def _extent(page: Page, numbers: Sequence[int]) -> tuple[float, float]:
    return min(page.words[n].top for n in numbers), max(page.words[n].bottom for n in numbers)


def _owners(bands: Sequence[tuple[float, float]], labels: Sequence[tuple[float, float]]) -> list[int | None]:
    """Which label each row belongs to. A label stands in the middle of its rows: from where the first begins follows
    where it ends, and the next begins; the last must end with the grid. Else a label has the rows that it touches.
    """
    pitch = (bands[-1][1] - bands[0][0]) / len(bands)
    for first in range(min(MOST_HEADING_ROWS + 1, len(bands))):
        edges = [bands[first][0]]
        for top, bottom in labels:
            edges.append(top + bottom - edges[-1])
        inside = all(edges[n] <= top + 1 and bottom - 1 <= edges[n + 1] for n, (top, bottom) in enumerate(labels))
        if inside and abs(edges[-1] - bands[-1][1]) < 0.6 * pitch:
            middles = [(top + bottom) / 2 for top, bottom in bands]
            return [
                None if row < first else next((n for n in range(len(labels)) if middle < edges[n + 1]), len(labels) - 1)
                for row, middle in enumerate(middles)
            ]
    owner: list[int | None] = [None] * len(bands)
    for number, (top, bottom) in enumerate(labels):
        middle = (top + bottom) / 2
        for row, (start, end) in enumerate(bands):
            if owner[row] is None and (top < (start + end) / 2 < bottom or start <= middle < end):
                owner[row] = number
    return owner


def _row_bands(proposal: Proposal) -> list[tuple[float, float]]:
    bands = [(proposal.bbox.top, proposal.bbox.bottom)] * proposal.n_rows
    for cell in sorted(proposal.cells, key=lambda c: -c.row_span):
        if cell.row_span == 1:
            bands[cell.row] = (cell.bbox.top, cell.bbox.bottom)
    return bands


def _labels(page: Page, numbers: Sequence[int]) -> list[list[int]]:
    """Words that follow each other as one label: side by side, or in line with no more than a space between."""
    labels: list[list[int]] = []
    for number in sorted(numbers, key=lambda n: page.words[n].top):
        word = page.words[number]
        last = labels[-1] if labels else []
        if last and word.top - max(page.words[n].bottom for n in last) < 0.6 * word.size:
            last.append(number)
        else:
            labels.append([number])
    return labels
