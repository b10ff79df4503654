"""Pictures of pages: a whole page for the report, or a part of it with a cell marked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.Image import Dither, Quantize

from schemas.document import BBox
from schemas.picture import Picture

MARK = (213, 40, 27)
MARGIN = 110.0
"""Points of the page to the left and right of a marked cell; half of it above and below."""
LEAST = (480.0, 150.0)
MAX_PIXELS = 4000


@contextmanager
def _opened(path: Path, page: int) -> Iterator[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        one = document[page - 1]
        try:
            yield one
        finally:
            one.close()
    finally:
        document.close()


def _fitting(scale: float, width: float, height: float) -> float:
    """The scale, less for giant pages."""
    return min(scale, MAX_PIXELS / max(width, height, 1.0))


COLOURS = 24
"""Enough for print with its greys and a table's fills."""
PLAIN = 60_000
"""Bytes of a page's lossless picture beyond which it holds a photograph."""


def render_page(path: Path, page: int, scale: float) -> Picture:
    """Page `page` (from 1) as WebP, `scale` pixels a point: print stays sharp, a photograph is compressed as one."""
    with _opened(path, page) as one:
        width, height = one.get_size()
        scale = _fitting(scale, width, height)
        image = one.render(scale=scale).to_pil().convert("RGB")
    data = _lossless(image)
    if len(data) > PLAIN * scale:
        data = min(data, _lossy(image), key=len)
    return Picture(data, ".webp", image.width, image.height, width, height)


def _lossless(image: Image.Image) -> bytes:
    few = image.quantize(COLOURS, method=Quantize.FASTOCTREE, dither=Dither.NONE).convert("RGB")
    out = io.BytesIO()
    few.save(out, "WEBP", lossless=True, quality=30, method=2)
    return out.getvalue()


def _lossy(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=40, method=4)
    return out.getvalue()


def render_part(path: Path, page: int, box: BBox, scale: float = 2.0) -> bytes:
    """A PNG of the page round `box`, with the box framed in red."""
    from PIL import ImageDraw

    with _opened(path, page) as one:
        width, height = one.get_size()
        scale = _fitting(scale, width, height)
        image = one.render(scale=scale).to_pil().convert("RGB")
    draw = ImageDraw.Draw(image)
    frame = [v * scale for v in (box.x0 - 1.5, box.top - 1.5, box.x1 + 1.5, box.bottom + 1.5)]
    draw.rectangle(frame, outline=MARK, width=max(2, round(1.5 * scale)))
    wide = max(0.0, LEAST[0] - (box.x1 - box.x0)) / 2
    high = max(0.0, LEAST[1] - (box.bottom - box.top)) / 2
    x0, x1 = max(0.0, box.x0 - max(MARGIN, wide)), min(width, box.x1 + max(MARGIN, wide))
    top, bottom = max(0.0, box.top - max(MARGIN / 2, high)), min(height, box.bottom + max(MARGIN / 2, high))
    part = image.crop(tuple(round(v * scale) for v in (x0, top, x1, bottom)))
    out = io.BytesIO()
    part.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()
