"""Arrows and dots as programs draw them: two paths a shape, lines with heads, small images."""

from __future__ import annotations

import pytest

from tests.reader.drawn import Picture, page, path
from tests.reader.test_shapes import ARROWS, drawn, turned


def block(x: float, y: float, degrees: float = 0) -> list[tuple[float, float]]:
    """A block arrow of 13 points round a point, y upwards."""
    arrow = turned([(px - 4.25, py - 6.5) for px, py in ARROWS["block"]], degrees)
    return [(x + px, y - py) for px, py in arrow]


def signs(content: str, **kinds: object) -> list[tuple[str | None, str | None]]:
    return [(mark.symbol, mark.colour) for mark in page(content, **kinds).marks]


@pytest.mark.parametrize(("degrees", "trend"), [(0, "up"), (90, "flat"), (180, "down"), (270, "flat")])
def test_white_fill_and_black_line_as_two_paths_are_one_arrow(degrees: float, trend: str) -> None:
    """LibreOffice and Word paint an outlined arrow as a white area and then its line."""
    arrow = block(100, 100, degrees)

    assert signs("1 g " + path(arrow, "f") + " 0 G 0.5 w " + path(arrow, "S")) == [(trend, "#000000")]


def test_an_outlined_arrow_leaves_no_rules() -> None:
    read = page("0 G " + path(block(100, 100), "S"))

    assert (read.h_rules, read.v_rules) == ((), ())


def test_a_white_arrow_is_seen_on_a_colour_only() -> None:
    arrow = "1 g 1 G " + path(block(100, 100), "B")

    assert signs("0.75 0 0 rg 80 80 40 40 re f " + arrow) == [("up", "#FFFFFF")]
    assert signs(arrow) == []
    assert signs("0.75 0 0 rg 80 80 40 40 re f 1 g 80 80 40 40 re f " + arrow) == []


def test_the_colour_of_an_arrow_is_its_fill() -> None:
    assert signs("0 0.69 0.31 rg 0 G " + path(block(100, 100), "B")) == [("up", "#00B04F")]


@pytest.mark.parametrize(
    ("near", "far", "trend"),
    [((100, 130), (100, 112), "up"), ((100, 100), (100, 118), "down"), ((130, 100), (112, 100), "flat"),
     ((120, 120), (107, 107), "up"), ((120, 100), (107, 113), "down")],
)  # fmt: skip
def test_a_line_with_an_open_head(near: tuple[float, float], far: tuple[float, float], trend: str) -> None:
    x, y = near
    long = ((far[0] - x) ** 2 + (far[1] - y) ** 2) ** 0.5
    back = ((far[0] - x) / long * 4, (far[1] - y) / long * 4)
    head = [(x + back[0] - back[1] * 0.6, y + back[1] + back[0] * 0.6), near,
            (x + back[0] + back[1] * 0.6, y + back[1] - back[0] * 0.6)]  # fmt: skip

    line = path([near, far], "S", close=False)
    assert signs("0 G 1 w " + line + " " + path(head, "S", close=False)) == [(trend, "#000000")]
    assert signs("0 G 1 w " + path(head, "S", close=False)) == []
    assert signs("0 G 1 w " + line) == []


def test_a_head_of_two_points_at_the_end_of_a_line() -> None:
    line = path([(100, 90), (100, 108)], "S", close=False)
    head = path([(99, 108), (100, 110), (101, 108)], "f")

    assert signs("0 G 0 g 0.5 w " + line + " " + head) == [("up", "#000000")]


def test_a_circle_is_a_dot_with_its_colour() -> None:
    k = 5 * 0.5523
    circle = (f"105 100 m 105 {100 + k} {100 + k} 105 100 105 c {100 - k} 105 95 {100 + k} 95 100 c "
              f"95 {100 - k} {100 - k} 95 100 95 c {100 + k} 95 105 {100 - k} 105 100 c")  # fmt: skip

    assert signs(f"1 0.75 0 rg {circle} f") == [(None, "#FFBF00")]
    assert signs(f"0 G {circle} S") == []


