"""Papers and meetings as a source shows them, and as the record of the watch knows them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from flows.sources import is_address


def counted(number: int, noun: str) -> str:
    """`1 paper`, `2 papers`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


State = Literal["seen", "waiting", "loaded", "failed", "refused"]
"""`seen`: named by its source, no whole file yet. `waiting`: its file is here and not loaded yet. `loaded`, `failed`:
what reading it came to. `refused`: its address gives no file."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a source says of a paper's meeting, and where it says it."""

    organisation: str | None = None
    board: str | None = None
    day: date | None = None
    where: str = "source settings"
    """Of the day."""

    def as_json(self) -> str:
        """For the record."""
        return json.dumps([self.organisation, self.board, self.day.isoformat() if self.day else None, self.where])

    @classmethod
    def of_json(cls, text: str) -> Told:
        """From the record."""
        organisation, board, day, where = json.loads(text)
        return cls(organisation, board, date.fromisoformat(day) if day else None, where)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A paper as its source shows it now."""

    source: str
    uri: str
    title: str
    meeting: str
    """What the papers of one meeting have in common; a paper's own address where it stands alone."""
    told: Told = Told()
    path: Path | None = None
    """Of a file in an inbox; an address has none before it is fetched."""
    mark: str = ""
    """Of a file in an inbox: its size and age."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as the record knows it."""

    source: str
    uri: str
    title: str
    meeting: str
    told: Told
    state: State
    said: str
    sha256: str | None
    file_name: str
    path: Path | None
    mark: str
    first_seen: str
    marked_at: str
    asked_at: str
    changed_at: str
    tries: int
    read_by: str

    @property
    def shown(self) -> str:
        """What a person knows it by: its address, or where it lies in its inbox."""
        return self.uri if is_address(self.uri) else f"{self.source}: {self.title}"


@dataclass(frozen=True, slots=True)
class Future:
    """A meeting that is known to come, or to have been."""

    source: str
    meeting: str
    told: Told
    title: str = ""


@dataclass(slots=True)
class Seen:
    """All that one look at a source saw."""

    papers: list[Sighting] = field(default_factory=list)
    meetings: list[Future] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What was passed over, each in one sentence."""
