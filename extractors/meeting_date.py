"""For which day's meeting a pack is: every date that may be it, weighed by where and how it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from extractors.cover import FrontLine
from extractors.parse.finding_dates import find_stretches
from extractors.parse.folding import plain


@dataclass(frozen=True, slots=True)
class Claim:
    """One printed date that may be the meeting's.

    `weight` 5 is a label that says so; below 1 is a bare mention.
    """

    day: date
    weight: float
    where: str
    page: int | None = None
    in_table: bool = False
    """It stands in a table: a log's dates are those of other meetings."""


_LABEL = re.compile(
    r"(?:(?:board |committee |public )?meeting(?: date)?|date(?: of (?:the )?(?:board |committee )?meeting)?"
    r"|(?:meeting )?date and time|date (?:&|and) time of meeting|when) ?[:\-]* ?(?:(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day,? ?)?",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"^(?:report )?(?:to|meeting|committee|board|decision maker|presented to"
    r"|forum)\b ?:? .{2,80}?\s[-,–—:(]? ?",
    re.IGNORECASE,
)
_BODY = re.compile(r"\b(?:board|committee|cabinet|panel|council|governing body|governors)\b", re.IGNORECASE)
_NOT_THE_MEETING = re.compile(
    r"\b(?:minutes|notes? of|held on|previous|last meeting|next (?:meeting|steps|review)|publish"
    r"|publication|printed"
    r"|produced|issued|issue date|as at|as of|version|v\d|dated|approved|approval|updated|revised|reviewed"
    r"|review date"
    r"|data (?:to|for|from)|to the end of|period|deadline|due|since|expires?|closing|circulated|submitted"
    r"|signed"
    r"|despatch|dispatch|from \d|born|act \d{4}|effective|comes? into|until|by (?:the )?\d|prepared"
    r"|created|date of report"
    r"|report date|action log|forward plan|work ?plan|future meetings?|schedule of)\b",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:held|meeting)\b.{0,90}\bon\b", re.IGNORECASE)
_ITEM = re.compile(r"^(?:item )?\(?\d{1,2}[.):]? ?[a-z]?[.)]?\s|^[•\-–\u2022]\s|^[a-z][.)]\s")
_FIRST_ITEM = re.compile(
    r"^(?:\W*(?:item )?1[.):]?\s+[A-Z]|(?:\d{1,2}[.):]? ?)?(?:welcome|apologies|introductions"
    r"|declarations? of)\b)",
    re.IGNORECASE,
)
_TO_APPROVE = re.compile(r"\b(?:approve|confirm|agree|receive|accept|sign)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_TIME = re.compile(r"\b\d{1,2}(?:[.:]\d\d)? ?(?:am|pm|noon|hrs|hours)\b|\b\d\d:\d\d\b", re.IGNORECASE)
_AGENDA = re.compile(r"^(?:\W*)(?:agenda|notice of meeting|meeting in public|order of business)\b", re.IGNORECASE)
_COMPACT = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
_SHORT = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])[-_. ](0?[1-9]|1[0-2])[-_. ](?:20)?(\d\d)(?!\d)")


def find_claims(
    lines: tuple[FrontLine, ...], repeated: tuple[FrontLine, ...], file_name: str, info: dict[str, str]
) -> tuple[Claim, ...]:
    """Every date on the first pages, in headers and footers, in the file's name and title that may be the
    meeting's.
    """
    agenda_pages = {line.page for line in lines if line.down < 0.6 and _AGENDA.match(line.text)}
    claims = []
    before, started = "", False
    for i, line in enumerate(lines):
        new_page = i == 0 or lines[i - 1].page != line.page
        before = "" if new_page else lines[i - 1].text
        started = (started and not new_page) or bool(_FIRST_ITEM.match(line.text))
        claims += _in_line(line, before, agenda_pages, started)
    for line in repeated:
        claims += [
            Claim(day, 2.5, "header or footer", line.page)
            for day in days_in(line.text)
            if not _NOT_THE_MEETING.search(line.text)
        ]
    claims += [Claim(day, 2.0, "file name") for day in days_in_name(file_name)]
    claims += [Claim(day, 1.5, f"PDF {name}") for name in ("Title", "Subject") for day in days_in(info.get(name, ""))]
    return tuple(claims)


