"""One row of a capital table as values: the scheme's, and those of each of its amounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from extractors.capital_columns import Columns, rag_in
from extractors.capital_values import Said, read_amount, read_completion
from schemas.outcome import Scalar


class Remark(NamedTuple):
    """What is to be said of a cell: the view's column, the table's column, and the words."""

    column: str
    col: int | None
    said: Said


class Amount(NamedTuple):
    """One printed amount, date or word beside a scheme, in its column of the table."""

    col: int
    text: str
    gbp: float | None = None
    remark: Remark | None = None


def scheme_values(
    columns: Columns, row: int, name: str, section: str | None, near: date | None
) -> tuple[dict[str, Scalar], tuple[Remark, ...]]:
    """The row as `capital_schemes` has it. `near`, the meeting's day, settles years that are not printed."""
    single = columns.single
    value_col, completion_col, rag_col = (single.get(role) for role in ("value", "completion", "rag"))
    value_text, completion_text = columns.text(row, "value"), columns.text(row, "completion")
    amount = read_amount(value_text, columns.multiplier(value_col) if value_col is not None else None)
    completion = read_completion(completion_text, near)
    values: dict[str, Scalar] = {
        "section": columns.text(row, "section") or section,
        "scheme": name,
        "lead_organisation": columns.text(row, "lead") or None,
        "funding_source": columns.text(row, "source") or None,
        "value_text": value_text or None,
        "value_gbp": amount.gbp,
        "value_qualifier": amount.qualifier,
        "completion_text": completion_text or None,
        "completion_from": completion.first,
        "completion_by": completion.last,
        "completion": completion.state,
        "rag": rag_in(columns.sheet, row, rag_col) if rag_col is not None else None,
        "ref": columns.text(row, "ref") or None,
        "description": description(columns, row) or None,
    }
    remarks = (
        Remark("value_gbp", value_col, amount.said),
        Remark("completion_by", completion_col, completion.said),
    )
    return values, remarks


def description(columns: Columns, row: int) -> str:
    """What the row's columns of words say, each under its heading where there are several."""
    said = [(col, columns.sheet.own(row, col)) for col in columns.descriptions]
    said = [(col, text) for col, text in said if text]
    if len(columns.descriptions) == 1:
        return said[0][1] if said else ""
    return "; ".join(f"{columns.heading(col)}: {text}" for col, text in said)


def words(columns: Columns, row: int) -> Iterator[Amount]:
    """What is printed in words beside a further line of a scheme: kept beside its amounts."""
    for col in columns.descriptions:
        if text := columns.sheet.own(row, col):
            yield Amount(col, text)


def amounts(columns: Columns, row: int) -> Iterator[Amount]:
    """The row's amounts and milestones, where money stands in other columns than the scheme's value."""
    if not columns.is_programme:
        return
    for col in (*columns.amounts, *columns.dates):
        text = columns.sheet.own(row, col)
        if not text:
            continue
        if col not in columns.amounts or columns.is_percent(col):
            yield Amount(col, text)
            continue
        amount = read_amount(text, columns.multiplier(col))
        remark = Remark("amount_gbp", col, amount.said) if col != columns.single.get("value") else None
        yield Amount(col, text, amount.gbp, remark)


def profile_values(columns: Columns, row: int, name: str, section: str | None, amount: Amount) -> dict[str, Scalar]:
    """One amount as `capital_profile` has it."""
    return {
        "scheme": name,
        "heading": columns.heading(amount.col),
        "financial_year": columns.financial_year(amount.col, row),
        "amount_gbp": amount.gbp,
        "amount_text": amount.text,
        "ref": columns.text(row, "ref") or None,
        "section": columns.text(row, "section") or section,
        "lead_organisation": columns.text(row, "lead") or None,
        "year_text": columns.text(row, "year") or None,
    }
