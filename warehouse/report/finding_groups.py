"""Findings as a reader takes them in: by check, the weightiest first, a few of each shown and all of them listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.report.checks import SEVERITY_WORDS, Check, describe, weight
from warehouse.report.evidence import Box, Evidence, Place, Window
from warehouse.report.queries import Row

MOST_FACES = 3
"""Findings of one check that are shown with their picture; the others are listed below them."""
MOST_LISTED = 200
"""Findings of one check on a pack's page; all of them are in findings.csv."""


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with its place and, for the first of a group, its picture."""

    message: str
    found: str | None
    expected: str | None
    table_title: str | None
    place: Place
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one check with one severity."""

    check: Check
    severity: str
    count: int
    faces: tuple[ShownFinding, ...]
    listed: tuple[ShownFinding, ...]

    @property
    def left_out(self) -> int:
        """Findings that are neither shown nor listed."""
        return self.count - len(self.faces) - len(self.listed)

    @property
    def anchor(self) -> str:
        """The group's id on its page: one check may have two severities."""
        return self.check.anchor if self.severity != "info" else f"{self.check.anchor}-note"

    @property
    def badge(self) -> str:
        """`3 warnings`."""
        one, many = SEVERITY_WORDS.get(self.severity, (self.severity, self.severity))
        return f"{self.count:,} {one if self.count == 1 else many}"


def box_of(finding: Row) -> Box | None:
    """The box that the finding itself names."""
    sides = (finding["x0"], finding["top"], finding["x1"], finding["bottom"])
    return None if any(v is None for v in sides) else sides


def group_findings(findings: Sequence[Row], evidence: Evidence) -> list[Group]:
    """The findings by check, in order of weight."""
    by_check: dict[tuple[str, str], list[Row]] = {}
    for f in findings:
        by_check.setdefault((f["severity"], f["check"]), []).append(f)
    groups = []
    for severity, check in sorted(by_check, key=lambda key: weight(*key)):
        rows = by_check[severity, check]
        # A note is seldom looked up: it is listed with its place and costs no picture.
        faces = 0 if severity == "info" else MOST_FACES
        groups.append(
            Group(
                describe(check),
                severity,
                len(rows),
                tuple(_show(f, evidence, pictured=True) for f in rows[:faces]),
                tuple(_show(f, evidence, pictured=False) for f in rows[faces : faces + MOST_LISTED]),
            )
        )
    return groups


def _show(f: Row, evidence: Evidence, *, pictured: bool) -> ShownFinding:
    spot = (f["page"], f["table_no"], f["row"], f["col"], box_of(f))
    return ShownFinding(
        f["message"] or "",
        f["found"],
        f["expected"],
        f["table_title"],
        evidence.place(*spot),
        evidence.window(*spot) if pictured else None,
    )
