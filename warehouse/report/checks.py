"""What each check is called and means in the report, and in which order of weight findings stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

SEVERITIES = ("error", "warning", "info")
SEVERITY_WORDS = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("note", "notes")}
OTHER = "rows"
"""The theme of a check that has no entry of its own."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")


@dataclass(frozen=True, slots=True)
class Check:
    """A check as a reader meets it. `file` is its page in the report; None where its name cannot be a file's."""

    name: str
    title: str
    means: str
    theme: str
    rank: int
    """The order of its theme, then of the check in it; the smaller weighs more."""

    @property
    def file(self) -> str | None:
        """The check's page across packs."""
        return f"check-{self.name}.html" if NAME.fullmatch(self.name) else None

    @property
    def anchor(self) -> str:
        """The id of the check's group on a pack's page."""
        return f"check-{self.name}" if NAME.fullmatch(self.name) else "check-other"


@cache
def _book() -> tuple[Mapping[str, str], Mapping[str, Any]]:
    book = tomllib.loads(resources.files("warehouse.report").joinpath("checks.toml").read_text("utf-8"))
    return {t["id"]: t["title"] for t in book["theme"]}, book["check"]


def themes() -> Mapping[str, str]:
    """Theme -> title, the weightiest first."""
    return _book()[0]


@cache
def describe(name: str) -> Check:
    """The check of this name; one without an entry is called by its name."""
    groups, known = _book()
    order = list(groups)
    entry = known.get(name)
    if entry is None:
        title = "Check: " + name.replace("_", " ")
        return Check(name, title, "", OTHER, order.index(OTHER) * 1000)
    theme = entry["theme"]
    return Check(name, entry["title"], entry["means"], theme, order.index(theme) * 1000 + list(known).index(name))


def of_theme(theme: str) -> tuple[str, ...]:
    """The names of the theme's checks."""
    return tuple(name for name, entry in _book()[1].items() if entry["theme"] == theme)


def weight(severity: str, check: str) -> tuple[int, int, str]:
    """A key to sort findings by: severity, theme, check."""
    place = SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
    return place, describe(check).rank, check
