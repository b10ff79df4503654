"""What a kind of table is to the pipeline: how to know it, and how to read it.

A new kind is one file here (with a module-level `KIND`), one in `schemas/`, one migration and one golden case.
`extractors.classify` finds the kinds by looking into this package; nothing lists them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from schemas.document import Document, RawTable
from schemas.finding import Finding
from schemas.outcome import PackMeta, Quarantined, Record, RowFate


@dataclass(frozen=True, slots=True)
class Context:
    """What a table can be read in the light of: the pack around it."""

    document: Document
    meta: PackMeta


@dataclass(frozen=True, slots=True)
class Match:
    """How far a table looks like a kind: 0 (not at all) to 1, and why, in words for `kind_reason`."""

    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """One table, read as one kind: candidates for loading, and the fate of every row that gives none.

    Rows that appear in no fate are those that gave `records`; `extractors.validate` settles whether those are
    loaded or quarantined, so that afterwards each row of the table has exactly one fate.
    """

    records: tuple[Record, ...] = ()
    fates: tuple[RowFate, ...] = ()
    quarantine: tuple[Quarantined, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


class Kind(Protocol):
    """A kind of table."""

    name: str

    def match(self, table: RawTable, context: Context) -> Match:
        """How far `table` looks like this kind, by its headings, its columns' contents and the heading above."""
        ...

    def read(self, table: RawTable, context: Context) -> Extraction:
        """The table's rows as records. Never raises for odd content: what cannot be read is quarantined."""
        ...
