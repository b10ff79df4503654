"""Whose pack it is, and of which board: names by their form ("… NHS Foundation Trust", "… Committee"), never
by a list.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from extractors.cover import FrontLine
from extractors.parse.folding import key, plain
from schemas.document import Document

_WORD = r"(?:[A-Z][\w'’.\-]*|&|of|and|the|on|for|upon|in|cum|next)"
_LEGAL = (
    r"NHS Foundation Trust|NHS Trust|NHS FT|Foundation Trust|Hospitals? Trust|Care Trust"
    r"|Integrated Care Board|ICB|Integrated Care System|ICS|Integrated Care Partnership"
    r"|Clinical Commissioning Group|CCG"
    r"|Health Board|Health and Social Care Trust|Combined (?:County )?Authority|(?:County|City|Borough"
    r"|District|Metropolitan"
    r"|Parish|Town|Community) Council|Council|Corporation|Fire (?:and|&) Rescue (?:Authority|Service)"
    r"|Fire Authority"
    r"|National Park Authority|Police and Crime (?:Commissioner|Panel)|Ambulance Service"
    r"|Community Interest Company|CIC|IPS"
)
_ORGANISATION = re.compile(
    rf"\b(?P<name>(?:{_WORD},? ){{1,9}}?(?:{_LEGAL}))(?![\w'’])(?! (?:Tax|tax|Members?|members?|Chamber"
    r"|CHAMBER|Leader|Offices?|house)\b)",
)
_LEGAL_UPPER = re.compile(rf"\b(?:{_LEGAL})\b", re.IGNORECASE)
_NHS_PLACE = re.compile(
    r"^(?P<name>NHS (?!England|Improvement|Digital|Constitution|Number)(?:[A-Z][\w'’,]+ ?(?:and |& "
    r"|, )?){1,6})$"
)
_OF_COUNCIL = re.compile(
    r"\b(?:(?:London )?Borough|City|County|Royal Borough) of [A-Z]\w+(?: (?:and|&) [A-Z]\w+)*(?: Council)?\b"
)

_BODY = (
    r"(?:Trust |Public |Partnership |Governing |Shadow |Joint |Extraordinary |Executive "
    r"|Integrated Care )*Board(?: of Directors| of Governors| Meeting)?"
    r"|Council of Governors|Governing Body|Cabinet|Full Council"
    r"|(?:[A-Z][\w'’&\-]*,? (?:and |& |of |for |the )*){0,9}(?:Sub-?[Cc]ommittee|Committee|Panel|Board"
    r"|Cabinet|Forum|Commission|Partnership)"
)
_BOARD = re.compile(rf"\b(?P<board>{_BODY})\b")
_BOARD_FOR = re.compile(
    r"\b(?P<board>(?:[A-Z]\w+ ){0,4}(?:Board|Partnership|Committee)) (?:for"
    r"|of) (?P<place>(?:[A-Z][\w'’\-]+,? (?:and |& )?)+[A-Z]?[\w'’\-]*)"
)
_ADDRESS = re.compile(
    r"^(?:(?:report |paper )?to ?:? +|(?:title of meeting|meeting title|name of meeting|presented to) ?:? +"
    r"|(?:meeting|committee|board|decision maker|forum|body) ?: *)(?P<rest>(?-i:[A-Z]).{2,90})$",
    re.IGNORECASE,
)
_MEETING_OF = re.compile(
    r"^(?:a |the )?(?:public |extraordinary |ordinary )?meeting of the (?P<board>(?:Trust |Public |Governing )?(?:Board"
    r"(?: of Directors| of Governors)?|Body)|Cabinet|Full Council|Council of Governors)\b",
    re.IGNORECASE,
)
_NOT_A_BODY = re.compile(
    r"\b(?:by|apologies|minutes of|chair of|chairman|member of|members|director|update|approved"
    r"|recommendation|report from|that)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:[Tt]he|[Aa]rts|[Oo]ur|[Ee]ach|[Ee]very|[Aa]nother|[Ff]ull|[Tt]own|[Pp]arish) Council$|\b(?:the"
    r"|our) \w+$"
)
_LEAD_WORDS = re.compile(
    r"^(?:(?:the|a|of|and|at|by|for|in|on|to|from|this|meeting|agenda|report|minutes|appendix|produced"
    r"|working|with|supported|welcome|paper|a meeting of|held in public)\b[ ,:]*)+",
    re.IGNORECASE,
)
_SMALL = {"of", "and", "the", "for", "on", "upon", "in", "to", "at", "by", "with", "cum", "next"}
_KEPT = re.compile(r"^(?:NHS|ICB|ICS|CCG|CIC|IPS|FT|UK|PCN|STP)$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name and why it was taken."""

    name: str
    weight: float
    where: str


