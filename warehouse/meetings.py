"""Which packs are the same paper, published again.

A paper is published again when a newer pack of the same organisation, board and meeting holds most of its text, or
some of its text under the same address or file name (version marks apart). Several papers of one meeting (a budget
report and a risk register, say) are not each other's publications: hiding one behind the other would lose it
without a word.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

import duckdb

from warehouse import kpi_history

COVERED = 0.5
"""The part of an earlier pack's distinct lines that a newer one repeats, from which it is the same paper."""
COVERED_BY_NAME = 0.1
"""The same for packs from one address or of one file name."""
VERSION_MARKS = re.compile(
    r"\.pdf$|\(\d+\)|(?<![a-z])(v|ver|version|rev|final|revised|corrected|updated|republished|amended)"
    r"[ ._-]*\d*(?![a-z\d])"
)

_PDF_DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:(Z|[+-])(\d\d)?'?(\d\d)?'?)?")


def pdf_date(text: str | None) -> datetime | None:
    """A date of a PDF's document information (`D:20210604101500+01'00'`) in UTC; None where it is none."""
    match = _PDF_DATE.match(text.strip()) if text else None
    if not match:
        return None
    year, *rest = match.groups()[:6]
    parts = [int(part) if part else least for part, least in zip(rest, (1, 1, 0, 0, 0), strict=True)]
    sign, hours, minutes = match.groups()[6:]
    try:
        moment = datetime(int(year), *parts)  # type: ignore[arg-type]
        offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        return moment.replace(tzinfo=timezone(-offset if sign == "-" else offset)).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


class _Pack(NamedTuple):
    pack_id: str
    file_name: str
    source_uri: str | None


def settle(connection: duckdb.DuckDBPyConnection, pack_id: str) -> tuple[str, ...]:
    """`superseded_by` is right for all packs of this pack's meeting; file names of those that this pack replaces."""
    ((organisation, board, day),) = connection.execute(
        "SELECT organisation, board, meeting_date FROM raw.packs WHERE pack_id = ?", [pack_id]
    ).fetchall()
    replaced = settle_meeting(connection, organisation, board, day)
    return tuple(name for name, by in replaced if by == pack_id)


def settle_meeting(
    connection: duckdb.DuckDBPyConnection, organisation: str | None, board: str | None, day: date | None
) -> tuple[tuple[str, str], ...]:
    """`superseded_by` is right for all packs of the meeting; (file name, pack that replaces it) of those replaced.

    Newest is what its own document information says was changed last, else what was ingested first last.
    """
    packs = [
        _Pack(*row)
        for row in connection.execute(
            """
            SELECT pack_id, file_name, source_uri FROM raw.packs
            WHERE meeting_date = $3 AND outcome <> 'failed'
              AND organisation IS NOT DISTINCT FROM $1 AND board IS NOT DISTINCT FROM $2
            ORDER BY coalesce(published_at, first_ingested_at), first_ingested_at, pack_id
            """,
            [organisation, board, day],
        ).fetchall()
    ]
    sizes, shared = _overlaps(connection, [pack.pack_id for pack in packs]) if len(packs) > 1 else ({}, {})
    replaced = []
    for i, earlier in enumerate(packs):
        newer = next((pack for pack in packs[:i:-1] if _covers(pack, earlier, sizes, shared)), None)
        by = newer.pack_id if newer else None
        changed = connection.execute(
            "UPDATE raw.packs SET superseded_by = $2 WHERE pack_id = $1 AND superseded_by IS DISTINCT FROM $2"
            " RETURNING pack_id",
            [earlier.pack_id, by],
        ).fetchall()
        if changed:
            kpi_history.touch(connection, earlier.pack_id)
        if by:
            replaced.append((earlier.file_name, by))
    return tuple(replaced)


def _covers(newer: _Pack, earlier: _Pack, sizes: dict[str, int], shared: dict[tuple[str, str], int]) -> bool:
    named_alike = newer.source_uri == earlier.source_uri or _stem(newer.file_name) == _stem(earlier.file_name)
    needed = COVERED_BY_NAME if named_alike else COVERED
    size = sizes.get(earlier.pack_id, 0)
    return size > 0 and shared.get((newer.pack_id, earlier.pack_id), 0) >= needed * size


def _stem(name: str) -> str:
    """A file's name without version marks: `pack-v2 (1).pdf` is `pack`."""
    return " ".join(re.findall(r"[^\W_]+", VERSION_MARKS.sub(" ", name.lower())))


def _overlaps(
    connection: duckdb.DuckDBPyConnection, pack_ids: list[str]
) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """How many distinct texts each pack has, and how many of them two packs share. Lines, and rows of tables."""
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE texts AS
        SELECT DISTINCT pack_id, hash(lower(regexp_replace(text, '\\s+', ' ', 'g'))) AS text
        FROM raw.lines WHERE pack_id IN (SELECT unnest($1::VARCHAR[])) AND NOT in_table AND length(text) >= 12
        UNION
        SELECT pack_id, hash(lower(regexp_replace(string_agg(text, ' ' ORDER BY col), '\\s+', ' ', 'g')))
        FROM raw.cells WHERE pack_id IN (SELECT unnest($1::VARCHAR[])) AND text <> ''
        GROUP BY pack_id, table_no, "row"
        """,
        [pack_ids],
    ).fetchall()
    sizes = dict(connection.execute("SELECT pack_id, count(*) FROM texts GROUP BY pack_id").fetchall())
    shared = {
        (one, other): n
        for one, other, n in connection.execute(
            "SELECT a.pack_id, b.pack_id, count(*) FROM texts a JOIN texts b USING (text)"
            " WHERE a.pack_id <> b.pack_id GROUP BY ALL"
        ).fetchall()
    }
    connection.execute("DROP TABLE texts").fetchall()
    return sizes, shared
