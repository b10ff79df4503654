"""Capital: lists of schemes, programmes with years as columns, variances, budget changes, milestones."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.capital_columns import Columns, columns_of, financial_year_of_text
from extractors.capital_rows import CapitalRows
from extractors.join_columns import JoinedTable, join_columns
from extractors.kinds.base import Context, Extraction, Match
from extractors.parse.folding import key
from extractors.parse.money import money_unit
from extractors.sheet import Sheet
from extractors.vocabulary import header_role
from schemas.document import RawTable

NAME = "capital"

_SUBJECT = re.compile(r"\bcapital\b|\binvestment (?:programme|fund|plan)\b|\bestates?\b|\bmilestones?\b", re.IGNORECASE)
_RELATED = re.compile(
    r"\b(?:schemes?|projects?|programme|allocations?|funding|awards?|infrastructure|baseline|rephas"
    r"|slippage|borrowing|grants?)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\brevenue\b|\brisks?\b|\bsavings?\b|\befficienc|\bincome\b|\breserves?\b|\bdebt\b|\bsalar|\bpay\b", re.IGNORECASE
)
_SCHEME_WORD = re.compile(r"\b(?:schemes?|projects?)\b")
_CAPTION = 80
"""Characters: a longer line is prose, and a sum of money in prose is no unit."""
_NEAR = 70.0
"""Points between a table and its caption."""
_PAGES_APART = 8
"""A wide sheet's columns go on within so many pages."""


@dataclass(frozen=True, slots=True)
class Capital:
    """The kind `capital`."""

    name: str = NAME

    def match(self, table: RawTable, context: Context) -> Match:
        """By its headings, the money and dates below them, and the words above the table."""
        columns = columns_of(_sheet(_whole(table, context).table))
        if columns is None:
            return Match(0.0, "no column of schemes beside money or dates")
        found: list[str] = []
        score = _by_headings(columns, found) + _by_subject(columns, context, found)
        return Match(round(max(0.0, min(1.0, score)), 3), "; ".join(found))

    def read(self, table: RawTable, context: Context) -> Extraction:
        """A record a scheme and one for each of its amounts; the fate of every other row."""
        whole = _whole(table, context)
        columns = columns_of(_sheet(whole.table))
        if columns is None:
            return Extraction()
        return CapitalRows(table, whole, columns, context).read()


KIND = Capital()


def _sheet(table: RawTable) -> Sheet:
    return Sheet.of(table, _role)


def _role(text: str) -> str | None:
    """What a heading promises: a role of the data file, else money, where it names a year or a unit."""
    known = header_role(NAME, text)
    if known is None and len(text) < _CAPTION and (financial_year_of_text(text) or money_unit(text)):
        return "amount"
    return known


def _whole(table: RawTable, context: Context) -> JoinedTable:
    """The table with the columns that stand on other pages, be it the first part or a later one."""
    near = [
        other
        for other in context.document.tables
        if abs(other.page - table.page) <= _PAGES_APART and other.table_no != table.table_no
    ]
    near.append(table)
    near.sort(key=lambda one: one.table_no)
    whole = next(joined for joined in join_columns(near) if table.table_no in joined.parts)
    units = tuple(text for text in _lines_beside(whole.table, context) if money_unit(text))
    return replace(whole, table=replace(whole.table, notes=(*whole.table.notes, *units)))


def _lines_beside(table: RawTable, context: Context) -> list[str]:
    """Short lines just above or below the table: captions that may state the unit of its amounts."""
    return [
        line.text
        for page in context.document.pages
        if page.number == table.page
        for line in page.lines
        if not line.in_table
        and len(line.text) <= _CAPTION
        and table.bbox.top - _NEAR <= line.bbox.top <= table.bbox.bottom + _NEAR / 2
    ]


def _by_headings(columns: Columns, found: list[str]) -> float:
    headings = columns.sheet.headings
    score = 0.0
    if header_role(NAME, headings[columns.scheme]) == "scheme":
        strong = _SCHEME_WORD.search(key(headings[columns.scheme]))
        score += 0.35 if strong else 0.15
        found.append(f"schemes under “{headings[columns.scheme]}”")
    if "value" in columns.single:
        score += 0.25
        found.append(f"a value under “{columns.heading(columns.single['value'])}”")
    years = [col for col in columns.money if columns.financial_year(col, columns.sheet.n_header)]
    if len(years) >= 2:
        score += 0.2
        found.append(f"{len(years)} financial years as columns")
    if columns.money:
        score += 0.15
        found.append(f"{len(columns.money)} columns of amounts")
    if "completion" in columns.single:
        score += 0.15
        found.append(f"completion under “{columns.heading(columns.single['completion'])}”")
    if "source" in columns.single:
        score += 0.1
    if columns.dates:
        score += 0.05
    return score


def _by_subject(columns: Columns, context: Context, found: list[str]) -> float:
    table = columns.sheet.table
    near = " ".join((table.title or "", *columns.sheet.title_rows, *columns.sheet.headings))
    above = " ".join((table.heading or "", *table.notes, *_lines_above(table, context)))
    score = 0.0
    if money_unit(near):
        score += 0.15
    elif money_unit(above) or any("£" in cell.text for cell in table.cells):
        score += 0.05
    else:
        score -= 0.1
    related = {word.lower() for word in _RELATED.findall(f"{near} {above}")}
    if said := _SUBJECT.search(near):
        score += 0.3
        found.append(f"“{said.group()}” in its title or headings")
    elif said := _SUBJECT.search(above):
        score += 0.2
        found.append(f"“{said.group()}” above it")
    elif related:
        score += 0.1 * min(4, len(related))
        found.append(f"{', '.join(sorted(related))} in the words about it")
    if said and related:
        score += 0.1
    if not said and _OTHER.search(near):
        score -= 0.4
    if not said and len(related) < 2 and not _SCHEME_WORD.search(key(columns.sheet.headings[columns.scheme])):
        score -= 0.25
    return score


def _lines_above(table: RawTable, context: Context) -> list[str]:
    """The page's lines above the table, its headings among them."""
    return [
        line.text
        for page in context.document.pages
        if page.number == table.page
        for line in page.lines
        if not line.in_table and line.bbox.bottom <= table.bbox.top + 2
    ][:6]