def find_organisation(
    lines: tuple[FrontLine, ...], repeated: tuple[FrontLine, ...], info: dict[str, str]
) -> list[Named]:
    """Organisations named on the first pages, in headers, footers and the PDF's title, heaviest first."""
    found: list[tuple[str, float, str]] = []
    for line in lines:
        for name, whole in organisations_in(line.text):
            weight = _by_place(line) * (2.0 if whole or _ADDRESS.match(plain(line.text)) else 1.0)
            if line.page > 1 and not whole:
                weight *= 0.3
            found.append((name, weight, f"cover page {line.page}" if line.page == 1 else f"page {line.page}"))
    for above, below in pairwise(lines):
        if _one_title(above, below):
            both = f"{above.text} {below.text}"
            names = [name for name, whole in organisations_in(both) if whole]
            found += [(name, 2.0 * _by_place(above), f"cover page {above.page}") for name in names]
    for line in repeated:
        found += [(name, 4.0, "header or footer") for name, _ in organisations_in(line.text)]
    for field in ("Title", "Subject", "Author", "Company"):
        found += [(name, 2.0, f"PDF {field}") for name, _ in organisations_in(info.get(field, ""))]
    return _merged(found)


def most_named(document: Document) -> Named | None:
    """The organisation that the text names most: four times and twice as often as any other, or three times with
    no other named.
    """
    count: Counter[str] = Counter()
    printed: dict[str, str] = {}
    for page in document.pages:
        for line in page.lines:
            for name, _ in organisations_in(line.text):
                count[key(name)] += 1
                printed.setdefault(key(name), name)
    ranked = [*count.most_common(2), ("", 0), ("", 0)]
    most, next_most = ranked[0][1], ranked[1][1]
    if most >= 2 * next_most and most >= (4 if next_most else 3):
        return Named(printed[ranked[0][0]], 1.0, f"named {ranked[0][1]} times in the text")
    return None


def find_board(lines: tuple[FrontLine, ...], repeated: tuple[FrontLine, ...], info: dict[str, str]) -> list[Named]:
    """Boards, committees and cabinets that the first pages address or announce, heaviest first."""
    found: list[tuple[str, float, str]] = []
    for i, line in enumerate(lines):
        place = f"cover page {line.page}" if line.page == 1 else f"page {line.page}"
        fade = 1.0 if line.page == 1 else 0.5
        if match := _ADDRESS.match(plain(line.text)):
            if (body := _body(_without_date(match["rest"]))) is not None:
                found.append((body, 8.0 * fade, place))
            continue
        if line.page == 1 and (match := _MEETING_OF.match(plain(line.text))):
            found.append((as_title(match["board"]), _by_place(line), place))
            continue
        if i and _one_title(lines[i - 1], line) and _is_organisation_only(f"{lines[i - 1].text} {line.text}"):
            continue
        follows = lines[i + 1] if i + 1 < len(lines) and lines[i + 1].page == line.page else None
        text = line.text
        if follows and line.page == 1 and text.rstrip().lower().endswith((" for", " of", " and", ",")):
            text = f"{text} {follows.text}"
        if (
            line.down < 0.6
            and len(text) <= 110
            and not _NOT_A_BODY.search(text)
            and (body := _body(_without_date(text)))
        ):
            share = len(body) / max(len(_without_date(text)), 1)
            if " " not in body and (share < 0.9 or body not in ("Board", "Cabinet")):
                continue
            found.append((body, _by_place(line) * (0.3 + share), place))
    found += [
        (body, 2.5, "header or footer")
        for line in repeated
        if not _NOT_A_BODY.search(line.text) and (body := _body(_without_date(line.text)))
    ]
    if (title := info.get("Title", "")) and (body := _body(_without_date(title))):
        found.append((body, 1.5, "PDF Title"))
    return _merged(found)


