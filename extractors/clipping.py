"""Text that a clip path cuts away whole: it is in the file and on no screen.

Excel leaves the text of a cell behind a picture or a fill so, clipped to a strip above it.
"""

from __future__ import annotations

from extractors.pdfium_direct import (
    FPDFClipPath_CountPaths,
    FPDFClipPath_CountPathSegments,
    FPDFClipPath_GetPathSegment,
    FPDFPageObj_GetBounds,
    FPDFPageObj_GetClipPath,
    FPDFPathSegment_GetPoint,
    Handle,
    Places,
)

SEEN = 0.1
"""The share of a text's height or width that must lie within the clip for it to be seen."""
MAX_OUTLINE = 200
MAX_SEGMENTS = 8
"""A clip of more corners is no rectangle, and its box says little."""

# Read out as soon as they are written; PDFium is not for two threads at once.
_SIDES, _POINT = Places(4), Places(2)


def clipped_away(text: Handle) -> bool:
    """Whether nothing is seen of a text object because its clip lies elsewhere."""
    clip = FPDFPageObj_GetClipPath(text)
    n_paths = FPDFClipPath_CountPaths(clip) if clip else 0
    if n_paths <= 0:
        return False
    if not FPDFPageObj_GetBounds(text, *_SIDES.at):
        return False
    left, bottom, right, top = _SIDES.values
    for path in range(n_paths):
        n_segments = FPDFClipPath_CountPathSegments(clip, path)
        if not 3 <= n_segments <= MAX_SEGMENTS:
            continue
        xs, ys = [], []
        for number in range(n_segments):
            segment = FPDFClipPath_GetPathSegment(clip, path, number)
            if not FPDFPathSegment_GetPoint(segment, *_POINT.at):
                return False
            x, y = _POINT.values
            xs.append(x)
            ys.append(y)
        if _outside(left, right, min(xs), max(xs)) or _outside(bottom, top, min(ys), max(ys)):
            return True
    return False


def _outside(low: float, high: float, clip_low: float, clip_high: float) -> bool:
    return min(high, clip_high) - max(low, clip_low) < SEEN * (high - low)


def clip_outline(item: Handle) -> list[tuple[float, float]]:
    """The corners of the path with the most corners that a page object is clipped to, curves by their end and control
    points; none where it is not clipped. The others are the boxes round it.
    """
    clip = FPDFPageObj_GetClipPath(item)
    n_paths = FPDFClipPath_CountPaths(clip) if clip else 0
    sizes = [(FPDFClipPath_CountPathSegments(clip, path), path) for path in range(max(0, n_paths))]
    if not sizes or max(sizes)[0] > MAX_OUTLINE:
        return []
    count, path = max(sizes)
    points = []
    for number in range(count):
        segment = FPDFClipPath_GetPathSegment(clip, path, number)
        if FPDFPathSegment_GetPoint(segment, *_POINT.at):
            x, y = _POINT.values
            points.append((x, y))
    return points
