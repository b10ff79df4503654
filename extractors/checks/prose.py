"""The running text against the tables beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.checks.agreement import measure_words
from extractors.checks.evidence import Evidence, Value, printed_number
from extractors.checks.families import families_of
from extractors.checks.grid import Grid, grid_of
from extractors.checks.wording import short
from extractors.parse.finding_dates import find_stretches
from extractors.parse.folding import key, plain
from extractors.parse.stretches import month_number
from schemas.finding import Finding

_NUM = r"(?<![\w.,£])\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|(?<![\w.,£/])\d+(?:\.\d+)?%|(?<![\w.,£/])\d{3,}(?![\w/,.]\d)"
_MONTH = r"January|February|March|April|May|June|July|August|September|October|November|December"
_EARLIER = (
    rf"{_MONTH}|the (?:previous|prior|last) (?:month|quarter|year)|last (?:month|quarter|year)"
    r"|the same (?:month|period) (?:last|the previous) year"
)
_BAND = r"\b\d{1,3}\+?[ -]?(?:weeks?|days?|hours?|minutes?|months?)\b"
"""A wait's length between two figures ("5,314 over 6 weeks, up from 5,027") is no figure of its own."""
_COMPARED = re.compile(
    rf"(?P<now>{_NUM})(?P<between>(?:[^.;\d]|{_BAND}){{0,90}}?)\b(?:compared (?:to|with)|up from|down from|as against"
    rf"|against|versus|from)\s+(?P<then>{_NUM})"
    rf"(?:[^.;\d]{{0,30}}?\b(?:in|for|at the end of|at)\s+(?P<month>{_EARLIER}))"
)
_IN_MONTH = re.compile(rf"\b(?i:in|for|during|at the end of|end of|to)\s+(?P<month>{_MONTH})(?:\s+(?P<year>20\d\d))?\b")
_NUMBER = re.compile(_NUM)
_BAND_AFTER = re.compile(r"^\s*\+|^\s*(?:weeks?|days?|hours?|months?|minutes?|years?)\b", re.IGNORECASE)
_OTHER_CLAUSE = re.compile(
    r"\b(?:compared (?:to|with)|up from|down from|as against|against|versus|of which|target|standard|plan"
    r"|trajectory|threshold)\b"
)
_AWAITED = re.compile(
    r"\b(?:still awaited|are awaited|is awaited|not yet (?:been )?(?:received|available|validated|reported"
    r"|published)"
    r"|(?:data|figures?|returns?|breaches) (?:are|is) (?:incomplete|provisional|unavailable))\b",
    re.IGNORECASE,
)
_OF_OTHER_MONTH = re.compile(
    rf"\b(?:data|performance|figures?|position)\b[^.]{{0,120}}?\b(?:shows?|reflects?|relates? to|is for"
    rf"|are for|is from|are from)\s+(?:the )?(?P<month>{_MONTH})\b",
)


@dataclass(frozen=True, slots=True)
class _Comparison:
    now: str
    then: str
    month: str
    sentence: str


def prose_and_undated_tables_agree(evidence: Evidence) -> Iterator[Finding]:
    """Where the text gives a figure and, to compare, an earlier one, the undated table beside it shows the
    newer, not the earlier.
    """
    for page, sentences in evidence.sentences.items():
        compared = [
            _Comparison(m["now"], m["then"], m["month"], sentence)
            for sentence in sentences
            for m in _COMPARED.finditer(sentence)
        ]
        grids = [grid_of(evidence, t) for t in evidence.document.tables if t.page <= page <= t.last_page]
        if not compared or not grids:
            continue
        printed = {n.value for grid in grids for row in grid.numbers for n in row if n}
        for grid in grids:
            if _is_dated(grid):
                continue
            by_row: dict[int, list[tuple[int, _Comparison]]] = defaultdict(list)
            for comparison in compared:
                now, then = printed_number(comparison.now), printed_number(comparison.then)
                if now is None or then is None or now.value in printed or then.value < 10:
                    continue
                for row, numbers in enumerate(grid.numbers):
                    for col, n in enumerate(numbers):
                        if n and n.value == then.value and n.unit == then.unit:
                            by_row[row].append((col, comparison))
            for row, hits in by_row.items():
                telling = max(len(re.sub(r"\D", "", c.then)) for _, c in hits)
                if len(hits) >= 2 or telling >= 4:
                    yield _stale(grid, row, hits, page)


def prose_and_series_agree(evidence: Evidence) -> Iterator[Finding]:
    """A sentence that gives one figure for a measure, a month and an organisation of a table on its page
    gives the table's.
    """
    wholes = {family.whole for family in families_of(evidence)}
    by_page: dict[int, list[Value]] = defaultdict(list)
    for value in evidence.values:
        if value.series == "actual" and value.value is not None and value.period_end and value.measure:
            by_page[value.page].append(value)
    for page, values in by_page.items():
        for sentence in evidence.sentences.get(page, []):
            yield from _contradictions(sentence, values, wholes, page)


