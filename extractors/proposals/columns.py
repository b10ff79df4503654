"""Where columns part: strips of white that (nearly) no line crosses, and upright rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.proposals.lines import YEAR, Item, Segment, cut_segments, is_number


def find_separators(lines: Sequence[Sequence[Segment]], uprights: Sequence[float], least: float = 1.2) -> list[float]:
    """The x positions between columns, from lines cut into segments.

    Lines with few segments (titles, labels that run across) do not vote; nor do headings above the first line of
    figures. Of many lines a few may cross a gap. A rule in a gap is where the columns part.
    """
    body = _voters(lines)
    if not body:
        return []
    tolerance = 0 if len(body) < 8 else max(1, int(len(body) * 0.06))
    gaps = _gaps(body, tolerance, least)
    gaps += _narrow_gaps(body, gaps)
    gaps += [gap for gap in _set_in(body) if not any(gap[0] < end and start < gap[1] for start, end in gaps)]
    separators = []
    gaps.sort()
    for number, (low, high) in enumerate(gaps):
        beside = (
            gaps[number - 1][0] if number else float("-inf"),
            gaps[number + 1][0] if number + 1 < len(gaps) else float("inf"),
        )
        rules = [x for x in uprights if low - 2 <= x <= high + 2]
        middle = (low + high) / 2
        separators.append(
            min(rules, key=lambda x: abs(x - middle)) if rules else _least_crossed(low, high, lines, beside)
        )
    left, right = min(s.x0 for line in body for s in line), max(s.x1 for line in body for s in line)
    for x in uprights:
        if left + 4 < x < right - 4 and not any(low - 2 <= x <= high + 2 for low, high in gaps):
            crossing = sum(s.x0 + 2 < x < s.x1 - 2 for line in body for s in line)
            if crossing <= tolerance:
                separators.append(x)
    return sorted(separators)


def _gaps(body: Sequence[Sequence[Segment]], tolerance: int, least: float) -> list[tuple[float, float]]:
    """The strips of x that no more than `tolerance` of the lines have a segment in."""
    ends = sorted(
        [(s.x0, 1) for line in body for s in line] + [(s.x1, -1) for line in body for s in line],
        key=lambda e: (e[0], -e[1]),
    )
    gaps: list[tuple[float, float]] = []
    depth = 0
    opened: float | None = None
    for x, step in ends:
        before, depth = depth, depth + step
        if before > tolerance >= depth:
            opened = x
        elif before <= tolerance < depth and opened is not None:
            if x - opened >= least:
                gaps.append((opened, x))
            opened = None
    return gaps


def _wider_than_a_space(body: Sequence[Sequence[Segment]]) -> float:
    """The share of a word's height beyond which a gap is more than the space between two words of these lines. Word
    boxes are as high as the font's own, which is 1.0 to 1.5 times its size, or as its ink.
    """
    spaces = sorted(
        (b.x0 - a.x1) / max(1.0, min(a.bottom - a.top, b.bottom - b.top))
        for line in body
        for s in line
        for a, b in pairwise(s.items)
    )
    return max(0.3, min(0.6, 1.8 * spaces[len(spaces) // 4])) if spaces else 0.6


THOUSANDS, GROUP = re.compile(r"[(+£$€-]*\d{1,3}"), re.compile(r"\d{3}(?!\d)")
SPACE = 0.45
"""A space within a figure is narrower than this share of its height."""


SET = 2.0
"""Points by which the ends of words that are set to one side may differ: a bracket or a percent sign hangs out."""


def _narrow_gaps(body: Sequence[Sequence[Segment]], known: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Strips too narrow to cut a line by themselves that stand at one place in all lines, figures before or after
    them: columns of wide figures, or figures set to the right before text set to the left.
    """
    found: list[tuple[float, float]] = []
    for gap, stands in (_wider_than_a_space(body), _parts_figures), (0.1, _parts_set_columns):
        fine = [[part for s in line for part in cut_segments(s.items, gap=gap)] for line in body]
        for low, high in _gaps(fine, 0, 1.2):
            if any(low < end and start < high for start, end in (*known, *found)):
                continue
            beside = [
                (s.items[-1], t.items[0])
                for parts in fine
                for s, t in pairwise(parts)
                if s.x1 <= low + 0.1 and t.x0 >= high - 0.1
            ]
            if len(beside) >= 3 and stands(beside):
                found.append((low, high))
    return found


