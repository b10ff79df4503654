"""Who was there, by the lists of a meeting's minutes; and the owners of actions held against them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.checks.evidence import Evidence, as_text
from extractors.parse.folding import fold, key, plain
from extractors.vocabulary import organisations
from schemas.document import PageText, RawTable, TextLine
from schemas.finding import Finding
from schemas.outcome import Record

_LIST = re.compile(
    r"(?:(?:board |voting |non-voting |other )?members?(?: present)?|present|attendees?|in attendance|also present"
    r"|apologies(?: for absence)?(?: received)?|observers?)",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[A-Z]{2,4}")
_TITLES = re.compile(
    r"^(?:(?:dr|mr|mrs|ms|miss|cllr|councillor|prof(?:essor)?|sir|dame|mayor|lord|lady|rev)\b\.? *)+", re.I
)
_PERSON = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’.-]*){1,3}")
_ROLE = re.compile(
    r"\b(?:Chair|Director|Officer|Lead|Head|Chief|Manager|Team|Board|Committee|Council|Trust|Secretary|Executive"
    r"|Services?|Partners|Leads|Group|Nurse|Governance|All|Finance|Public|Health|Care|Place|System)\b"
)
_SHORTEST_LIST = 6
"""A shorter list of people is no attendance that an owner can be missed in."""
_NO_ROLE = frozenset(["and", "the", "of", "for", "to", "nhs", "trust", "council", "board", "icb", "interim", "acting"])


@dataclass(frozen=True, slots=True)
class Person:
    """One line of a list of people: "Ann Lee (Saltmarsh Council, Chair)", with initials where they are printed."""

    name: str
    """Without titles."""
    about: str
    """What else the line says: organisation and role."""
    initials: str | None
    page: int


@dataclass(frozen=True, slots=True)
class Named:
    """An action that the minutes name, and for whom."""

    ref: str
    owner: str
    page: int


def people_of(evidence: Evidence) -> tuple[Person, ...]:
    """Everybody in the pack's lists of members, apologies and attendees, once."""
    return evidence.once(
        "people", lambda: tuple(dict.fromkeys(p for page in evidence.document.pages for p in _on_page(page)))
    )


def initials_of_people(evidence: Evidence) -> Iterator[Finding]:
    """No two people of the meeting's lists have the same initials, since minutes name owners by them."""
    by_initials: dict[str, list[Person]] = defaultdict(list)
    for person in people_of(evidence):
        if person.initials and person.name not in [known.name for known in by_initials[person.initials]]:
            by_initials[person.initials].append(person)
    for initials, people in by_initials.items():
        if len(people) > 1 and not _in_a_table(evidence, people[0]):
            names = " and ".join(person.name for person in people)
            yield Finding(
                "info",
                "page",
                "initials_shared",
                f"On page {people[1].page}, the initials {initials} stand for {names}: an action for {initials} has no "
                "certain owner.",
                page=people[1].page,
                found=initials,
            )


def people_s_organisations_exist(evidence: Evidence) -> Iterator[Finding]:
    """The organisations that the lists of people name existed at the meeting. One finding for each organisation."""
    meeting = evidence.meeting_date
    seen: set[str] = set()
    for person in people_of(evidence):
        for known in organisations(person.about) if meeting and person.about else ():
            if known.valid_to is None or str(meeting) <= known.valid_to or known.name in seen:
                continue
            seen.add(known.name)
            yield Finding(
                "warning",
                "page",
                "organisation_ceased",
                f"On page {person.page}, {person.name} is listed for {known.name}, which ceased on {known.valid_to}.",
                page=person.page,
                found=person.about,
            )


