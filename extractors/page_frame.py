"""From PDF user space to a page on which the text reads left to right, and from there to the page as displayed.

PDF counts from the bottom left; /Rotate turns the display clockwise; and text may run sideways on a page that is
not rotated at all (a landscape table on a portrait page). Quarters count how far the text's own angle is turned:
PDFium's character angle is 0, 3, 2, 1 quarter turns where /Rotate 0, 90, 180, 270 would set it upright.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from schemas.document import BBox

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
"""PDF's (a, b, c, d, e, f): x' = ax + cy + e, y' = bx + dy + f."""
Turn = Callable[[float, float, float, float], Box]

QUARTER_OF_ROTATION = (0, 3, 2, 1)
"""/Rotate in quarter turns -> the quarter that sets such a page's text upright."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's visible area in user space, and the quarter in which it is read."""

    left: float
    bottom: float
    right: float
    top: float
    quarter: int
    shown: int
    """The quarter of the page as displayed."""

    @property
    def width(self) -> float:
        """Of the page as read."""
        return self.right - self.left if self.quarter % 2 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        """Of the page as read."""
        return self.top - self.bottom if self.quarter % 2 == 0 else self.right - self.left

    @property
    def turned(self) -> int:
        """Quarter turns between the page as displayed and the page as read; 0 for nearly every page."""
        return (self.quarter - self.shown) % 4

    def reading(self) -> Turn:
        """User space -> reading space: (x0, top, x1, bottom) from the top left."""
        left, bottom, right, top = self.left, self.bottom, self.right, self.top
        if self.quarter == 0:
            return lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0)
        if self.quarter == 3:
            return lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        if self.quarter == 1:
            return lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0)
        return lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom)


def turn_back(box: BBox, turned: int, width: float, height: float) -> BBox:
    """A box of a page as read (of this size) on the page as displayed."""
    x0, top, x1, bottom = box
    if turned == 0:
        return box
    if turned == 3:
        return BBox(top, width - x1, bottom, width - x0)
    if turned == 1:
        return BBox(height - bottom, x0, height - top, x1)
    return BBox(width - x1, height - bottom, width - x0, height - top)


def read_frame(page: Any, quarter: int | None) -> Frame:
    """The frame of a raw `FPDF_PAGE`; `quarter` is the text's, None where there is none to tell."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium_c.FPDFPage_GetCropBox(page, *sides):
        pdfium_c.FPDFPage_GetMediaBox(page, *sides)
    left, bottom, right, top = (side.value for side in sides)
    rotation = pdfium_c.FPDFPage_GetRotation(page) % 4
    if right <= left or top <= bottom:
        width, height = pdfium_c.FPDF_GetPageWidthF(page), pdfium_c.FPDF_GetPageHeightF(page)
        left, bottom = 0.0, 0.0
        right, top = (height, width) if rotation % 2 else (width, height)
    shown = QUARTER_OF_ROTATION[rotation]
    return Frame(left, bottom, right, top, shown if quarter is None else quarter, shown)
