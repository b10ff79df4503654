"""Which column of a capital table holds what: the scheme, its value, its money by year, its completion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from extractors.parse.dates import When, find_dates, parse_date
from extractors.parse.finding_dates import consecutive, find_stretches
from extractors.parse.folding import key, plain
from extractors.parse.money import Money, money_unit, parse_money
from extractors.parse.problem import Problem
from extractors.parse.rag import parse_rag, rag_of_dot, rag_of_fill
from extractors.sheet import Sheet
from extractors.vocabulary import header_role
from schemas.finding import Finding

_KIND = "capital"
_SINGLE = ("ref", "section", "lead", "source", "year")
_STRONG_SCHEME = re.compile(r"\b(?:schemes?|projects?)\b")
_GROUPING = re.compile(
    r"^(?:directorate|department|division|service|service area|portfolio|theme|category|priority theme)$"
)
_PROGRAMME = re.compile(r"^(?:programme|workstream|block)(?: area| name)?$")
_STRONG_VALUE = re.compile(
    r"^(?:total|scheme|project|capital|approved|whole life|gross|estimated)\b.*\b(?:cost|value|budget)"
    r"|^value$|^cost$"
)
_STRONG_COMPLETION = re.compile(r"\bcomplet")
_TWO_DIGITS = re.compile(r"(?<![\d/.-])(\d\d) ?[/-] ?(\d\d)(?![\d/.-])")
_DURATION = re.compile(r"[-+]? ?\d{1,3} (?:days?|weeks?|months?|years?)", re.IGNORECASE)
"""What milestone tables print for a date that moved."""
_NOTHING = Money(Decimal(0), "exact")
_PERCENT = re.compile(r"%|\bper ?cent\b", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """The columns of one capital table, by what they hold."""

    sheet: Sheet
    scheme: int
    single: dict[str, int]
    """ref, section, lead, source, year, value, completion, rag -> column."""
    descriptions: tuple[int, ...]
    money: tuple[int, ...]
    """Columns of amounts, the value's left out."""
    dates: tuple[int, ...]
    """Columns of dates that are no completion: milestones."""
    unknown: tuple[int, ...]
    unit: int | None
    """What the table as a whole states: 1,000 of "£000" in its title or a note; None where nothing does."""

    def text(self, row: int, role: str) -> str:
        """The text under a role in a row, a merged cell's in all its rows."""
        if role == "scheme":
            return self.sheet.text(row, self.scheme)
        col = self.single.get(role)
        return self.sheet.down(row, col) if col is not None else ""

    def heading(self, col: int) -> str:
        """The heading over a column, as printed; its place where it has none."""
        return self.sheet.headings[col] or f"column {col + 1}"

    def multiplier(self, col: int) -> int | None:
        """What an amount in this column is multiplied by: its heading's unit, else the table's."""
        return money_unit(self.sheet.headings[col]) or self.unit

    def is_percent(self, col: int) -> bool:
        """Whether the heading says that the numbers below it are percentages, no money."""
        return bool(_PERCENT.search(self.sheet.headings[col])) and money_unit(self.sheet.headings[col]) is None

    def financial_year(self, col: int, row: int) -> str | None:
        """2024/25, of the column's heading, or of the row's own year column; None where neither names one."""
        year = financial_year_of_text(self.sheet.headings[col])
        return year or (financial_year_of_text(self.text(row, "year")) if "year" in self.single else None)

    @cached_property
    def amounts(self) -> tuple[int, ...]:
        """All columns of money, the value's first."""
        value = self.single.get("value")
        return self.money if value is None else (value, *self.money)

    @property
    def is_programme(self) -> bool:
        """Whether money stands in other columns than the scheme's value."""
        return bool(self.money or self.dates)

    def unknown_headings(self) -> Iterator[Finding]:
        """One finding for each column that no heading of the data file describes and that holds text."""
        table = self.sheet.table
        for col in self.unknown:
            yield Finding(
                "warning",
                "table",
                "unknown_header",
                f"Page {table.page}, table {table.table_no}: no column of capital schemes is called "
                f"“{self.heading(col)}”; its text "
                "is in the cells only. Add the heading to headers.toml if it should be read.",
                page=table.page,
                table_no=table.table_no,
                col=col,
                found=self.heading(col),
                bbox=table.bbox,
            )


