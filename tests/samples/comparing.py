"""Expected rows against the views' rows, field by field: what is missing, what differs, what nobody expected."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[2] / "samples"
PACKS = sorted(SAMPLES.glob("*.pdf"))
MEETINGS = ("2024-11-13", "2025-01-15")
NUMBERS = {"value", "threshold", "value_gbp", "amount_gbp", "page"}


def expected_rows(meeting: str, kind: str) -> list[dict[str, str]]:
    """The rows that the pack of this meeting should become."""
    with (SAMPLES / "expected" / meeting / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected_json(*parts: str) -> Any:
    """What is expected as JSON: the faults of a meeting, the history."""
    return json.loads(SAMPLES.joinpath("expected", *parts).read_text(encoding="utf-8"))


def same(column: str, want: str, got: Any) -> bool:
    """Whether a field is as expected: `*` is anything, `~text` contains the text, blank is NULL or blank."""
    if want == "*":
        return True
    if got is None or want == "":
        return want == "" and got in (None, "")
    if column in NUMBERS:
        return abs(float(want) - float(got)) < 1e-6
    if want.startswith("~"):
        return want[1:] in str(got)
    return want == str(got)


def differences(expected: Sequence[dict[str, str]], actual: Iterable[dict[str, Any]]) -> list[str]:
    """One line for each expected row that is not there as it should be, and for each row that nobody expected."""
    left = list(actual)
    unmet = []
    for want in expected:
        found = next((got for got in left if all(same(c, w, got[c]) for c, w in want.items())), None)
        if found is None:
            unmet.append(want)
        else:
            left.remove(found)
    lines = []
    for want in unmet:
        near = max(left, key=lambda got: sum(same(c, w, got[c]) for c, w in want.items()), default=None)
        wrong = {c: (w, near[c]) for c, w in want.items() if not same(c, w, near[c])} if near else {}
        if near is not None and len(wrong) <= 3:
            left.remove(near)
            lines.append(f"differs (wanted, got): {wrong} in {_brief(want)}")
        else:
            lines.append(f"missing: {_brief(want)}")
    return lines + [f"nobody expected: {_brief(got)}" for got in left]


def _brief(row: dict[str, Any]) -> str:
    return ", ".join(f"{c}={str(v)[:50]}" for c, v in row.items() if v not in (None, "", "*"))
