"""What a run leaves on its page. No server: what is made, not that it is stored."""

from __future__ import annotations

import base64
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

from flows import ingest_artifacts
from flows.pipeline import Ended, ReadPack
from flows.sources import Source
from schemas.document import Document
from schemas.failure import FailureCode, PackFailure
from schemas.finding import Finding, Severity
from schemas.outcome import PackMeta, PackResult

FILE = Path(__file__).parents[1] / "office" / "action-log.pdf"
BOX = (72.0, 100.0, 300.0, 160.0)


def finding(severity: Severity, page: int | None, box: tuple[float, float, float, float] | None = BOX) -> Finding:
    return Finding(severity, "row", "sum_differs", f"A | total <b>of {severity}</b>", page=page, bbox=box)


def read(*findings: Finding) -> ReadPack:
    document = Document("ab" * 32, "Board [pack] June.pdf", 3, (), ())
    meta = PackMeta("NHS *Westmere*", None, "2024-06-05", {})
    source = Source(FILE, "https://a.example/june.pdf", "Board [pack] June.pdf")
    result = PackResult(document, meta, (), (), (), (), findings, "1")
    return ReadPack(source, datetime(2026, 1, 1), "ab" * 32, result)


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    for kind in ("markdown", "table", "image", "link"):
        monkeypatch.setattr(
            ingest_artifacts, f"create_{kind}_artifact", lambda key, kind=kind, **all_: made.update({key: all_})
        )
    return made


def test_counts_findings_the_worst_one_s_picture_and_a_link(left: dict[str, dict[str, Any]]) -> None:
    pack = read(finding("warning", 1), finding("info", 1), finding("error", None, None), finding("error", 1))
    ingest_artifacts.leave(pack, Ended("june.pdf", "loaded", "7 actions loaded"), "https://reports.example/")
    assert set(left) == {
        "pack-board-pack-june", "findings-board-pack-june", "worst-board-pack-june", "report-board-pack-june"
    }  # fmt: skip
    table = left["findings-board-pack-june"]["table"]
    assert [row["severity"] for row in table] == ["warning", "error", "error"]
    assert table[0]["message"] == r"A \| total \<b\>of warning\</b\>"
    picture = left["worst-board-pack-june"]
    assert "error" in picture["description"]
    prefix, _, data = picture["image_url"].partition(",")
    assert prefix == "data:image/png;base64"
    assert PIL.Image.open(io.BytesIO(base64.b64decode(data))).width >= 2 * (BOX[2] - BOX[0])
    assert left["report-board-pack-june"]["link"] == "https://reports.example/pack-abababababababab/index.html"
    text = left["pack-board-pack-june"]["markdown"]
    assert r"# Board \[pack\] June.pdf" in text
    assert r"NHS \*Westmere\*" in text
    assert "- pages: 3, tables: 0" in text


def test_a_page_that_is_not_there_has_no_picture(left: dict[str, dict[str, Any]]) -> None:
    ingest_artifacts.leave(read(finding("error", 99)), Ended("june.pdf", "loaded", ""))
    assert set(left) == {"pack-board-pack-june", "findings-board-pack-june"}


def test_a_pack_that_failed_says_why(left: dict[str, dict[str, Any]]) -> None:
    failed = ReadPack(Source(FILE, "x", "x.pdf"), datetime(2026, 1, 1), failure=PackFailure(FailureCode.TRUNCATED))
    ingest_artifacts.leave(failed, Ended("x.pdf", "failed", "the file ends before the PDF does"))
    assert "the file ends before the PDF does" in left["pack-x"]["markdown"]
    assert set(left) == {"pack-x"}


@pytest.mark.parametrize(("name", "key"), [("Größe_1.PDF", "gr-e-1-pdf"), ("???", "pack"), ("a" * 200, "a" * 80)])
def test_keys_are_what_prefect_takes(name: str, key: str) -> None:
    assert ingest_artifacts.slug(name) == key