def weigh(claims: tuple[Claim, ...]) -> list[tuple[date, float, list[Claim]]]:
    """Each claimed day with its weight, heaviest first

    one place counts once for a day, however often it repeats it.
    """
    by_day: dict[date, dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        best = by_day[claim.day].get(claim.where)
        if best is None or claim.weight > best.weight:
            by_day[claim.day][claim.where] = claim
    weighed = [
        (
            day,
            sum(claim.weight for claim in places.values()),
            sorted(places.values(), key=lambda c: -c.weight),
        )
        for day, places in by_day.items()
    ]
    return sorted(weighed, key=lambda item: (-item[1], -item[0].toordinal()))


def days_in(text: str) -> list[date]:
    """The whole dates (day, month and year) in a text."""
    return [s.days.first for s in find_stretches(plain(text)) if s.precision == "day" and s.days and not s.problem]


def days_in_name(file_name: str) -> list[date]:
    """The whole dates in a file's name: 2021-06-09, 20210609, 09-06-21, 9-June-2021."""
    stem = PurePath(file_name).stem.replace("_", " ").replace("%20", " ")
    found = []
    for pattern, order in ((_COMPACT, (1, 2, 3)), (_SHORT, (3, 2, 1))):
        for match in pattern.finditer(stem):
            year, month, day = (int(match[i]) for i in order)
            try:
                found.append(date(year % 100 + 2000, month, day))
            except ValueError:
                continue
        if found:
            return found
    return days_in(re.sub(r"(?<=\w)-(?=\w)", " ", stem)) or days_in(stem)


def _in_line(line: FrontLine, before: str, agenda_pages: set[int], started: bool) -> list[Claim]:
    text = plain(line.text)
    claims = []
    for stretch in find_stretches(text):
        if stretch.precision != "day" or stretch.days is None or stretch.problem:
            continue
        weight, where = _weight(line, text[: stretch.start], text[stretch.end :], before, agenda_pages, started)
        if weight > 0:
            claims.append(Claim(stretch.days.first, weight, f"{where}, page {line.page}", line.page, line.in_table))
    return claims


def _weight(
    line: FrontLine, lead: str, rest: str, before: str, agenda_pages: set[int], started: bool
) -> tuple[float, str]:
    """`started`: the first item of business stands above; what follows is about other days."""
    bare = len(_WEEKDAY.sub("", lead).strip(" ,:-–")) <= 2
    whole = f"{lead} {rest}"
    fade = 1.0 if line.page == 1 else 0.6 if line.page <= 3 else 0.4
    of_minutes = re.search(r"minutes|notes of|action log", f"{before} {lead}", re.IGNORECASE)
    mention = (0.1 * fade, "a mention")
    if started or _ITEM.match(lead):
        return mention
    if _LABEL.fullmatch(lead) or (bare and _LABEL.fullmatch(before.strip() + " ")):
        return 5.0 * fade, "label"
    if _ADDRESSED.match(lead) and not _NOT_THE_MEETING.search(lead) and len(lead) < 110:
        return 4.5 * fade, "the paper's address"
    if _HELD.search(lead) and not _TO_APPROVE.search(lead) and line.page == 1 and line.down < 0.5:
        return (1.0 if of_minutes else 4.0), "“held on”"
    if _NOT_THE_MEETING.search(whole) or of_minutes:
        return mention
    short = len(whole.strip()) <= 60
    if line.in_table and not (line.page in agenda_pages and line.down < 0.25):
        return 0.6 * fade, "a table"
    if short and line.page == 1 and line.down < 0.4 and _BODY.search(lead) and len(rest.strip()) <= 20:
        return 3.0, "the board's name"
    clock = bool(_TIME.search(rest) or _WEEKDAY.search(lead))
    if line.down < 0.5 and line.page in agenda_pages and (bare or short):
        return (3.0 + clock) * fade, "agenda"
    if line.page == 1 and short and (bare or line.prominence >= 1.15):
        return (2.0 if line.down < 0.7 else 1.0) + min(line.prominence - 1, 1.0) + 0.5 * clock, "cover"
    if short and line.down < 0.4 and (bare or line.prominence >= 1.15):
        return (1.0 + 0.5 * clock) * fade, "heading"
    return mention
