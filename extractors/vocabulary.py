"""The words of board papers as data: headings, statuses, measures. organisations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from extractors.organisation_names import Named, Names
from extractors.parse.folding import key
from extractors.parse.rag import Rag
from extractors.vocabulary_files import Data, VocabularyError, read_data, user_folder
from schemas.reference import Measure, Organisation

Status = Literal["open", "in_progress", "overdue", "closing", "closed"]
STATUSES: tuple[Status, ...] = ("open", "in_progress", "overdue", "closing", "closed")
UNITS = ("percent", "number", "seconds", "gbp")


@dataclass(frozen=True, slots=True)
class Roles:
    """The headings of one kind: exact spellings, then patterns, each naming a column's role."""

    spellings: Mapping[str, str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    compact: Mapping[str, str]
    """The spellings without spaces: a narrow column breaks "Action" into "Act ion"."""

    def role(self, text: str) -> str | None:
        """What a column under this heading holds, or None where no spelling or pattern knows it."""
        if len(text) > _LONGEST_HEADING:
            return None
        for words in _headings(text):
            if words in self.spellings:
                return self.spellings[words]
        whole = key(text)
        if " " in whole and (role := self.compact.get(whole.replace(" ", ""))):
            return role
        for words in _headings(text):
            if len(words.split()) > _MOST_WORDS:
                continue
            for role, pattern in self.patterns:
                if pattern.search(words):
                    return role
        return None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All data files, read and checked."""

    headers: Mapping[str, Roles]
    statuses: Mapping[str, Status]
    status_colours: Mapping[Rag, Status]
    measures: Mapping[str, Measure]
    """Each by all its spellings, as `folding.key` writes them."""
    organisations: Names
    listed_organisations: tuple[Organisation, ...]
    listed_measures: tuple[Measure, ...]


def load(user: Path | None) -> Vocabulary:
    """The data files with the user's over them; `VocabularyError`, one line, where one is bad."""
    headers = read_data("headers.toml", user)
    words = read_data("statuses.toml", user)
    organisations = _organisations(read_data("organisations.toml", user))
    measures = _measures(read_data("measures.toml", user))
    return Vocabulary(
        headers={kind: _roles(kind, roles) for kind, roles in headers.items()},
        statuses=_statuses(words.get("words", {})),
        status_colours=cast(Mapping[Rag, Status], words.get("colours", {})),
        measures={key(spelling): m for m in measures for spelling in (m.name, *m.aliases)},
        organisations=Names.of(organisations),
        listed_organisations=organisations,
        listed_measures=measures,
    )


def vocabulary() -> Vocabulary:
    """The vocabulary in use, read once."""
    return _loaded(user_folder())


@lru_cache(maxsize=4)
def _loaded(user: Path | None) -> Vocabulary:
    return load(user)


def header_role(kind: str, text: str) -> str | None:
    """What a column with this heading holds in tables of `kind` (`actions`, `kpis`, `capital`)."""
    roles = vocabulary().headers.get(kind)
    return roles.role(text) if roles else None


def status_of(text: str) -> Status | None:
    """What an action's status text means; None where no word of the data file says so."""
    words, known = key(text), vocabulary().statuses
    if words in known:
        return known[words]
    return next((known[part] for part in _openings(words) if part in known), None)


def status_of_colour(colour: Rag) -> Status | None:
    """What a colour means where it stands for the status and no legend says otherwise."""
    return vocabulary().status_colours.get(colour)


def measure(text: str) -> Measure | None:
    """The known measure that a label names, by its spelling or an alias; None where there is none."""
    known = vocabulary().measures
    words = key(text)
    return known.get(words) or known.get(key(re.sub(r"\([^()]*\)", " ", text)))


def organisation(text: str) -> Organisation | None:
    """The organisation that a text names, tolerant of prefixes, tails and (flagged) small misspellings."""
    named = organisation_named(text)
    return named.organisation if named else None


def organisation_named(text: str) -> Named | None:
    """As `organisation`, and whether the name is misspelt."""
    return vocabulary().organisations.find(text)


def organisations(text: str) -> tuple[Organisation, ...]:
    """The organisations that a text names where it may name several ("Larkham Borough Council / Larkshire CCG")."""
    return tuple(named.organisation for named in vocabulary().organisations.find_all(text))


def unnamed_parts(text: str) -> tuple[str, ...]:
    """The parts of a text of one or several names that no data file knows, as printed."""
    return vocabulary().organisations.unknown(text)


_LONGEST_HEADING = 90
"""Characters: a longer text at the top of a column is no heading but what stands below one."""
_MOST_WORDS = 10
"""A pattern is held against no longer heading: a sentence has something of everything in it."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_UNIT_WORDS = re.compile(r"£(?: ?(?:000s?|k|m|mn|millions?|thousands?|bn))?(?![\w£])|\b000s?\b|%")


def _headings(text: str) -> list[str]:
    """The heading's words; then without brackets; then without units."""
    whole, bare = key(text), key(_BRACKETS.sub(" ", text))
    tried = [whole, bare, *(" ".join(_UNIT_WORDS.sub(" ", words).split()) for words in (whole, bare))]
    return [words for words in dict.fromkeys(tried) if words]


def _openings(words: str) -> list[str]:
    """The first three, two and one words: "closed 9 june" begins with "closed"."""
    parts = words.split()
    return [" ".join(parts[:n]) for n in (4, 3, 2, 1) if len(parts) > n]


def _roles(kind: str, roles: Data) -> Roles:
    spellings: dict[str, str] = {}
    patterns: list[tuple[str, re.Pattern[str]]] = []
    for role, entry in roles.items():
        for spelling in entry.get("spellings", []):
            spellings[key(spelling)] = role
        for pattern in entry.get("patterns", []):
            try:
                patterns.append((role, re.compile(pattern)))
            except re.error as error:
                raise VocabularyError(
                    f"headers.toml: pattern “{pattern}” of {kind}.{role} is no pattern: {error}"
                ) from None
    compact = {spelling.replace(" ", ""): role for spelling, role in spellings.items() if len(spelling) > 4}
    return Roles(spellings, tuple(patterns), compact)


def _statuses(words: Data) -> dict[str, Status]:
    unknown = [status for status in words if status not in STATUSES]
    if unknown:
        raise VocabularyError(f"statuses.toml: “{unknown[0]}” is no status; use one of {', '.join(STATUSES)}")
    return {key(word): cast(Status, status) for status, listed in words.items() for word in listed}


def _measures(data: Data) -> tuple[Measure, ...]:
    return tuple(_measure(entry) for entry in data.get("measure", []))


def _measure(entry: Data) -> Measure:
    name, unit, better = _text(entry, "name", "measures.toml"), entry.get("unit"), entry.get("better")
    if unit not in (None, *UNITS):
        raise VocabularyError(f"measures.toml: the unit “{unit}” of {name} is none of {', '.join(UNITS)}")
    if better not in (None, "higher", "lower"):
        raise VocabularyError(f"measures.toml: “better” of {name} is “{better}”; it must be higher or lower")
    return Measure(name, tuple(entry.get("aliases", [])), unit, better, entry.get("domain"), entry.get("source"))


def _organisations(data: Data) -> tuple[Organisation, ...]:
    return tuple(
        Organisation(
            name=_text(entry, "name", "organisations.toml"),
            ods_code=entry.get("ods_code"),
            kind=entry.get("kind"),
            valid_from=_day(entry, "valid_from"),
            valid_to=_day(entry, "valid_to"),
            successors=tuple(entry.get("successors", [])),
            aliases=tuple(entry.get("aliases", [])),
        )
        for entry in data.get("organisation", [])
    )


def _text(entry: Data, field: str, file: str) -> str:
    value: Any = entry.get(field)
    if not isinstance(value, str) or not value.strip():
        raise VocabularyError(f"{file}: an entry has no “{field}”: {entry}")
    return value


def _day(entry: Data, field: str) -> str | None:
    value: Any = entry.get(field)
    if value is None:
        return None
    if type(value) is not date:
        raise VocabularyError(
            f"organisations.toml: “{field}” of {entry.get('name')} is “{value}”; write it as 2021-04-01"
        )
    return value.isoformat()
