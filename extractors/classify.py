"""Which kind each table is, and why; and which tables go on under the headings of the one before."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import extractors.kinds
from extractors.headings_before import (
    begins_with_values,
    goes_on,
    is_headings_only,
    is_number,
    prints_the_same_first_row,
    under_headings_of,
)
from extractors.kinds.base import Context, Kind, Match
from extractors.parse.rag import parse_rag, rag_of_dot, rag_of_fill
from extractors.vocabulary_files import VocabularyError
from schemas.document import Cell, RawTable
from schemas.finding import Finding
from schemas.outcome import TableKind

THRESHOLD = 0.5
"""A table is of a kind from this score on."""

_MANY = 6
"""Numbers or ratings that a table of data has at least."""

_MOST_LISTED = 40
_TIE = 0.06
"""Two kinds whose scores are nearer than this are a tie that a person should look at."""


@dataclass(frozen=True, slots=True)
class Classified:
    """The verdict on every table, in order."""

    kinds: tuple[TableKind, ...]
    headed_by: dict[int, int]
    """table_no -> table_no of the earlier table whose headings it goes on under."""
    findings: tuple[Finding, ...]


@lru_cache(maxsize=1)
def known_kinds() -> tuple[Kind, ...]:
    """Every module of `extractors.kinds` with a `KIND`, by name."""
    found = []
    for info in pkgutil.iter_modules(extractors.kinds.__path__):
        kind = getattr(importlib.import_module(f"extractors.kinds.{info.name}"), "KIND", None)
        if kind is not None:
            found.append(kind)
    return tuple(sorted(found, key=lambda kind: str(kind.name)))


def kind_named(name: str) -> Kind:
    """The kind of that name. Raises `KeyError` where there is none."""
    return {kind.name: kind for kind in known_kinds()}[name]


def classify(context: Context, kinds: tuple[Kind, ...] | None = None) -> Classified:
    """A verdict for each table of the document: the best kind from `THRESHOLD` on, or None."""
    kinds = known_kinds() if kinds is None else kinds
    verdicts: list[TableKind] = []
    headed_by: dict[int, int] = {}
    findings: list[Finding] = []
    previous: RawTable | None = None
    tables = {table.table_no: table for table in context.document.tables}
    for table in context.document.tables:
        scored = _scored(kinds, table, context)
        verdict = _verdict(table, scored)
        below = None
        if previous is not None and goes_on(previous, table):
            head = tables[headed_by.get(previous.table_no, previous.table_no)]
            below = _below(head, previous, verdicts[-1], table, verdict, kinds, context)
        if below is not None and previous is not None:
            headed_by[table.table_no] = headed_by.get(previous.table_no, previous.table_no)
            verdict = below
        elif tie := _tie(table, scored):
            findings.append(tie)
        if verdict.kind is None and looks_like_data(table):
            findings.append(_unknown(table, verdict))
        verdicts.append(verdict)
        previous = table
    findings.extend(_listed(context.document.tables, verdicts, findings))
    return Classified(tuple(verdicts), headed_by, tuple(findings))


def _scored(kinds: tuple[Kind, ...], table: RawTable, context: Context) -> list[tuple[Match, str]]:
    return sorted(((_match(kind, table, context), kind.name) for kind in kinds), key=lambda s: (-s[0].score, s[1]))


def _match(kind: Kind, table: RawTable, context: Context) -> Match:
    """The kind's own judgement. A fault in it costs this kind of this table, not the pack; the reason says so."""
    try:
        return kind.match(table, context)
    except VocabularyError:
        raise
    except Exception as fault:
        return Match(0.0, f"the judging failed: {type(fault).__name__}; please report this")


def _below(
    head: RawTable,
    previous: RawTable,
    before: TableKind,
    table: RawTable,
    own: TableKind,
    kinds: tuple[Kind, ...],
    context: Context,
) -> TableKind | None:
    """The verdict on a table under the headings of the one before it; None where its own stands."""
    kind = next((kind for kind in kinds if kind.name == before.kind), None)
    if (
        kind is not None
        and before.kind is not None
        and _prefers_continuing(own, before, previous, table)
        and _reads(kind, under_headings_of(table, head)[0], context)
    ):
        reason = f"no headings of its own: it goes on below table {previous.table_no} in the same columns"
        return TableKind(table.table_no, before.kind, reason, before.score)
    if own.kind is None and is_headings_only(previous):
        whole, _ = under_headings_of(table, previous)
        verdict = _verdict(table, _scored(kinds, whole, context))
        reason = f"below the headings that table {previous.table_no} prints: {verdict.reason}"
        return TableKind(table.table_no, verdict.kind, reason, verdict.score) if verdict.kind is not None else None
    return None