def financial_year_of_text(text: str) -> str | None:
    """2024/25, where the text names just one financial year: "2024-25 Year 1 £000s", "24/25 forecast"."""
    bare = plain(text)
    years = {s.days.first.year for s in find_stretches(bare) if s.precision == "financial_year" and s.days}
    years |= {year for m in _TWO_DIGITS.finditer(bare) if (year := consecutive(m[1], m[2])) is not None}
    if len(years) != 1:
        return None
    year = years.pop()
    return f"{year}/{(year + 1) % 100:02d}"


def columns_of(sheet: Sheet) -> Columns | None:
    """The columns of a table of schemes; None where no column names schemes or none holds money or dates."""
    table = sheet.table
    if table.n_cols < 2 or not len(sheet.body):
        return None
    roles = [_role(sheet, col) for col in range(table.n_cols)]
    shows = [_content(sheet, col) for col in range(table.n_cols)]
    scheme = _scheme_column(sheet, roles, shows)
    if scheme is None:
        return None
    for col in range(min(2, table.n_cols)):
        if roles[col] is None and shows[col] == "money" and _counts_up(sheet, col):
            roles[col] = "ref"
    single: dict[str, int] = {}
    for name in _SINGLE:
        cols = [c for c, role in enumerate(roles) if role == name and c != scheme]
        cols = [c for c in cols if shows[c] != "money" or name in ("ref", "year")]
        if cols:
            single[name] = cols[0]
    grouping = [
        c
        for c, role in enumerate(roles)
        if role == "scheme" and c != scheme and shows[c] in ("text", "signs") and _groups(sheet, c, scheme)
    ]
    if grouping:
        single.setdefault("lead" if _GROUPING.match(key(sheet.headings[grouping[0]])) else "section", grouping[0])
    for name, strong, content in (
        ("value", _STRONG_VALUE, "money"),
        ("completion", _STRONG_COMPLETION, "dates"),
    ):
        cols = [c for c, role in enumerate(roles) if role == name and c != scheme]
        cols = [c for c in cols if shows[c] in (content, "signs", "blank")]
        said = [c for c in cols if strong.search(_bare(sheet.headings[c]))]
        if cols and not (name == "value" and "year" in single):
            single[name] = (said or cols)[0]
    rag = next((c for c, role in enumerate(roles) if role == "rag" and c not in single.values()), None)
    if rag is not None:
        single["rag"] = rag
    rest = [c for c in range(table.n_cols) if c != scheme and c not in single.values()]
    money = tuple(c for c in rest if roles[c] != "ref" and (shows[c] == "money" or _is_empty_money(sheet, c, roles[c])))
    dates = tuple(c for c in rest if c not in money and shows[c] in ("dates", "signs"))
    left = [c for c in rest if c not in money and c not in dates and shows[c] != "blank"]
    worded = ("description", "amount", "value", "completion", "scheme", "source")
    descriptions = tuple(c for c in left if roles[c] in worded)
    unknown = tuple(c for c in left if c not in descriptions)
    if roles[scheme] != "scheme" and not all(_is_heading(sheet.headings[c]) for c in money):
        return None
    if not (money or len(dates) >= 2 or single.keys() & {"value", "completion"}):
        return None
    return Columns(sheet, scheme, single, descriptions, money, dates, unknown, _table_unit(sheet))


def _groups(sheet: Sheet, col: int, scheme: int) -> bool:
    """Whether a column headed like schemes, beside theirs, groups them: at their left, or by what it is called."""
    heading = key(sheet.headings[col])
    return col < scheme or bool(_GROUPING.match(heading) or _PROGRAMME.match(heading))


def _counts_up(sheet: Sheet, col: int) -> bool:
    """Whether a column numbers its rows: 1, 2, 3 or 2.1, 2.2, 2.3."""
    texts = [text.rstrip(".)") for row in sheet.body if (text := sheet.own(row, col))]
    if len(texts) < 3 or any(not re.fullmatch(r"\d{1,2}(?:\.\d{1,2})*", text) for text in texts):
        return False
    numbers = [[int(part) for part in text.split(".")] for text in texts]
    steps = [later[-1] - earlier[-1] for earlier, later in pairwise(numbers)]
    return sum(step == 1 for step in steps) >= 0.8 * len(steps)


