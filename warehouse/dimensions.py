"""Organisations and measures as the vocabulary knows them, and under which name each printed measure is followed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import duckdb

from schemas.reference import Measure, Organisation
from warehouse import kpi_history
from warehouse.columns import insert


def fold(name: str) -> str:
    """A measure's name without case, dashes, punctuation and runs of space. Signs such as `<`, `+` and `%` stay."""
    return " ".join(re.sub(r"[^\w<>≤≥+%£]+", " ", name.casefold()).split())


_NAMING = 2
"""Changes when names are followed by another rule, so that a warehouse names its measures anew."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WHEN = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?[ -])?{_MONTH}[ '’-]*(?:20)?\d\d"
    r"|q(?:uarter )?[1-4][ ,-]*(?:of )?(?:20)?\d\d(?:[/-](?:20)?\d\d)?|20\d\d[/-](?:20)?\d\d)"
)
_LED_IN = r"(?:(?:as at|at|for|in|to|during|up to|from|ending|ended|(?:the )?(?:end of|month of|quarter|year))\s+)*"
_DATED = re.compile(rf"[\s,;:(\[–—-]+{_LED_IN}{_WHEN}[)\]]?$|^{_WHEN}[\s,;:–—-]+", re.IGNORECASE)


def undated(name: str) -> str:
    """The name without the month, quarter or year that it begins or ends with: that is the figures' period.

    A year within a name ("against the 2019/20 baseline of beds") is part of it.
    """
    while (shorter := _DATED.sub("", name).strip()) and shorter != name:
        name = shorter
    return name


def digest(organisations: Sequence[Organisation], measures: Sequence[Measure]) -> str:
    """What tells these rows from others."""
    return hashlib.sha256(repr((_NAMING, list(organisations), list(measures))).encode("utf-8", "replace")).hexdigest()


def store_dimensions(
    connection: duckdb.DuckDBPyConnection, organisations: Sequence[Organisation], measures: Sequence[Measure]
) -> None:
    """The tables hold these and no others; printed names are followed accordingly. In the caller's transaction."""
    for table in ("dimensions.organisations", "dimensions.measures"):
        connection.execute(f"DELETE FROM {table}").fetchall()  # noqa: S608 - own names
    insert(
        connection,
        "dimensions.organisations",
        ("name", "ods_code", "kind", "valid_from", "valid_to", "successors", "aliases"),
        [
            (o.name, o.ods_code, o.kind, o.valid_from, o.valid_to, list(o.successors), list(o.aliases))
            for o in organisations
        ],
    )
    insert(
        connection,
        "dimensions.measures",
        ("name", "unit", "better", "domain", "source", "aliases"),
        [(m.name, m.unit, m.better, m.domain, m.source, list(m.aliases)) for m in measures],
    )
    before = _names(connection)
    connection.execute("DELETE FROM dimensions.measure_names").fetchall()
    _insert_names(connection, list(before))
    if _names(connection) != before:
        kpi_history.touch_all(connection)


def _names(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(connection.execute("SELECT printed, measure_key FROM dimensions.measure_names").fetchall())


def name_measures(connection: duckdb.DuckDBPyConnection, pack_id: str) -> None:
    """Each measure that the pack prints stands in `dimensions.measure_names`, once. In the caller's transaction.

    From here on the pack's values are noted for the history.
    """
    fresh = connection.execute(
        "SELECT DISTINCT measure FROM facts.kpis WHERE pack_id = ? AND measure IS NOT NULL"
        " AND measure NOT IN (SELECT printed FROM dimensions.measure_names)",
        [pack_id],
    ).fetchall()
    _insert_names(connection, [name for (name,) in fresh])
    kpi_history.touch(connection, pack_id)


def _insert_names(connection: duckdb.DuckDBPyConnection, printed: list[str]) -> None:
    if not printed:
        return
    known: dict[str, str] = {}
    for name, aliases in connection.execute("SELECT name, aliases FROM dimensions.measures ORDER BY name").fetchall():
        for spelling in (name, *(aliases or ())):
            known.setdefault(fold(spelling), name)
    rows = [(name, known.get(fold(name)) or known.get(bare := fold(undated(name))) or bare) for name in sorted(printed)]
    insert(connection, "dimensions.measure_names", ("printed", "measure_key"), rows)
