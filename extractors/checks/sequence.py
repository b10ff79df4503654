"""Numbers that run on: action references and items of business, missing or printed twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from extractors.checks.evidence import Evidence, as_text
from extractors.checks.wording import short
from extractors.parse.folding import fold
from schemas.document import RawTable
from schemas.finding import Finding
from schemas.outcome import Record

_REF = re.compile(r"^(?P<stem>.*?)(?P<number>\d{1,5})$")
_NUMBERED_WITHIN = re.compile(r"^(?:.*[\W_])?\d+\s*[./]\s*$")
"""Numbers within an item or a year ("4.2", "2024/07"): those of one item need not run on."""
_ITEM_HEADING = re.compile(
    r"^(?:agenda )?(?:item|minute|min|ref)\.?(?: ?(?:no|number|ref|#)\.?)?$|^(?:no|number|#)\.?$",
    re.IGNORECASE,
)
_MINUTES_HEADING = re.compile(r"\b(?:discussion|minutes?|notes?|subject|title|item|topic|action)\b", re.IGNORECASE)
_SUB_ITEM = re.compile(r"^\(?(?:[a-z]|[ivx]{1,4})[.)]?$|^\(?[b-h][.)]\s")
_OWNERS = re.compile(
    r"^(?:[Aa]ll|[Cc]hair|[Cc]lerk|[Ss]ecretary|[A-Z]{2,4})(?:\s*(?:[/,&]|and)\s*(?:[Aa]ll|[Cc]hair|[A-Z]{2,4}))*$"
)
"""Who an item's action is for, on a line of its own under the item's number."""
_ITEM = re.compile(r"^(\d{1,2})\s*[.):]?$")


def action_references_run_on(evidence: Evidence) -> Iterator[Finding]:
    """Action references between the lowest and the highest of a log are all there: one that is not was
    closed, or lost.
    """
    for table_no, records in _actions(evidence).items():
        numbers: dict[str, dict[int, str]] = defaultdict(dict)
        for record in records:
            match = _REF.match(as_text(record.values.get("ref")))
            if match and not _NUMBERED_WITHIN.match(match["stem"]):
                numbers[match["stem"]].setdefault(int(match["number"]), match["number"])
        for stem, found in numbers.items():
            missing = [n for n in range(min(found), max(found)) if n not in found] if len(found) >= 3 else []
            if not missing or len(missing) > len(found):
                continue
            first = records[0]
            lowest, highest = found[min(found)], found[max(found)]
            width = len(lowest) if lowest.startswith("0") else 0
            absent = [f"{stem}{n:0{width}d}" for n in missing]
            yield Finding(
                "info",
                "table",
                "action_references_missing",
                f"In the action log on page {first.page}, {_listed(absent)} between "
                f"{stem}{lowest} and {stem}{highest} "
                f"{'is' if len(missing) == 1 else 'are'} not there: closed earlier, or lost.",
                page=first.page,
                table_no=table_no,
                column_name="ref",
                found=None,
                expected=", ".join(absent),
            )


def action_references_are_unique(evidence: Evidence) -> Iterator[Finding]:
    """No two actions of one log have the same reference."""
    for table_no, records in _actions(evidence).items():
        seen: dict[str, Record] = {}
        for record in records:
            ref = as_text(record.values.get("ref"))
            if not ref or not any(c.isdigit() for c in ref):
                continue
            first = seen.setdefault(ref, record)
            if first.row == record.row or as_text(first.values.get("action")) == as_text(record.values.get("action")):
                continue
            yield Finding(
                "warning",
                "row",
                "action_reference_repeated",
                f"In the action log on page {record.page}, the reference {ref} is given to two different actions.",
                page=record.page,
                table_no=table_no,
                row=record.row,
                column_name="ref",
                found=ref,
            )


def items_are_numbered_once(evidence: Evidence) -> Iterator[Finding]:
    """Items of minutes and agendas run on: no number is printed twice for different items, and none is left
    out.
    """
    for run in _item_tables(evidence):
        items = [(table, row, int(m[1]), text) for table in run for row, m, text in _items(table)]
        if len(items) < 3:
            continue
        seen: dict[int, str] = {}
        above: int | None = None
        for table, row, number, text in items:
            first = seen.setdefault(number, text)
            same_item, above = number == above and bool(_OWNERS.match(text)), number
            if first == text or same_item:
                continue
            page = _page(table, row)
            yield Finding(
                "warning",
                "row",
                "item_number_repeated",
                f"On page {page}, item number {number} is printed again, for “{short(text, 60)}”; it was "
                f"“{short(first, 60)}”.",
                page=page,
                table_no=table.table_no,
                row=row,
                col=0,
                found=str(number),
            )
        numbers = sorted(seen)
        missing = [n for n in range(numbers[0], numbers[-1]) if n not in seen]
        if missing and len(missing) <= max(1, len(numbers) // 4):
            table = run[0]
            yield Finding(
                "info",
                "table",
                "item_numbers_missing",
                f"Among the items numbered {numbers[0]} to {numbers[-1]} from page {table.page} on, "
                f"{_listed([str(n) for n in missing])} "
                f"{'is' if len(missing) == 1 else 'are'} not printed.",
                page=table.page,
                table_no=table.table_no,
                expected=", ".join(map(str, missing)),
            )


def _actions(evidence: Evidence) -> dict[int, list[Record]]:
    by_table: dict[int, list[Record]] = defaultdict(list)
    for record in evidence.records:
        if record.into == "actions":
            by_table[record.table_no].append(record)
    return by_table


def _item_tables(evidence: Evidence) -> list[list[RawTable]]:
    """Tables whose first column numbers items, and the tables after them that go on with the same number of
    columns.
    """
    runs: list[list[RawTable]] = []
    for table in evidence.document.tables:
        if evidence.kind_of.get(table.table_no) in ("kpis", "capital"):
            continue
        heads = [fold(text) for text in table.grid()[0]] if table.n_rows else []
        if len(heads) >= 2 and _ITEM_HEADING.match(heads[0]) and any(_MINUTES_HEADING.search(h) for h in heads[1:]):
            runs.append([table])
        elif (
            runs
            and runs[-1][-1].n_cols == table.n_cols
            and 0 <= table.page - runs[-1][-1].last_page <= 1
            and table.header_rows == 0
        ):
            runs[-1].append(table)
    return runs


def _items(table: RawTable) -> Iterator[tuple[int, re.Match[str], str]]:
    for row, texts in enumerate(table.grid()):
        match, text = _ITEM.match(fold(texts[0])), next((fold(t) for t in texts[1:] if fold(t)), "")
        if match and text and not _SUB_ITEM.match(text):
            yield row, match, text


def _page(table: RawTable, row: int) -> int:
    return next((cell.page for cell in table.cells if cell.row == row), table.page)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    shown = names[:12]
    return (", ".join(shown[:-1]) + " and " + shown[-1] if len(shown) > 1 and not more else ", ".join(shown)) + more
