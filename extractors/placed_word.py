"""A word of a page while it is read: which characters, where, in what style."""

from __future__ import annotations

from typing import NamedTuple

from extractors.text_style import Style


class PlacedWord(NamedTuple):
    """A word, or a stretch of a line in which there is no gap, in reading space."""

    first: int
    """The number of its first character on the page."""
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    height: float
    """Of its first letter's box."""
    style: Style
    """Without a key where it was not looked up yet."""
    level: bool
    """Known to run across the page."""
