"""The pages of a file as a second reader sees them: pdfminer walks the page tree, where PDFium believes its /Count."""

from __future__ import annotations

import io
import re

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import LITERAL_PAGE, LITERAL_PAGES, PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import dict_value, list_value

PLAIN_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z0-9#])")
LONGEST = 1 << 14
"""Bytes within which a page's dictionary ends."""


def count_pages_again(data: bytes) -> int | None:
    """The pages that stand in the page tree; None where pdfminer cannot walk it."""
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        # A tree without pages pdfminer searches the file for.
        return _leaves(document, data) or sum(1 for _ in PDFPage.create_pages(document))
    except MemoryError:
        raise
    except Exception:
        # Anything can come out of it for a damaged file: KeyError, TypeError, RecursionError, struct.error.
        return None


def _leaves(document: PDFDocument, data: bytes) -> int:
    """How many nodes of the page tree are pages, each counted once."""
    waiting = [document.catalog.get("Pages")]
    met: set[int] = set()
    pages = 0
    while waiting:
        node = waiting.pop()
        number = getattr(node, "objid", None)
        if number is None or number in met:
            continue
        met.add(number)
        if _plainly_a_page(document, data, number):
            pages += 1
            continue
        said = dict_value(node)
        kind = said.get("Type", said.get("type"))
        if kind is LITERAL_PAGES:
            waiting += list_value(said.get("Kids", []))
        pages += kind is LITERAL_PAGE
    return pages


def _plainly_a_page(document: PDFDocument, data: bytes, number: int) -> bool:
    """Whether an object's bytes say that it is a page. Parsing its fonts and pictures is most of what the walk costs;
    what is packed in a stream or written in another way is parsed.
    """
    stream, start = _place_of(document, number)
    if stream is not None:
        return False
    body = data[start : start + LONGEST].partition(b"endobj")[0]
    begins = re.match(rb"\s*%d\s+\d+\s+obj\b" % number, body)
    return bool(begins) and b"/Kids" not in body and PLAIN_PAGE.search(body) is not None


def _place_of(document: PDFDocument, number: int) -> tuple[int | None, int]:
    """The stream that an object is packed in, if it is, and where it stands."""
    for table in document.xrefs:
        try:
            stream, start, _ = table.get_pos(number)
        except KeyError:
            continue
        return stream, start
    return 0, 0
