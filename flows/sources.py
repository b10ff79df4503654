"""What the user named, as files to read: PDF files, folders searched for them, addresses to fetch from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas.failure import FailureCode
from schemas.outcome import PackMeta


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and what is known of it beforehand."""

    path: Path
    uri: str
    file_name: str
    hints: PackMeta | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Something named that gave no file."""

    name: str
    code: FailureCode
    detail: str = ""


def is_address(text: str) -> bool:
    """Whether it is fetched rather than opened."""
    return text.lower().startswith(("http://", "https://"))


def find_files(names: Iterable[str]) -> Iterator[Source | Missing]:
    """Each file once, in the order named; those of a folder by name. A folder without PDFs is said to be so."""
    seen: set[Path] = set()
    for name in names:
        path = Path(name)
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
            if not found:
                yield Missing(name, FailureCode.MISSING, "no PDF in this folder")
        elif path.exists():
            found = [path]
        else:
            yield Missing(name, FailureCode.MISSING)
            continue
        for one in found:
            key = one.resolve()
            if key not in seen:
                seen.add(key)
                yield Source(one, one.absolute().as_uri(), one.name)
