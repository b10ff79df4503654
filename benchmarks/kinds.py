"""What a folder of packs became: tables by kind, rows by fate, what was held back and why, what has no kind.

`python -m benchmarks.kinds FOLDER_OR_FILE... [--rows]`. For each pack one line; below it each reason for rows that
gave nothing, and each table without a kind that holds numbers (`--rows`: with its first rows). Reads with no warehouse.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from extractors.classify import looks_like_data
from extractors.parse.folding import fold
from extractors.reader import read_document
from extractors.records import to_result
from schemas.document import RawTable
from schemas.outcome import PackResult

WIDTH = 60


def main() -> None:
    """The account of every pack, and of all of them."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--rows"]
    total: Counter[str] = Counter()
    for path in files(arguments):
        result = to_result(read_document(path))
        counts = count(result)
        total += counts
        print(f"{path.name}: {said(counts)}")
        for line in account(result, rows="--rows" in sys.argv):
            print(f"    {line}")
    print(f"all: {said(total)}")


def files(names: list[str]) -> Iterator[Path]:
    """The PDF files that the arguments name, folders searched."""
    for name in names:
        place = Path(name)
        yield from sorted(place.rglob("*.pdf")) if place.is_dir() else [place]


def count(result: PackResult) -> Counter[str]:
    """Tables by kind, records by fact table, rows by fate."""
    counts = Counter(f"tables of {kind.kind or 'no kind'}" for kind in result.kinds)
    counts.update(f"{record.into} rows" for record in result.records)
    counts.update(f"table rows {fate.fate}" for fate in result.fates)
    return counts


def said(counts: Counter[str]) -> str:
    """The counts in one line."""
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items())) or "no tables"


def account(result: PackResult, *, rows: bool) -> Iterator[str]:
    """Every reason for a row that gave nothing, and every table of numbers that has no kind."""
    for held in result.quarantine:
        yield f"quarantined: page {held.page}, table {held.table_no}, row {held.row}: {held.reason[:200]}"
    reasons = Counter(fate.reason for fate in result.fates if fate.fate == "ignored")
    for reason, number in reasons.most_common():
        yield f"ignored: {number} {reason}"
    tables = {table.table_no: table for table in result.document.tables}
    for kind in result.kinds:
        table = tables[kind.table_no]
        if kind.kind is None and looks_like_data(table):
            size = f"{table.n_rows} by {table.n_cols}"
            yield f"no kind: page {table.page}, table {table.table_no} ({size}): {kind.reason}"
            if rows:
                yield from (f"    {line}" for line in first_rows(table))


def first_rows(table: RawTable) -> Iterator[str]:
    """Title and first rows of a table, cut short."""
    yield f"title {table.title!r}, heading {table.heading!r}"
    for row in table.grid()[:6]:
        yield " | ".join(fold(text)[:WIDTH] for text in row)


if __name__ == "__main__":
    main()
