"""A whole that its own parts cannot make, seen by the weights that fit every other period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from extractors.checks.evidence import Evidence
from extractors.checks.families import Gathering, families_of, gatherings
from extractors.checks.wording import about
from schemas.finding import Finding

_PERIODS = 6
"""Fewer do not tell two or three weights from noise."""

_FAR = 4.0
"""Percentage points; and so many times what is usual for the series."""

_TIMES = 8.0


def whole_unlike_its_parts(evidence: Evidence) -> Iterator[Finding]:
    """In a series of percentages the whole is the parts' mean with about the same weights every time

    one period is not.
    """
    by_measure: dict[tuple[int, str, str, str], list[Gathering]] = defaultdict(list)
    for g in gatherings(evidence.values, families_of(evidence)):
        if g.complete and g.whole.series == "actual" and all(v.unit == "percent" for v in (g.whole, *g.present)):
            by_measure[g.whole.table_no, g.whole.measure, g.whole.breakdown, g.whole.organisation].append(g)
    for found in by_measure.values():
        if len(found) < max(_PERIODS, 2 * len(found[0].parts)):
            continue
        parts = np.array([[float(p.value or 0) for p in g.present] for g in found])
        whole = np.array([float(g.whole.value or 0) for g in found])
        for i, g in enumerate(found):
            others = np.arange(len(found)) != i
            weights = _fit(parts[others], whole[others])
            if weights is None:
                continue
            usual = float(np.median(np.abs(parts[others] @ weights - whole[others])))
            expected = float(parts[i] @ weights)
            if abs(expected - whole[i]) < max(_FAR, _TIMES * usual):
                continue
            yield about(
                g.whole,
                "warning",
                "cell",
                "whole_unlike_its_parts",
                f"In “{g.whole.measure}” for {g.whole.period_text} on page {g.whole.page}, "
                f"{g.whole.organisation_text} is printed as "
                f"{g.whole.value_text}; with the weights that fit the other {len(found) - 1} periods its "
                "parts make about "
                f"{expected:.1f}%.",
                expected=f"about {expected:.1f}%",
            )


def _fit(parts: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64] | None:
    """Weights that add up to one, by least squares

    None where the parts hardly differ or a weight makes no sense.
    """
    base = parts[:, -1]
    differences = parts[:, :-1] - base[:, None]
    if np.linalg.matrix_rank(differences, tol=1.0) < differences.shape[1]:
        return None
    solved, *_ = np.linalg.lstsq(differences, whole - base, rcond=None)
    weights = np.append(solved, 1 - solved.sum())
    return weights if (weights > -0.1).all() and (weights < 1.1).all() else None
