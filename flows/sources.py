"""What the user named, as files to read: PDF files, folders searched for them, addresses to fetch from."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas.failure import FailureCode
from schemas.outcome import PackMeta

HEAD = 1024
"""Bytes within which a PDF says that it is one."""
UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and what is known of it beforehand."""

    path: Path
    uri: str
    file_name: str
    hints: PackMeta | None = None
    called: str = ""
    """What a person knows it by, where that is neither its address nor its path."""

    @property
    def shown(self) -> str:
        """What a person knows it by: two folders may hold files of one name."""
        return self.called or (self.uri if is_address(self.uri) else str(self.path))


@dataclass(frozen=True, slots=True)
class Missing:
    """Something named that gave no file."""

    name: str
    code: FailureCode
    detail: str = ""

    @property
    def shown(self) -> str:
        """As it was named."""
        return self.name

    @property
    def file_name(self) -> str:
        """The last part of the name."""
        return Path(self.name).name or self.name

    @property
    def uri(self) -> str:
        """What tells it from another of the same file name."""
        return self.name if is_address(self.name) else Path(self.name).absolute().as_uri()


def is_address(text: str) -> bool:
    """Whether it is fetched rather than opened."""
    return text.lower().startswith(("http://", "https://"))


def find_files(names: Iterable[str], *, apart: Path | None = None) -> Iterator[Source | Missing]:
    """Each file once, in the order named; those of a folder by name. What cannot be looked at is said.

    `apart` is a folder that no search enters: where the warehouse keeps the packs that it has read.
    """
    seen: set[Path] = set()
    for name in names:
        path = Path(name)
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            yield Missing(name, FailureCode.MISSING)
            continue
        except (OSError, ValueError) as error:
            yield Missing(name, FailureCode.UNREADABLE, getattr(error, "strerror", None) or str(error))
            continue
        found: list[Path] = [path]
        if stat.S_ISDIR(mode):
            found, locked = _search(path, apart)
            yield from locked
            if not found and not locked:
                yield Missing(name, FailureCode.NO_PDFS)
        for one in found:
            key = one.resolve()
            if key in seen:
                continue
            seen.add(key)
            # A pipe has no end to wait for, and can be read once only.
            if one.exists() and not one.is_file():
                yield Missing(str(one), FailureCode.UNREADABLE, "not a regular file")
            else:
                yield Source(one, one.absolute().as_uri(), one.name)


def _search(folder: Path, apart: Path | None) -> tuple[list[Path], list[Missing]]:
    """The PDFs below a folder by name, and the folders in it that may not be looked into. Links to folders are left."""
    locked: list[Missing] = []

    def refused(error: OSError) -> None:
        locked.append(Missing(str(error.filename), FailureCode.LOCKED_FOLDER, error.strerror or ""))

    found: list[Path] = []
    for inside, folders, names in os.walk(folder, onerror=refused):
        if apart is not None:
            folders[:] = [name for name in folders if Path(inside, name).resolve() != apart]
        found += [Path(inside, name) for name in names if name.lower().endswith(".pdf") or _is_pdf(inside, name)]
    return sorted(found), locked


def _is_pdf(folder: str, name: str) -> bool:
    """Whether a file is a PDF whatever it is called: a download without an ending, `pack.pdf.1`. Files that are only
    on their way (hidden ones, `.part`) are not looked into.
    """
    if name.startswith((".", "~")) or name.lower().endswith(UNFINISHED):
        return False
    path = Path(folder, name)
    try:
        # A pipe would wait for whoever writes to it.
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return b"%PDF-" in file.read(HEAD)
    except (OSError, ValueError):
        return False
