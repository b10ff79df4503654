"""Pages turned by /Rotate and text that runs sideways: words read in order, boxes where the ink is."""

from __future__ import annotations

from math import cos, radians, sin

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.page import read_page
from extractors.page_frame import Box, turn_back
from schemas.document import BBox
from tests.reader.drawn import pdf

QUARTERS = (0, 90, 180, 270)


def content(direction: int) -> str:
    """Five lines in this direction (degrees counter-clockwise), a picture of none."""
    right, up = round(cos(radians(direction))), round(sin(radians(direction)))
    start = {0: (60, 140), 90: (100, 40), 180: (240, 60), 270: (200, 160)}[direction]
    lines = []
    for line in range(5):
        x, y = start[0] + 12 * line * up, start[1] - 12 * line * right
        lines.append(f"BT /F1 9 Tf {right} {up} {-up} {right} {x} {y} Tm (Line {line} of five) Tj ET")
    return "\n".join(lines)


@pytest.mark.parametrize("crop", [False, True])
@pytest.mark.parametrize("direction", QUARTERS)
@pytest.mark.parametrize("rotate", QUARTERS)
def test_words_are_read_in_order_and_stand_where_they_are_seen(rotate: int, direction: int, crop: bool) -> None:
    extra = f"/Type/Page/Rotate {rotate}" + ("/CropBox[20 10 290 190]" if crop else "")
    data = pdf(content(direction)).replace(b"/Type/Page/", f"{extra}/".encode(), 1)
    document = pypdfium2.PdfDocument(data)
    page = read_page(document.raw, 1, tagged=False)
    picture = document[0].render(scale=1).to_pil().convert("L")

    words = sorted(page.words, key=lambda word: (round(word.top / 6), word.x0))
    assert " ".join(word.text for word in words) == " ".join(f"Line {line} of five" for line in range(5))
    assert {word.angle for word in words} == {0}
    sizes = (page.height, page.width) if page.turned % 2 else (page.width, page.height)
    assert [round(side) for side in sizes] == list(picture.size)
    seen = 0
    for word in words:
        box = turn_back(BBox(*word[:4]), page.turned, page.width, page.height)
        seen += picture.crop(tuple(round(v) for v in box)).getextrema()[0] < 128
    assert seen == len(words)
    blank = picture.copy()
    for word in words:
        box = turn_back(BBox(*word[:4]), page.turned, page.width, page.height)
        blank.paste(255, tuple(round(v) + grow for v, grow in zip(box, (-2, -2, 2, 2), strict=True)))
    assert blank.getextrema()[0] > 128


@given(st.tuples(*[st.floats(0, 400)] * 4), st.integers(0, 3), st.floats(400, 900), st.floats(400, 900))
def test_turning_back_and_on_is_nothing(box: Box, turned: int, w: float, h: float) -> None:
    there = turn_back(BBox(*box), turned, w, h)
    wide, high = (h, w) if turned % 2 else (w, h)

    assert turn_back(there, (4 - turned) % 4, wide, high) == pytest.approx(box)
