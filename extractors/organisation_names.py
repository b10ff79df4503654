"""Organisations by any of their names: full, short, with or without "NHS" and "Trust", slightly misspelt."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.parse.folding import fold, key
from schemas.reference import Organisation


class Named(NamedTuple):
    """The organisation that a printed name means; `near` where only a small misspelling apart."""

    organisation: Organisation
    near: bool = False


_TAIL = re.compile(r"\b(?:the|nhs|foundation|trust|trusts|ft|plc|ltd|limited)\b")
_PLURALS = {"hospitals": "hospital", "services": "service", "boards": "board", "councils": "council"}
_BRACKETED = re.compile(r"\(([^()]*)\)")
_SPLIT = re.compile(r"\s*(?:[/;,\n]|\s&\s|\band\b|\bwith\b|\s[-–]\s)\s*", re.IGNORECASE)
_NEAR = 0.9
_SHORTEST = 9
_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Names:
    """Every spelling of every organisation."""

    exact: Mapping[str, Organisation]
    cores: Mapping[str, Organisation]
    words: frozenset[str]
    """All words of all names: a word that is one of these is no misspelling of another."""
    _found: dict[str, Named | None] = field(default_factory=dict, compare=False, repr=False)
    """What texts were found to name: a table prints the same few names on every row."""

    @classmethod
    def of(cls, listed: tuple[Organisation, ...]) -> Names:
        """An index of these; of two with one spelling, the first has it."""
        exact: dict[str, Organisation] = {}
        cores: dict[str, Organisation] = {}
        for organisation in listed:
            exact.setdefault(key(organisation.name), organisation)
        for organisation in listed:
            for alias in organisation.aliases:
                exact.setdefault(key(alias), organisation)
        for organisation in listed:
            for spelling in (organisation.name, *organisation.aliases):
                cores.setdefault(_core(key(spelling)), organisation)
        cores.pop("", None)
        return cls(exact, cores, frozenset(word for core in cores for word in core.split()))

    def find(self, text: str) -> Named | None:
        """The one organisation that all of the text names, or None."""
        if len(text) > 200:
            return None
        if text not in self._found:
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> Named | None:
        for spelling in (text, _BRACKETED.sub(" ", text)):
            words = key(spelling)
            if found := self.exact.get(words) or self.cores.get(_core(words)):
                return Named(found)
        inside = _BRACKETED.search(text)
        if inside and (found := self.exact.get(key(inside[1]))):
            return Named(found) if _initials_agree(text, inside[1]) else None
        return self._near(_core(key(_BRACKETED.sub(" ", text))))

    def find_all(self, text: str) -> tuple[Named, ...]:
        """The organisations that a text of one or several names holds; unknown parts are left out."""
        whole = self.find(text)
        if whole is not None:
            return (whole,)
        return tuple(found for part in _parts(text) if (found := self.find(part)) is not None)

    def unknown(self, text: str) -> tuple[str, ...]:
        """The parts that name no known organisation, as printed, folded."""
        if not text.strip() or self.find(text) is not None:
            return ()
        parts = _parts(text)
        missing = tuple(part for part in parts if self.find(part) is None)
        return (fold(text),) if len(missing) == len(parts) else missing

    def _near(self, core: str) -> Named | None:
        """By a small misspelling: a word or two that no name has, in place of ones that are much alike."""
        if len(core) < _SHORTEST:
            return None
        close = difflib.get_close_matches(core, self.cores, n=3, cutoff=_NEAR)
        for candidate in close:
            printed, known = core.split(), candidate.split()
            if len(printed) == len(known) and all(
                a == b or a not in self.words for a, b in zip(printed, known, strict=True)
            ):
                return Named(self.cores[candidate], near=True)
        return None


def _core(words: str) -> str:
    """The words that tell organisations apart: no NHS, the, Trust, Foundation; Hospitals as Hospital."""
    return " ".join(_PLURALS.get(word, word) for word in _TAIL.sub(" ", words).split())


def _initials_agree(text: str, inside: str) -> bool:
    """Whether a bracket is the short form of what stands before it: "East London Trust (ELT)"."""
    before = key(text.split("(", maxsplit=1)[0]).replace(" and ", " ").split()
    initials = "".join(word[0] for word in before)
    short = re.sub(r"[^a-z]", "", inside.lower())
    return bool(short) and (short in initials or initials.startswith(short))


def _parts(text: str) -> list[str]:
    return [part for part in (fold(piece) for piece in _SPLIT.split(text)) if part] or [fold(text)]
