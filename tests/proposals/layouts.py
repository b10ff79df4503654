"""Tables set in every way that we could think of, each with the rows that must be read from it.

`make(seed)` chooses how many rows and columns, what is in them, how cells and headings are set, how wide gaps and rows
are, whether labels wrap, and what is drawn: nothing, level rules, some round the headings, bands, a full grid.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.page.handmade import centred, pdf, right, rule, text, width

STYLES = (
    "nothing", "level rules", "a rule under the headings", "rules over and under the headings",
    "rules round and under the headings", "bands", "grid",
)  # fmt: skip
LABELS = (
    "Alder ward", "Beech ward", "Cedar day unit", "Community nursing", "Delayed transfers of care",
    "Emergency admissions", "Finance and estates", "General surgery", "Health visiting", "Inpatient falls with harm",
    "Junior doctors", "Kidney care", "Learning disability", "Maternity services", "Neonatal unit",
    "Outpatient appointments not attended", "Pharmacy", "Quality and safety",
    "Referral to treatment within eighteen weeks", "Stroke rehabilitation", "Therapies", "Urgent treatment centre",
    "Vascular surgery", "Winter pressures",
)  # fmt: skip
PEOPLE = ("A Patel", "Director of Nursing", "Jane Hill", "Chief Operating Officer", "T Okafor", "Medical Director")
HEADS = (
    "Target", "Actual", "Plan", "Variance", "Apr", "May", "Jun", "YTD", "2023/24", "2024/25", "Budget £000",
    "Forecast £000", "Last month", "This month",
)  # fmt: skip
FIGURES = ("count", "percent", "money", "small", "bracketed")
KINDS = (*FIGURES, "date", "word", "owner")
LEFT, FOOT = 60.0, 560.0


@dataclass(frozen=True)
class Layout:
    """A page with one table."""

    style: str
    wraps: bool
    half_way: bool
    """Cells stand half-way down their rows, not at the top."""
    rows: list[list[str]]
    """What must be read, headings first; white space folded."""
    data: bytes


def value(chance: random.Random, kind: str) -> str:
    """Something that a cell of such a column may hold."""
    if kind == "count":
        return f"{chance.randint(1, 99999):,}"
    if kind == "percent":
        return f"{chance.uniform(0, 100):.1f}%"
    if kind == "money":
        return f"{chance.uniform(-50, 500):.3f}"
    if kind == "small":
        return str(chance.randint(0, 40))
    if kind == "bracketed":
        figure = chance.randint(1, 900)
        return chance.choice((f"({figure})", str(figure)))
    if kind == "date":
        return f"{chance.randint(1, 28)} {chance.choice(('Jan', 'Feb', 'Mar', 'Sep'))} 2025"
    return chance.choice(("Green", "Amber", "Red") if kind == "word" else PEOPLE)


def wrapped(said: str, room: float, size: float) -> list[str]:
    """The text in lines no wider than `room` points, but for a single word that is."""
    lines: list[str] = []
    for word in said.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def make(seed: int) -> Layout | None:
    """The layout of that number; None where it would not fit the page."""
    chance = random.Random(seed)
    size = chance.choice((7, 8, 9, 10))
    style = chance.choice(STYLES)
    kinds = [chance.choice(KINDS) for _ in range(chance.randint(1, 6))]
    label_room, gap = chance.choice((90.0, 130.0, 180.0)), chance.choice((8.0, 14.0, 24.0))
    labels = chance.sample(LABELS, chance.randint(3, 12))
    rows = [["Measure", *chance.sample(HEADS, len(kinds))]]
    rows += [[label, *(value(chance, kind) for kind in kinds)] for label in labels]
    if chance.random() < 0.3:
        rows[1:] = [[row[0], *("" if chance.random() < 0.12 else said for said in row[1:])] for row in rows[1:]]
    aligned = [chance.choice("rc" if kind in FIGURES else "lc") for kind in kinds]
    over = chance.choice(("same", "c", "l"))
    half_way, pad = chance.random() < 0.5, chance.choice((2.0, 4.0, 7.0))
    rooms = [
        max(width(word, size) for word in (*rows[0][col].split(), *(row[col] for row in rows[1:])))
        + chance.choice((0, 6, 20))
        for col in range(1, len(kinds) + 1)
    ]
    lefts = [LEFT, *(LEFT + label_room + gap + sum(rooms[:col]) + gap * col for col in range(len(rooms)))]
    if lefts[-1] + rooms[-1] > FOOT:
        return None
    spread = [label_room, *rooms]
    said: list[str] = []
    if chance.random() < 0.6:
        said.append(text(LEFT, 740, "A paragraph that stands above the table and says what it is about.", size=size))
    ys = [700.0]
    for number, row in enumerate(rows):
        cells = [wrapped(cell, room, size) for cell, room in zip(row, spread, strict=True)]
        high = 1.2 * size * max(map(len, cells))
        for col, lines in enumerate(cells):
            down = pad + (0.5 * (high - 1.2 * size * len(lines)) if half_way else 0.0)
            how = "l" if col == 0 else aligned[col - 1] if number or over == "same" else over
            for line, part in enumerate(lines):
                y = ys[-1] - down - 1.2 * size * (line + 1) + 0.25 * size
                said.append(_set(how, lefts[col], spread[col], y, part, size=size, bold=number == 0))
        ys.append(ys[-1] - high - 2 * pad)
    if chance.random() < 0.5:
        said.append(text(LEFT, ys[-1] - 30, "A line of text that follows the table after some white.", size=size))
    drawn = _draw(style, ys, lefts, lefts[-1] + rooms[-1], gap)
    wraps = any(width(label, size) > label_room for label in labels)
    return Layout(style, wraps, half_way, rows, pdf(["\n".join([*drawn, *said])]))


def _set(how: str, x: float, room: float, y: float, said: str, *, size: float, bold: bool) -> str:
    if how == "l":
        return text(x, y, said, size=size, bold=bold)
    if how == "r":
        return right(x + room, y, said, size=size, bold=bold)
    return centred(x + room / 2, y, said, size=size, bold=bold)


def _draw(style: str, ys: Sequence[float], lefts: Sequence[float], end: float, gap: float) -> list[str]:
    left, last = LEFT - 3, end + 3
    if style == "bands":
        return [
            f"0.9 0.93 0.97 rg {left} {ys[n + 1]} {last - left} {ys[n] - ys[n + 1]} re f 0 g"
            for n in range(0, len(ys) - 1, 2)
        ]
    at = {
        "level rules": ys, "grid": ys, "a rule under the headings": ys[1:2],
        "rules over and under the headings": ys[:2], "rules round and under the headings": [ys[0], ys[1], ys[-1]],
    }.get(style, [])  # fmt: skip
    drawn = [rule(left, y, last, y) for y in at]
    if style == "grid":
        drawn += [rule(x, ys[0], x, ys[-1]) for x in (left, *(x - gap / 2 for x in lefts[1:]), last)]
    return drawn
