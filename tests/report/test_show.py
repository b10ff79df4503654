"""From a value in the terminal to its printed cell, and a picture with the cell framed."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from flows.show import MOST_SHOWN, show_value
from tests.samples.comparing import PACKS
from warehouse.files import folder

MEASURE = "52+ week waits"


def blocks(out: str) -> list[dict[str, str]]:
    return [dict(line.split(None, 1) for line in block.splitlines()) for block in out.strip().split("\n\n")]


def test_a_value_is_followed_to_its_cell(loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pictures = tmp_path / "pictures"
    assert show_value(loaded, "kpis", MEASURE, period="Jun-24", pack=None, out=pictures) == 0
    shown = blocks(capsys.readouterr().out)
    assert shown
    for one in shown:
        assert one["row"].startswith(f"{MEASURE}, ") and one["row"].endswith(", Jun-24")
        assert 0 <= float(one["confidence"]) <= 1 and one["method"]
        x0, top, x1, bottom = map(float, one["box"].split(" (")[0].split())
        pack = next(p for p in PACKS if one["pack"].startswith(p.name))
        document = pypdfium2.PdfDocument(pack)
        page = document[int(one["page"]) - 1]
        height = page.get_height()
        assert page.get_textpage().get_text_bounded(x0, height - bottom, x1, height - top).strip() == one["value"]
        document.close()
        # The red frame of the picture has the size of that box: two pixels a point, and a little air.
        image = np.asarray(Image.open(io.BytesIO(Path(one["picture"]).read_bytes())).convert("RGB")).astype(int)
        down, across = np.nonzero(np.abs(image - (213, 40, 27)).sum(axis=2) < 40)
        assert abs((across.max() - across.min()) - 2 * (x1 - x0 + 3)) <= 6
        assert abs((down.max() - down.min()) - 2 * (bottom - top + 3)) <= 6


def test_the_newest_pack_comes_first_and_the_rest_is_counted(
    loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert show_value(loaded, "kpis", MEASURE, period=None, pack=None, out=tmp_path) == 0
    told = capsys.readouterr()
    shown = blocks(told.out)
    assert [one["meeting"] for one in shown] == ["2025-01-15"] * MOST_SHOWN
    assert "more; narrow it with --period or --pack" in told.err
    assert len(list(tmp_path.glob("kpis-*.png"))) == MOST_SHOWN


def test_a_key_names_one_row(loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_value(loaded, "actions", "113", period=None, pack=None, out=tmp_path)
    show_value(loaded, "actions", "112", period=None, pack=None, out=tmp_path)
    first = blocks(capsys.readouterr().out)[-1]
    assert show_value(loaded, "actions", first["key"], period=None, pack=None, out=tmp_path) == 0
    (again,) = blocks(capsys.readouterr().out)
    assert again == {**first, "picture": again["picture"]}


def test_without_the_packs_file_the_place_is_told_all_the_same(
    loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = folder(loaded).rename(folder(loaded).with_suffix(".away"))
    try:
        assert show_value(loaded, "actions", "112", period=None, pack=None, out=tmp_path) == 0
    finally:
        away.rename(folder(loaded))
    (shown, *_) = blocks(capsys.readouterr().out)
    assert shown["page"] == "5"
    assert shown["picture"] == "none: the pack's file is not kept beside the warehouse"
