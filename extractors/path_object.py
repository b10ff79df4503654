"""One path object of PDFium's as values: its outlines, its paint, its matrix."""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import c_uint
from typing import Any, NamedTuple

from pypdfium2.raw import FPDF_SEGMENT_BEZIERTO, FPDF_SEGMENT_LINETO, FPDF_SEGMENT_MOVETO

from extractors.page_frame import Box, Matrix
from extractors.pdfium_direct import (
    FPDFPageObj_GetMatrix,
    FPDFPageObj_GetStrokeWidth,
    FPDFPath_GetPathSegment,
    FPDFPathSegment_GetClose,
    FPDFPathSegment_GetPoint,
    FPDFPathSegment_GetType,
    Handle,
    Places,
)

LOOKED_AT = 200
"""Segments of a long path that tell what it is."""
STRAIGHT = 0.1
WHITE = 250
"""The least of a white's channels."""
# Read out as soon as they are written; PDFium is not for two threads at once.
_POINT, _MATRIX, _WIDTH, _CHANNELS = Places(2), Places(6), Places(1), Places(4, c_uint)


class Paint(NamedTuple):
    """What a path is filled or stroked with."""

    colour: str
    """`#RRGGBB`"""
    alpha: int
    """0 to 255."""
    white: bool


def is_box(points: Sequence[tuple[float, float]], box: Box) -> bool:
    """Whether all corners are corners of their box."""
    x0, top, x1, bottom = box
    return all(min(abs(x - x0), abs(x - x1)) < 0.6 and min(abs(y - top), abs(y - bottom)) < 0.6 for x, y in points)


def read_paint(item: Handle, read: Any) -> Paint | None:
    """The colour that `read` (PDFium's fill or stroke getter) gives; None where it is a pattern's."""
    if not read(item, *_CHANNELS.at):
        return None
    *rgb, alpha = _CHANNELS.values
    return Paint("#{:02X}{:02X}{:02X}".format(*rgb), alpha, min(rgb) >= WHITE)


def line_width(item: Handle) -> float:
    """In points, before its matrix."""
    return float(_WIDTH.values[0]) if FPDFPageObj_GetStrokeWidth(item, *_WIDTH.at) else 0.0


def own_matrix(item: Handle) -> Matrix:
    """The object's own matrix."""
    FPDFPageObj_GetMatrix(item, _MATRIX.at[0])
    a, b, c, d, e, f = _MATRIX.values
    return a, b, c, d, e, f


def combined(inner: Matrix, outer: Matrix) -> Matrix:
    """The inner matrix first, then the outer."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def all_level_or_upright(item: Handle, count: int) -> bool:
    """Whether the path may be a grid drawn in one go: the segments looked at are moves and lines along the axes."""
    step = max(1, count // LOOKED_AT)
    for begin in range(0, count - 1, step):
        ends = []
        for index in (begin, begin + 1):
            segment = FPDFPath_GetPathSegment(item, index)
            FPDFPathSegment_GetPoint(segment, *_POINT.at)
            ends.append((*_POINT.values, FPDFPathSegment_GetType(segment)))
        (ax, ay, _), (bx, by, kind) = ends
        if kind == FPDF_SEGMENT_BEZIERTO:
            return False
        if kind == FPDF_SEGMENT_LINETO and min(abs(ax - bx), abs(ay - by)) > STRAIGHT:
            return False
    return True


def outlines_of(item: Handle, count: int, matrix: Matrix) -> tuple[list[list[tuple[float, float]]], bool]:
    """(closed or open outlines in user space, whether all their sides are straight)."""
    a, b, c, d, e, f = matrix
    x_at, y_at = _POINT.at
    outlines: list[list[tuple[float, float]]] = []
    straight = True
    for index in range(count):
        segment = FPDFPath_GetPathSegment(item, index)
        FPDFPathSegment_GetPoint(segment, x_at, y_at)
        kind = FPDFPathSegment_GetType(segment)
        x, y = _POINT.values
        point = (a * x + c * y + e, b * x + d * y + f)
        if kind == FPDF_SEGMENT_MOVETO or not outlines:
            outlines.append([point])
        else:
            outlines[-1].append(point)
            straight = straight and kind != FPDF_SEGMENT_BEZIERTO
        if FPDFPathSegment_GetClose(segment):
            outlines[-1].append(outlines[-1][0])
    return outlines, straight
