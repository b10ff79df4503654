"""A whole against its parts: sums of counts, bounds of percentages, means passed off as totals, totals
repeated on sites.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from extractors.checks.evidence import Evidence, shown
from extractors.checks.families import Gathering, families_of, gatherings
from extractors.checks.wording import about
from schemas.finding import Finding

_SERIES = ("actual", "ytd")


def parts_add_up(evidence: Evidence) -> Iterator[Finding]:
    """Counts of the parts add up to the whole's, where other counts show that they are its parts."""
    for gathering in _gathered(evidence):
        whole, parts = gathering.whole, gathering.present
        if not gathering.complete or not _is_count(gathering) or _repeated(gathering):
            continue
        assert whole.value is not None
        amounts = [part.value for part in parts if part.value is not None]
        total = sum(amounts, Decimal(0))
        money = whole.unit == "gbp"
        room = whole.step * (len(amounts) + 1) / 2 if money else Decimal(0)
        if abs(total - whole.value) <= room or min(amounts) <= whole.value <= max(amounts):
            continue
        yield about(
            gathering.whole,
            "warning",
            "cell",
            "parts_do_not_add_up",
            f"{_what(gathering)}, {whole.organisation_text} is printed as {whole.value_text}, but its "
            f"parts ({_listed(gathering)}) add "
            f"up to {'£' * money}{shown(total)}.",
            expected=shown(total),
        )


def whole_lies_within_its_parts(evidence: Evidence) -> Iterator[Finding]:
    """A whole's percentage, mean or time lies between the lowest and the highest of its parts'."""
    for gathering in _gathered(evidence):
        whole = gathering.whole
        if whole.value is None or not _is_rate(gathering) or not _bounded(gathering):
            continue
        amounts = [part.value for part in gathering.present if part.value is not None]
        step = max([whole.step, *(part.step for part in gathering.present)])
        low, high = min(amounts) - step, max(amounts) + step
        if low < whole.value < high or min(amounts) <= whole.value <= max(amounts):
            continue
        yield about(
            gathering.whole,
            "warning",
            "cell",
            "whole_outside_its_parts",
            f"{_what(gathering)}, {whole.organisation_text} is printed as {whole.value_text}, which lies "
            "outside its parts "
            f"({_listed(gathering)}): one of them is wrong, or of another period.",
            expected=f"{shown(min(amounts))} to {shown(max(amounts))}",
        )


def trust_repeated_on_sites(evidence: Evidence) -> Iterator[Finding]:
    """A whole's figure is not printed again for each of its parts."""
    for gathering in _gathered(evidence):
        if not gathering.complete or not _repeated(gathering):
            continue
        whole = gathering.whole
        if whole.value in (0, 100) or (whole.unit == "percent" and whole.step == 1):
            continue
        yield about(
            gathering.whole,
            "warning",
            "cell",
            "repeated_across_parts",
            f"{_what(gathering)}, {whole.organisation_text} and each of its parts show the same "
            f"{whole.value_text}: the whole's figure "
            "seems to be repeated for the parts.",
        )


def unweighted_mean(evidence: Evidence) -> Iterator[Finding]:
    """A whole's percentage is not exactly the plain mean of its parts' percentages.

    One such value may be chance; it is reported where the parts lie so far apart that chance is under one in
    two hundred, or where
    most periods of the measure show it. One finding for each measure of a table.
    """
    by_measure: dict[tuple[int, str, str], list[Gathering]] = defaultdict(list)
    for gathering in _gathered(evidence):
        if gathering.complete and _is_rate(gathering) and gathering.whole.unit == "percent" and _spread(gathering) > 0:
            by_measure[gathering.whole.table_no, gathering.whole.measure, gathering.whole.breakdown].append(gathering)
    for found in by_measure.values():
        equal = [g for g in found if _is_plain_mean(g)]
        room = max((_spread(g) / g.whole.step for g in equal), default=Decimal(0))
        if (len(found) <= 2 and equal and room >= 200) or (len(equal) >= 3 and len(equal) >= 0.7 * len(found)):
            first = equal[-1]
            many = f" in {len(equal)} of {len(found)} periods" if len(found) > 1 else ""
            yield about(
                first.whole,
                "warning",
                "cell",
                "looks_like_unweighted_mean",
                f"{_what(first)}, {first.whole.organisation_text}'s {first.whole.value_text} is exactly "
                "the plain mean of its parts "
                f"({_listed(first)}){many}: it looks unweighted, which is right only if the parts are of "
                "one size.",
            )


def _gathered(evidence: Evidence) -> list[Gathering]:
    families = families_of(evidence)
    return [g for g in gatherings(evidence.values, families) if g.whole.series in _SERIES]


def _is_count(gathering: Gathering) -> bool:
    values = (gathering.whole, *gathering.present)
    return all(v.unit == "gbp" for v in values) or all(v.unit == "number" and v.step == 1 for v in values)


def _is_rate(gathering: Gathering) -> bool:
    values = (gathering.whole, *gathering.present)
    return all(v.unit in ("percent", "seconds") for v in values) or (
        all(v.unit == "number" for v in values) and gathering.whole.step < 1
    )


def _bounded(gathering: Gathering) -> bool:
    """All parts have a value, but for those that had no patients and so no weight."""
    empty = [part for part in gathering.parts if part is None or part.value is None]
    return len(gathering.present) >= 2 and all(part is not None and part.missing == "no_patients" for part in empty)


def _repeated(gathering: Gathering) -> bool:
    return all(part.value == gathering.whole.value for part in gathering.present)


def _spread(gathering: Gathering) -> Decimal:
    amounts = [part.value for part in gathering.present if part.value is not None]
    return max(amounts) - min(amounts)


def _is_plain_mean(gathering: Gathering) -> bool:
    amounts = [part.value for part in gathering.present if part.value is not None]
    whole = gathering.whole
    assert whole.value is not None
    return abs(sum(amounts, Decimal(0)) / len(amounts) - whole.value) <= whole.step / 2


def _what(gathering: Gathering) -> str:
    whole = gathering.whole
    measure = f"{whole.measure} ({whole.breakdown})" if whole.breakdown else whole.measure
    return f"In “{measure}” for {whole.period_text} on page {whole.page}"


def _listed(gathering: Gathering) -> str:
    return ", ".join(f"{part.organisation_text} {part.value_text}" for part in gathering.present)
