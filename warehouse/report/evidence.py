"""The places on a pack's pages that its report leads to, and the pictures that show them.

A page is drawn once, as one picture; a crop is a window on it, placed by percentages, so that a thousand
links to the same page cost one picture. Boxes are PDF points from the top left of the page as displayed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a picture, and the page's size in points."""

    data: bytes
    suffix: str
    px_width: int
    px_height: int
    width: float
    height: float


Render = Callable[[str, int, float], Picture | None]
"""(pack_id, page, pixels a point) -> the picture, or None where the pack's file is not kept."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was printed: a page, and a link to it where a picture of the page exists."""

    page: int | None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a page's picture with a mark on it. Lengths are percentages of the window."""

    href: str
    src: str
    ratio: str
    width: float
    left: float
    top: float
    mark_left: float
    mark_top: float
    mark_width: float
    mark_height: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A frame on a page of the report. Lengths are percentages of the page."""

    id: str
    label: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class CellBox:
    """Where one cell stands."""

    table_no: int
    row: int
    col: int
    page: int
    box: Box


# Enough of the neighbourhood to recognise the table by: its row labels, a few rows above and below.
MARGIN_X, MARGIN_Y = 110.0, 38.0
LEAST_WIDTH, LEAST_HEIGHT = 330.0, 96.0
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
    """(window, mark) in points: the part of a page of this size to show for `box`, and the box with its halo."""
    x0, top, x1, bottom = (
        max(0.0, box[0] - HALO),
        max(0.0, box[1] - HALO),
        min(width, box[2] + HALO),
        min(height, box[3] + HALO),
    )
    left, right = _stretch(x0, x1, MARGIN_X, min(LEAST_WIDTH, width), width)
    up, down = _stretch(top, bottom, MARGIN_Y, min(LEAST_HEIGHT, height), height)
    return (left, up, right, down), (x0, top, x1, bottom)


@dataclass(slots=True)
class Evidence:
    """Collects the places that one pack's report leads to; afterwards `sheets` says which pages to write."""

    pack_id: str
    cells: list[CellBox]
    render: Render | None
    scale: float
    pictures: dict[int, Picture | None] = field(default_factory=dict)
    spots: dict[int, dict[str, Spot]] = field(default_factory=dict)
    _rows: dict[tuple[int, int], list[CellBox]] = field(default_factory=dict)
    _tables: dict[int, list[CellBox]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for cell in self.cells:
            self._rows.setdefault((cell.table_no, cell.row), []).append(cell)
            self._tables.setdefault(cell.table_no, []).append(cell)

    def locate(
        self, page: int | None, table_no: int | None, row: int | None, col: int | None
    ) -> tuple[int | None, Box | None, str]:
        """(page, box, id) of a cell, a row or a table, whichever is known most closely."""
        if table_no is None:
            return page, None, f"p{page}"
        cells = self._tables.get(table_no, []) if row is None else self._rows.get((table_no, row), [])
        if row is not None and col is not None:
            exact = [c for c in cells if c.col == col]
            if exact:
                return exact[0].page, exact[0].box, f"c{table_no}-{row}-{col}"
        on_page = [c for c in cells if page is None or c.page == page] or cells
        if not on_page:
            return page, None, f"p{page}"
        first = on_page[0].page
        name = f"t{table_no}" if row is None else f"r{table_no}-{row}"
        return first, union(c.box for c in on_page if c.page == first), f"{name}-p{first}"

    def picture(self, page: int) -> Picture | None:
        """The page's picture, drawn on first use."""
        if page not in self.pictures:
            self.pictures[page] = self.render(self.pack_id, page, self.scale) if self.render else None
        return self.pictures[page]

    def place(self, page: int | None, table_no: int | None, row: int | None, col: int | None) -> Place:
        """A link to the place; the page's frame for it is remembered."""
        number, box, name = self.locate(page, table_no, row, col)
        if number is None:
            return Place(None)
        picture = self.picture(number)
        if picture is None:
            return Place(number)
        spots = self.spots.setdefault(number, {})
        if box is not None and name not in spots:
            _, mark = frame(box, picture.width, picture.height)
            what = f"table {table_no}" + ("" if row is None else f", row {row}")
            if row is not None and col is not None:
                what += f", column {col}"
            spots[name] = Spot(
                name,
                what,
                _pct(mark[0], picture.width),
                _pct(mark[1], picture.height),
                _pct(mark[2] - mark[0], picture.width),
                _pct(mark[3] - mark[1], picture.height),
            )
        return Place(number, f"{sheet_name(number)}#{name}" if box else sheet_name(number))

    def window(
        self,
        page: int | None,
        table_no: int | None,
        row: int | None,
        col: int | None,
        box: Box | None = None,
    ) -> Window | None:
        """A window on the place with the cell (or `box`) marked; None where there is nothing to frame."""
        number, found, _ = self.locate(page, table_no, row, col)
        box = found or box
        if number is None or box is None:
            return None
        picture = self.picture(number)
        place = self.place(page, table_no, row, col)
        if picture is None or place.href is None:
            return None
        (left, up, right, down), mark = frame(box, picture.width, picture.height)
        wide, high = right - left, down - up
        return Window(
            href=place.href,
            src=picture_name(number, picture),
            ratio=f"{wide:.0f} / {high:.0f}",
            width=round(100 * picture.width / wide, 2),
            left=round(-100 * left / wide, 2),
            top=round(-100 * up / high, 2),
            mark_left=_pct(mark[0] - left, wide),
            mark_top=_pct(mark[1] - up, high),
            mark_width=_pct(mark[2] - mark[0], wide),
            mark_height=_pct(mark[3] - mark[1], high),
        )


def _pct(part: float, whole: float) -> float:
    return round(100 * part / whole, 2)


def sheet_name(page: int) -> str:
    """The file of a page's sheet."""
    return f"page-{page:04d}.html"


def picture_name(page: int, picture: Picture) -> str:
    """The file of a page's picture."""
    return f"page-{page:04d}{picture.suffix}"
