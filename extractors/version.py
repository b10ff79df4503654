"""Which code read a pack: a pack is read again when the code or the data files behind it have changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

DATA_VARIABLE = "BOARDPACK_DATA"
"""The environment variable that names a user's folder of data files, laid over `extractors/data`."""

_TOP = Path(__file__).resolve().parent.parent
_PACKAGES = ("extractors", "schemas")
_SUFFIXES = frozenset({".py", ".csv", ".toml", ".json", ".yaml", ".yml", ".txt"})


def code_version() -> str:
    """16 hex digits that change when a source or data file of the reading side does, the user's own included.

    The code cannot change under a running process and is hashed once; the user's files can, and are hashed
    each time.
    """
    digest = hashlib.sha256(_code().encode())
    overlay = os.environ.get(DATA_VARIABLE)
    if overlay:
        _add(digest, Path(overlay))
    return digest.hexdigest()[:16]


@lru_cache(maxsize=1)
def _code() -> str:
    digest = hashlib.sha256()
    for package in _PACKAGES:
        _add(digest, _TOP / package)
    return digest.hexdigest()


def _add(digest: hashlib._Hash, root: Path) -> None:
    for path in sorted(_files(root)):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(b"\0")
        try:
            digest.update(path.read_bytes())
        except OSError:
            digest.update(b"unreadable")
        digest.update(b"\0")


def _files(root: Path) -> Iterator[Path]:
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if not name.startswith((".", "__pycache__"))]
        for name in names:
            if Path(name).suffix in _SUFFIXES and not name.startswith("."):
                yield Path(folder, name)
