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
    """The page's words with their indexes."""
    return [Item(w.x0, w.top, w.x1, w.bottom, w.text, i) for i, w in enumerate(page.words)]


NUMBER = re.compile(
    r"^[\s(\[<>~≈±+\-–−—$£€¥%*†‡,.\d)\]/:xXkKmMbnt]*\d[\s)(\]%,.\d*†‡kKmMbn+\-–/:]*$"
    r"|^[-–—−.*]+$|^\(?[XxZzNn][./]?[AaDdMm]?\)?$"
)


def is_number(text: str) -> bool:
    """Whether a cell holds a figure, or what stands for one: a dash, n/a, (0.4), £1.2m, 93.78%."""
    return bool(NUMBER.match(text.strip()))


def share_of_numbers(texts: Iterable[str]) -> float:
    """How many of the texts are figures, 0 to 1; 0 of none."""
    listed = list(texts)
    return sum(map(is_number, listed)) / len(listed) if listed else 0.0


def make_lines(items: Iterable[Item]) -> list[Line]:
    """The words as lines from the top: a word joins the line above while its middle lies close to the line's.

    Small raised or lowered type (superscripts, footnote marks) joins the line whose height it stands within.
    """
    lines: list[Line] = []
    for item in sorted(items, key=lambda w: (w.top + w.bottom, w.x0)):
        middle, height = (item.top + item.bottom) / 2, item.bottom - item.top
        if lines:
            last = lines[-1]
            close = middle - last.middle < 0.42 * min(height, last.height)
            raised = middle < last.bottom and height < 0.75 * last.height and item.top > last.top - 1
            if close or raised:
                last.items.append(item)
                mean = last.middle
                if height > last.height * 0.8:
                    mean = (last.middle * (len(last.items) - 1) + middle) / len(last.items)
                lines[-1] = Line(
                    mean, max(last.height, height), min(last.top, item.top), max(last.bottom, item.bottom),
                    last.items,
                )  # fmt: skip
                continue
        lines.append(Line(middle, height, item.top, item.bottom, [item]))
    return lines


def cut_segments(items: Iterable[Item], uprights: Sequence[Upright] = (), gap: float = 0.9) -> list[Segment]:
    """A line's words cut where the space between two is wider than `gap` times their height, or a rule stands."""
    segments: list[Segment] = []
    for item in sorted(items, key=lambda w: w.x0):
        if segments:
            last = segments[-1]
            space = item.x0 - last.x1
            cut = space > gap * min(item.bottom - item.top, last.bottom - last.top)
            if not cut and uprights:
                middle = (item.top + item.bottom) / 2
                cut = any(
                    last.x1 - 1.5 <= x <= item.x0 + 1.5 and top <= middle <= bottom and x > last.x0 + 1
                    for x, top, bottom in uprights
                )
            if not cut:
                last.items.append(item)
                segments[-1] = Segment(
                    last.x0, min(last.top, item.top), max(last.x1, item.x1), max(last.bottom, item.bottom),
                    last.items,
                )  # fmt: skip
                continue
        segments.append(Segment(item.x0, item.top, item.x1, item.bottom, [item]))
    return segments


def line_texts(items: Iterable[Item]) -> list[str]:
    """The text of each line of these words."""
    return [" ".join(item.text for item in sorted(line.items, key=lambda w: w.x0)) for line in make_lines(items)]
