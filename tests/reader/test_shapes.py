from __future__ import annotations

from math import cos, pi, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.shapes import outline_sign, picture_sign

Outline = list[tuple[float, float]]

# All point up, y downwards.
ARROWS: dict[str, Outline] = {
    "block": [(2, 13), (2, 5.5), (0, 5.5), (4.25, 0), (8.5, 5.5), (6.4, 5.5), (6.4, 13)],
    "thin": [(2.2, 13), (2.2, 5), (0, 5), (2.5, 0), (5, 5), (2.8, 5), (2.8, 13)],
    "barbed": [(5, 0), (10, 8), (6, 6), (6, 13), (4, 13), (4, 6), (0, 8)],
}
TRIANGLES: dict[str, Outline] = {
    "triangle": [(0, 10), (5, 0), (10, 10)],
    "low triangle": [(0, 5), (5, 0), (10, 5)],
    "notched": [(5, 0), (10, 10), (5, 7), (0, 10)],
}
OTHERS: dict[str, Outline] = {
    "square": [(0, 0), (10, 0), (10, 10), (0, 10)],
    "diamond": [(0, 5), (5, 0), (10, 5), (5, 10)],
    "star": [((2 + 3 * (n % 2 == 0)) * sin(n * pi / 5), -(2 + 3 * (n % 2 == 0)) * cos(n * pi / 5)) for n in range(10)],
    "house": [(0, 5), (5, 0), (10, 5), (10, 10), (0, 10)],
    "house with eaves": [(0, 5), (5, 0), (10, 5), (9, 5), (9, 10), (1, 10), (1, 5)],
    "half circle": [(5 - 5 * cos(n / 20 * pi), 5 - 5 * sin(n / 20 * pi)) for n in range(21)],
    "cross": [(3, 0), (7, 0), (7, 3), (10, 3), (10, 7), (7, 7), (7, 10), (3, 10), (3, 7), (0, 7), (0, 3), (3, 3)],
    "tick": [(0, 6), (2, 4), (4, 7), (9, 0), (11, 2), (4, 11)],
    "hexagon": [(3, 0), (9, 0), (12, 5), (9, 10), (3, 10), (0, 5)],
    "trapezium": [(3, 0), (7, 0), (10, 10), (0, 10)],
}
DOUBLE: Outline = [(0, 4), (4, 0), (4, 2), (9, 2), (9, 0), (13, 4), (9, 8), (9, 6), (4, 6), (4, 8)]


def turned(outline: Outline, degrees: float) -> Outline:
    """Clockwise as displayed."""
    angle = radians(degrees)
    return [(x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)) for x, y in outline]


@pytest.mark.parametrize("name", ARROWS)
def test_block_arrows_in_eight_ways(name: str) -> None:
    said = [outline_sign(turned(ARROWS[name], 45 * n)) for n in range(8)]

    assert said == ["up", "up", "flat", "down", "down", "down", "flat", "up"]


@pytest.mark.parametrize("name", TRIANGLES)
def test_triangles_point_to_their_tip(name: str) -> None:
    said = [outline_sign(turned(TRIANGLES[name], 90 * n)) for n in range(4)]

    assert said == ["up", "flat", "down", "flat"]


def test_a_level_arrow_with_two_heads_is_flat_and_an_upright_one_says_nothing() -> None:
    assert outline_sign(DOUBLE) == "flat"
    assert outline_sign(turned(DOUBLE, 90)) is None


@pytest.mark.parametrize("name", OTHERS)
def test_other_shapes_say_nothing_whichever_way_they_lie(name: str) -> None:
    assert [outline_sign(turned(OTHERS[name], 45 * n)) for n in range(8)] == [None] * 8


def test_the_triangle_in_a_cell_corner_says_nothing() -> None:
    corner = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]

    assert [outline_sign(turned(corner, 90 * n)) for n in range(4)] == [None] * 4


def test_a_circle_is_a_dot_by_its_corners_and_by_its_control_points() -> None:
    corners = [(5 + 5 * cos(n / 12 * pi), 5 + 5 * sin(n / 12 * pi)) for n in range(24)]
    k = 5 * 0.5523
    curves = [(10, 5), (10, 5 + k), (5 + k, 10), (5, 10), (5 - k, 10), (0, 5 + k), (0, 5), (0, 5 - k), (5 - k, 0),
              (5, 0), (5 + k, 0), (10, 5 - k), (10, 5)]  # fmt: skip

    assert outline_sign(corners) == outline_sign(curves) == "dot"


def drawn(outline: Outline, size: int) -> list[list[bool]]:
    """The outline as pixels by the even-odd rule, its longer side `size` pixels."""
    left, top = min(x for x, _ in outline), min(y for _, y in outline)
    scale = (max(max(x for x, _ in outline) - left, max(y for _, y in outline) - top)) / size
    sides = list(zip(outline, [*outline[1:], outline[0]], strict=True))

    def inside(column: int, row: int) -> bool:
        x, y = left + (column + 0.5) * scale, top + (row + 0.5) * scale
        crossed = [ax + (y - ay) * (bx - ax) / (by - ay) for (ax, ay), (bx, by) in sides if (ay <= y) != (by <= y)]
        return sum(at > x for at in crossed) % 2 == 1

    return [[inside(column, row) for column in range(size)] for row in range(size)]


@pytest.mark.parametrize("name", [*ARROWS, *TRIANGLES])
def test_pictures_of_arrows(name: str) -> None:
    outline = {**ARROWS, **TRIANGLES}[name]

    said = [picture_sign(drawn(turned(outline, 90 * n), 36)) for n in range(4)]

    assert said == ["up", "flat", "down", "flat"]


def test_pictures_of_dots_and_of_other_things() -> None:
    circle = [(cos(n / 24 * pi), sin(n / 24 * pi)) for n in range(48)]

    assert picture_sign(drawn(circle, 36)) == "dot"
    assert [picture_sign(drawn(outline, 36)) for outline in OTHERS.values()] == [None] * len(OTHERS)
    assert picture_sign([[False] * 20] * 20) is None


points = st.lists(st.tuples(st.floats(0, 40), st.floats(0, 40)), min_size=3, max_size=14)


@given(points)
def test_a_shape_upside_down_says_the_opposite(outline: Outline) -> None:
    opposite = {"up": "down", "down": "up"}
    said = outline_sign(outline)

    # Within rounding: a shape on the very edge of what an arrow is may be one this way up and none the other.
    assert outline_sign([(x, -y) for x, y in outline]) in (opposite.get(said or "", said), None)


@given(points, st.floats(0.2, 9), st.floats(-500, 500))
def test_neither_size_nor_place_matter(outline: Outline, size: float, place: float) -> None:
    said = outline_sign(outline)

    assert outline_sign([(x * size + place, y * size - place) for x, y in outline]) in (said, None) or said is None