def place_of_board(text: str) -> str | None:
    """Larkshire, of "Partnership Board for Larkshire": the only name that some partnerships print."""
    match = _BOARD_FOR.search(plain(text))
    return match["place"].strip(" ,") if match else None


def organisations_in(text: str) -> list[tuple[str, bool]]:
    """Names that have the form of an organisation's, and whether each is all that the text says."""
    text = plain(text)
    if text.isupper() and _LEGAL_UPPER.search(text):
        text = as_title(text)
    names = []
    for pattern in (_ORGANISATION, _OF_COUNCIL, _NHS_PLACE):
        for match in pattern.finditer(text):
            name = _LEAD_WORDS.sub("", match["name"] if "name" in pattern.groupindex else match.group()).strip(" ,-")
            if len(name.split()) >= 2 and not _NO_NAME.search(name) and not re.fullmatch(_LEGAL, name):
                names.append((name, len(name) >= len(text.strip()) - 3))
    return names


def as_title(text: str) -> str:
    """LARKSHIRE COUNTY COUNCIL as Larkshire County Council; abbreviations such as NHS stay."""
    words = []
    for i, word in enumerate(text.split()):
        bare = word.strip(",.()")
        if _KEPT.match(bare):
            words.append(word)
        elif word.lower() in _SMALL and i:
            words.append(word.lower())
        else:
            words.append("-".join(part[:1].upper() + part[1:].lower() for part in word.split("-")))
    return " ".join(words)


def _one_title(above: FrontLine, below: FrontLine) -> bool:
    """Two lines of one cover title: "Saltmarsh and Dunes Integrated" over "Care Board"."""
    return above.page == below.page == 1 and above.size == below.size and above.prominence >= 1.2


def _by_place(line: FrontLine) -> float:
    fade = {1: 3.0, 2: 1.2, 3: 1.0}.get(line.page, 0.6)
    top = 1.3 if line.down < 0.4 else 1.0
    length = 1.0 if len(line.text) <= 90 else 0.3
    return fade * top * length * min(max(line.prominence, 0.7), 2.0)


def _without_date(text: str) -> str:
    text = re.split(
        r"\s[-–—]\s(?=\d|(?:mon|tue|wed|thu|fri|sat|sun))|,? (?:held )?on (?=\w+day|\d)",
        plain(text),
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
    text = re.split(r"\b\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8},? \d{4}\b", text, maxsplit=1)[0]
    return text.strip(" ,:-–—")


def _body(text: str) -> str | None:
    """The board in a text, with its organisation where that is part of the name."""
    if text.isupper():
        text = as_title(text)
    if (match := _BOARD_FOR.search(text)) and match.start() <= 4:
        return _LEAD_WORDS.sub("", match.group()).strip(" ,") or None
    best = max((m["board"] for m in _BOARD.finditer(text)), key=len, default="")
    best = _LEAD_WORDS.sub("", best).strip(" ,")
    best = re.sub(r"\s+Meeting$", "", best)
    if not best or re.fullmatch(rf"(?:{_LEGAL})", best) or _is_organisation_only(best):
        return None
    return best


def _is_organisation_only(name: str) -> bool:
    return any(whole for _, whole in organisations_in(name))


def _merged(found: list[tuple[str, float, str]]) -> list[Named]:
    by_name: dict[str, list[tuple[str, float, str]]] = defaultdict(list)
    for name, weight, where in found:
        by_name[key(name)].append((name, weight, where))
    merged = []
    for same in by_name.values():
        first = max(same, key=lambda item: item[1])
        places = {where: 0.0 for _, _, where in same}
        for _, weight, where in same:
            places[where] = max(places[where], weight)
        rest = sum(places.values()) - max(places.values())
        merged.append(Named(first[0], max(places.values()) + 0.25 * rest, first[2]))
    return sorted(merged, key=lambda item: -item.weight)
