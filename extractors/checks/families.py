"""Which organisations are the parts of which whole: learned from the counts of the pack itself, never from a
list.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from extractors.checks.evidence import Evidence, Value, grouped

_WHOLE_NAME = re.compile(
    r"\b(?:total|overall|trust wide|all patients|system|icb|ics|stp|aggregate|combined|group total|whole)\b"
)
_ENOUGH = Decimal(1)
_MOST_PARTS = 9


@dataclass(frozen=True, slots=True)
class Family:
    """A whole and its parts, as the names' words."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """One measure in one period: a whole's value beside those of all its parts (None where a part has no
    value).
    """

    family: Family
    whole: Value
    parts: tuple[Value | None, ...]

    @property
    def complete(self) -> bool:
        """Every part and the whole has a value."""
        return self.whole.value is not None and all(p is not None and p.value is not None for p in self.parts)

    @property
    def present(self) -> tuple[Value, ...]:
        """The parts that have a value."""
        return tuple(part for part in self.parts if part is not None and part.value is not None)


def learn_families(values: tuple[Value, ...]) -> tuple[Family, ...]:
    """Wholes whose counts are the sum of the same parts' counts, more often than not and beyond chance."""
    support: dict[tuple[str, frozenset[str]], Decimal] = defaultdict(Decimal)
    against: Counter[tuple[str, frozenset[str]]] = Counter()
    order: dict[tuple[str, frozenset[str]], tuple[str, ...]] = {}
    groups = [g for name, g in grouped(values).items() if name[3] == "actual" and 3 <= len(g) <= 14]
    for group in groups:
        present = list(group)
        for whole in present:
            for parts in _candidates(present, whole):
                name = (whole, frozenset(parts))
                order.setdefault(name, parts)
                verdict = _adds_up(group, whole, parts)
                if verdict is True:
                    support[name] += _surprise(group[whole])
                elif verdict is False:
                    against[name] += 1
    counts: Counter[tuple[str, frozenset[str]]] = Counter()
    for group in groups:
        for name in support:
            if name[0] in group and name[1] <= group.keys() and _adds_up(group, name[0], order[name]):
                counts[name] += 1
    good = [name for name, weight in support.items() if weight >= _ENOUGH and counts[name] > against[name]]
    found = [
        Family(whole, order[whole, parts]) for whole, parts in sorted(good, key=lambda n: (-support[n], -len(n[1])))
    ]
    return _with_named(tuple(_one_per_whole(found)), values)


def families_of(evidence: Evidence) -> tuple[Family, ...]:
    """The families of a pack."""
    return evidence.once("families", lambda: learn_families(evidence.values))


def gatherings(values: tuple[Value, ...], families: tuple[Family, ...]) -> list[Gathering]:
    """Every measure and period in which a whole stands beside its parts in one table."""
    return [
        Gathering(family, group[family.whole], tuple(group.get(part) for part in family.parts))
        for group in grouped(values).values()
        for family in families
        if family.whole in group and sum(part in group for part in family.parts) >= 2
    ]


def _candidates(present: list[str], whole: str) -> list[tuple[str, ...]]:
    """Runs of neighbours beside the whole, and all others: how dashboards and series place parts."""
    at = present.index(whole)
    before, after = present[:at], present[at + 1 :]
    runs = [tuple(before[-k:]) for k in range(2, min(len(before), _MOST_PARTS) + 1)]
    runs += [tuple(after[:k]) for k in range(2, min(len(after), _MOST_PARTS) + 1)]
    others = tuple(before + after)
    if before and after and len(others) <= _MOST_PARTS:
        runs.append(others)
    return runs


def _adds_up(group: dict[str, Value], whole: str, parts: tuple[str, ...]) -> bool | None:
    """None: these values say nothing either way."""
    total = group[whole]
    items = [group[part] for part in parts]
    if total.value is None or any(item.value is None for item in items):
        return None
    if any(not (item.unit == "gbp" or (item.unit == "number" and item.step == 1)) for item in (total, *items)):
        return None
    if total.value < 3 * total.step:
        return None
    amounts = [item.value for item in items if item.value is not None]
    if sum(amount > 0 for amount in amounts) < 2 or all(amount == total.value for amount in amounts):
        return None
    return sum(amounts, Decimal(0)) == total.value


def _surprise(whole: Value) -> Decimal:
    """How much one sum that fits says: a four-digit sum fits by chance once in thousands, a one-digit sum
    often.
    """
    size = whole.value or Decimal(0)
    return (
        Decimal("1")
        if size >= 1000
        else Decimal("0.5")
        if size >= 100
        else Decimal("0.2")
        if size >= 10
        else Decimal("0.05")
    )


def _one_per_whole(found: list[Family]) -> list[Family]:
    seen: set[str] = set()
    kept = []
    for family in found:
        if family.whole not in seen:
            seen.add(family.whole)
            kept.append(family)
    return kept


def _with_named(learned: tuple[Family, ...], values: tuple[Value, ...]) -> tuple[Family, ...]:
    """Wholes that say so by name ("Total", "… STP") where no counts prove it: believed if nearly always
    within their parts.
    """
    known = {family.whole for family in learned}
    within: Counter[tuple[str, tuple[str, ...]]] = Counter()
    tried: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for name, group in grouped(values).items():
        if name[3] != "actual" or not 3 <= len(group) <= _MOST_PARTS + 1:
            continue
        wholes = [org for org in group if _WHOLE_NAME.search(org)]
        if len(wholes) != 1 or wholes[0] in known:
            continue
        parts = tuple(org for org in group if org != wholes[0])
        amounts = [v for org in parts if (v := group[org].value) is not None]
        total = group[wholes[0]].value
        if total is None or len(amounts) < len(parts) or min(amounts) == max(amounts):
            continue
        tried[wholes[0], parts] += 1
        within[wholes[0], parts] += min(amounts) <= total <= max(amounts)
    named = [Family(*name) for name, n in tried.items() if n >= 5 and within[name] >= 0.8 * n]
    return (*learned, *_one_per_whole(named))
