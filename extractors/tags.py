"""The structure tree of a tagged PDF, read through PDFium: which marked content stands in which table cell.

Facts about PDFium's tree of one page: an element without content on the page is a null child, so the child's
index is what tells its place (an empty TD is null, and its spans cannot be known); the parts of one Table on
several pages have the same path of child indexes; a TD that Excel prints on each page has one child a page.
"""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from schemas.page import TagCell, TagTable

MAX_DEPTH = 64
MAX_VISITS = 200_000
"""Children looked at on one page. A tree that needs more is broken or hostile; its page then has no tags."""
MAX_SPAN = 200
MAX_COLUMNS = 400
ROW_GROUP_STRIDE = 1 << 20
ROW_GROUPS = frozenset({"THead", "TBody", "TFoot"})


class _TooLargeError(Exception):
    """The tree has more children than `MAX_VISITS`."""


class _Row(NamedTuple):
    """A TR and where it stands in the whole Table element; `position` orders rows over page ends."""

    position: int
    element: Any
    in_head: bool


def read_tags(page: Any) -> tuple[TagTable, ...]:
    """The Table elements that have content on this page, outer tables before those inside their cells.

    `page` is a raw `FPDF_PAGE`. Rows and columns are as the tree tells them: cells may be missing, wrongly
    spanned or no table at all. An untagged page gives an empty tuple, as does a tree too large to be real.
    """
    tree = pdfium_c.FPDF_StructTree_GetForPage(page)
    if not tree:
        return ()
    try:
        return tuple(_Walk().tables(tree))
    except _TooLargeError:
        return ()
    finally:
        pdfium_c.FPDF_StructTree_Close(tree)


class _Walk:
    """One pass over one page's tree, with a budget."""

    def __init__(self) -> None:
        self.visits = 0
        self.buffer = ctypes.create_string_buffer(128)

    def tables(self, tree: Any) -> Iterator[TagTable]:
        count = pdfium_c.FPDF_StructTree_CountChildren(tree)
        self._spend(count)
        for index in range(count):
            child = pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, index)
            if child:
                yield from self._search(child, (index,))

    def _search(self, element: Any, path: tuple[int, ...]) -> Iterator[TagTable]:
        if self._type(element) == "Table":
            table = self._table(element, path)
            if table is not None:
                yield table
        if len(path) < MAX_DEPTH:
            for index, child in self._children(element):
                yield from self._search(child, (*path, index))

    def _spend(self, visits: int) -> None:
        self.visits += max(visits, 0)
        if self.visits > MAX_VISITS:
            raise _TooLargeError

    def _children(self, element: Any) -> Iterator[tuple[int, Any]]:
        count = pdfium_c.FPDF_StructElement_CountChildren(element)
        self._spend(count)
        for index in range(count):
            child = pdfium_c.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                yield index, child

    def _type(self, element: Any) -> str:
        size = pdfium_c.FPDF_StructElement_GetType(element, self.buffer, len(self.buffer))
        if not 2 < size <= len(self.buffer):
            return ""
        return self.buffer.raw[: size - 2].decode("utf-16-le", "replace")

    def _table(self, element: Any, path: tuple[int, ...]) -> TagTable | None:
        rows = list(self._rows(element))
        cells: list[TagCell] = []
        covered: set[tuple[int, int]] = set()
        for number, row in enumerate(rows):
            cells.extend(self._cells(row, number, covered, len(path) + 2))
        n_cols = max((cell.col + cell.col_span for cell in cells), default=0)
        if not cells or n_cols > MAX_COLUMNS:
            return None
        within = [cell._replace(row_span=min(cell.row_span, len(rows) - cell.row)) for cell in cells]
        identity = zlib.crc32(",".join(map(str, path)).encode())
        return TagTable(identity, len(rows), n_cols, tuple(within), rows[0].position, rows[-1].position)

    def _rows(self, table: Any) -> Iterator[_Row]:
        for index, child in self._children(table):
            kind = self._type(child)
            position = index * ROW_GROUP_STRIDE
            if kind == "TR":
                yield _Row(position, child, False)
            elif kind in ROW_GROUPS:
                for inner, row in self._children(child):
                    if self._type(row) == "TR":
                        yield _Row(position + inner, row, kind == "THead")

    def _cells(self, row: _Row, number: int, covered: set[tuple[int, int]], depth: int) -> Iterator[TagCell]:
        col = expected = 0
        for index, child in self._children(row.element):
            kind = self._type(child)
            col += index - expected
            expected = index + 1
            while (number, col) in covered:
                col += 1
            if kind not in ("TD", "TH"):
                continue
            col_span, row_span = self._spans(child)
            covered.update((number + down, col + right) for down in range(row_span) for right in range(col_span))
            mcids = tuple(self._mcids(child, depth))
            yield TagCell(number, col, row_span, col_span, row.in_head or kind == "TH", mcids)
            col += col_span

    def _mcids(self, element: Any, depth: int) -> Iterator[int]:
        count = pdfium_c.FPDF_StructElement_CountChildren(element)
        self._spend(count)
        for index in range(count):
            mcid = pdfium_c.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if mcid >= 0:
                yield mcid
                continue
            child = pdfium_c.FPDF_StructElement_GetChildAtIndex(element, index)
            if child and depth < MAX_DEPTH:
                yield from self._mcids(child, depth + 1)

    def _spans(self, cell: Any) -> tuple[int, int]:
        col_span = row_span = 1
        for index in range(min(pdfium_c.FPDF_StructElement_GetAttributeCount(cell), 16)):
            attributes = pdfium_c.FPDF_StructElement_GetAttributeAtIndex(cell, index)
            if attributes:
                col_span = max(col_span, _number(attributes, b"ColSpan"))
                row_span = max(row_span, _number(attributes, b"RowSpan"))
        return min(col_span, MAX_SPAN), min(row_span, MAX_SPAN)


def _number(attributes: Any, name: bytes) -> int:
    """An attribute's whole number, 0 where it has none."""
    value = pdfium_c.FPDF_StructElement_Attr_GetValue(attributes, name)
    if not value or pdfium_c.FPDF_StructElement_Attr_GetType(value) != pdfium_c.FPDF_OBJECT_NUMBER:
        return 0
    number = ctypes.c_float()
    if not pdfium_c.FPDF_StructElement_Attr_GetNumberValue(value, number):
        return 0
    return int(number.value) if 0 < number.value < 1e6 else 0
