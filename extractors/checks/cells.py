"""What single cells print: spreadsheet errors, thresholds that are none, arrows left out, people who share
initials.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from extractors.checks.evidence import Evidence, Value
from extractors.parse.folding import fold
from schemas.document import Cell, RawTable
from schemas.finding import Finding

_ERROR = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|####*)|^#{3,}$", re.IGNORECASE)
_INITIALS = re.compile(r"^[A-Z]{2,4}$")


def no_spreadsheet_errors(evidence: Evidence) -> Iterator[Finding]:
    """No cell prints a spreadsheet's error (#N/A, #REF!, #DIV/0!). One finding for each table."""
    for table in evidence.document.tables:
        wrong = [cell for cell in table.cells if _ERROR.search(fold(cell.text))]
        if not wrong:
            continue
        first = wrong[0]
        shown = ", ".join(sorted({fold(cell.text)[:12] for cell in wrong})[:3])
        what = "cell prints a spreadsheet's error" if len(wrong) == 1 else "cells print a spreadsheet's errors"
        yield Finding(
            "warning",
            "table",
            "spreadsheet_error",
            f"On page {first.page}, {len(wrong)} {what} ({shown}) where a figure should be.",
            page=first.page,
            table_no=table.table_no,
            row=first.row,
            col=first.col,
            found=shown,
        )


def thresholds_are_numbers(evidence: Evidence) -> Iterator[Finding]:
    """In a table with thresholds, each measure has one that is a number. One finding for each table."""
    for table_no, values in _by_table(evidence).items():
        measures: dict[str, bool] = {}
        for value in values:
            measures[value.measure] = measures.get(value.measure, False) or value.threshold is not None
        without = [measure for measure, has in measures.items() if not has]
        if not without or len(without) * 2 > len(measures):
            continue
        page = values[0].page
        yield Finding(
            "info",
            "table",
            "no_threshold",
            f"On page {page}, {len(without)} of {len(measures)} measures "
            f"{'has' if len(without) == 1 else 'have'} no threshold that is a "
            f"number: {_some(without)}.",
            page=page,
            table_no=table_no,
            column_name="threshold",
            found=_some(without),
        )


def arrows_are_complete(evidence: Evidence) -> Iterator[Finding]:
    """Where most figures of a table have a trend, all have

    rows without any are left out of account. One finding for each table.
    """
    for table_no, values in _by_table(evidence).items():
        rows: dict[int, list[Value]] = defaultdict(list)
        for value in values:
            if value.series == "actual" and value.value is not None:
                rows[value.row].append(value)
        with_arrows = [row for row in rows.values() if any(v.trend for v in row)]
        figures = [v for row in with_arrows for v in row]
        bare = [v for v in figures if not v.trend]
        if len(with_arrows) < 3 or not bare or len(bare) * 5 > len(figures):
            continue
        shown = _some([f"{v.measure} ({v.organisation_text})" for v in bare])
        yield Finding(
            "info",
            "table",
            "trend_missing",
            f"On page {bare[0].page}, {len(bare)} of {len(figures)} figures "
            f"{'has' if len(bare) == 1 else 'have'} no trend arrow where the "
            f"others have one: {shown}.",
            page=bare[0].page,
            table_no=table_no,
            row=bare[0].row,
            col=bare[0].col,
            column_name="trend",
            found=shown,
        )


def initials_are_unique(evidence: Evidence) -> Iterator[Finding]:
    """In a list of people with initials, no two people have the same, since minutes name owners by them."""
    for table in evidence.document.tables:
        if evidence.kind_of.get(table.table_no) is not None:
            continue
        found = _initials_column(table)
        count = Counter(initials for initials, _, _ in found)
        for initials, n in count.items():
            if n < 2:
                continue
            people = [name for own, name, _ in found if own == initials]
            cell = next(cell for own, _, cell in found if own == initials)
            if len(set(people)) < 2:
                continue
            yield Finding(
                "info",
                "table",
                "initials_shared",
                f"On page {cell.page}, the initials {initials} stand for {' and '.join(people)}: an action "
                f"for {initials} has no certain owner.",
                page=cell.page,
                table_no=table.table_no,
                row=cell.row,
                col=cell.col,
                found=initials,
            )


def _initials_column(table: RawTable) -> list[tuple[str, str, Cell]]:
    """(initials, name, cell) of the column whose cells are the initials of names in their rows

    empty where there is none.
    """
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        if cell.text.strip():
            rows[cell.row].append(cell)
    best: list[tuple[str, str, Cell]] = []
    for col in range(table.n_cols):
        found = []
        for cells in rows.values():
            for cell in cells:
                name = next((fold(other.text) for other in cells if other is not cell and _is_of(cell, other)), None)
                if cell.col == col and name and _INITIALS.match(fold(cell.text)):
                    found.append((fold(cell.text), name, cell))
        best = max(best, found, key=len)
    return best if len(best) >= 4 and len(best) * 2 >= len(rows) else []


def _is_of(cell: Cell, other: Cell) -> bool:
    """The cell's letters are the initials of the other's first words, titles left out."""
    words = re.sub(
        r"\b(?:Dr|Mr|Mrs|Ms|Miss|Cllr|Prof|Professor|Sir|Dame|Mayor|Lord|Lady|Rev)\b\.?",
        " ",
        fold(other.text),
    ).split("(")[0]
    return "".join(word[0] for word in re.findall(r"[A-Z][\w'’]*", words))[: len(fold(cell.text))] == fold(cell.text)


def _by_table(evidence: Evidence) -> dict[int, list[Value]]:
    by_table: dict[int, list[Value]] = defaultdict(list)
    for value in evidence.values:
        by_table[value.table_no].append(value)
    return {no: values for no, values in by_table.items() if len({v.measure for v in values}) >= 3}


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
