"""The report across packs: one page a check, and the list of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import duckdb

from warehouse.report import queries, words
from warehouse.report.checks import SEVERITIES, Check, describe, themes, weight
from warehouse.report.queries import Row, ask

MOST_ROWS = 1000
"""Findings on one check's page; all of them are in findings.csv."""


@dataclass(slots=True)
class CheckCount:
    """How often a check found something, by severity, and in how many packs."""

    check: Check
    counts: dict[str, int] = field(default_factory=dict)
    packs: int = 0

    @property
    def total(self) -> int:
        """Findings of all severities."""
        return sum(self.counts.values())


def count_checks(connection: duckdb.DuckDBPyConnection) -> list[CheckCount]:
    """Every check that found something, the weightiest first."""
    found: dict[str, CheckCount] = {}
    for row in ask(connection, queries.CHECK_COUNTS):
        one = found.setdefault(row["check"], CheckCount(describe(row["check"])))
        one.counts[row["severity"]] = row["n"]
        one.packs = max(one.packs, row["packs"])
    worst = {name: min(one.counts, key=SEVERITIES.index) for name, one in found.items()}
    return [found[name] for name in sorted(found, key=lambda name: weight(worst[name], name))]


def by_theme(counts: list[CheckCount]) -> list[tuple[str, list[CheckCount]]]:
    """(theme's title, its checks), themes in order of weight."""
    return [
        (title, chosen)
        for theme, title in themes().items()
        if (chosen := sorted((c for c in counts if c.check.theme == theme), key=lambda c: c.check.rank))
    ]


def findings_of(connection: duckdb.DuckDBPyConnection, check: Check) -> list[dict[str, Any]]:
    """The check's findings in every pack, newest meeting first."""
    rows: list[Row] = ask(connection, queries.OF_CHECK, check.name, MOST_ROWS)
    return [{**r, "meeting": words.say_date(r["meeting_date"]) or "no date"} for r in rows]
