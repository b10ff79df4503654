"""What the checks look at: the pack's tables, its prose, and its typed values in one handy shape."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import TypeVar, cast

from extractors.parse.folding import fold, key
from extractors.parse.money import Money, parse_money
from extractors.parse.numbers import Number, parse_number
from schemas.document import Document, RawTable, TextLine
from schemas.outcome import PackMeta, Record, RowFate, Scalar, TableKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as a cell prints it. `step` is its last printed digit: 0.01 of "93.78%", 1 of "4,443"."""

    value: Decimal
    unit: str
    step: Decimal


@dataclass(frozen=True, slots=True)
class Value:
    """One row of the kpis view, with numbers as numbers and days as days."""

    table_no: int
    row: int
    col: int | None
    page: int
    measure: str
    organisation: str
    """The canonical name's words, or the printed name's where there is none: equal for spellings of one name.
    """
    organisation_text: str
    breakdown: str
    series: str
    period_text: str
    period_start: date | None
    period_end: date | None
    value: Decimal | None
    value_text: str
    step: Decimal
    unit: str
    missing: str | None
    threshold: Decimal | None
    better: str | None
    rag: str | None
    trend: str | None


@dataclass(frozen=True)
class Evidence:
    """One pack, before it is stored."""

    document: Document
    meta: PackMeta
    kinds: tuple[TableKind, ...]
    records: tuple[Record, ...]
    fates: tuple[RowFate, ...]
    values: tuple[Value, ...] = field(default=())
    _worked_out: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: object, work: Callable[[], T]) -> T:
        """What `work` gives, worked out for the first check that asks."""
        if name not in self._worked_out:
            self._worked_out[name] = work()
        return cast(T, self._worked_out[name])

    @cached_property
    def tables(self) -> dict[int, RawTable]:
        """Table number -> table."""
        return {table.table_no: table for table in self.document.tables}

    @cached_property
    def kind_of(self) -> dict[int, str | None]:
        """Table number -> kind."""
        return {kind.table_no: kind.kind for kind in self.kinds}

    @cached_property
    def totals(self) -> set[tuple[int, int]]:
        """(table, row) of the rows that the kinds set aside as totals."""
        return {(fate.table_no, fate.row) for fate in self.fates if "total" in fate.reason.lower()}

    @cached_property
    def sentences(self) -> dict[int, list[str]]:
        """Page -> the sentences of its running text, tables left out."""
        return {page.number: page_sentences(self, page.number) for page in self.document.pages}

    @cached_property
    def meeting_date(self) -> date | None:
        """The meeting's day."""
        return as_date(self.meta.meeting_date)


def gather(
    document: Document,
    meta: PackMeta,
    kinds: tuple[TableKind, ...],
    records: tuple[Record, ...],
    fates: tuple[RowFate, ...],
) -> Evidence:
    """The pack with its kpis typed."""
    values = tuple(_value(record) for record in records if record.into == "kpis")
    return Evidence(document, meta, kinds, records, fates, values)


def printed_number(text: str) -> Printed | None:
    """The number that all of a text is, or None. An approximate amount ("c. 9,000.") counts with its figure."""
    number = parse_number(text)
    if isinstance(number, Number):
        return Printed(number.value, number.unit, _step(text))
    if not re.search(r"\d", text) or re.search(r"\d ?[a-z]", text, re.IGNORECASE):
        return None
    money = parse_money(text)
    if isinstance(money, Money) and money.qualifier == "approximate" and money.gbp is not None:
        return Printed(money.gbp, "gbp", _step(text))
    return None


def as_date(value: Scalar) -> date | None:
    """A day from its ISO text."""
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def as_text(value: Scalar) -> str:
    """Folded text; an absent value is the empty text."""
    return fold(str(value)) if value is not None else ""


