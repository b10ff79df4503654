"""Where a warehouse keeps what is not for analysts: a hidden folder beside it.

boardpack.duckdb            the analysts' file: whole packs only, replaced at once
.boardpack.duckdb.work/     lock, holder.json, journal.json; while loading also loading.duckdb
boardpack.packs/            the PDFs, by hash
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Workplace:
    """The places of one warehouse. `path` is resolved: a link is followed, never replaced."""

    path: Path

    @classmethod
    def of(cls, path: Path) -> Workplace:
        """The places of the warehouse at `path`."""
        return cls(path.expanduser().resolve())

    @property
    def folder(self) -> Path:
        """The hidden folder, on the same file system as the warehouse."""
        return self.path.parent / f".{self.path.name}.work"

    @property
    def lock(self) -> Path:
        """Held by whoever loads."""
        return self.folder / "lock"

    @property
    def holder(self) -> Path:
        """Who holds the lock."""
        return self.folder / "holder.json"

    @property
    def journal(self) -> Path:
        """What was published last: lies outside the database, so that a database gone back in time is noticed."""
        return self.folder / "journal.json"

    @property
    def loading(self) -> Path:
        """The loader's own database."""
        return self.folder / "loading.duckdb"

    @property
    def copying(self) -> Path:
        """A copy that is not finished."""
        return self.folder / "copying.duckdb"

    def clear(self) -> None:
        """Nothing is left of a load that did not end."""
        for file in (self.loading, self.copying):
            file.unlink(missing_ok=True)
            wal_of(file).unlink(missing_ok=True)


def wal_of(database: Path) -> Path:
    """A database's write-ahead log."""
    return database.with_name(database.name + ".wal")


def copy_file(source: Path, target: Path) -> None:
    """`target` holds what `source` holds. By reference where the file system can; in the kernel where not."""
    try:
        with source.open("rb") as reading, target.open("wb") as writing:
            left = os.fstat(reading.fileno()).st_size
            while left > 0:
                done = os.copy_file_range(reading.fileno(), writing.fileno(), left)
                if done == 0:
                    break
                left -= done
        if left == 0:
            return
    except OSError as error:
        if error.errno not in _NOT_BY_KERNEL:
            raise
    shutil.copyfile(source, target)


_NOT_BY_KERNEL = {38, 18, 22, 95}
"""ENOSYS, EXDEV, EINVAL, EOPNOTSUPP: file systems that cannot copy a range."""


def sync(path: Path) -> None:
    """The file's (or folder's) content is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(new: Path, target: Path) -> None:
    """`target` is `new`, at once and lastingly: who opens it sees the old file or the new one, whole."""
    sync(new)
    new.replace(target)
    with suppress(OSError):
        sync(target.parent)


def read_json(path: Path) -> dict[str, Any]:
    """The file's object; empty where there is none that can be read."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def write_json(path: Path, value: dict[str, Any]) -> None:
    """The file holds the object, whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(value), encoding="utf-8")
    replace(fresh, path)
