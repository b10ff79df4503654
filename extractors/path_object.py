"""One path object of PDFium's as values: its outlines, its paint, its matrix."""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import byref, c_float, c_uint
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from extractors.page_frame import Box, Matrix

LOOKED_AT = 200
"""Segments of a long path that tell what it is."""
STRAIGHT = 0.1
WHITE = 250
"""The least of a white's channels."""


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


def read_paint(item: Any, read: Any) -> Paint | None:
    """The colour that `read` (PDFium's fill or stroke getter) gives; None where it is a pattern's."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not read(item, byref(red), byref(green), byref(blue), byref(alpha)):
        return None
    rgb = (red.value, green.value, blue.value)
    return Paint("#{:02X}{:02X}{:02X}".format(*rgb), alpha.value, min(rgb) >= WHITE)


def line_width(item: Any) -> float:
    """In points, before its matrix."""
    width = c_float()
    return width.value if pdfium_c.FPDFPageObj_GetStrokeWidth(item, byref(width)) else 0.0


def own_matrix(item: Any) -> Matrix:
    """The object's own matrix."""
    found = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(item, byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def combined(inner: Matrix, outer: Matrix) -> Matrix:
    """The inner matrix first, then the outer."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def all_level_or_upright(item: Any, count: int) -> bool:
    """Whether the path may be a grid drawn in one go: the segments looked at are moves and lines along the axes."""
    x, y = c_float(), c_float()
    step = max(1, count // LOOKED_AT)
    for begin in range(0, count - 1, step):
        ends = []
        for index in (begin, begin + 1):
            segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
            pdfium_c.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            ends.append((x.value, y.value, pdfium_c.FPDFPathSegment_GetType(segment)))
        (ax, ay, _), (bx, by, kind) = ends
        if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
            return False
        if kind == pdfium_c.FPDF_SEGMENT_LINETO and min(abs(ax - bx), abs(ay - by)) > STRAIGHT:
            return False
    return True


def outlines_of(item: Any, count: int, matrix: Matrix) -> tuple[list[list[tuple[float, float]]], bool]:
    """(closed or open outlines in user space, whether all their sides are straight)."""
    a, b, c, d, e, f = matrix
    x, y = c_float(), c_float()
    x_ref, y_ref = byref(x), byref(y)
    outlines: list[list[tuple[float, float]]] = []
    straight = True
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x_ref, y_ref)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO or not outlines:
            outlines.append([point])
        else:
            outlines[-1].append(point)
            straight = straight and kind != pdfium_c.FPDF_SEGMENT_BEZIERTO
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            outlines[-1].append(outlines[-1][0])
    return outlines, straight
