"""Which pack a person means: its id, the beginning of it, or its file name."""

from __future__ import annotations

import duckdb

from warehouse.errors import WarehouseError


def chosen_pack(connection: duckdb.DuckDBPyConnection, said: str) -> tuple[str, str]:
    """(pack id, file name) of the one pack that `said` names. Raises `WarehouseError` where it is none or several."""
    found = connection.execute(
        "SELECT pack_id, file_name FROM packs_all WHERE starts_with(pack_id, lower($1)) OR file_name = $1 ORDER BY 2",
        [said],
    ).fetchall()
    if len(found) == 1:
        return found[0][0], found[0][1]
    if not found:
        raise WarehouseError(f"no pack is called {said!r}; see: boardpack status")
    raise WarehouseError(f"{len(found)} packs are called {said!r}; give more of the id; see: boardpack status")
