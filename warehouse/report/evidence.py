"""The places on a pack's pages that its report leads to.

A page is drawn once, as one picture; a crop is a window on it, so that a thousand links to a page cost one picture.
Boxes are PDF points from the top left of the page as displayed, and so are the windows: an SVG's own units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schemas.picture import Picture

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was printed: a page, and a link to it where a picture of the page exists."""

    page: int | None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle in points: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def of(cls, box: Box) -> Frame:
        """The rectangle of a box, to a tenth of a point."""
        x0, top, x1, bottom = box
        return cls(round(x0, 1), round(top, 1), round(x1 - x0, 1), round(bottom - top, 1))


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a page's picture with a mark on it, in points of the page."""

    href: str
    src: str
    page: int
    page_width: float
    page_height: float
    view: Frame
    mark: Frame

    @property
    def px_width(self) -> int:
        """CSS pixels across: one and a half a point, about the size of print at arm's length."""
        return round(self.view.width * 1.5)


@dataclass(frozen=True, slots=True)
class CellBox:
    """Where one cell stands, and over how many rows and columns."""

    table_no: int
    row: int
    col: int
    page: int
    box: Box
    row_span: int = 1
    col_span: int = 1


# Enough of the neighbourhood to recognise the table by: its row labels, a few rows above and below.
MARGIN_X, MARGIN_Y = 110.0, 38.0
LEAST_WIDTH, LEAST_HEIGHT = 400.0, 96.0
MOST_WIDTH = 760.0
"""Points up to which a window on a cell takes in its row's label."""
MOST_HEIGHT = 260.0
"""Points of a large table that a window shows, from its top."""
# The mark stands a little outside the cell, so that it does not hide the cell's first letter.
HALO = 1.5


def union(boxes: Iterable[Box]) -> Box | None:
    """The smallest box that holds them all; None of none."""
    items = list(boxes)
    if not items:
        return None
    return (
        min(b[0] for b in items),
        min(b[1] for b in items),
        max(b[2] for b in items),
        max(b[3] for b in items),
    )


def _stretch(low: float, high: float, margin: float, least: float, limit: float) -> tuple[float, float]:
    """The span with its margin, at least `least` long, moved inside 0..limit."""
    low, high = low - margin, high + margin
    lack = max(0.0, least - (high - low)) / 2
    low, high = low - lack, high + lack
    if low < 0:
        low, high = 0.0, high - low
    if high > limit:
        low, high = max(0.0, low - (high - limit)), limit
    return low, high


def frame(box: Box, width: float, height: float) -> tuple[Box, Box]:
    """(window, mark) in points: the part of a page of this size to show for `box`, and the box with its halo.

    Both lie on the page, the mark inside the window, whatever the box says.
    """
    x0, x1 = sorted(min(max(x, 0.0), width) for x in (box[0] - HALO, box[2] + HALO))
    top, bottom = sorted(min(max(y, 0.0), height) for y in (box[1] - HALO, box[3] + HALO))
    left, right = _stretch(x0, x1, MARGIN_X, min(LEAST_WIDTH, width), width)
    up, down = _stretch(top, bottom, MARGIN_Y, min(LEAST_HEIGHT, height), height)
    return (left, up, right, down), (x0, top, x1, bottom)


@dataclass(slots=True)
class Evidence:
    """Collects the places that one pack's report leads to; afterwards `spots` says what to frame on each page."""

    cells: list[CellBox]
    pictures: Mapping[int, Picture] = field(default_factory=dict)
    spots: dict[int, dict[str, Frame]] = field(default_factory=dict)
    _rows: dict[tuple[int, int], list[CellBox]] = field(default_factory=dict)
    _tables: dict[int, list[CellBox]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for cell in self.cells:
            self._tables.setdefault(cell.table_no, []).append(cell)
            for row in range(cell.row, cell.row + max(1, cell.row_span)):
                self._rows.setdefault((cell.table_no, row), []).append(cell)

    def locate(
        self,
        page: int | None,
        table_no: int | None,
        row: int | None,
        col: int | None,
        box: Box | None = None,
    ) -> tuple[int | None, Box | None, str]:
        """(page, box, id) of a cell, a row or a table, whichever is known most closely; `box` where no cell is."""
        if table_no is None:
            return page, box, f"p{page}" if box is None else "b" + "-".join(f"{v:.0f}" for v in box)
        cells = self._tables.get(table_no, []) if row is None else self._rows.get((table_no, row), [])
        if row is not None and col is not None:
            exact = [c for c in cells if c.col <= col < c.col + max(1, c.col_span)]
            if exact:
                return exact[0].page, exact[0].box, f"c{table_no}-{row}-{col}"
        if row is not None:
            # A label that stands beside several rows is no part of where one of them is.
            cells = [c for c in cells if c.row == row and c.row_span <= 1] or cells
        on_page = [c for c in cells if page is None or c.page == page] or cells
        if not on_page:
            return page, box, f"p{page}"
        first = on_page[0].page
        name = f"t{table_no}" if row is None else f"r{table_no}-{row}"
        return first, union(c.box for c in on_page if c.page == first), f"{name}-p{first}"

    def place(
        self,
        page: int | None,
        table_no: int | None,
        row: int | None,
        col: int | None,
        box: Box | None = None,
    ) -> Place:
        """A link to the place; the page's frame for it is remembered."""
        number, found, name = self.locate(page, table_no, row, col, box)
        if number is None:
            return Place(None)
        picture = self.pictures.get(number)
        if picture is None:
            return Place(number)
        if found is None:
            return Place(number, sheet_name(number))
        _, mark = frame(found, picture.width, picture.height)
        self.spots.setdefault(number, {}).setdefault(name, Frame.of(mark))
        return Place(number, f"{sheet_name(number)}#{name}")

    def _with_label(self, view: Box, page: int, table_no: int | None, row: int | None) -> Box:
        """The window, stretched to where its row begins if it is not much wider then."""
        if table_no is None or row is None:
            return view
        first = union(c.box for c in self._rows.get((table_no, row), []) if c.page == page)
        left = first[0] - 4 if first else view[0]
        return (max(0.0, left), *view[1:]) if left < view[0] and view[2] - left <= MOST_WIDTH else view

    def window(
        self,
        page: int | None,
        table_no: int | None,
        row: int | None,
        col: int | None,
        box: Box | None = None,
    ) -> Window | None:
        """A window on the place with the cell (or `box`) marked; None where there is nothing to frame."""
        number, found, _ = self.locate(page, table_no, row, col, box)
        picture = None if number is None else self.pictures.get(number)
        if number is None or found is None or picture is None:
            return None
        view, mark = frame(found, picture.width, picture.height)
        left, up, right, down = self._with_label(view, number, table_no, row)
        return Window(
            href=self.place(page, table_no, row, col, box).href or sheet_name(number),
            src=picture_name(number, picture),
            page=number,
            page_width=round(picture.width, 1),
            page_height=round(picture.height, 1),
            view=Frame.of((left, up, right, min(down, up + MOST_HEIGHT))),
            mark=Frame.of(mark),
        )


def sheet_name(page: int) -> str:
    """The file of a page's sheet."""
    return f"p{page}.html"


def picture_name(page: int, picture: Picture) -> str:
    """The file of a page's picture."""
    return f"p{page}{picture.suffix}"
