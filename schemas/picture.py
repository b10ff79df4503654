"""A page as a picture: drawn by the extractors, shown by the report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """The encoded bytes, the picture's size in pixels and the page's in points."""

    data: bytes
    suffix: str
    px_width: int
    px_height: int
    width: float
    height: float