def _reads(kind: Kind, table: RawTable, context: Context) -> bool:
    """Whether the kind finds its columns in the table; a fault in reading shows again, and is said, when it is read."""
    try:
        found = kind.read(table, context)
    except VocabularyError:
        raise
    except Exception:
        return True
    return bool(found.records or found.fates or found.quarantine)


def looks_like_data(table: RawTable) -> bool:
    """Many numbers or ratings in several rows: a table that an analyst would want."""
    told = [cell for cell in table.cells if is_number(cell.text) or cell.symbol or _is_rating(cell)]
    filled = sum(bool(cell.text.strip() or cell.symbol or _is_rating(cell)) for cell in table.cells)
    return len(told) >= _MANY and len({cell.row for cell in told}) >= 2 and len(told) >= 0.3 * filled


def _is_rating(cell: Cell) -> bool:
    """Red, amber or green: a fill without words or with a rating's word, or a dot."""
    rag = rag_of_dot(cell.text, cell.text_colour)
    if rag is None and (not cell.text.strip() or isinstance(parse_rag(cell.text), str)):
        rag = rag_of_fill(cell.fill)
    return rag in ("red", "amber", "green")


def _verdict(table: RawTable, scored: list[tuple[Match, str]]) -> TableKind:
    if not scored:
        return TableKind(table.table_no, None, "no kinds are known")
    best, name = scored[0]
    if best.score >= THRESHOLD:
        return TableKind(table.table_no, name, best.reason, round(best.score, 3))
    tried = "; ".join(f"{other}: {match.reason}" for match, other in scored if match.reason)
    return TableKind(table.table_no, None, f"no kind fits ({tried})" if tried else "no kind fits", round(best.score, 3))


def _prefers_continuing(own: TableKind, before: TableKind, previous: RawTable, table: RawTable) -> bool:
    """Better under the headings before it: its first row is none, and it is not clearly of another kind."""
    if own.kind is None:
        return True
    if not begins_with_values(table) or prints_the_same_first_row(previous, table):
        return False
    return own.kind == before.kind or own.score < 0.7


def _tie(table: RawTable, scored: list[tuple[Match, str]]) -> Finding | None:
    if len(scored) < 2 or scored[1][0].score < THRESHOLD or scored[0][0].score - scored[1][0].score > _TIE:
        return None
    (first, name), (second, other) = scored[:2]
    return Finding(
        "info",
        "table",
        "kind_near_tie",
        f"Page {table.page}, table {table.table_no} was read as {name} ({first.reason}), "
        f"but {other} fits almost as well ({second.reason}).",
        page=table.page,
        table_no=table.table_no,
        found=name,
        expected=other,
        bbox=table.bbox,
    )


def _unknown(table: RawTable, verdict: TableKind) -> Finding:
    return Finding(
        "info",
        "table",
        "table_without_kind",
        f"Page {table.page}, table {table.table_no} holds numbers or ratings but is of no known kind: "
        f"{verdict.reason}. Its cells are kept.",
        page=table.page,
        table_no=table.table_no,
        bbox=table.bbox,
    )


def _listed(tables: Sequence[RawTable], verdicts: Sequence[TableKind], said: Sequence[Finding]) -> list[Finding]:
    """One finding for all other tables without a kind, so that none is passed over in silence."""
    named = {finding.table_no for finding in said if finding.check == "table_without_kind"}
    kindless = {verdict.table_no for verdict in verdicts if verdict.kind is None} - named
    places = [f"{table.table_no} (page {table.page})" for table in tables if table.table_no in kindless]
    if not places:
        return []
    shown = ", ".join(places[:_MOST_LISTED]) + (
        f" and {len(places) - _MOST_LISTED} more" * (len(places) > _MOST_LISTED)
    )
    return [
        Finding(
            "info",
            "pack",
            "tables_of_no_kind",
            f"Tables of no known kind, mostly words, whose cells are kept and give no rows: {shown}.",
            found=str(len(places)),
        )
    ]
