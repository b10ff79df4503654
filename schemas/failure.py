"""Why a file gave no pack: a closed list, each with a plain sentence and what to do."""

from __future__ import annotations

from enum import StrEnum


class FailureCode(StrEnum):
    """One code a file. The value is what `runs.reason` begins with."""

    MISSING = "missing"
    NO_PDFS = "no_pdfs"
    UNREADABLE = "unreadable"
    LOCKED_FOLDER = "locked_folder"
    A_FOLDER = "a_folder"
    EMPTY = "empty"
    NOT_A_PDF = "not_a_pdf"
    HTML = "html_instead_of_pdf"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NO_PAGES = "no_pages"
    NO_TEXT = "no_text"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    RESULT_TOO_LARGE = "result_too_large"
    FETCH_FAILED = "fetch_failed"
    INTERNAL = "internal"


SENTENCES: dict[FailureCode, str] = {
    FailureCode.MISSING: "there is no such file; check the path",
    FailureCode.NO_PDFS: "there is no PDF in this folder; check the path",
    FailureCode.LOCKED_FOLDER: "this folder cannot be looked into; check its permissions",
    FailureCode.A_FOLDER: "this is a folder; name one PDF in it",
    FailureCode.UNREADABLE: "the file cannot be opened; check its permissions",
    FailureCode.EMPTY: "the file is empty; fetch it again",
    FailureCode.NOT_A_PDF: "this is not a PDF; boardpack reads PDF files only",
    FailureCode.HTML: "this is a web page saved under a PDF's name; download the PDF itself",
    FailureCode.TRUNCATED: "the file ends before the PDF does; fetch it again",
    FailureCode.DAMAGED: "the PDF is damaged and cannot be opened; fetch it again or ask its publisher",
    FailureCode.ENCRYPTED: "the PDF is locked with a password; ask its publisher for an open copy",
    FailureCode.NO_PAGES: "the PDF has no pages",
    FailureCode.NO_TEXT: "no page has any text (a scan?); ask its publisher for the original document",
    FailureCode.TOO_LARGE: "the file is larger than the limit; raise the limit if you trust it",
    FailureCode.TOO_MANY_PAGES: "the PDF has more pages than the limit; raise the limit if you trust it",
    FailureCode.TIMED_OUT: "reading it took longer than the limit and was stopped",
    FailureCode.OUT_OF_MEMORY: "reading it needed more memory than the limit and was stopped",
    FailureCode.CRASHED: "the PDF library crashed on it; the file may be malicious or damaged",
    FailureCode.RESULT_TOO_LARGE: "what was read from it is larger than the limit",
    FailureCode.FETCH_FAILED: "it could not be downloaded",
    FailureCode.INTERNAL: "boardpack itself failed on it; please report this",
}


class PackFailure(Exception):
    """A file gave no pack. `str()` is one line for a person; `code` is for `runs`."""

    def __init__(self, code: FailureCode, detail: str = "") -> None:
        self.code = code
        self.detail = detail
        super().__init__(f"{SENTENCES[code]}{f' ({detail})' if detail else ''}")
