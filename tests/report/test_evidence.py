"""Where things stand on a page: frames that lie on the page, cells before rows before tables."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from schemas.picture import Picture
from warehouse.report.evidence import Box, CellBox, Evidence, frame

PICTURE = Picture(b"", ".webp", 595, 842, 595.0, 842.0)
sides = st.floats(-2000, 4000)


@given(st.tuples(sides, sides, sides, sides), st.floats(20, 3000), st.floats(20, 3000))
def test_a_window_lies_on_the_page_and_holds_its_mark(box: Box, width: float, height: float) -> None:
    (left, up, right, down), (x0, top, x1, bottom) = frame(box, width, height)
    near = 1e-6
    assert -near <= left <= x0 + near and x0 <= x1 <= right + near and right <= width + near
    assert -near <= up <= top + near and top <= bottom <= down + near and down <= height + near
    assert right - left >= min(400, width) - near and down - up >= min(96, height) - near
    assert all(map(math.isfinite, (left, up, right, down)))


def cell(row: int, col: int, page: int = 1, spans: tuple[int, int] = (1, 1)) -> CellBox:
    box = (10.0 + 50 * col, 100.0 + 20 * row, 60.0 + 50 * col, 100.0 + 20 * (row + spans[0]))
    return CellBox(1, row, col, page, box, *spans)


# A table whose first column is one label beside rows 1 and 2; row 3 stands on the next page.
CELLS = [cell(0, 0), cell(0, 1), cell(1, 0, spans=(2, 1)), cell(1, 1), cell(2, 1), cell(3, 0, 2), cell(3, 1, 2)]


def evidence() -> Evidence:
    return Evidence(CELLS, {1: PICTURE, 2: PICTURE})


def test_the_nearest_place_is_taken() -> None:
    found = evidence()
    assert found.locate(1, 1, 2, 1) == (1, (60.0, 140.0, 110.0, 160.0), "c1-2-1")
    # The label of row 1 is row 2's, too.
    assert found.locate(1, 1, 2, 0) == (1, (10.0, 120.0, 60.0, 160.0), "c1-2-0")
    # Where the row is: not all of the label beside it.
    assert found.locate(1, 1, 2, None) == (1, (60.0, 140.0, 110.0, 160.0), "r1-2-p1")
    assert found.locate(2, 1, None, None) == (2, (10.0, 160.0, 110.0, 180.0), "t1-p2")
    assert found.locate(7, None, None, None) == (7, None, "p7")
    assert found.locate(7, None, None, None, (1.0, 2.0, 3.0, 4.0)) == (7, (1.0, 2.0, 3.0, 4.0), "b1-2-3-4")
    assert found.locate(1, 9, 9, 9) == (1, None, "p1")


def test_a_cell_is_found_on_the_page_where_it_is_printed() -> None:
    place = evidence().place(1, 1, 3, 1)
    assert (place.page, place.href) == (2, "p2.html#c1-3-1")


def test_a_link_is_made_only_where_there_is_a_picture() -> None:
    found = Evidence(CELLS, {1: PICTURE})
    assert found.place(1, 1, 1, 1).href == "p1.html#c1-1-1"
    assert (found.place(2, 1, 3, 1).page, found.place(2, 1, 3, 1).href) == (2, None)
    assert found.window(2, 1, 3, 1) is None
    assert list(found.spots) == [1]
    assert found.place(None, None, None, None).page is None


def test_a_window_takes_in_the_label_of_its_row() -> None:
    wide = [CellBox(1, 0, c, 1, (20.0 + 60 * c, 300.0, 80.0 + 60 * c, 312.0)) for c in range(9)]
    window = Evidence(wide, {1: PICTURE}).window(1, 1, 0, 8)
    assert window is not None
    assert window.view.x <= 20 and window.view.x + window.view.width <= 595.1
    assert (window.mark.x, window.mark.width) == (498.5, 63.0)
