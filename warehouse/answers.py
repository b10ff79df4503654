"""An answer as text: a table for people, Markdown, CSV, JSON."""

from __future__ import annotations

import csv
import io
import itertools
import json
import math
import os
import re
import shutil
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from warehouse.query import Answer

NULL = "NULL"
"""Unlike the dashes that packs print for nothing to say."""
PIPE_WIDTH = 160
"""Columns of text where no terminal says how many it has."""
MOST_LINES = 6
"""A row that needs more of them is easier to read on lines of its own."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SIGNED_NUMBER = re.compile(r"[+-]\s?£?\d[\d,]*(\.\d+)?\s?(%|pp|k|m|bn)?")
"""A text that no spreadsheet can run, whatever its first sign."""


def format_answer(answer: Answer, form: str) -> str:
    """`form` is table, markdown, csv or json; without a newline at its end.

    CSV is exact but for texts that a spreadsheet would run as a formula, which get a leading apostrophe; numbers,
    also those in texts ("-5.2%"), are never touched. JSON is exact.
    """
    if form == "json":
        return json.dumps(
            [dict(zip(_distinct(answer.columns), map(_finite, row), strict=True)) for row in answer.rows],
            ensure_ascii=False,
            default=plain,
        )
    if form == "csv":
        return _csv(answer)
    if form == "markdown":
        return _markdown(answer)
    return _table(answer)


def plain(value: Any) -> Any:
    """A value as JSON has it: dates as ISO 8601, decimals as numbers."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def _finite(value: Any) -> Any:
    """JSON has no NaN and no infinity."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def defused(text: str) -> str:
    """The text as a spreadsheet shows it and never runs it."""
    live = text.lstrip(" \u00a0").startswith(FORMULA_STARTS) and not SIGNED_NUMBER.fullmatch(text)
    return f"'{text}" if live else text


def _distinct(columns: Sequence[str]) -> list[str]:
    """Names told apart: a second `page` is `page_2`."""
    seen: dict[str, int] = {}
    out = []
    for name in columns:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return out


def _csv(answer: Answer) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow(
            [
                ""
                if v is None
                else defused(v)
                if isinstance(v, str)
                else v
                if isinstance(v, (int, float))
                else plain(v)
                for v in row
            ]
        )
    return out.getvalue().rstrip("\n")


def _shown(value: Any) -> str:
    """One line of text that a terminal does not obey."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10g}"
    text = value.isoformat(" ") if isinstance(value, datetime) else str(plain(value))
    text = " ".join(text.split())
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cs", "Cf") and c != "\u00ad" else c for c in text)


def _markdown(answer: Answer) -> str:
    lines = ["| " + " | ".join(_cell(c) for c in answer.columns) + " |", "|" + " --- |" * len(answer.columns)]
    lines += ["| " + " | ".join(_cell(v) for v in row) + " |" for row in answer.rows]
    return "\n".join(lines)


def _cell(value: Any) -> str:
    text = _shown(value).replace("\\", "\\\\").replace("|", "\\|")
    return text.replace("<", "&lt;").replace("[", "\\[").replace("`", "\\`")


def _is_number(data_type: str) -> bool:
    return data_type.startswith(
        ("DECIMAL", "DOUBLE", "FLOAT", "INT", "BIGINT", "HUGEINT", "UINT", "SMALL", "TINY", "NUMBER")
    )


def _table(answer: Answer) -> str:
    """Columns side by side where they fit the terminal, long texts on several lines; else each row on lines of its own.

    Nothing is cut: the end of a text may be what matters.
    """
    rows = [[_shown(v) for v in row] for row in answer.rows]
    if not answer.columns:
        return "done"
    known = os.isatty(1) or os.environ.get("COLUMNS", "").isdigit()
    room = shutil.get_terminal_size((120, 24)).columns if known else PIPE_WIDTH
    count = f"({len(rows):,} row{'' if len(rows) == 1 else 's'})"
    widths = _fit(answer, rows, room)
    wrapped = [[_wrap(v, w) for v, w in zip(row, widths, strict=True)] for row in rows] if widths else []
    if widths is None or max((len(cell) for row in wrapped for cell in row), default=1) > MOST_LINES:
        label = max(len(c) for c in answer.columns)
        named = [[f"{c.ljust(label)}  {v}".rstrip() for c, v in zip(answer.columns, row, strict=True)] for row in rows]
        blocks = ["\n".join(lines) for lines in named]
        return "\n\n".join([*blocks, count])
    right = [_is_number(t) for t in answer.types]
    heading = [_wrap(c, w) for c, w in zip(answer.columns, widths, strict=True)]
    lines = [*_lines(heading, widths, right), "-+-".join("-" * w for w in widths)]
    for row in wrapped:
        lines += _lines(row, widths, right)
    return "\n".join([*lines, count])


def _fit(answer: Answer, rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """A width for each column, the widest texts narrowed until all fit; None where they do not.

    Numbers, dates and words are not broken: half a number reads as another number.
    """
    columns = range(len(answer.columns))
    widths = [max([len(answer.columns[i]), *(len(row[i]) for row in rows)]) for i in columns]
    least = [
        max([_longest_word(answer.columns[i]), *(measured(row[i]) for row in rows)])
        for i, measured in enumerate(_longest_word if t == "VARCHAR" else len for t in answer.types)
    ]
    space = room - 3 * (len(widths) - 1)
    while sum(widths) > space:
        loose = [i for i in columns if widths[i] > least[i]]
        if not loose:
            return None
        widest = max(widths[i] for i in loose)
        for i in loose:
            if widths[i] == widest and sum(widths) > space:
                widths[i] -= 1
    return widths


PLACES_TO_BREAK = re.compile(r"\s+|(?<=[^\W\d_]-)(?=[^\W\d_])|(?<=_)(?=\w)")
"""Between words; after hyphens between letters, and after underscores. Never in `Sep-24` or `2024-06-05`."""


LONGEST_WORD = 64
"""A pack's id stays in one piece; what is longer (an address, a file's name) is broken anywhere."""


def _longest_word(text: str) -> int:
    return min(LONGEST_WORD, max((len(word) for word in PLACES_TO_BREAK.split(text)), default=0))


def _wrap(text: str, width: int) -> list[str]:
    """The text on lines of that width."""
    if len(text) <= width:
        return [text]
    lines, begun, last = [], 0, 0
    for place in [*PLACES_TO_BREAK.finditer(text), None]:
        end = place.start() if place else len(text)
        if end - begun > width and last > begun:
            lines.append(text[begun:last].rstrip())
            begun = last
        last = place.end() if place else end
    lines.append(text[begun:])
    return [line[i : i + width] for line in lines for i in range(0, len(line), width)]


def _lines(cells: Sequence[Sequence[str]], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    """One row of cells, each of one or more lines, as lines."""
    return [
        " | ".join(
            part.rjust(w) if r else part.ljust(w) for part, w, r in zip(parts, widths, right, strict=True)
        ).rstrip()
        for parts in itertools.zip_longest(*cells, fillvalue="")
    ]
