"""Which kind each table is, and why; and which tables go on under the headings of the one before."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import dataclass, replace
from functools import lru_cache

import extractors.kinds
from extractors.kinds.base import Context, Kind, Match
from schemas.document import RawTable
from schemas.finding import Finding
from schemas.outcome import TableKind

THRESHOLD = 0.5
"""A table is of a kind from this score on."""

_TIE = 0.06
"""Two kinds whose scores are nearer than this are a tie that a person should look at."""

_SAME_PLACE = 8.0
"""Points by which the columns of a table and of its continuation may differ."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"^[(£+-]{0,3}\d[\d,.: ]*[%)kmbn]{0,3}$", re.IGNORECASE)


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
    for table in context.document.tables:
        scored = sorted(((kind.match(table, context), kind.name) for kind in kinds), key=lambda s: (-s[0].score, s[1]))
        verdict = _verdict(table, scored)
        if (
            previous is not None
            and verdicts[-1].kind is not None
            and goes_on(previous, table)
            and _prefers_continuing(verdict, verdicts[-1], previous, table)
        ):
            headed_by[table.table_no] = headed_by.get(previous.table_no, previous.table_no)
            verdict = TableKind(
                table.table_no,
                verdicts[-1].kind,
                f"no headings of its own: it goes on below table {previous.table_no} in the same columns",
                verdicts[-1].score,
            )
        elif tie := _tie(table, scored):
            findings.append(tie)
        if verdict.kind is None and looks_like_data(table):
            findings.append(_unknown(table, verdict))
        verdicts.append(verdict)
        previous = table
    return Classified(tuple(verdicts), headed_by, tuple(findings))


def under_headings_of(table: RawTable, head: RawTable) -> tuple[RawTable, int]:
    """`table` with the heading rows of `head` put above it, and how many rows those are."""
    rows = max(1, head.header_rows)
    above = tuple(replace(cell, row_span=min(cell.row_span, rows - cell.row)) for cell in head.cells if cell.row < rows)
    below = tuple(replace(cell, row=cell.row + rows) for cell in table.cells)
    return (
        replace(
            table,
            cells=above + below,
            n_rows=table.n_rows + rows,
            header_rows=rows,
            repeated_header_rows=tuple(row + rows for row in table.repeated_header_rows),
            title=table.title or head.title,
            heading=table.heading or head.heading,
            notes=tuple(dict.fromkeys((*table.notes, *head.notes))),
        ),
        rows,
    )


def goes_on(previous: RawTable, table: RawTable) -> bool:
    """Does `table` stand next after `previous`, in the same columns, without headings of its own?"""
    if table.n_cols != previous.n_cols or table.n_cols < 2 or table.header_rows:
        return False
    if not previous.last_page <= table.page <= previous.last_page + 1:
        return False
    ours, theirs = _lefts(table), _lefts(previous)
    both = ours.keys() & theirs.keys()
    near = sum(abs(ours[col] - theirs[col]) <= _SAME_PLACE for col in both)
    return len(both) >= 2 and near >= 0.8 * len(both)


def looks_like_data(table: RawTable) -> bool:
    """Many numbers in several rows: a table that an analyst would want."""
    numbers = [cell for cell in table.cells if _NUMBER.match(cell.text.strip())]
    filled = sum(bool(cell.text.strip()) for cell in table.cells)
    return len(numbers) >= 6 and len({cell.row for cell in numbers}) >= 2 and len(numbers) >= 0.3 * filled


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
    if not _begins_with_values(table) or _first_row(table) == _first_row(previous):
        return False
    return own.kind == before.kind or own.score < 0.7


def _begins_with_values(table: RawTable) -> bool:
    """Numbers in the first row, years apart: no headings stand there."""
    return any(
        _NUMBER.match(text) and not _YEAR.fullmatch(text)
        for cell in table.cells
        if cell.row == 0 and cell.col > 0 and (text := cell.text.strip())
    )


def _first_row(table: RawTable) -> list[str]:
    return [" ".join(cell.text.split()).lower() for cell in table.cells if cell.row == 0]


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
        f"Page {table.page}, table {table.table_no} holds many numbers but is of no known kind: "
        f"{verdict.reason}. Its cells are kept.",
        page=table.page,
        table_no=table.table_no,
        bbox=table.bbox,
    )


def _lefts(table: RawTable) -> dict[int, float]:
    found: dict[int, float] = {}
    for cell in table.cells:
        if cell.col_span == 1 and cell.col not in found:
            found[cell.col] = cell.bbox.x0
    return found