def notes_that_change_figures(evidence: Evidence) -> Iterator[Finding]:
    """A note that says that some organisations' figures are of another month than the table says, or still
    awaited, is passed on.
    """
    by_page: dict[int, list[Value]] = defaultdict(list)
    for value in evidence.values:
        if value.series == "actual":
            by_page[value.page].append(value)
    for page, values in by_page.items():
        for sentence in evidence.sentences.get(page, []):
            months = {v.period_end.month for v in values if v.period_end}
            named = [v for v in values if len(v.organisation_text) > 3 and key(v.organisation_text) in key(sentence)]
            match = _OF_OTHER_MONTH.search(sentence)
            if match and named and months and (month := month_number(match["month"])):
                others = [v for v in named if v.period_end and v.period_end.month != month]
                if others and len({v.period_text for v in values}) <= 8:
                    yield _note("warning", "note_gives_other_period", page, others[0], sentence, match["month"])
    for page, sentences in evidence.sentences.items():
        table = next((t for t in evidence.document.tables if t.page <= page <= t.last_page), None)
        for sentence in sentences:
            if table and _AWAITED.search(sentence) and evidence.kind_of.get(table.table_no) != "actions":
                yield Finding(
                    "info",
                    "page",
                    "note_says_incomplete",
                    f"The text on page {page} says that figures beside it are not complete: “{short(sentence, 200)}”",
                    page=page,
                    table_no=table.table_no,
                    found=short(sentence, 200),
                )


def _contradictions(sentence: str, values: list[Value], wholes: set[str], page: int) -> Iterator[Finding]:
    when = _IN_MONTH.search(sentence)
    if when is None:
        return
    clause = _OTHER_CLAUSE.split(sentence)[0]
    found = [m for m in _NUMBER.finditer(clause) if not _BAND_AFTER.match(clause[m.end() :])]
    if len(found) != 1:
        return
    stated = printed_number(found[0].group())
    if stated is None:
        return
    month, said = month_number(when["month"]), measure_words(sentence)
    spoken = key(sentence)
    of_month = [
        v
        for v in values
        if v.period_end
        and v.period_end.month == month
        and (v.period_start is None or (v.period_end - v.period_start).days <= 31)
        and (not when["year"] or int(when["year"]) == v.period_end.year)
        and v.unit == stated.unit
        and not v.breakdown
    ]
    named = [v for v in of_month if v.organisation_text and key(v.organisation_text) in spoken]
    candidates = named or [v for v in of_month if v.organisation in wholes]
    candidates = [
        v for v in candidates if (words := measure_words(v.measure)) and len(words & said) >= max(2, 0.75 * len(words))
    ]
    if candidates:
        newest = max(v.period_end for v in candidates if v.period_end)
        candidates = [v for v in candidates if v.period_end == newest]
    if not candidates or len({v.value for v in candidates}) != 1 or any(v.value == stated.value for v in of_month):
        return
    value = candidates[0]
    assert value.value is not None
    near = abs(value.value - stated.value) <= (15 if stated.unit == "percent" else abs(value.value) / 2)
    if not near or abs(value.value - stated.value) < max(value.step, stated.step):
        return
    yield Finding(
        "warning",
        "cell",
        "prose_disagrees_with_table",
        f"The text on page {page} gives {found[0].group()} for {when['month']} (“{short(sentence, 200)}”), but "
        "the table shows "
        f"{value.value_text} for {value.organisation_text} in {value.period_text} under “{value.measure}”.",
        page=page,
        table_no=value.table_no,
        row=value.row,
        col=value.col,
        column_name="value",
        found=value.value_text,
        expected=found[0].group(),
    )


def _is_dated(grid: Grid) -> bool:
    """Its columns or rows are months, so that it holds earlier figures rightly."""
    labels = [*grid.headings, *(row[0] for row in grid.texts if row)]
    dated = [s for text in labels for s in find_stretches(plain(text)) if s.precision in ("month", "quarter", "day")]
    return len({(s.days, s.day_month) for s in dated}) >= 2


def _stale(grid: Grid, row: int, hits: list[tuple[int, _Comparison]], page: int) -> Finding:
    shown = "; ".join(f"the table has {c.then}, the text {c.now} (and {c.then} for {c.month})" for _, c in hits)
    earlier = hits[0][1].month
    label = grid.labels[row] or f"row {row}"
    return Finding(
        "warning",
        "row",
        "prose_disagrees_with_table",
        f"On page {page}, the row “{label}” shows what the text gives for {earlier}, not its newer figures: {shown}.",
        page=page,
        table_no=grid.table.table_no,
        row=row,
        col=hits[0][0],
        column_name="value",
        found=", ".join(c.then for _, c in hits),
        expected=", ".join(c.now for _, c in hits),
    )


def _note(severity: str, check: str, page: int, value: Value, sentence: str, month: str) -> Finding:
    return Finding(
        "warning" if severity == "warning" else "info",
        "table",
        check,
        f"A note on page {page} says that figures of the table labelled {value.period_text} are of "
        f"{month}: “{short(sentence, 200)}”",
        page=page,
        table_no=value.table_no,
        column_name="period_text",
        found=value.period_text,
        expected=month,
    )