def _is_heading(text: str) -> bool:
    """Whether a text can head a column of money: it is there, and it is no number itself."""
    return bool(text) and isinstance(parse_money(text), Problem)


def _is_empty_money(sheet: Sheet, col: int, role: str | None) -> bool:
    """A column of nothing but signs whose heading promises money."""
    heading = sheet.headings[col]
    promised = role in ("amount", "value") or money_unit(heading) or financial_year_of_text(heading)
    return bool(promised) and _content(sheet, col) == "signs"


def _role(sheet: Sheet, col: int) -> str | None:
    heading = sheet.headings[col]
    found = header_role(_KIND, heading) if heading else None
    if found is None:
        found = next((r for line in sheet.heading_lines(col) if (r := header_role(_KIND, line))), None)
    return found


def _bare(heading: str) -> str:
    return re.sub(r"£ ?(?:000s?|k|m)?|\b000s?\b", "", key(heading)).strip()


def _scheme_column(sheet: Sheet, roles: list[str | None], shows: list[str]) -> int | None:
    """The column of names: headed as schemes or projects, else as what is funded, else the first of words."""
    named = [c for c, role in enumerate(roles) if role == "scheme" and shows[c] in ("text", "mixed")]
    strong = [c for c in named if _STRONG_SCHEME.search(key(sheet.headings[c]))]
    if strong or named:
        return (strong or named)[0]
    texts = [
        c
        for c in range(sheet.table.n_cols)
        if shows[c] in ("text", "mixed")
        and roles[c] in (None, "source", "description", "value", "section", "amount", "lead")
    ]
    return texts[0] if texts and texts[0] <= 2 else None


def _content(sheet: Sheet, col: int) -> str:
    """What most filled cells of a column's body are: money, dates, text; signs ("TBC", "-")
    where all are; or blank."""
    texts = [text for row in sheet.body if sheet.sort(row) in ("body", "total") and (text := sheet.own(row, col))]
    told = [kinds for text in texts if (kinds := _readings(text)) != {"sign"}]
    if not told:
        return "signs" if texts else "blank"
    years = sum(kinds == {"money", "date"} for kinds in told)
    money = sum("money" in kinds for kinds in told)
    dates = sum("date" in kinds for kinds in told)
    if money >= dates and money >= 0.6 * len(told):
        is_completion = years == money and _role(sheet, col) == "completion"
        return "dates" if is_completion else "money"
    return "dates" if dates >= 0.6 * len(told) else "text"


def _readings(text: str) -> set[str]:
    """Everything that a cell's text may be: an amount, a date, a sign for neither; empty where
    it is words."""
    money, when = parse_money(text), parse_date(text)
    found: set[str] = set()
    if isinstance(money, Money) and money.gbp is not None:
        found.add("money")
    if (isinstance(when, When) and when.last) or (isinstance(when, Problem) and find_dates(text)):
        found.add("date")
    if _DURATION.fullmatch(text) or (found == {"money"} and money == _NOTHING):
        found.add("date")
    if not found and (isinstance(money, Money) or isinstance(when, When)):
        found.add("sign")
    return found


def _table_unit(sheet: Sheet) -> int | None:
    """The one unit that the title, a heading without amounts of its own, or else a note states."""
    table = sheet.table
    places = (
        (table.title or "", *sheet.title_rows, *sheet.across),
        tuple(sheet.headings),
        (table.heading or "", *table.notes),
    )
    for texts in places:
        units = {unit for text in texts if (unit := money_unit(text)) is not None}
        if len(units) == 1:
            return units.pop()
    return None


def rag_in(sheet: Sheet, row: int, col: int) -> str | None:
    """The rating in a cell: its word, else its fill."""
    text = sheet.text(row, col)
    rag = parse_rag(text) if text else None
    if isinstance(rag, str):
        return rag
    cell = sheet.cell(row, col)
    return (rag_of_dot(text, cell.text_colour) or rag_of_fill(cell.fill)) if cell else None
