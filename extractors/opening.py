"""Opening a PDF: what a file is before the PDF library sees it, and what the library's refusals mean."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.pdfium_string import ask_string
from schemas.failure import FailureCode, PackFailure

HEAD, TAIL = 1024, 2048
HTML = (b"<!doctype html", b"<html", b"<head", b"<?xml")
INFO_KEYS = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
MAX_INFO = 500


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises PackFailure where it is missing, unreadable, empty or plainly no PDF."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise PackFailure(FailureCode.MISSING) from None
    except OSError as error:
        raise PackFailure(FailureCode.UNREADABLE, error.strerror or "") from None
    if not data:
        raise PackFailure(FailureCode.EMPTY)
    head = data[:HEAD]
    # PDFium reads files that say `%PDF` and no version.
    if b"%PDF" not in head:
        if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(HTML):
            raise PackFailure(FailureCode.HTML)
        raise PackFailure(FailureCode.NOT_A_PDF)
    return data


def fingerprint(data: bytes) -> str:
    """The pack's identity: SHA-256 of its bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def open_pdf(data: bytes) -> Iterator[Any]:
    """A raw `FPDF_DOCUMENT` with at least one page, closed afterwards. Raises PackFailure."""
    pdfium_c.FPDF_InitLibrary()
    document = pdfium_c.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise _refusal(data, pdfium_c.FPDF_GetLastError())
    try:
        if pdfium_c.FPDF_GetPageCount(document) < 1:
            raise PackFailure(FailureCode.NO_PAGES)
        yield document
    finally:
        pdfium_c.FPDF_CloseDocument(document)


def _refusal(data: bytes, code: int) -> PackFailure:
    if code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
        return PackFailure(FailureCode.ENCRYPTED)
    if b"%%EOF" not in data[-TAIL:]:
        return PackFailure(FailureCode.TRUNCATED)
    return PackFailure(FailureCode.DAMAGED)


def is_tagged(document: Any) -> bool:
    """Whether the document says that it has a structure tree."""
    return bool(pdfium_c.FPDFCatalog_IsTagged(document))


def read_info(document: Any) -> dict[str, str]:
    """The document information dictionary's texts, each cut to 500 characters."""
    info: dict[str, str] = {}
    for key in INFO_KEYS:
        text = ask_string(partial(pdfium_c.FPDF_GetMetaText, document, key.encode()), 1 << 16)
        if text:
            info[key] = text[:MAX_INFO]
    return info