def as_number(value: Scalar) -> Decimal | None:
    """A number, exact as far as its shortest decimal form."""
    if value is None or isinstance(value, bool) or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def grouped(values: tuple[Value, ...]) -> dict[tuple[int, str, str, str, str], dict[str, Value]]:
    """(table, measure, breakdown, series, period) -> organisation -> its value

    the first of doubles stands.
    """
    groups: dict[tuple[int, str, str, str, str], dict[str, Value]] = defaultdict(dict)
    for value in values:
        name = (value.table_no, value.measure, value.breakdown, value.series, value.period_text)
        groups[name].setdefault(value.organisation, value)
    return groups


def shown(number: Decimal) -> str:
    """A number for a sentence: thousands with commas, no needless zeros."""
    number = number.normalize()
    if number == number.to_integral_value():
        return f"{int(number):,}"
    return f"{number:,f}"


def page_sentences(evidence: Evidence, number: int) -> list[str]:
    """The running text of one page as sentences, columns kept apart; lines that belong to tables are left out."""
    page = next(page for page in evidence.document.pages if page.number == number)
    blocks: list[list[TextLine]] = []
    lines = [line for line in page.lines if not line.in_table and line.text.strip()]
    for line in sorted(lines, key=lambda item: (item.bbox.top, item.bbox.x0)):
        above = [block for block in blocks if _continues(block[-1], line)]
        if above:
            max(above, key=lambda block: block[-1].bbox.bottom).append(line)
        else:
            blocks.append([line])
    return [
        sentence.strip()
        for block in blocks
        for sentence in re.split(r"(?<=[.!?;])\s+(?=[A-Z“\"(•])|\s(?=[•➢▪])", _joined(block))
        if sentence.strip()
    ]


def _continues(above: TextLine, below: TextLine) -> bool:
    """Set in one size, one under the other, with no more than a line's height between them."""
    a, b = above.bbox, below.bbox
    gap = b.top - a.bottom
    shared = min(a.x1, b.x1) - max(a.x0, b.x0)
    narrower = max(min(a.x1 - a.x0, b.x1 - b.x0), 1.0)
    return (
        -0.5 * above.size <= gap <= 0.9 * max(above.size, below.size, 1.0)
        and abs(above.size - below.size) <= 1.5
        and shared >= 0.3 * narrower
    )


def _joined(block: list[TextLine]) -> str:
    text = ""
    for line in block:
        piece = fold(line.text)
        if text.endswith("-") and piece[:1].islower() and text[-2:-1].isalpha():
            text = text[:-1] + piece
        else:
            text = f"{text} {piece}" if text else piece
    return text


def _step(text: str) -> Decimal:
    fraction = re.search(r"\d[.](\d+)|(?:^|\D)[.](\d+)", text)
    digits = len(next(group for group in fraction.groups() if group)) if fraction else 0
    return Decimal(1).scaleb(-digits)


def _step_of(values: Mapping[str, Scalar]) -> Decimal:
    """The last printed digit in the value's unit: a million pounds of "264" in a table of £m."""
    text, value = as_text(values.get("value_text")), as_number(values.get("value"))
    step = _step(text)
    printed = parse_number(text) if values.get("unit") == "gbp" and value else None
    if not isinstance(printed, Number) or not printed.value or value is None:
        return step
    return step * abs(value / printed.value)


def _value(record: Record) -> Value:
    values = record.values
    printed = as_text(values.get("organisation_text"))
    name = as_text(values.get("organisation")) or printed
    return Value(
        table_no=record.table_no,
        row=record.row,
        col=record.col,
        page=record.page,
        measure=as_text(values.get("measure")),
        organisation=key(name),
        organisation_text=printed or name,
        breakdown=as_text(values.get("breakdown")),
        series=as_text(values.get("series")) or "actual",
        period_text=as_text(values.get("period_text")),
        period_start=as_date(values.get("period_start")),
        period_end=as_date(values.get("period_end")),
        value=as_number(values.get("value")),
        value_text=as_text(values.get("value_text")),
        step=_step_of(values),
        unit=as_text(values.get("unit")),
        missing=as_text(values.get("missing")) or None,
        threshold=as_number(values.get("threshold")),
        better=as_text(values.get("better")) or None,
        rag=as_text(values.get("rag")) or None,
        trend=as_text(values.get("trend")) or None,
    )
