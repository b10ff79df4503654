"""Text that attacks what it passes through on its way from a PDF to a database, a sheet and a terminal."""

from __future__ import annotations

import csv
import json
import unicodedata
from pathlib import Path

import openpyxl
import pytest

from flows.exit_status import main
from tests.hostile.pdf import COVER, WIDTHS, Pdf, book, table
from warehouse.check import check
from warehouse.query import query

ODD = {
    "Q": "<D800>",  # a lone surrogate
    "X": "<0000>",
    "Z": "<202E>",  # right-to-left override
    "V": "<001B005B00330031006D>",  # an escape sequence
    "J": "<FFFE>",
    "K": "<DFFFD800>",
    "Y": "<003D0031002B0031>",  # =1+1
    "q": "<0027003B002D002D>",  # ';--
    "j": "<D83DDE00>",  # a character beyond the sixteen bits, whole
}
"""Letter of the page -> what its font says that it is."""


def pack_of_odd_letters() -> bytes:
    """An action log in a font whose letters are what `ODD` says."""
    rows = [
        ["Ref", "Action", "Owner", "Due", "Status"],
        ["1", "Write Q X Z V J K to us", "Ida Y", "31/01/2025", "Open"],
        ["2", "Delete q and j", "Tom", "28/02/2025", "Closed"],
    ]
    pdf: Pdf = book([COVER + table(rows, widths=WIDTHS, top=600).replace(b"/F1 9 Tf", b"/O 9 Tf")])
    pairs = "\n".join(f"<{ord(letter):02X}> {said}" for letter, said in ODD.items())
    others = "\n".join(f"<{n:02X}> <{n:04X}>" for n in range(32, 127) if chr(n) not in ODD)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(ODD)} beginbfchar\n{pairs}\nendbfchar\n{95 - len(ODD)} beginbfchar\n{others}\nendbfchar\n"
        "endcmap end end"
    )
    unicode = pdf.stream(cmap.encode())
    font = pdf.add(
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode %d 0 R>>" % unicode
    )
    pdf.objects[6] = pdf.objects[6].replace(b"/F1 3 0 R", b"/F1 3 0 R/O %d 0 R" % font)
    return pdf.write()


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    (folder / "pack.pdf").write_bytes(pack_of_odd_letters())
    assert main(["ingest", str(folder / "pack.pdf"), "--workers", "1", "--warehouse", str(folder / "w.duckdb")]) == 0
    return folder / "w.duckdb"


def test_the_rows_are_there_and_their_texts_are_unicode(warehouse: Path) -> None:
    rows = query(warehouse, "SELECT ref, action, owner, status FROM actions ORDER BY ref").rows
    assert [row[0] for row in rows] == ["1", "2"]
    assert [row[3] for row in rows] == ["open", "closed"]
    assert rows[0][1].startswith("Write ")
    assert rows[0][1].endswith(" to us")
    assert rows[1][1] == "Delete ';-- and \U0001f600"
    assert rows[0][2] == "Ida =1+1"
    text = "".join(str(row) for row in query(warehouse, "SELECT text FROM cells").rows)
    assert not {c for c in text if unicodedata.category(c) == "Cs" or c == "\0"}
    assert check(warehouse) == ()


def test_a_terminal_is_shown_nothing_that_it_obeys(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "--warehouse", str(warehouse), "from actions"]) == 0
    out = capsys.readouterr().out
    assert "Write" in out
    assert not {c for c in out if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"}
    assert "\u202e" not in out


@pytest.mark.parametrize("form", ["json", "text", "csv"])
def test_tables_of_such_a_file_are_printed(warehouse: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert main(["tables", str(warehouse.with_name("pack.pdf")), "--format", form]) == 0
    out = capsys.readouterr().out
    out.encode("utf-8")
    assert "Delete ';--" in out
    if form == "json":
        assert len(json.loads(out)["tables"]) == 1
    if form == "text":
        assert not {c for c in out if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"}


def test_sheets_hold_no_live_formula(tmp_path: Path) -> None:
    live = ("=1+1", "=cmd|' /C calc'!A0", "+1+cmd|x!A1", "-1+cmd|x!A1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://x")')
    rows = [["Ref", "Action", "Owner", "Due", "Status"]]
    rows += [[str(n), f"{said.strip()}", "Ida", "31/01/2025", "Open"] for n, said in enumerate(live, start=1)]
    pack = tmp_path / "pack.pdf"
    pack.write_bytes(book([COVER + table(rows, widths=WIDTHS, top=600)]).write())
    where = ["--warehouse", str(tmp_path / "w.duckdb")]
    assert main(["ingest", "--workers", "1", str(pack), *where]) == 0
    found = [row[0] for row in query(tmp_path / "w.duckdb", "SELECT action FROM actions ORDER BY ref").rows]
    assert found == [said.strip() for said in live]
    assert main(["export", str(tmp_path / "csv"), "--format", "csv", *where]) == 0
    assert main(["export", str(tmp_path / "xlsx"), "--format", "xlsx", *where]) == 0
    cells = [cell for row in csv.reader((tmp_path / "csv" / "actions.csv").open()) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "@", "\t", "\r") or cell.startswith(("+1+", "-1+"))]
    (book_file,) = (tmp_path / "xlsx").glob("*.xlsx")
    texts = [cell for sheet in openpyxl.load_workbook(book_file) for row in sheet.iter_rows() for cell in row]
    assert any(cell.value in ("=1+1", "'=1+1") for cell in texts)
    assert not [cell.coordinate for cell in texts if cell.data_type == "f"]
