"""Which files of a folder are packs: those named *.pdf, and those that are PDFs whatever they are called."""

from __future__ import annotations

import os
from pathlib import Path

from flows.sources import Missing, Source, find_files
from schemas.failure import FailureCode

PDF = b"%PDF-1.7\nand so on"


def names(folder: Path) -> list[str]:
    found = list(find_files([str(folder)]))
    assert all(isinstance(item, Source) for item in found)
    return [str(item.path.relative_to(folder)) for item in found if isinstance(item, Source)]


def test_pdfs_by_name_and_by_what_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    for name in ("Agenda.PDF", "download", "pack.pdf.1", "below/2024-06", "pack.pdf.part", ".hidden", "~open.docx"):
        (tmp_path / name).write_bytes(PDF)
    (tmp_path / "behind a page.bin").write_bytes(b"<html>" * 100 + PDF)
    for name, data in (("notes.txt", b"of the meeting"), ("empty", b""), ("late", b" " * 1024 + PDF)):
        (tmp_path / name).write_bytes(data)
    (tmp_path / "broken.pdf").write_bytes(b"said to be one, and tried")
    os.mkfifo(tmp_path / "pipe")
    assert names(tmp_path) == [
        "Agenda.PDF",
        "behind a page.bin",
        "below/2024-06",
        "broken.pdf",
        "download",
        "pack.pdf.1",
    ]


def test_a_folder_of_other_files_has_no_pdf(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"of the meeting")
    (missing,) = find_files([str(tmp_path)])
    assert isinstance(missing, Missing) and missing.code is FailureCode.NO_PDFS
