"""KPI panels: a box with measure, rating and arrow, over a strip "Latest: 97% | Target: 97%"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from extractors.kpi_layouts.draft import Draft, Place
from extractors.kpi_layouts.grid import Grid
from extractors.kpi_layouts.values import Value, read_value
from extractors.kpi_layouts.words import is_heading_word, period_of
from extractors.parse.folding import fold, plain
from extractors.parse.periods import Period
from extractors.parse.rag import Rag, parse_rag, rag_of_fill
from schemas.document import Cell, RawTable, Trend
from schemas.outcome import RowFate

_LATEST = re.compile(r"^(?:latest|current|actual|performance|value)\b", re.IGNORECASE)
_PREVIOUS = re.compile(r"^(?:previous|prior|last)\b", re.IGNORECASE)
_TARGET = re.compile(r"^(?:target|threshold|standard|plan|goal)\b", re.IGNORECASE)
_SAYS = re.compile(
    r"^(?P<label>(?:latest|current|actual|performance|value|previous|prior|last)[a-z ]{0,20}?(?:\([^)]*\))?)"
    r" ?[:=–-] ?(?P<value>.+)$",
    re.IGNORECASE,
)


def is_panel(table: RawTable) -> bool:
    """A strip that labels its own values, below a title that no other row is like."""
    strip = _strip(table)
    return strip is not None and table.n_rows <= 8 and _title(Grid(table), strip) is not None


def read_panel(table: RawTable, near: date | None) -> tuple[list[Draft], list[RowFate]]:
    """The latest and the previous value, with the target's text and the title's rating and arrow."""
    grid = Grid(table)
    strip = _strip(table)
    assert strip is not None
    title = _title(grid, strip)
    cells = [cell for cell in table.cells if cell.row == strip and fold(cell.text)]
    threshold = next((fold(cell.text) for cell in cells if _TARGET.match(plain(cell.text))), None)
    rating, trend = _signs(table, strip)
    drafts = []
    for cell in cells:
        match = _SAYS.match(plain(cell.text))
        if match is None:
            continue
        is_latest = bool(_LATEST.match(match["label"]))
        value = read_value(fold(cell.text))
        period_text = fold(match["label"])
        drafts.append(
            Draft(
                place=Place(strip, cell.col, cell.page),
                measure=title,
                organisation_text=None,
                breakdown=None,
                series="actual",
                period_text=period_text,
                period=_period(period_text, near),
                value=_inner(value, match["value"]),
                threshold_text=threshold if is_latest else None,
                rag=value.rag or (rating if is_latest else None),
                trend=trend if is_latest else None,
                unit_texts=(title or "",),
            )
        )
    fates = [
        RowFate(
            table.table_no,
            row,
            "ignored" if grid.is_blank(row) else "header",
            "blank" if grid.is_blank(row) else "panel title",
        )
        for row in range(table.n_rows)
        if row != strip
    ]
    return drafts, fates


def _period(label: str, near: date | None) -> Period | None:
    inside = re.search(r"\(([^)]*)\)", label)
    return period_of(inside[1], near) if inside else None


def _inner(value: Value, printed: str) -> Value:
    """The cell as printed, worth what stands behind its label."""
    inner = read_value(fold(printed))
    return value if inner.value is None and inner.missing is None else replace(inner, text=value.text)


def _strip(table: RawTable) -> int | None:
    """The row that says both what the latest value is and what a target or an earlier value is."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        if text := plain(cell.text):
            rows.setdefault(cell.row, []).append(text)
    for row, texts in rows.items():
        said = [text for text in texts if _SAYS.match(text)]
        latest = any(_LATEST.match(text) for text in said)
        other = any(_PREVIOUS.match(text) or _TARGET.match(text) for text in texts)
        if latest and other and any(c.isdigit() for text in said for c in text):
            return row
    return None


def _title(grid: Grid, strip: int) -> str | None:
    """The longest text above the strip that is no heading word and no rating."""
    texts = [
        text
        for row in range(strip)
        for _, text in grid.row_texts(row)
        if len(text) > 3 and not is_heading_word(text) and not isinstance(parse_rag(text), str)
    ]
    return max(texts, key=len, default=None)


def _signs(table: RawTable, strip: int) -> tuple[Rag | None, Trend | None]:
    """The rating and the arrow that stand beside the title."""
    above = [cell for cell in table.cells if cell.row < strip]
    words = [word for cell in above if isinstance(word := parse_rag(cell.text), str)]
    rating = words[0] if words else next((r for cell in above if (r := _rated(cell))), None)
    return rating, next((cell.symbol for cell in above if cell.symbol is not None), None)


def _rated(cell: Cell) -> Rag | None:
    rag = rag_of_fill(cell.fill) if not fold(cell.text) else None
    return rag if rag in ("red", "amber", "green") else None
