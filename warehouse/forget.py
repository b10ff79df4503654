"""Taking a pack out of the warehouse."""

from __future__ import annotations

from pathlib import Path

from warehouse import files
from warehouse.choose import chosen_pack
from warehouse.connect import plainly, reading
from warehouse.store import open_for_loading


def forget(path: Path, said: str) -> str:
    """The pack and its kept file are gone, its runs stay; a sentence that says so. Raises `WarehouseError`."""
    with reading(path) as connection, plainly(path):
        pack_id, name = chosen_pack(connection, said)
    with open_for_loading(path) as loading:
        loading.forget(pack_id)
    kept = files.kept(path, pack_id)
    if kept is not None:
        kept.unlink(missing_ok=True)
    return f"{name} ({pack_id[:12]}) is no longer in the warehouse; the record of its runs stays"
