"""The packs' own files, kept by hash beside the warehouse: what pictures are made from."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from warehouse.workplace import Workplace, copy_file

HASH = re.compile(r"[0-9a-f]{64}")


def folder(path: Path) -> Path:
    """Where the packs of the warehouse at `path` are kept: `boardpack.packs/` beside `boardpack.duckdb`."""
    place = Workplace.of(path)
    return place.path.with_name(place.path.stem + ".packs")


def keep(path: Path, pack_id: str, source: Path) -> Path:
    """A copy of `source` under its hash; nothing is done where there is one. Raises `OSError`, ValueError."""
    if not HASH.fullmatch(pack_id):
        raise ValueError("a pack is kept under its SHA-256")
    target = folder(path) / f"{pack_id}.pdf"
    if not target.exists():
        target.parent.mkdir(exist_ok=True)
        fresh = target.with_name(f".{pack_id}.{os.getpid()}.new")
        try:
            copy_file(source, fresh)
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    return target


def kept(path: Path, pack_id: str) -> Path | None:
    """The pack's file, where it is kept."""
    target = folder(path) / f"{pack_id}.pdf"
    return target if HASH.fullmatch(pack_id) and target.is_file() else None


def sweep(path: Path) -> None:
    """Copies that a process began and did not live to end are gone."""
    for fresh in folder(path).glob(".*.new"):
        pid = fresh.name.split(".")[-2]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists():
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
