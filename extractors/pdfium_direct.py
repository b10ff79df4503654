"""PDFium's functions that are asked for each letter or object of a page, called without ctypes' pointer types.

pypdfium2's declarations make an object of each handle that PDFium gives, which costs two or three times the call
itself, and a page asks a thousand times. Here a handle is a plain address, 0 or None for none, and so is a place to
write to. The names are PDFium's; the calls are too short to let other threads run meanwhile.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium_c

Handle = int
"""The address of one of PDFium's text pages, pages, page objects, fonts, paths or segments; 0 for none."""


def handle_of(pointer: Any) -> Handle:
    """The address that one of pypdfium2's handles holds."""
    return ctypes.addressof(pointer.contents) if pointer else 0


def page_object(handle: Handle) -> Any:
    """A page object's handle as pypdfium2's functions take it."""
    return ctypes.cast(handle, pdfium_c.FPDF_PAGEOBJECT)


class Places:
    """Room for so many numbers that PDFium writes; `at` are their addresses."""

    def __init__(self, count: int, kind: Any = ctypes.c_float) -> None:
        self.values = (kind * count)()
        start, step = ctypes.addressof(self.values), ctypes.sizeof(kind)
        self.at = tuple(start + step * place for place in range(count))


def _plain(kind: Any) -> Any:
    return ctypes.c_void_p if hasattr(kind, "contents") else kind


def _direct(declared: Any) -> Any:
    """The same function with addresses for pointers."""
    address = ctypes.cast(declared, ctypes.c_void_p).value
    assert address
    return ctypes.PYFUNCTYPE(_plain(declared.restype), *map(_plain, declared.argtypes))(address)


FPDFText_GetTextObject = _direct(pdfium_c.FPDFText_GetTextObject)
FPDFText_GetLooseCharBox = _direct(pdfium_c.FPDFText_GetLooseCharBox)
FPDFText_GetCharOrigin = _direct(pdfium_c.FPDFText_GetCharOrigin)
FPDFText_GetCharAngle = _direct(pdfium_c.FPDFText_GetCharAngle)
FPDFText_HasUnicodeMapError = _direct(pdfium_c.FPDFText_HasUnicodeMapError)
FPDFText_IsGenerated = _direct(pdfium_c.FPDFText_IsGenerated)

FPDFTextObj_GetFontSize = _direct(pdfium_c.FPDFTextObj_GetFontSize)
FPDFTextObj_GetFont = _direct(pdfium_c.FPDFTextObj_GetFont)
FPDFTextObj_GetTextRenderMode = _direct(pdfium_c.FPDFTextObj_GetTextRenderMode)
FPDFFont_GetBaseFontName = _direct(pdfium_c.FPDFFont_GetBaseFontName)
FPDFFont_GetWeight = _direct(pdfium_c.FPDFFont_GetWeight)
FPDFFont_GetGlyphWidth = _direct(pdfium_c.FPDFFont_GetGlyphWidth)

FPDFPage_GetObject = _direct(pdfium_c.FPDFPage_GetObject)
FPDFFormObj_CountObjects = _direct(pdfium_c.FPDFFormObj_CountObjects)
FPDFFormObj_GetObject = _direct(pdfium_c.FPDFFormObj_GetObject)
FPDFPageObj_GetType = _direct(pdfium_c.FPDFPageObj_GetType)
FPDFPageObj_GetMatrix = _direct(pdfium_c.FPDFPageObj_GetMatrix)
FPDFPageObj_GetBounds = _direct(pdfium_c.FPDFPageObj_GetBounds)
FPDFPageObj_GetFillColor = _direct(pdfium_c.FPDFPageObj_GetFillColor)
FPDFPageObj_GetStrokeColor = _direct(pdfium_c.FPDFPageObj_GetStrokeColor)
FPDFPageObj_GetStrokeWidth = _direct(pdfium_c.FPDFPageObj_GetStrokeWidth)
FPDFPageObj_GetMarkedContentID = _direct(pdfium_c.FPDFPageObj_GetMarkedContentID)
FPDFPageObj_CountMarks = _direct(pdfium_c.FPDFPageObj_CountMarks)
FPDFPageObj_GetClipPath = _direct(pdfium_c.FPDFPageObj_GetClipPath)
FPDFClipPath_CountPaths = _direct(pdfium_c.FPDFClipPath_CountPaths)
FPDFClipPath_CountPathSegments = _direct(pdfium_c.FPDFClipPath_CountPathSegments)
FPDFClipPath_GetPathSegment = _direct(pdfium_c.FPDFClipPath_GetPathSegment)

FPDFPath_GetDrawMode = _direct(pdfium_c.FPDFPath_GetDrawMode)
FPDFPath_CountSegments = _direct(pdfium_c.FPDFPath_CountSegments)
FPDFPath_GetPathSegment = _direct(pdfium_c.FPDFPath_GetPathSegment)
FPDFPathSegment_GetPoint = _direct(pdfium_c.FPDFPathSegment_GetPoint)
FPDFPathSegment_GetType = _direct(pdfium_c.FPDFPathSegment_GetType)
FPDFPathSegment_GetClose = _direct(pdfium_c.FPDFPathSegment_GetClose)
