"""Sentences that give one measure for several organisations, anywhere in the pack, against its table."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors.checks.evidence import Evidence, Printed, Value, as_text, grouped, printed_number, shown
from extractors.checks.families import families_of
from extractors.checks.wording import short
from extractors.parse.folding import key
from schemas.finding import Finding

_FIGURE = re.compile(r"(?<![\w.,£/-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?(?![\w,/:.-]*\d)")
_ANCHORS = 2
"""So many unusual figures of one row of organisations say which table a sentence speaks of."""

_NEAR = Decimal("0.2")
"""A figure farther than this share from the table's is another measure's."""

_Group = dict[str, Value]


@dataclass(frozen=True, slots=True)
class _Figure:
    text: str
    number: Printed


def summaries_agree(evidence: Evidence) -> Iterator[Finding]:
    """A sentence with several organisations' figures of one measure and period has all of them as the table has.

    Which table it speaks of is known by the figures that agree; the one organisation left without its figure and the
    one figure left without an organisation are then held against each other.
    """
    groups = [
        group for name, group in grouped(evidence.values).items() if name[3] == "actual" and 2 <= len(group) <= 14
    ]
    holding: dict[tuple[Decimal, str], list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        for value in group.values():
            if value.value is not None and _is_unusual(value.value_text):
                holding[value.value, value.unit].append(index)
    everywhere = {(v.value, v.unit) for v in evidence.values}
    wholes = {family.whole for family in families_of(evidence)}
    for page, sentences in evidence.sentences.items():
        for sentence in sentences:
            figures = _figures(sentence)
            if len(figures) <= _ANCHORS:
                continue
            hits = Counter(i for f in figures for i in set(holding.get((f.number.value, f.number.unit), ())))
            likely = [i for i, n in hits.most_common() if n >= _ANCHORS and n == max(hits.values())]
            strays = [f for f in figures if (f.number.value, f.number.unit) not in everywhere]
            found = [odd for i in likely if (odd := _odd_one(sentence, figures, strays, groups[i], wholes))]
            if len(likely) == len(found) and len({value.value for _, value in found}) == 1:
                yield _finding(page, sentence, *found[0])


def _figures(sentence: str) -> list[_Figure]:
    found = {m.group(): printed_number(m.group()) for m in _FIGURE.finditer(sentence)}
    return [_Figure(text, number) for text, number in found.items() if number is not None and _is_unusual(text)]


def _odd_one(
    sentence: str, figures: list[_Figure], strays: list[_Figure], group: _Group, wholes: set[str]
) -> tuple[_Figure, Value] | None:
    """The one figure that no table has, and the one value of the group that it stands in for."""
    given = {(f.number.value, f.number.unit) for f in figures}
    named = [v for v in _named(sentence, group) if v.value is not None]
    agreeing = [v for v in named if (v.value, v.unit) in given and _is_unusual(v.value_text)]
    if len(agreeing) < _ANCHORS:
        return None
    left = [v for v in named if (v.value, v.unit) not in given]
    if not left:
        whole = [v for org, v in group.items() if org in wholes and v not in named and v.value is not None]
        left = [v for v in whole if (v.value, v.unit) not in given]
    if len(left) != 1 or (value := left[0]).value is None:
        return None
    amount = value.value
    near = [f for f in strays if f.number.unit == value.unit and abs(f.number.value - amount) <= _NEAR * abs(amount)]
    if len(near) != 1 or abs(near[0].number.value - amount) < max(near[0].number.step, value.step):
        return None
    return near[0], value


def _named(sentence: str, group: _Group) -> list[Value]:
    """The organisations that the sentence names, by a word that no other of the group has."""
    words = {org: {w for w in key(as_text(v.organisation_text)).split() if len(w) >= 4} for org, v in group.items()}
    common = Counter(word for own in words.values() for word in own)
    spoken = set(key(sentence).split())
    return [group[org] for org, own in words.items() if any(common[w] == 1 and w in spoken for w in own)]


def _is_unusual(text: str) -> bool:
    return len(re.sub(r"\D", "", text).strip("0")) >= 3


def _finding(page: int, sentence: str, figure: _Figure, value: Value) -> Finding:
    return Finding(
        "warning",
        "pack",
        "summary_disagrees_with_table",
        f"The text on page {page} gives {figure.text} (“{short(sentence, 200)}”), but the table on page {value.page} "
        f"has {value.value_text} for {value.organisation_text} in {value.period_text} under “{value.measure}”; the "
        "sentence's other figures agree with it.",
        page=page,
        column_name="value",
        found=figure.text,
        expected=value.value_text or shown(value.value or Decimal(0)),
    )