def owners_are_known(evidence: Evidence) -> Iterator[Finding]:
    """Where most people who own actions are in the lists of the meeting, all are."""
    people = people_of(evidence)
    if len(people) < _SHORTEST_LIST:
        return
    known: set[str] = set()
    strangers: dict[str, Record] = {}
    for record in evidence.records:
        owner = as_text(record.values.get("owner")) if record.into == "actions" else ""
        if not owner:
            continue
        there = {person.name for person in people if _is_in(person.name, owner)}
        known |= there
        bare = _TITLES.sub("", owner).strip(" ,;")
        if not there and _PERSON.fullmatch(bare) and not _ROLE.search(bare):
            strangers.setdefault(bare, record)
    if len(known) < 3 or len(strangers) > max(1, len(known) // 3):
        return
    for name, record in strangers.items():
        yield Finding(
            "info",
            "row",
            "owner_in_no_list",
            f"On page {record.page}, {name} owns an action and is in no list of the people of the meeting.",
            page=record.page,
            table_no=record.table_no,
            row=record.row,
            column_name="owner",
            found=name,
        )


def owners_agree(evidence: Evidence) -> Iterator[Finding]:
    """An action has the owner in the log that the minutes give it; a role counts as whoever holds it."""
    people = people_of(evidence)
    log = defaultdict(list)
    for record in evidence.records:
        if record.into == "actions" and (ref := as_text(record.values.get("ref"))):
            log[ref].append(record)
    for named in _named(evidence):
        held = log.get(named.ref, [])
        owners = [as_text(record.values.get("owner")) for record in held]
        if not held or not named.owner or not all(owners):
            continue
        if any(_agree(named.owner, owner, people) for owner in owners):
            continue
        yield Finding(
            "info",
            "row",
            "owner_unlike_minutes",
            f"The minutes on page {named.page} give action {named.ref} to {named.owner}; the log on page "
            f"{held[0].page} has {' and '.join(f'“{owner}”' for owner in owners)}.",
            page=held[0].page,
            table_no=held[0].table_no,
            row=held[0].row,
            column_name="owner",
            found=owners[0],
            expected=named.owner,
        )


def _on_page(page: PageText) -> Iterator[Person]:
    lines = [line for line in page.lines if line.text.strip()]
    for heading in lines:
        if not _LIST.fullmatch(fold(heading.text).rstrip(":")) or not (heading.bold or heading.text.isupper()):
            continue
        below = [line for line in lines if line.bbox.top > heading.bbox.bottom - 2]
        end = min((line.bbox.top for line in below if line.bold), default=page.height)
        for line in below:
            if line.bbox.top < end - 2 and abs(line.bbox.x0 - heading.bbox.x0) < 6:
                yield from _person(line, below, page.number)


def _person(line: TextLine, lines: list[TextLine], page: int) -> Iterator[Person]:
    beside = [o for o in lines if abs(o.bbox.top - line.bbox.top) < 3 and o.bbox.x0 > line.bbox.x1]
    beside.sort(key=lambda other: other.bbox.x0)
    text = fold(" ".join([line.text, *(other.text for other in beside)]))
    words = text.split()
    initials = words[-1] if len(words) > 2 and _INITIALS.fullmatch(words[-1]) else None
    name, *about = re.split(r"\s*[(,–]\s*|\s+-\s+", fold(line.text), maxsplit=1)
    bare = _TITLES.sub("", name).strip()
    if len(text) < 120 and _PERSON.fullmatch(bare):
        more = [fold(other.text) for other in beside if not _INITIALS.fullmatch(fold(other.text))]
        yield Person(bare, " ".join([*(part.rstrip(") ") for part in about), *more]), initials, page)


def _named(evidence: Evidence) -> Iterator[Named]:
    """Actions in the last column of minutes, with what stands beside the number, or alone under the same item."""
    for table in evidence.document.tables:
        if evidence.kind_of.get(table.table_no) is None and _is_minutes(table):
            rows = [[fold(text) for text in row] for row in table.grid()]
            for r, row in enumerate(rows[1:], start=1):
                refs = re.findall(r"(?:^|action |[,&] ?)(\d{1,5})\b", row[-1], flags=re.IGNORECASE)
                owner = re.sub(r"\baction\b|[\d.:]", " ", row[-1], flags=re.IGNORECASE).strip(" ,;")
                if refs and not owner:
                    alone = (other[1] for other in rows[r + 1 :] if row[0] and other[0] == row[0])
                    owner = next((text for text in alone if 0 < len(text) <= 25), "")
                page = next((cell.page for cell in table.cells if cell.row == r), table.page)
                yield from (Named(ref, fold(owner), page) for ref in refs)


def _is_minutes(table: RawTable) -> bool:
    heads = [key(text) for text in table.grid()[0]] if table.n_rows else []
    return len(heads) >= 3 and heads[-1].startswith("action") and any("discussion" in h or "minute" in h for h in heads)


def _agree(minutes: str, log: str, people: tuple[Person, ...]) -> bool:
    if key(minutes) in key(log) or key(log) in key(minutes):
        return True
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z][\w'’]*", _TITLES.sub("", plain(log)))).upper()
    return all(
        token in letters or any(_speaks_of(log, person) for person in people if person.initials == token)
        for token in re.findall(r"\b[A-Z]{2,4}\b", minutes)
    )


def _speaks_of(log: str, person: Person) -> bool:
    """The log's words name the person, or the role that the list of people gives them."""
    said, role = set(key(log).split()), set(key(person.about).split()) - _NO_ROLE
    return key(person.name).split()[-1] in said or len(said & role) >= 2 or said <= role


def _is_in(name: str, owner: str) -> bool:
    """The name, or its first and last word: middle names and hyphens come and go."""
    words, printed = key(name).split(), key(owner)
    return " ".join(words) in printed or f"{words[0]} {words[-1]}" in printed


def _in_a_table(evidence: Evidence, person: Person) -> bool:
    """People in a table with their initials are another check's."""
    return any(
        table.page <= person.page <= table.last_page and any(fold(cell.text) == person.initials for cell in table.cells)
        for table in evidence.document.tables
    )