def _set_in(body: Sequence[Sequence[Segment]]) -> list[tuple[float, float]]:
    """The spaces before a place at which some lines begin, and in all others, which begin further left, a word: a
    column of its own ("Count", "Percentage") set so close to labels that wrap beside it that no gap parts them.
    """
    lines = [[item for segment in line for item in segment.items] for line in body]
    for place in {round(line[0].x0) for line in lines}:
        begin = [line for line in lines if abs(line[0].x0 - place) <= SET]
        wider = [line for line in lines if line[0].x0 < place - 3 * SET]
        if min(len(begin), len(wider)) < max(3, 0.25 * len(lines)) or len(begin) + len(wider) < len(lines):
            continue
        start = min(line[0].x0 for line in begin)
        end = max(item.x1 for line in wider for item in line if item.x0 < start - SET)
        if end < start - 0.5 and all(any(abs(item.x0 - start) <= SET for item in line) for line in wider):
            return [(end, start)]
    return []


def _parts_figures(beside: Sequence[tuple[Item, Item]]) -> bool:
    """Most of the words before or after the strip are figures."""
    figures = sum((is_number(a.text) or is_number(b.text)) and not _is_one_figure(a, b) for a, b in beside)
    years = sum(YEAR.fullmatch(a.text) is not None and not GROUP.match(b.text) for a, b in beside)
    return max(figures, years) >= 0.6 * len(beside)


def _is_one_figure(before: Item, after: Item) -> bool:
    """Whether two words may be a figure with its thousands set apart by a space: 15 455."""
    return (
        THOUSANDS.fullmatch(before.text) is not None
        and GROUP.match(after.text) is not None
        and after.x0 - before.x1 < SPACE * (after.bottom - after.top)
    )


def _parts_set_columns(beside: Sequence[tuple[Item, Item]]) -> bool:
    """Whole figures set to the right before text set to the left, no unit of theirs: each text is another one."""
    ends, starts = [a.x1 for a, _ in beside], [b.x0 for _, b in beside]
    texts = [b.text for _, b in beside if not is_number(b.text)]
    return (
        len(texts) >= max(4, 0.8 * len(beside))
        and len(set(texts)) >= 0.6 * len(texts)
        and max(ends) - min(ends) <= SET
        and max(starts) - min(starts) <= SET
        and sum(is_number(a.text) for a, _ in beside) >= 0.8 * len(beside)
    )


LOOKED_AT = 120
"""Lines from the top, headings among them, that decide where in a gap columns part."""


def _least_crossed(low: float, high: float, lines: Sequence[Sequence[Segment]], beside: tuple[float, float]) -> float:
    """Where in a gap of the body the fewest segments stand in the way, those of lines with several before those of
    lines with one, and between words of them rather than through: its middle where that is as good as any. Headings
    are often centred over figures set to the right, and jut out into the gap; so does the longest line of a label that
    wraps beside cells set half-way down. A heading set to the left over figures set to the right stands whole in the
    gap: it goes to the side that has no other. `beside`: where the figures of the column before end, and those of the
    column after.
    """
    lines = lines[:LOOKED_AT]
    near = [(s, len(line)) for line in lines for s in line if s.x0 < high and s.x1 > low]
    several: list[Segment | Item] = [s for s, n in near if n > 1]
    alone: list[Segment | Item] = [s for s, n in near if n == 1]
    words: list[Segment | Item] = [i for s, n in near if n > 1 for i in s.items]
    stops = sorted({low, high, *(x for i in (*several, *alone, *words) for x in (i.x0, i.x1) if low < x < high)})
    middle = (low + high) / 2
    places = [middle, *((a + b) / 2 for a, b in pairwise(stops) if b - a >= 1.2)]

    def crossed(things: Sequence[Segment | Item], x: float) -> int:
        return sum(thing.x0 < x < thing.x1 for thing in things)

    free = [(crossed(several, x), crossed(words, x), crossed(alone, x)) for x in places]
    least = min(free)
    best = [x for x, cost in zip(places, free, strict=True) if cost == least]
    if len(best) == 1:
        return best[0]
    middles = [[s.centre for s in line if beside[0] < s.centre < beside[1]] for line in lines if len(line) > 1]

    def crowded(x: float) -> int:
        return sum(max(0, sum(m < x for m in row) - 1) + max(0, sum(m > x for m in row) - 1) for row in middles)

    return min(best, key=lambda x: (crowded(x), abs(x - middle)))


def _voters(lines: Sequence[Sequence[Segment]]) -> list[Sequence[Segment]]:
    if not lines:
        return []
    most = max(len(line) for line in lines)
    body = [line for line in lines if len(line) >= max(2, 0.5 * most)]
    if len(body) < 2:
        body = [line for line in lines if len(line) >= 2] or list(lines)
    first = next(
        (i for i, line in enumerate(body) if sum(is_number(s.text) for s in line[1:]) >= 0.6 * (len(line) - 1)),
        None,
    )
    return body[first:] if first and first <= 6 and len(body) - first >= 2 else body
