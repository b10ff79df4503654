"""Words on lines, lines cut into segments: what the proposals from geometry have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from schemas.page import Page


class Item(NamedTuple):
    """A word with its index in `Page.words`."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    number: int

    @property
    def middle(self) -> float:
        """Half-way between top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half-way between left and right."""
        return (self.x0 + self.x1) / 2


class Line(NamedTuple):
    """Words that stand side by side, in no particular order."""

    middle: float
    height: float
    top: float
    bottom: float
    items: list[Item]


class Segment(NamedTuple):
    """Neighbouring words of a line without a wide gap, in order of x."""

    x0: float
    top: float
    x1: float
    bottom: float
    items: list[Item]

    @property
    def text(self) -> str:
        """The words, a space between."""
        return " ".join(item.text for item in self.items)

    @property
    def centre(self) -> float:
        """Half-way between left and right."""
        return (self.x0 + self.x1) / 2


Upright = tuple[float, float, float]
"""A vertical rule: x, top, bottom."""


def items_of(page: Page) -> list[Item]:
    """The page's words that run across, with their indexes: sideways ones make no lines."""
    return [Item(w.x0, w.top, w.x1, w.bottom, w.text, i) for i, w in enumerate(page.words) if not w.angle]


NUMBER = re.compile(
    r"^[\s(\[<>~≈±+\-–−—$£€¥%*†‡,.\d)\]/:xXkKmMbnt]*\d[\s)(\]%,.\d*†‡kKmMbn+\-–/:]*$"
    r"|^[-–—−.*]+$|^\(?[XxZzNn][./]?[AaDdMm]?\)?$"
)


YEAR = re.compile(r"(?:19|20)\d\d")
THOUSANDS = re.compile(r"\(?[£$€]\s?['’]?000['’]?s?\)?")


def is_number(text: str) -> bool:
    """Whether a cell holds a figure, or what stands for one: a dash, n/a, (0.4), £1.2m, 93.78%. £000 is a unit."""
    stripped = text.strip()
    return bool(NUMBER.match(stripped)) and not THOUSANDS.fullmatch(stripped)


def share_of_numbers(texts: Iterable[str]) -> float:
    """How many of the texts are figures, 0 to 1; 0 of none."""
    listed = list(texts)
    return sum(map(is_number, listed)) / len(listed) if listed else 0.0


def make_lines(items: Iterable[Item]) -> list[Line]:
    """The words as lines from the top: a word joins the line above while its middle lies close to the line's.

    Small raised or lowered type (superscripts, footnote marks) joins the line whose height it stands within.
    """
    lines: list[Line] = []
    held: list[Item] = []
    mean = tall = upper = lower = 0.0
    for item in sorted(items, key=_down_and_across):
        _, top, _, bottom, _, _ = item
        middle, height = (top + bottom) / 2, bottom - top
        if held:
            close = middle - mean < 0.42 * (height if height < tall else tall)
            if close or (middle < lower and height < 0.75 * tall and top > upper - 1):
                held.append(item)
                if height > tall * 0.8:
                    mean += (middle - mean) / len(held)
                tall = max(tall, height)
                upper = min(upper, top)
                lower = max(lower, bottom)
                continue
            lines.append(Line(mean, tall, upper, lower, held))
        held = [item]
        mean, tall, upper, lower = middle, height, top, bottom
    if held:
        lines.append(Line(mean, tall, upper, lower, held))
    return lines


def _down_and_across(item: Item) -> tuple[float, float]:
    return item[1] + item[3], item[0]


def cut_segments(items: Iterable[Item], uprights: Sequence[Upright] = (), gap: float = 0.9) -> list[Segment]:
    """A line's words cut where the space between two is wider than `gap` times their height, or a rule stands."""
    segments: list[Segment] = []
    held: list[Item] = []
    x0 = upper = x1 = lower = 0.0
    for item in sorted(items, key=_across):
        left, top, right, bottom, _, _ = item
        if held:
            if left - x1 <= gap * min(bottom - top, lower - upper) and not (
                uprights and _parted(uprights, x0, x1, left, (top + bottom) / 2)
            ):
                held.append(item)
                upper = min(upper, top)
                x1 = max(x1, right)
                lower = max(lower, bottom)
                continue
            segments.append(Segment(x0, upper, x1, lower, held))
        held = [item]
        x0, upper, x1, lower = left, top, right, bottom
    if held:
        segments.append(Segment(x0, upper, x1, lower, held))
    return segments


def _across(item: Item) -> float:
    return item[0]


def _parted(uprights: Sequence[Upright], x0: float, x1: float, left: float, middle: float) -> bool:
    """Whether a rule stands between a segment that ends at `x1` and the next word, which begins at `left`."""
    return any(x1 - 1.5 <= x <= left + 1.5 and top <= middle <= bottom and x > x0 + 1 for x, top, bottom in uprights)


def line_texts(items: Iterable[Item]) -> list[str]:
    """The text of each line of these words."""
    return [" ".join(item.text for item in sorted(line.items, key=lambda w: w.x0)) for line in make_lines(items)]
