"""Pages as pictures: no larger than a report may be, and a page that breaks the library costs only itself."""

from __future__ import annotations

import io
import os
import shutil
import signal
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from extractors.render import render_page, render_part
from flows import pictures as drawing
from schemas.document import BBox
from schemas.picture import Picture
from tests.samples.comparing import PACKS
from warehouse.files import keep
from warehouse.report.pictures import SCALES, draw_pages, total

DASHBOARD = 9


@given(
    st.lists(st.integers(1_000, 400_000), max_size=60),
    st.integers(0, 3_000_000),
    st.sets(st.integers(1, 60), max_size=10),
)
def test_pictures_stay_within_the_budget(sizes: list[int], budget: int, broken: set[int]) -> None:
    """`sizes` are those of pages 1, 2, … at one pixel a point."""

    def render(pack_id: str, page: int, scale: float) -> Picture | None:
        if page in broken:
            return None
        return Picture(b"x" * int(sizes[page - 1] * scale), ".webp", 10, 10, 10.0, 10.0)

    pages = list(range(len(sizes), 0, -1))
    drawn = draw_pages(render, "id", pages, budget)
    assert total(drawn) <= budget
    assert set(drawn) <= set(pages) - broken
    smallest = sum(int(size * SCALES[-1]) for page, size in enumerate(sizes, 1) if page not in broken)
    if smallest <= budget:
        assert set(drawn) == set(pages) - broken
    # What is left out weighs less than anything that is kept.
    left_out = [page for page in pages if page not in drawn and page not in broken]
    assert all(page < kept for page in left_out for kept in drawn)


def test_a_page_is_drawn_sharp_and_small() -> None:
    picture = render_page(PACKS[0], DASHBOARD, 1.4)
    image = Image.open(io.BytesIO(picture.data)).convert("RGB")
    assert image.size == (picture.px_width, picture.px_height)
    assert abs(picture.px_width - 1.4 * picture.width) <= 1
    assert len(picture.data) < 80_000
    colours = {c for _, c in image.getcolors(1 << 20) or []}
    # Lossless of few colours: no haze round letters; ratings keep their red, amber and green.
    assert len(colours) <= 24
    for wanted in ((255, 0, 0), (255, 192, 0), (0, 176, 80)):
        assert min(sum(abs(a - b) for a, b in zip(c, wanted, strict=True)) for c in colours) < 60


def test_a_giant_page_is_not_drawn_giant() -> None:
    picture = render_page(PACKS[0], 1, 400.0)
    assert max(picture.px_width, picture.px_height) <= 4000


@pytest.mark.parametrize("box", [BBox(100, 200, 160, 212), BBox(0, 0, 5, 5), BBox(560, 380, 9000, 9000)])
def test_a_part_shows_its_box_in_a_red_frame(box: BBox) -> None:
    image = Image.open(io.BytesIO(render_part(PACKS[0], DASHBOARD, box))).convert("RGB")
    red = [
        (x, y)
        for x in range(image.width)
        for y in range(image.height)
        if sum(abs(a - b) for a, b in zip(image.getpixel((x, y)), (213, 40, 27), strict=True)) < 12  # type: ignore[arg-type]
    ]
    assert red
    if box == BBox(100, 200, 160, 212):
        across = max(x for x, _ in red) - min(x for x, _ in red)
        down = max(y for _, y in red) - min(y for _, y in red)
        assert abs(across - 2 * 63) <= 6 and abs(down - 2 * 15) <= 6


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse beside which two packs are kept, one of them no PDF."""
    path = tmp_path / "w.duckdb"
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing")
    keep(path, "a" * 64, PACKS[0])
    keep(path, "b" * 64, tmp_path / "bad.pdf")
    return path


def test_pages_are_drawn_by_a_child(warehouse: Path) -> None:
    render = drawing.render_page_of(warehouse)
    picture = render("a" * 64, 5, 1.0)
    assert picture and Image.open(io.BytesIO(picture.data)).format == "WEBP"
    assert render("a" * 64, 10_000, 1.0) is None
    assert render("b" * 64, 1, 1.0) is None
    assert render("c" * 64, 1, 1.0) is None
    again = render("a" * 64, 5, 1.0)
    assert again == picture


def test_a_child_that_dies_costs_one_picture(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draughtsman = drawing.Draughtsman()
    source = warehouse.with_name("w.packs") / f"{'a' * 64}.pdf"
    assert draughtsman.draw(source, 1, 0.5)
    assert draughtsman._child is not None
    os.kill(draughtsman._child.pid, signal.SIGKILL)
    draughtsman._child.wait()
    assert draughtsman.draw(source, 1, 0.5) is None
    assert draughtsman.draw(source, 1, 0.5) is not None
    monkeypatch.setattr(drawing, "SECONDS", 0.0)
    assert draughtsman.draw(source, 1, 0.5) is None
    monkeypatch.undo()
    assert draughtsman.draw(source, 1, 0.5) is not None
    draughtsman.stop()


def test_a_child_that_lies_about_a_length_is_not_believed(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    liar = tmp_path / "liar"
    liar.write_text("#!/bin/sh\nread line; printf '\\377\\377\\377\\377'; cat /dev/zero\n", "utf-8")
    liar.chmod(0o755)
    monkeypatch.setattr(drawing.sys, "executable", str(liar))
    assert shutil.which("sh")
    assert struct.unpack("<I", b"\xff" * 4)[0] > drawing.LARGEST
    assert drawing.render_page_of(warehouse)("a" * 64, 1, 1.0) is None
