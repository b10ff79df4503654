"""What is seen at a place of a page that PDFium draws: asked only where its objects do not tell.

Text in layers (optional content): PDFium draws no layer that is switched off, gives its text all the same, and does
not say which layers are. Gradients and patterns: their colours are not told.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.page_frame import Box, Frame, turn_back
from extractors.pdfium_direct import FPDFPageObj_CountMarks, FPDFPageObj_GetMarkedContentID, Handle, page_object
from schemas.document import BBox
from schemas.page import Word

LAYER = "OC"
MOST_PIXELS = 2000
"""Of a page's longer side as it is drawn."""
PLAIN = 24
"""The difference in a channel (of 255) within which a place holds nothing."""
SAMPLES = (0.3, 0.4, 0.5, 0.6, 0.7)
COARSE = 48


def in_layer(item: Handle) -> bool:
    """Whether a page object belongs to a layer that can be switched off."""
    count = FPDFPageObj_CountMarks(item)
    # Nearly every object of a tagged file has one mark, its place in the structure tree.
    if count <= 0 or (count == 1 and FPDFPageObj_GetMarkedContentID(item) >= 0):
        return False
    marked = page_object(item)
    return any(_name(pdfium_c.FPDFPageObj_GetMark(marked, number)) == LAYER for number in range(count))


def _name(mark: Any) -> str:
    size = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 8)()
    if not mark or not pdfium_c.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), ctypes.byref(size)):
        return ""
    return "".join(map(chr, buffer)).split("\0")[0] if size.value <= ctypes.sizeof(buffer) else ""


class Drawn:
    """A page as it is displayed."""

    def __init__(self, page: Any, frame: Frame) -> None:
        self.frame = frame
        turned = frame.turned % 2
        wide, high = (frame.height, frame.width) if turned else (frame.width, frame.height)
        self.scale = min(1.5, MOST_PIXELS / max(wide, high, 1.0))
        self.wide, self.high = max(1, round(wide * self.scale)), max(1, round(high * self.scale))
        self.pixels = b""
        bitmap = pdfium_c.FPDFBitmap_CreateEx(self.wide, self.high, pdfium_c.FPDFBitmap_BGR, None, 0)
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
        x0, top, x1, bottom = self._place(word[:4])
        if not self.pixels or x1 <= x0 or bottom <= top:
            return True
        rows = [self.pixels[y * self.stride + 3 * x0 : y * self.stride + 3 * x1] for y in range(top, bottom)]
        return any(
            max(max(row[channel::3]) for row in rows) - min(min(row[channel::3]) for row in rows) > PLAIN
            for channel in range(3)
        )

    def colour(self, box: Box) -> str | None:
        """The colour of most of a place in reading space, `#RRGGBB`; None where the page could not be drawn."""
        x0, top, x1, bottom = self._place(box)
        if not self.pixels or x1 <= x0 or bottom <= top:
            return None
        samples = []
        for down in SAMPLES:
            for across in SAMPLES:
                at = int(top + down * (bottom - top)) * self.stride + 3 * int(x0 + across * (x1 - x0))
                samples.append(tuple(self.pixels[at : at + 3]))
        common = Counter(tuple(channel // COARSE for channel in one) for one in samples).most_common(1)[0][0]
        alike = [one for one in samples if tuple(channel // COARSE for channel in one) == common]
        blue, green, red = (round(sum(one[channel] for one in alike) / len(alike)) for channel in range(3))
        return f"#{red:02X}{green:02X}{blue:02X}"

    def _place(self, box: Box) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in pixels."""
        shown = turn_back(BBox(*box), self.frame.turned, self.frame.width, self.frame.height)
        return (
            max(0, int(shown.x0 * self.scale)),
            max(0, int(shown.top * self.scale)),
            min(self.wide, int(shown.x1 * self.scale) + 1),
            min(self.high, int(shown.bottom * self.scale) + 1),
        )
