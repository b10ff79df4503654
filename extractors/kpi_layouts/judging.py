"""How far a table looks like one of performance: by headings, by rows, by its numbers, and by its title."""

from __future__ import annotations

import re
from datetime import date

from extractors.kinds.base import Match
from extractors.kpi_layouts.axes import body_labels
from extractors.kpi_layouts.grid import Grid
from extractors.kpi_layouts.matrix import Matrix
from extractors.kpi_layouts.values import Value, read_cell
from extractors.kpi_layouts.words import is_measure_like, is_of_another_trade, is_organisation, role_of
from extractors.parse.folding import fold, key
from extractors.parse.money import money_unit

_TELLING = {
    "measure": 0.3,
    "threshold": 0.15,
    "latest_period": 0.15,
    "latest": 0.1,
    "previous": 0.1,
    "ytd": 0.15,
    "trend": 0.15,
    "rag": 0.1,
    "mean": 0.15,
    "lower_limit": 0.15,
    "upper_limit": 0.15,
    "variation": 0.15,
    "assurance": 0.15,
    "plan": 0.1,
    "variance": 0.1,
    "breakdown": 0.15,
    "organisation": 0.15,
}
"""How much a heading of that role says for a performance table."""

_CAPITAL = re.compile(r"\b(?:capital|schemes?|awards?|allocations?|milestones?|borrowing)\b", re.IGNORECASE)
_FUNDING = re.compile(r"\b(?:funding|grants?|programme budget|investments?)\b", re.IGNORECASE)
_VARIANCE = re.compile(r"\b(?:variance|var|variation|over under|under over|difference)\b")
_PLAN = re.compile(r"\b(?:plan|planned|budget|target|trajectory)\b")
_ACTUAL = re.compile(r"\b(?:actual|actuals|forecast|outturn|spend)\b")
_MONEY = re.compile(r"£")
_FINANCE = re.compile(
    r"\b(?:reserves?|balances?|budgets?|forecasts?|income|expenditure|surplus|deficit|savings?|outturn|cash|debts?)\b"
)

_NAMES_ONLY = (
    "rows that name organisations",
    "rows of a breakdown",
    "headings for organisation",
    "headings for breakdown",
)
"""Names beside numbers may be of anything: votes, beds, invoices."""


def judge(grid: Grid, near: date | None) -> Match:
    """The best of the table's blocks: 0 to 0.98, and the reasons in words."""
    best = Match(0.0, "")
    for block in grid.blocks():
        if not block.body:
            continue
        match = _judge_block(grid, Matrix(grid, block, near))
        if match.score > best.score:
            best = match
    return best


def _judge_block(grid: Grid, matrix: Matrix) -> Match:
    values = matrix.values
    body = [row for row in matrix.block.body if row not in matrix.block.repeated]
    cells = [grid.cell(row, c.col) for row in body for c in values]
    printed = [cell for cell in cells if cell is not None and (fold(cell.text) or cell.symbol)]
    read = [
        value for cell in printed if (value := read_cell(cell)) is not None and value.is_read and not _is_tick(value)
    ]
    if not values or len(read) < 1:
        return Match(0.0, "no column of values")
    share = len(read) / max(1, len(printed))
    score, reasons = 0.0, []
    roles = {role for c in matrix.columns if (role := role_of(c.heading)) is not None}
    roles |= {c.role for c in matrix.columns if c.role in ("ytd", "trend", "rag", "latest_period")}
    telling = [role for role in _TELLING if role in roles]
    if telling:
        score += sum(_TELLING[role] for role in telling)
        reasons.append("headings for " + ", ".join(role.replace("_", " ") for role in telling))
    periods = sum(h.period is not None for h in matrix.headings.values())
    if periods >= 2:
        score += 0.35 if periods == 2 or share < 0.8 else 0.45
        reasons.append(f"{periods} columns of periods")
    organisations = sum(h.organisation is not None for h in matrix.headings.values())
    if organisations >= 2:
        score += 0.3
        reasons.append(f"{organisations} columns of organisations")
    if any(grid.is_rating_legend(row) for row in matrix.block.headings):
        score += 0.3
        reasons.append("counts under ratings")
    if told := _plan_and_actual(matrix):
        score += 0.25 + 0.1 * (told - 1)
        reasons.append("plan, actual and variance")
    if _is_account(grid, matrix):
        score += 0.4
        reasons.append("an account in money")
    if matrix.measures_across:
        score += 0.2
        reasons.append("columns that name measures")
    score, reasons = _by_rows(grid, matrix, score, reasons)
    titles = matrix.titles.texts
    if any(is_measure_like(text) for text in titles):
        score += 0.15
        reasons.append("a title that names a measure")
    if all(reason.startswith(_NAMES_ONLY) for reason in reasons):
        score -= 0.2
    if share < 0.5:
        score -= 0.4
        reasons.append("few of its cells are values")
    elif len(values) >= 2 and share >= 0.9:
        score += 0.1
    return _less_other_trades(matrix, score, reasons)