def test_a_diamond_of_a_colour_is_a_dot_and_a_black_one_is_none() -> None:
    diamond = path([(95, 100), (100, 105), (105, 100), (100, 95)], "f")

    assert signs("1 0 0 rg " + diamond) == [(None, "#FF0000")]
    assert signs("0 g " + diamond) == []


def picture(degrees: float, *, transparent: bool) -> Picture:
    flat = [on for row in drawn(turned(ARROWS["block"], degrees), 24) for on in row]
    if transparent:
        return Picture(24, 24, bytes((0, 176, 80)) * 576, bytes(255 * on for on in flat))
    return Picture(24, 24, b"".join(bytes((0, 176, 80) if on else (255, 255, 255)) for on in flat))


@pytest.mark.parametrize("transparent", [False, True])
@pytest.mark.parametrize(("degrees", "trend"), [(0, "up"), (90, "flat"), (180, "down"), (270, "flat")])
def test_small_pictures_of_arrows(degrees: float, trend: str, transparent: bool) -> None:
    one = picture(degrees, transparent=transparent)

    assert signs("q 12 0 0 12 100 100 cm /Up Do Q", pictures={"Up": one}) == [(trend, "#00B050")]


def test_a_picture_is_read_as_it_is_placed() -> None:
    up = picture(0, transparent=True)

    assert signs("q 0 12 -12 0 100 100 cm /Up Do Q", pictures={"Up": up}) == [("flat", "#00B050")]
    assert signs("q 12 0 0 -12 100 100 cm /Up Do Q", pictures={"Up": up}) == [("down", "#00B050")]


def test_the_same_picture_is_drawn_as_before_afterwards() -> None:
    """Looking at one image does not move it: the page still counts it where it is."""
    both = "q 12 0 0 12 100 100 cm /Up Do Q q 12 0 0 12 150 100 cm /Up Do Q"
    read = page(both, pictures={"Up": picture(0, transparent=True)})

    assert [(round(mark.x0), round(mark.top)) for mark in read.marks] == [(100, 88), (150, 88)]


def test_a_large_picture_is_no_sign() -> None:
    assert signs("q 90 0 0 90 100 50 cm /Up Do Q", pictures={"Up": picture(0, transparent=True)}) == []


# From a light red to a darker one, across the page.
GRADIENT = {
    "S": "/ShadingType 2/ColorSpace/DeviceRGB/Coords[90 0 110 0]/Extend[true true]"
    "/Function<</FunctionType 2/Domain[0 1]/N 1/C0[1 0.3 0.3]/C1[0.8 0 0]>>"
}
"""What office programs paint their shapes with where a style asks for depth."""


def is_red(colour: str | None) -> bool:
    return colour is not None and colour[1] in "DEF" and colour[3] in "0123456" and colour[5] in "0123456"


def test_shapes_with_a_gradient_have_the_colour_that_is_seen() -> None:
    k = 5 * 0.5523
    circle = (f"105 100 m 105 {100 + k} {100 + k} 105 100 105 c {100 - k} 105 95 {100 + k} 95 100 c "
              f"95 {100 - k} {100 - k} 95 100 95 c {100 + k} 95 105 {100 - k} 105 100 c")  # fmt: skip
    arrow = path(block(100, 100), "W n /S sh")

    for drawn_as, symbol in ((f"q {circle} W n /S sh Q", None), (f"q 80 80 50 50 re W n {arrow} Q", "up")):
        ((said, colour),) = signs(drawn_as, shadings=GRADIENT)
        assert said == symbol
        assert is_red(colour)


def test_an_area_with_a_gradient_is_an_area_and_a_pages_ground_is_none() -> None:
    read = page("q 60 90 90 20 re W n /S sh Q", shadings=GRADIENT)
    ground = page("q 0 0 300 200 re W n /S sh Q", shadings=GRADIENT)

    ((x0, top, x1, bottom, colour),) = read.fills
    assert [round(side) for side in (x0, top, x1, bottom)] == [60, 90, 150, 110]
    assert is_red(colour)
    assert ground.fills == ()
