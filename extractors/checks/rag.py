"""A rating against the value and the threshold printed beside it."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.checks.evidence import Evidence, shown
from schemas.finding import Finding


def rating_fits_threshold(evidence: Evidence) -> Iterator[Finding]:
    """Green meets its threshold and red misses it, where the measure's direction is known.

    Amber is never judged: tolerances differ.
    """
    for value in evidence.values:
        if value.value is None or value.threshold is None or value.better is None or value.series != "actual":
            continue
        met = value.value >= value.threshold if value.better == "higher" else value.value <= value.threshold
        # 94.96% is printed as 95.0% and misses 95%; a count is printed as it is.
        rounded = value.unit != "number" or value.step < 1
        near = rounded and abs(value.value - value.threshold) < value.step
        if near or (value.rag, met) not in (("green", False), ("red", True)):
            continue
        side = "misses" if value.rag == "green" else "meets"
        wanted = ("at least" if value.better == "higher" else "at most") + f" {shown(value.threshold)}"
        yield Finding(
            "warning",
            "cell",
            "rating_contradicts_threshold",
            f"On page {value.page}, “{value.measure}” for {value.organisation_text or 'the organisation'} "
            f"in {value.period_text} is rated "
            f"{value.rag}, but {value.value_text} {side} the threshold ({wanted}).",
            page=value.page,
            table_no=value.table_no,
            row=value.row,
            col=value.col,
            column_name="rag",
            found=value.rag,
            expected=wanted,
        )