def _is_tick(value: Value) -> bool:
    """A cross in a column of months is an entry of a plan of work, and no value that is missing."""
    return value.text.lower() == "x"


def _plan_and_actual(matrix: Matrix) -> int:
    """How many of plan, actual and variance are headings; 0 where fewer than two are."""
    headings = [key(text) for c in matrix.values for text in c.path]
    told = sum(any(pattern.search(text) for text in headings) for pattern in (_VARIANCE, _PLAN, _ACTUAL))
    return told if told >= 2 else 0


def _is_account(grid: Grid, matrix: Matrix) -> bool:
    """Columns of money, each headed, whose unit is stated, under words of finance."""
    headings = [text for c in matrix.values for text in (c.unit, *c.path)]
    rows = [text for row in (*matrix.block.title_rows, *matrix.block.headings) for _, text in grid.row_texts(row)]
    if len(matrix.values) < 2 or not all(c.path for c in matrix.values):
        return False
    if not any(money_unit(text) for text in (*headings, *rows, *matrix.titles.texts, *grid.table.notes)):
        return False
    labels = [c.heading for c in matrix.columns if not c.is_value]
    return bool(_FINANCE.search(key(" ".join((*matrix.titles.texts, *headings, *labels)))))


def _by_rows(grid: Grid, matrix: Matrix, score: float, reasons: list[str]) -> tuple[float, list[str]]:
    labels = [text for label in matrix.labels for text in body_labels(grid, matrix.block, label.col)]
    if labels:
        measures = sum(is_measure_like(text) for text in labels) / len(labels)
        organisations = sum(is_organisation(text) for text in labels) / len(labels)
        if measures >= 0.4:
            score += 0.25
            reasons.append("rows that name measures")
        elif organisations >= 0.4:
            score += 0.35
            reasons.append("rows that name organisations")
        elif "breakdown" in matrix.row_axes and len(matrix.values) >= 2:
            score += 0.25
            reasons.append("rows of a breakdown")
        elif "period" in matrix.row_axes:
            score += 0.25
            reasons.append("rows of periods")
    return score, reasons


def _less_other_trades(matrix: Matrix, score: float, reasons: list[str]) -> Match:
    headings = [text for c in matrix.columns for text in c.path]
    others = [text for text in headings if is_of_another_trade(text)]
    if others:
        score -= 0.35 * min(2, len(set(others)))
        reasons.append(f"but “{others[0][:40]}” is no heading of such tables")
    about = " ".join((*headings, *matrix.titles.texts))
    money = _MONEY.search(" ".join((about, *matrix.grid.table.notes)))
    if _CAPITAL.search(about) or (_FUNDING.search(about) and money):
        score -= 0.3
        reasons.append("but it speaks of schemes, or of money for them")
    return Match(max(0.0, min(0.98, score)), "; ".join(reasons))
