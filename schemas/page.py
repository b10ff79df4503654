"""What is painted on one page, as values: words, rules, fills, marks. The reader's raw material.

Made by `extractors.page` alone, the only place that knows the PDF library. Coordinates as in `schemas.document`;
where a page's text runs sideways, the page is turned so that it reads left to right and `turned` says by how much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from schemas.document import Trend


class Word(NamedTuple):
    """A run of characters without a gap."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    size: float
    bold: bool
    colour: str | None
    """`#RRGGBB` unless black."""
    mcid: int
    """The marked-content id that ties the word to the structure tree; -1 where there is none."""
    angle: int = 0
    """Degrees counter-clockwise by which the word runs off the level: 90 is upwards; 0 for nearly every word."""


class Rule(NamedTuple):
    """A straight line, or a filled rectangle too thin to be anything else. Horizontal: `pos` is y; vertical: x."""

    pos: float
    start: float
    end: float
    colour: str


class Fill(NamedTuple):
    """A filled area. In painting order: a later one lies over an earlier one."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: str


class Mark(NamedTuple):
    """A small drawn shape or image that may be a sign, such as a trend arrow."""

    x0: float
    top: float
    x1: float
    bottom: float
    symbol: Trend | None
    colour: str | None


class TagCell(NamedTuple):
    """A TD or TH of the structure tree, with the marked-content ids of its text on this page."""

    row: int
    col: int
    row_span: int
    col_span: int
    header: bool
    mcids: tuple[int, ...]


class TagTable(NamedTuple):
    """A Table element of the structure tree, as far as it stands on this page."""

    element_id: int
    """The same for the parts of one table on several pages."""
    n_rows: int
    n_cols: int
    cells: tuple[TagCell, ...]
    first_row: int = 0
    """Which row of the whole element this page's first row is, counted from 0."""
    last_row: int = 0
    """The same for this page's last row. The next page's `first_row` is equal where the page end cuts a row."""


class Unread(NamedTuple):
    """What stands on a page and is no text that is read."""

    pictures: float = 0.0
    """The share of the page that is pictures with hardly a character over them."""
    n_paths: int = 0
    n_objects: int = 0
    depth_cut: bool = False
    """Drawings are nested deeper than they were followed."""
    notes: tuple[str, ...] = ()
    """The beginnings of the texts of text boxes and form fields laid over the page."""


ALL_READ = Unread()


@dataclass(frozen=True, slots=True)
class Page:
    """One page's material."""

    number: int
    width: float
    height: float
    turned: int
    words: tuple[Word, ...]
    h_rules: tuple[Rule, ...]
    v_rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]
    marks: tuple[Mark, ...]
    tags: tuple[TagTable, ...]
    n_chars: int
    n_images: int
    n_unmapped: int
    """Glyphs that have no Unicode value."""
    hidden: tuple[Word, ...] = ()
    """Words that cannot be seen: under an area, in the colour of their ground, off the page."""
    n_invisible: int = 0
    """Words of a text layer that is there to be searched, not seen: under a scan, as a machine read it."""
    unread: Unread = ALL_READ
