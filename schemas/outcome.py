"""What became of a pack: records, findings, quarantined rows, and the fate of every row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from schemas.document import Document
from schemas.finding import Finding

Fate = Literal["loaded", "quarantined", "ignored", "header"]
Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Record:
    """One typed row for the view `into`, from one cell (`row`, `col`) of one table."""

    into: str
    """The fact table: `actions`, `kpis`, `capital_schemes`, `capital_profile`, ..."""
    table_no: int
    row: int
    col: int | None
    """The cell that holds the value; None where the whole row is the record."""
    page: int
    values: dict[str, Scalar]
    """Column -> value. Dates are ISO 8601 text: the Pandera model and the database type them."""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row held back, as printed."""

    kind: str
    table_no: int
    row: int
    page: int
    content: dict[str, str]
    """Heading -> printed text (`col_N` where a column has no heading)."""
    reason: str


@dataclass(frozen=True, slots=True)
class RowFate:
    """What became of one row of a table with a kind. Each row has exactly one fate (the law)."""

    table_no: int
    row: int
    fate: Fate
    reason: str = ""
    """Why it was ignored or quarantined: `total`, `section heading`, `blank`, `repeated header`, ..."""


@dataclass(frozen=True, slots=True)
class TableKind:
    """The verdict on one table: its kind, or None, and why."""

    table_no: int
    kind: str | None
    reason: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class PackMeta:
    """Whose pack it is and for which meeting, as far as the pack or its source says."""

    organisation: str | None = None
    board: str | None = None
    meeting_date: str | None = None
    """ISO 8601."""
    evidence: dict[str, str] = field(default_factory=dict)
    """field -> where it was read (`cover page 1`, `file name`, `source settings`)."""


@dataclass(frozen=True, slots=True)
class PackResult:
    """Everything a pack became: a value without side effects, ready to be stored in one transaction."""

    document: Document
    meta: PackMeta
    kinds: tuple[TableKind, ...]
    records: tuple[Record, ...]
    quarantine: tuple[Quarantined, ...]
    fates: tuple[RowFate, ...]
    findings: tuple[Finding, ...]
    code_version: str
    seconds: float = 0.0
