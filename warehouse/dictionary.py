"""The data dictionary as Markdown, made from the comments in the database: `python -m warehouse.dictionary [FILE]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse.migrate import Commented, catalogue, migrate

OPENING = """\
# Data dictionary

Made from the comments in the database by `python -m warehouse.dictionary docs/data-dictionary.md`; change
`warehouse/sql/comments.toml`, not this file. The same texts stand in every warehouse: DuckDB's `duckdb_columns()`,
DBeaver and `boardpack export --format xlsx` show them.

The views in the first part are for analysts. The tables in the second part are what they are made of.
A view `X_all` has the columns of `X` and also shows publications that a newer one of the same paper replaces.
"""


def dictionary() -> str:
    """The dictionary of a new warehouse of this code."""
    connection = duckdb.connect(":memory:")
    try:
        migrate(connection)
        things = catalogue(connection)
    finally:
        connection.close()
    views = [thing for thing in things if thing.kind == "view" and not thing.name.endswith("_all")]
    tables = [thing for thing in things if thing.kind == "table"]
    return "\n".join([OPENING, *_part("Views", views), *_part("Tables", tables)])


def _part(title: str, things: Sequence[Commented]) -> list[str]:
    lines = [f"## {title}", ""]
    for thing in things:
        lines += [
            f"### {thing.label}",
            "",
            _plain(thing.comment),
            "",
            "| column | type | what it is |",
            "|---|---|---|",
        ]
        lines += [f"| `{name}` | {data_type} | {_plain(comment)} |" for name, data_type, comment in thing.columns]
        lines.append("")
    return lines


def _plain(comment: str | None) -> str:
    return (comment or "").replace("|", "\\|").replace("<", "&lt;")


def main() -> None:
    """Writes the dictionary to the file that is named, or prints it."""
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(dictionary(), encoding="utf-8")
    else:
        sys.stdout.write(dictionary())


if __name__ == "__main__":
    main()
