"""Inbox folders: PDFs that people and programs put there, once they are whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.settings import Inbox, duration
from flows.sources import Missing, find_files
from flows.watch_papers import Paper, Seen, Sighting, Told
from schemas.failure import FailureCode, PackFailure

TAIL = 2048
GIVEN_UP = timedelta(minutes=10)
"""A file without an end that has not changed for so long is not being written: it is broken, and is read to say so."""


def look(inbox: Inbox, folder: Path, apart: Path) -> Seen:
    """Every PDF below the folder. Raises PackFailure where it cannot be looked into."""
    if not folder.is_dir():
        raise PackFailure(FailureCode.MISSING, f"there is no folder {folder}")
    told = Told(inbox.organisation or None, inbox.board or None)
    seen = Seen()
    for item in find_files([str(folder)], apart=apart):
        if isinstance(item, Missing):
            if item.code is not FailureCode.NO_PDFS:
                raise PackFailure(item.code, item.shown)
            continue
        if item.file_name.startswith((".", "~")):
            continue
        try:
            state = item.path.stat()
        except OSError:
            continue
        inside = item.path.relative_to(folder)
        together = inbox.folder_is_meeting and len(inside.parts) > 1
        seen.papers.append(
            Sighting(
                inbox.name,
                item.uri,
                str(inside),
                item.path.parent.absolute().as_uri() if together else item.uri,
                told,
                item.path,
                f"{state.st_size}:{state.st_mtime_ns}",
            )
        )
    return seen


def is_whole(sighting: Sighting, paper: Paper, inbox: Inbox, now: datetime | None = None) -> bool:
    """Whether the file has come to rest: as it was for the time that the inbox says, and with a PDF's end.

    Its age counts as well as earlier looks, so that a file that was put there long ago is taken at once. A program
    that sets the file's size before its content (as copying to Windows shares does) leaves the end for last.
    """
    assert sighting.path is not None
    moment = now or datetime.now(UTC)
    size, changed = (int(part) for part in sighting.mark.split(":"))
    still = moment - datetime.fromtimestamp(changed / 1e9, UTC)
    if paper.mark == sighting.mark and paper.marked_at:
        still = max(still, moment - datetime.fromisoformat(paper.marked_at))
    if still < duration(inbox.settle):
        return False
    return still >= GIVEN_UP or _ends(sighting.path, size)


def _ends(path: Path, size: int) -> bool:
    try:
        with path.open("rb") as stream:
            stream.seek(max(0, size - TAIL))
            return b"%%EOF" in stream.read(TAIL)
    except OSError:
        return False
