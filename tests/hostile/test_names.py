"""File names that attack a shell, a terminal, a path, a page or a sheet: one end each, and nothing else happens."""

from __future__ import annotations

import csv
import json
import os
import unicodedata
from pathlib import Path

import pytest

from flows.exit_status import main
from tests.hostile.pdf import book, text
from warehouse.query import query

NAMES = (
    b"two\nlines.pdf",
    b"tab\tand\rreturn.pdf",
    b"\x1b[2J\x1b]0;owned\x07.pdf",
    b"\x7f\x08\x08.pdf",
    "c1\u009b31m.pdf".encode(),
    "invoice\u202efdp.pdf".encode(),
    "line\u2028paragraph\u2029.pdf".encode(),
    "zero\u200bwidth\ufeff.pdf".encode(),
    b"\xff\xfe not utf-8.pdf",
    b"\xed\xa0\x80 a surrogate.pdf",
    b"--force.pdf",
    b"-rf .pdf",
    b"..pdf",
    b"...pdf",
    b"..%2f..%2fetc%2fpasswd.pdf",
    b"..\\..\\windows\\win.ini.pdf",
    b"C:\\NUL.pdf",
    b"$(touch owned).pdf",
    b"`touch owned`;touch owned|touch owned&.pdf",
    b"'; DROP TABLE raw.packs; --.pdf",
    b'" OR 1=1 --.pdf',
    b"<img src=x onerror=document.title='owned'>.pdf",
    b"=cmd|' !A0'.pdf",
    b"@SUM(1+1).pdf",
    b"%s%n%x{0}{config}.pdf",
    b"*?[a-z]~.pdf",
    b" .pdf",
    b"a" * 251 + b".pdf",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file under each name; every other one is a pack, the others are no PDF."""
    folder = tmp_path_factory.mktemp("names") / "in"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        data = book([text("Harbour Board", f"Paper {number}")]).write() if number % 2 else b"not a paper %d" % number
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def warehouse(folder: Path) -> Path:
    return folder.parent / "w.duckdb"


def test_each_has_one_end_on_one_line(
    folder: Path, warehouse: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(NAMES) == 28
    monkeypatch.chdir(folder.parent)
    assert main(["ingest", str(folder), "--warehouse", str(warehouse), "--workers", "1"]) == 1
    _, err = capfd.readouterr()
    lines = err.splitlines()
    assert len([line for line in lines if line.startswith(("ok ", "!! "))]) == len(NAMES)
    assert len([line for line in lines if line.startswith("ok ")]) == len(NAMES) // 2
    assert not {c for c in err if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") and c != "\n"}
    assert "\u202e" not in err
    runs = query(warehouse, "SELECT outcome, code, count(*) FROM runs GROUP BY ALL ORDER BY ALL").rows
    assert runs == (("failed", "not_a_pdf", 14), ("loaded", None, 14))
    assert query(warehouse, "SELECT count(DISTINCT file_name) FROM runs").rows == ((len(NAMES),),)
    assert sorted(path.name for path in folder.parent.iterdir() if not path.name.startswith(".")) == [
        "in", "w.duckdb", "w.packs",
    ]  # fmt: skip


def test_files_are_kept_by_hash_and_not_by_name(folder: Path, warehouse: Path) -> None:
    kept = sorted(path.name for path in warehouse.with_name("w.packs").iterdir())
    assert len(kept) == len(NAMES) // 2
    assert all(len(name) == 68 and set(name[:64]) <= set("0123456789abcdef") for name in kept)


def test_a_second_run_passes_over_those_that_are_held(
    folder: Path, warehouse: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest", str(folder), "--warehouse", str(warehouse), "--workers", "1", "--log-format", "json"]) == 1
    _, err = capfd.readouterr()
    told = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    ends = [one["outcome"] for one in told if "outcome" in one]
    assert (ends.count("skipped"), ends.count("failed")) == (14, 14)


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_status_shows_them_without_harm(warehouse: Path, capfd: pytest.CaptureFixture[str], form: str) -> None:
    assert main(["status", "--warehouse", str(warehouse), "--format", form]) == 0
    out, _ = capfd.readouterr()
    if form == "table":
        assert not {c for c in out if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"}
    if form == "csv":
        assert not [cell for row in csv.reader(out.splitlines()) for cell in row if cell[:1] in ("=", "@", "+", "-")]
    if form == "json":
        assert json.loads(out)


def test_report_and_exports_are_written_under_names_of_our_own(warehouse: Path, tmp_path: Path) -> None:
    assert main(["report", "--warehouse", str(warehouse), "--out", str(tmp_path / "report")]) == 0
    assert main(["export", str(tmp_path / "csv"), "--format", "csv", "--warehouse", str(warehouse)]) == 0
    names = [path.name for path in tmp_path.rglob("*")]
    assert names
    assert all(name.replace(".", "").replace("-", "").replace("_", "").isalnum() and name.isascii() for name in names)
    pages = "".join(path.read_text() for path in (tmp_path / "report").rglob("*.html"))
    assert "onerror=document" not in pages.replace("&lt;img src=x onerror=document", "")
    cells = [cell for path in (tmp_path / "csv").glob("*.csv") for row in csv.reader(path.open()) for cell in row]
    assert any("=cmd|" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in ("=", "@", "+", "\t", "\r")]
