"""Where columns part: strips of white that (nearly) no line crosses, and upright rules."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.proposals.lines import Segment, is_number


def find_separators(lines: Sequence[Sequence[Segment]], uprights: Sequence[float], least: float = 1.2) -> list[float]:
    """The x positions between columns, from lines cut into segments.

    Lines with few segments (titles, labels that run across) do not vote; nor do headings above the first line of
    figures. Of many lines a few may cross a gap. A rule in a gap is where the columns part.
    """
    body = _voters(lines)
    if not body:
        return []
    tolerance = 0 if len(body) < 8 else max(1, int(len(body) * 0.06))
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
    separators = []
    for low, high in gaps:
        rules = [x for x in uprights if low - 2 <= x <= high + 2]
        middle = (low + high) / 2
        separators.append(min(rules, key=lambda x: abs(x - middle)) if rules else _least_crossed(low, high, lines))
    left, right = min(s.x0 for line in body for s in line), max(s.x1 for line in body for s in line)
    for x in uprights:
        if left + 4 < x < right - 4 and not any(low - 2 <= x <= high + 2 for low, high in gaps):
            crossing = sum(s.x0 + 2 < x < s.x1 - 2 for line in body for s in line)
            if crossing <= tolerance:
                separators.append(x)
    return sorted(separators)


def _least_crossed(low: float, high: float, lines: Sequence[Sequence[Segment]]) -> float:
    """Where in a gap of the body the fewest segments stand in the way, those of lines with several before those of
    lines with one: its middle where that is as good as any. Headings are often centred over figures set to the right,
    and jut out into the gap; so does the longest line of a label that wraps beside cells set half-way down.
    """
    near = [(s, len(line)) for line in lines for s in line if s.x0 < high and s.x1 > low]
    stops = sorted({low, high, *(x for s, _ in near for x in (s.x0, s.x1) if low < x < high)})
    middle = (low + high) / 2
    places = [middle, *((a + b) / 2 for a, b in pairwise(stops) if b - a >= 1.2)]

    def crossed(x: float, *, alone: bool) -> int:
        return sum(s.x0 < x < s.x1 for s, n in near if (n == 1) == alone)

    return min(places, key=lambda x: (crossed(x, alone=False), crossed(x, alone=True), abs(x - middle)))


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
