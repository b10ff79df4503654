"""Rows and columns add up to their printed totals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.checks.evidence import Evidence, Printed, shown
from extractors.checks.grid import Grid, grid_of
from schemas.finding import Finding

_TOTAL = re.compile(
    r"^(?:grand |sub-? ?|overall |net )?totals?\b|\b(?:sub-? ?)?totals?\s*(?:\[\d+\]|[*:])?$", re.IGNORECASE
)
_PLAIN_TOTAL = re.compile(r"^(?:grand |overall )?totals?\s*(?:\(?£?['’]?(?:000s?|m|k)?\)?)?\s*:?$", re.IGNORECASE)
_SUB_TOTAL = re.compile(r"^sub-? ?totals?\s*:?$", re.IGNORECASE)
_NO_SUM = re.compile(
    r"%|\b(?:average|mean|median|rate|ratio|percent|percentage|score|likelihood|impact|rank|index|per"
    r"|no\.?|ref|row|year"
    r"|target|threshold|priority)\b",
    re.IGNORECASE,
)
_MOST = 400
"""Rows; a longer table is no printed table of a pack."""


def columns_add_up(evidence: Evidence) -> Iterator[Finding]:
    """Each column adds up to its total row.

    Which rows a total covers is learned from the columns that do add up; a column that does not is the
    finding. Where none does,
    a plain "Total" says that a row is missing, wrong, or was not read.
    """
    for table in evidence.document.tables:
        if 3 <= table.n_rows <= _MOST and table.n_cols >= 2:
            grid = grid_of(evidence, table)
            marked = {row for no, row in evidence.totals if no == table.table_no}
            yield from _columns(grid, marked)


def rows_add_up(evidence: Evidence) -> Iterator[Finding]:
    """Each row adds up to its total column, where most rows show that the column is their sum."""
    for table in evidence.document.tables:
        if 4 <= table.n_rows <= _MOST and table.n_cols >= 4:
            grid = grid_of(evidence, table)
            for col in range(table.n_cols):
                if _TOTAL.search(grid.headings[col]) and not _NO_SUM.search(grid.headings[col]):
                    yield from _rows(grid, col)


def _is_total(grid: Grid, row: int, marked: set[int]) -> bool:
    return row in marked or bool(_TOTAL.search(grid.labels[row]))


def _columns(grid: Grid, marked: set[int]) -> Iterator[Finding]:
    columns = [
        c
        for c in range(grid.table.n_cols)
        if not _NO_SUM.search(grid.headings[c])
        and sum(row[c] is not None for row in grid.numbers) >= 2
        and not any(n.unit in ("percent", "ratio", "seconds") for row in grid.numbers if (n := row[c]))
    ]
    items: list[int] = []
    for row in range(grid.first, grid.table.n_rows):
        has_numbers = any(grid.numbers[row][c] for c in columns)
        if not has_numbers:
            continue
        if not _is_total(grid, row, marked):
            items.append(row)
            continue
        if not items:
            continue
        k, right, wrong = _best_cover(grid, columns, items, row)
        covered = items[len(items) - k :]
        if right and len(wrong) <= max(1, len(right)):
            for col in wrong:
                yield _column_finding(grid, covered, row, col)
            items = items[: len(items) - k]
        elif not right and wrong and _PLAIN_TOTAL.match(grid.labels[row]):
            leaves = [r for r in range(grid.first, row) if r in items or not _is_total(grid, r, marked)]
            leaves = [r for r in leaves if any(grid.numbers[r][c] for c in columns)]
            if len(leaves) >= 2 and not any(_unknown(grid, leaves, c) for c in wrong):
                if len(wrong) <= 2:
                    for col in wrong:
                        yield _column_finding(grid, leaves, row, col)
                else:
                    yield _table_finding(grid, row, len(wrong))
            items = items[: len(items) - k]
        elif not right and _SUB_TOTAL.match(grid.labels[row]):
            block = _block_above(grid, columns, row, marked)
            wrong = [c for c in wrong if not _unknown(grid, block, c)]
            if len(block) >= 2 and block == items[-len(block) :]:
                for col in wrong if len(wrong) <= 2 else []:
                    yield _column_finding(grid, block, row, col)
                items = items[: len(items) - len(block)]
        items.append(row)


def _block_above(grid: Grid, columns: list[int], row: int, marked: set[int]) -> list[int]:
    """The rows with figures between a sub-total and the total, or the heading of a section, above it."""
    block: list[int] = []
    for up in range(row - 1, grid.first - 1, -1):
        if _is_total(grid, up, marked):
            break
        if any(grid.numbers[up][c] for c in columns):
            block.insert(0, up)
        elif grid.labels[up] and sum(bool(text) for text in grid.texts[up]) == 1:
            break
    return block


def _best_cover(grid: Grid, columns: list[int], items: list[int], total: int) -> tuple[int, list[int], list[int]]:
    """How many of the last rows the total covers, and which columns then add up and which do not."""
    best: tuple[int, list[int], list[int]] = (len(items), [], [])
    for k in range(len(items), 0, -1):
        covered = items[len(items) - k :]
        right, wrong = [], []
        for col in columns:
            printed = grid.numbers[total][col]
            parts = [n for r in covered if (n := grid.numbers[r][col])]
            if printed is None or not parts:
                continue
            if abs(sum((n.value for n in parts), Decimal(0)) - printed.value) <= _tolerance(
                grid, col, total, parts, printed
            ):
                right.append(col)
            elif not _unknown(grid, covered, col):
                wrong.append(col)
        telling = [c for c in right if (n := grid.numbers[total][c]) and n.value]
        if k == len(items) or (len(telling), -len(wrong)) > (
            len([c for c in best[1] if grid.numbers[total][c]]),
            -len(best[2]),
        ):
            best = (k, telling, wrong)
    return best


def _tolerance(grid: Grid, col: int, row: int, parts: list[Printed], total: Printed) -> Decimal:
    step = max([total.step, *(part.step for part in parts)])
    rounded = step < 1 or grid.rounded(col, row)
    return step * (len(parts) + 1) / 2 if rounded else Decimal(0)


def _unknown(grid: Grid, rows: list[int], col: int) -> bool:
    """A part is printed that is no number ("TBC"): nobody can say what the sum should be."""
    return any(
        grid.texts[r][col] and grid.numbers[r][col] is None and grid.texts[r][col] not in ("-", "–") for r in rows
    )


def _column_finding(grid: Grid, covered: list[int], row: int, col: int) -> Finding:
    printed = grid.numbers[row][col]
    assert printed is not None
    total = sum((n.value for r in covered if (n := grid.numbers[r][col])), Decimal(0))
    page = grid.page_of(row)
    return Finding(
        "warning",
        "cell",
        "total_disagrees",
        f"On page {page}, the total “{grid.labels[row]}” under "
        f"“{grid.headings[col] or f'column {col + 1}'}” is printed as "
        f"{shown(printed.value)}, but its {len(covered)} rows add up to {shown(total)}.",
        page=page,
        table_no=grid.table.table_no,
        row=row,
        col=col,
        found=grid.texts[row][col],
        expected=shown(total),
    )


def _table_finding(grid: Grid, row: int, count: int) -> Finding:
    page = grid.page_of(row)
    return Finding(
        "warning",
        "table",
        "total_disagrees",
        f"On page {page}, none of the {count} columns adds up to the row “{grid.labels[row]}”: a row may "
        "be missing, or the total "
        "covers something else.",
        page=page,
        table_no=grid.table.table_no,
        row=row,
    )


def _rows(grid: Grid, col: int) -> Iterator[Finding]:
    """Sets of columns beside the total column are tried

    the one that fits nearly all rows is what the total covers.
    """
    rows = [r for r in range(grid.first, grid.table.n_rows) if grid.numbers[r][col]]
    summable = [
        c
        for c in range(grid.table.n_cols)
        if c != col
        and not _NO_SUM.search(grid.headings[c])
        and sum(grid.numbers[r][c] is not None for r in rows) >= max(2, len(rows) // 4)
        and not any(n.unit in ("percent", "ratio", "seconds") for r in rows if (n := grid.numbers[r][c]))
    ]
    left, right = [c for c in summable if c < col], [c for c in summable if c > col]
    tried = [left[-k:] for k in range(2, len(left) + 1)] + [right[:k] for k in range(2, len(right) + 1)]
    best: tuple[list[int], list[int]] | None = None
    for chosen in tried:
        fits = [r for r in rows if _row_fits(grid, r, chosen, col)]
        if best is None or len(fits) > len(best[1]):
            best = (chosen, fits)
    if best is None:
        return
    chosen, fits = best
    telling = [
        r
        for r in fits
        if (n := grid.numbers[r][col]) and n.value and sum(bool(grid.numbers[r][c]) for c in chosen) >= 2
    ]
    wrong = [r for r in rows if r not in fits and not any(_unknown(grid, [r], c) for c in chosen)]
    if len(telling) < 3 or len(wrong) > max(1, len(fits) / 4):
        return
    for row in wrong:
        printed = grid.numbers[row][col]
        assert printed is not None
        total = sum((n.value for c in chosen if (n := grid.numbers[row][c])), Decimal(0))
        page = grid.page_of(row)
        yield Finding(
            "warning",
            "cell",
            "row_total_disagrees",
            f"On page {page}, “{grid.labels[row]}” has {shown(printed.value)} under "
            f"“{grid.headings[col]}”, but its {len(chosen)} "
            f"columns add up to {shown(total)}, as they do for the other rows.",
            page=page,
            table_no=grid.table.table_no,
            row=row,
            col=col,
            found=grid.texts[row][col],
            expected=shown(total),
        )


def _row_fits(grid: Grid, row: int, chosen: list[int], col: int) -> bool:
    printed = grid.numbers[row][col]
    parts = [n for c in chosen if (n := grid.numbers[row][c])]
    if printed is None or not parts:
        return False
    return abs(sum((n.value for n in parts), Decimal(0)) - printed.value) <= _tolerance(grid, col, row, parts, printed)
