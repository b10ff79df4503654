"""Text that a clip path cuts away whole: it is in the file and on no screen.

Excel leaves the text of a cell behind a picture or a fill so, clipped to a strip above it.
"""

from __future__ import annotations

from ctypes import byref, c_float
from typing import Any

import pypdfium2.raw as pdfium_c

SEEN = 0.1
"""The share of a text's height or width that must lie within the clip for it to be seen."""
MAX_OUTLINE = 200
MAX_SEGMENTS = 8
"""A clip of more corners is no rectangle, and its box says little."""


def clipped_away(text: Any) -> bool:
    """Whether nothing is seen of a text object (a raw `FPDF_PAGEOBJECT`) because its clip lies elsewhere."""
    clip = pdfium_c.FPDFPageObj_GetClipPath(text)
    n_paths = pdfium_c.FPDFClipPath_CountPaths(clip) if clip else 0
    if n_paths <= 0:
        return False
    left, bottom, right, top = (c_float() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetBounds(text, byref(left), byref(bottom), byref(right), byref(top)):
        return False
    x, y = c_float(), c_float()
    for path in range(n_paths):
        n_segments = pdfium_c.FPDFClipPath_CountPathSegments(clip, path)
        if not 3 <= n_segments <= MAX_SEGMENTS:
            continue
        xs, ys = [], []
        for number in range(n_segments):
            segment = pdfium_c.FPDFClipPath_GetPathSegment(clip, path, number)
            if not pdfium_c.FPDFPathSegment_GetPoint(segment, byref(x), byref(y)):
                return False
            xs.append(x.value)
            ys.append(y.value)
        if _outside(left.value, right.value, min(xs), max(xs)) or _outside(bottom.value, top.value, min(ys), max(ys)):
            return True
    return False


def _outside(low: float, high: float, clip_low: float, clip_high: float) -> bool:
    return min(high, clip_high) - max(low, clip_low) < SEEN * (high - low)


def clip_outline(item: Any) -> list[tuple[float, float]]:
    """The corners of the path with the most corners that a page object is clipped to, curves by their end and control
    points; none where it is not clipped. The others are the boxes round it.
    """
    clip = pdfium_c.FPDFPageObj_GetClipPath(item)
    n_paths = pdfium_c.FPDFClipPath_CountPaths(clip) if clip else 0
    sizes = [(pdfium_c.FPDFClipPath_CountPathSegments(clip, path), path) for path in range(max(0, n_paths))]
    if not sizes or max(sizes)[0] > MAX_OUTLINE:
        return []
    count, path = max(sizes)
    x, y = c_float(), c_float()
    points = []
    for number in range(count):
        segment = pdfium_c.FPDFClipPath_GetPathSegment(clip, path, number)
        if pdfium_c.FPDFPathSegment_GetPoint(segment, byref(x), byref(y)):
            points.append((x.value, y.value))
    return points
