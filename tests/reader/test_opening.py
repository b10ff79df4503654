"""What a file is before it is a PDF, and what the refusals mean."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from extractors.opening import fingerprint, is_tagged, open_pdf, read_bytes, read_info
from schemas.failure import FailureCode, PackFailure
from tests.reader.drawn import pdf

SOUND = pdf("BT /F1 10 Tf 20 100 Td (Board paper) Tj ET")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", FailureCode.EMPTY),
        (b"<!DOCTYPE html><title>Sign in</title>", FailureCode.HTML),
        (b"\xef\xbb\xbf\r\n<HTML>moved</HTML>", FailureCode.HTML),
        (b"PK\x03\x04 a Word document", FailureCode.NOT_A_PDF),
        (b" " * 2000 + SOUND, FailureCode.NOT_A_PDF),
    ],
)
def test_what_is_no_pdf(tmp_path: Path, data: bytes, code: FailureCode) -> None:
    (tmp_path / "p.pdf").write_bytes(data)

    with pytest.raises(PackFailure) as refused:
        read_bytes(tmp_path / "p.pdf")
    assert refused.value.code is code


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.pdf", FailureCode.MISSING), (tmp_path, FailureCode.UNREADABLE)):
        with pytest.raises(PackFailure) as refused:
            read_bytes(path)
        assert refused.value.code is code


def test_a_pdf_after_some_other_bytes_is_one(tmp_path: Path) -> None:
    (tmp_path / "p.pdf").write_bytes(b"\r\n" + SOUND)

    assert read_bytes(tmp_path / "p.pdf") == b"\r\n" + SOUND
    assert fingerprint(SOUND) == sha256(SOUND).hexdigest()


def test_bytes_that_break_off_are_truncated_and_others_damaged() -> None:
    for data, code in ((b"%PDF-1.7\n" + b"x" * 300, FailureCode.TRUNCATED),
                       (b"%PDF-1.7\n" + b"x" * 300 + b"\n%%EOF", FailureCode.DAMAGED)):  # fmt: skip
        with pytest.raises(PackFailure) as refused, open_pdf(data):
            pass
        assert refused.value.code is code


def test_document_information_is_cut_and_without_nulls() -> None:
    data = pdf("", info=f"/Title(Board\\000 paper)/Author({'a' * 900})")
    with open_pdf(data) as document:
        info = read_info(document)
        assert not is_tagged(document)

    assert info == {"Title": "Board paper", "Author": "a" * 500}
