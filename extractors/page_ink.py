"""Whether anything is seen where a word stands: the page is drawn, and the word's place looked at.

Asked about text in layers alone (optional content): PDFium draws no layer that is switched off, gives its text all
the same, and does not say which layers are.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.page_frame import Frame, turn_back
from schemas.document import BBox
from schemas.page import Word

LAYER = "OC"
MOST_PIXELS = 2000
"""Of a page's longer side as it is drawn."""
PLAIN = 24
"""Shades of grey (of 255) within which a place holds nothing."""


def in_layer(item: Any) -> bool:
    """Whether a page object belongs to a layer that can be switched off."""
    count = pdfium_c.FPDFPageObj_CountMarks(item)
    # Nearly every object of a tagged file has one mark, its place in the structure tree.
    if count <= 0 or (count == 1 and pdfium_c.FPDFPageObj_GetMarkedContentID(item) >= 0):
        return False
    return any(_name(pdfium_c.FPDFPageObj_GetMark(item, number)) == LAYER for number in range(count))


def _name(mark: Any) -> str:
    size = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 8)()
    if not mark or not pdfium_c.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), ctypes.byref(size)):
        return ""
    return "".join(map(chr, buffer)).split("\0")[0] if size.value <= ctypes.sizeof(buffer) else ""


class Drawn:
    """A page as it is displayed, in grey."""

    def __init__(self, page: Any, frame: Frame) -> None:
        self.frame = frame
        turned = frame.turned % 2
        wide, high = (frame.height, frame.width) if turned else (frame.width, frame.height)
        self.scale = min(1.5, MOST_PIXELS / max(wide, high, 1.0))
        self.wide, self.high = max(1, round(wide * self.scale)), max(1, round(high * self.scale))
        self.pixels = b""
        bitmap = pdfium_c.FPDFBitmap_CreateEx(self.wide, self.high, pdfium_c.FPDFBitmap_Gray, None, 0)
        if not bitmap:
            return
        try:
            pdfium_c.FPDFBitmap_FillRect(bitmap, 0, 0, self.wide, self.high, 0xFFFFFFFF)
            pdfium_c.FPDF_RenderPageBitmap(bitmap, page, 0, 0, self.wide, self.high, 0, 0)
            self.stride = pdfium_c.FPDFBitmap_GetStride(bitmap)
            self.pixels = ctypes.string_at(pdfium_c.FPDFBitmap_GetBuffer(bitmap), self.stride * self.high)
        finally:
            pdfium_c.FPDFBitmap_Destroy(bitmap)

    def shows(self, word: Word) -> bool:
        """Whether the word's place is more than one plain shade; True where the page could not be drawn."""
        box = turn_back(BBox(*word[:4]), self.frame.turned, self.frame.width, self.frame.height)
        x0, x1 = max(0, int(box.x0 * self.scale)), min(self.wide, int(box.x1 * self.scale) + 1)
        top, bottom = max(0, int(box.top * self.scale)), min(self.high, int(box.bottom * self.scale) + 1)
        if not self.pixels or x1 <= x0 or bottom <= top:
            return True
        rows = [self.pixels[y * self.stride + x0 : y * self.stride + x1] for y in range(top, bottom)]
        return max(map(max, rows)) - min(map(min, rows)) > PLAIN
