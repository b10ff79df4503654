"""An answer as text: a table for people, Markdown, CSV, JSON."""

from __future__ import annotations

import csv
import io
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
LEAST_WIDTH = 8
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
    text = value if isinstance(value, str) else str(plain(value))
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
    """Columns side by side where they fit the terminal, long texts cut; else each row on lines of its own."""
    rows = [[_shown(v) for v in row] for row in answer.rows]
    if not answer.columns:
        return "done"
    widths = [max([len(c), *(len(row[i]) for row in rows)]) for i, c in enumerate(answer.columns)]
    room = shutil.get_terminal_size((120, 24)).columns if os.isatty(1) else 160
    fitted = _fit(widths, room - 3 * (len(widths) - 1))
    count = f"({len(rows):,} row{'' if len(rows) == 1 else 's'})"
    if fitted is None:
        label = max(len(c) for c in answer.columns)
        blocks = ["\n".join(f"{c.ljust(label)}  {v}" for c, v in zip(answer.columns, row, strict=True)) for row in rows]
        return "\n\n".join([*blocks, count])
    right = [_is_number(t) for t in answer.types]
    lines = [" | ".join(_pad(c, w, r) for c, w, r in zip(answer.columns, fitted, right, strict=True)).rstrip()]
    lines.append("-+-".join("-" * w for w in fitted))
    lines += [" | ".join(_pad(v, w, r) for v, w, r in zip(row, fitted, right, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, count])


def _fit(widths: Sequence[int], room: int) -> list[int] | None:
    """The widths, the widest narrowed until all fit; None where even narrow columns do not."""
    fitted = list(widths)
    while sum(fitted) > room:
        widest = max(fitted)
        if widest <= LEAST_WIDTH:
            return None
        second = max([w for w in fitted if w < widest], default=LEAST_WIDTH)
        wide = [i for i, w in enumerate(fitted) if w == widest]
        target = max(second, LEAST_WIDTH, widest - -(-(sum(fitted) - room) // len(wide)))
        target = min(target, widest - 1)
        for i in wide:
            fitted[i] = target
    return fitted


def _pad(text: str, width: int, right: bool) -> str:
    text = text if len(text) <= width else text[: width - 1] + "…"
    return text.rjust(width) if right else text.ljust(width)
