"""What a small image on a page shows: PDFium draws it alone, as it is placed; silhouette and colour are read."""

from __future__ import annotations

import ctypes
from collections import Counter
from ctypes import byref, c_uint
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.page_frame import Matrix, Turn
from extractors.shapes import Sign, picture_sign

PIXELS = 40
"""The longer side of the picture as it is looked at."""
MOST_SOURCE_PIXELS = 1 << 20
OPAQUE = 128
UNLIKE = 60
"""The difference in one channel by which a pixel is no ground."""
COARSE = 32
BLUE, GREEN, RED, ALPHA = range(4)
Pixel = tuple[int, ...]


def read_picture(document: Any, page: Any, item: Any, matrix: Matrix, turn: Turn) -> tuple[Sign | None, str | None]:
    """What an image object says that is drawn with `matrix` (user space), and the sign's colour; (None, None) where it
    says nothing.
    """
    wide, high = c_uint(), c_uint()
    if not pdfium_c.FPDFImageObj_GetImagePixelSize(item, byref(wide), byref(high)):
        return None, None
    if not 0 < wide.value * high.value <= MOST_SOURCE_PIXELS:
        return None, None
    pixels = _drawn(document, page, item, _read_upright(matrix, turn))
    if not pixels:
        return None, None
    ground = _ground(pixels)
    on = [[_stands_out(pixel, ground) for pixel in row] for row in pixels]
    sign = picture_sign(on)
    if sign is None:
        return None, None
    colours = Counter(
        tuple(channel // COARSE for channel in pixel[:ALPHA])
        for row, flags in zip(pixels, on, strict=True)
        for pixel, flag in zip(row, flags, strict=True)
        if flag
    )
    common = colours.most_common(1)[0][0]
    members = [
        pixel
        for row, flags in zip(pixels, on, strict=True)
        for pixel, flag in zip(row, flags, strict=True)
        if flag and tuple(channel // COARSE for channel in pixel[:ALPHA]) == common
    ]
    means = [round(sum(pixel[channel] for pixel in members) / len(members)) for channel in (RED, GREEN, BLUE)]
    return sign, "#{:02X}{:02X}{:02X}".format(*means)


def _read_upright(matrix: Matrix, turn: Turn) -> Matrix:
    """The matrix in reading space, y upwards, without its place, so large that the longer side is `PIXELS`."""
    a, b, c, d, _, _ = matrix
    zero, right, up = turn(0, 0, 0, 0), turn(1, 0, 1, 0), turn(0, 1, 0, 1)
    xx, xy = right[0] - zero[0], zero[1] - right[1]
    yx, yy = up[0] - zero[0], zero[1] - up[1]
    a, b, c, d = a * xx + b * yx, a * xy + b * yy, c * xx + d * yx, c * xy + d * yy
    scale = PIXELS / max(abs(a) + abs(c), abs(b) + abs(d), 1e-6)
    return a * scale, b * scale, c * scale, d * scale, 0.0, 0.0


def _drawn(document: Any, page: Any, item: Any, matrix: Matrix) -> list[list[Pixel]]:
    """The image's pixels row by row from the top, blue, green, red, alpha; none where PDFium does not draw it."""
    before = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(item, byref(before))
    pdfium_c.FPDFPageObj_SetMatrix(item, byref(pdfium_c.FS_MATRIX(*matrix)))
    try:
        bitmap = pdfium_c.FPDFImageObj_GetRenderedBitmap(document, page, item)
    finally:
        pdfium_c.FPDFPageObj_SetMatrix(item, byref(before))
    if not bitmap:
        return []
    try:
        if pdfium_c.FPDFBitmap_GetFormat(bitmap) != pdfium_c.FPDFBitmap_BGRA:
            return []
        wide, high = pdfium_c.FPDFBitmap_GetWidth(bitmap), pdfium_c.FPDFBitmap_GetHeight(bitmap)
        stride = pdfium_c.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(pdfium_c.FPDFBitmap_GetBuffer(bitmap), stride * high)
    finally:
        pdfium_c.FPDFBitmap_Destroy(bitmap)
    return [[tuple(data[y * stride + 4 * x : y * stride + 4 * x + 4]) for x in range(wide)] for y in range(high)]


def _ground(pixels: list[list[Pixel]]) -> Pixel | None:
    """The colour of most of the picture's edge; None where that is transparent."""
    edge = [*pixels[0], *pixels[-1], *(row[0] for row in pixels), *(row[-1] for row in pixels)]
    common = Counter(tuple(channel // COARSE for channel in pixel) for pixel in edge).most_common(1)[0][0]
    found = next(pixel for pixel in edge if tuple(channel // COARSE for channel in pixel) == common)
    return found if found[ALPHA] >= OPAQUE else None


def _stands_out(pixel: Pixel, ground: Pixel | None) -> bool:
    if pixel[ALPHA] < OPAQUE:
        return False
    return ground is None or any(abs(pixel[channel] - ground[channel]) > UNLIKE for channel in (BLUE, GREEN, RED))
