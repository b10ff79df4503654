"""Whose pack it is, and for which meeting: read from the pack itself, with the evidence, and held against
what the source says.
"""

from __future__ import annotations

from datetime import date

from extractors.cover import front_lines, furniture
from extractors.meeting_date import Claim, find_claims, weigh
from extractors.parse.folding import key
from extractors.whose_pack import Named, find_board, find_organisation, most_named, place_of_board
from schemas.document import Document
from schemas.finding import Finding
from schemas.outcome import PackMeta

_BELIEVED = 0.95
"""A date that is only mentioned somewhere weighs less than this, and is not taken."""

_RIVAL = 2.0
"""A second date with at least this weight is a disagreement, not a passing mention."""


def read_meta(document: Document, hints: PackMeta | None = None) -> tuple[PackMeta, tuple[Finding, ...]]:
    """Organisation, board and meeting date, with where each was read, and what disagrees.

    What `hints` say (a source's settings) stands, and a pack that says otherwise is a finding. Fields that
    nothing says are None,
    and that is a finding too: packs without a meeting date have no place in a history.
    """
    hints = hints or PackMeta()
    lines, repeated = front_lines(document), furniture(document)
    weighed = weigh(find_claims(lines, repeated, document.file_name, document.info))
    evidence: dict[str, str] = {}
    findings: list[Finding] = []

    meeting_date, date_findings = _meeting_date(weighed, hints, evidence)
    findings += date_findings

    boards = find_board(lines, repeated, document.info)
    board = _settle("board", boards, hints.board, hints, evidence)
    organisations = find_organisation(lines, repeated, document.info)
    if not organisations and board and (place := place_of_board(board)):
        organisations = [Named(place, 1.0, "the board's name")]
    organisations = [item for item in organisations if item.weight >= _NAMED]
    if not organisations and (named := most_named(document)):
        organisations = [named]
    organisation = _settle("organisation", organisations, hints.organisation, hints, evidence)
    findings += _disagreement("organisation", hints.organisation, organisations)
    findings += _disagreement("board", hints.board, [item for item in boards if item.weight >= _NAMED])
    if organisation is None:
        findings.append(
            Finding(
                "info",
                "pack",
                "organisation_not_found",
                "No organisation's name was found on the cover, in headers or in footers; say whose pack "
                "it is in the source's settings.",
                column_name="organisation",
            )
        )
    return PackMeta(organisation, board, meeting_date, evidence), tuple(findings)


def _meeting_date(
    weighed: list[tuple[date, float, list[Claim]]], hints: PackMeta, evidence: dict[str, str]
) -> tuple[str | None, list[Finding]]:
    believed = [item for item in weighed if item[1] >= _BELIEVED]
    if hints.meeting_date:
        evidence["meeting_date"] = hints.evidence.get("meeting_date", "source settings")
        chosen = hints.meeting_date
    elif believed:
        evidence["meeting_date"] = "; ".join(claim.where for claim in believed[0][2] if claim.weight >= 0.5)
        chosen = believed[0][0].isoformat()
    else:
        return None, [
            Finding(
                "info",
                "pack",
                "meeting_date_not_found",
                "No meeting date was found on the cover, the agenda or in the file's name; the pack stands "
                "outside any history until "
                "its source says the date.",
                column_name="meeting_date",
            )
        ]
    rivals = [
        item
        for item in believed
        if item[0].isoformat() != chosen
        and any(claim.weight >= _BELIEVED and not claim.in_table for claim in item[2])
        and (item[1] >= _RIVAL or (hints.meeting_date == chosen and item is believed[0]))
    ]
    return chosen, [
        Finding(
            "warning",
            "pack",
            "meeting_date_disagrees",
            f"The pack is taken to be for the meeting of {chosen} ({evidence['meeting_date']}), but "
            f"{day.isoformat()} also stands as its "
            f"date ({'; '.join(claim.where for claim in claims if claim.weight >= 0.5)}).",
            page=next((claim.page for claim in claims if claim.page), None),
            column_name="meeting_date",
            found=day.isoformat(),
            expected=chosen,
        )
        for day, _, claims in rivals[:2]
    ]


_NAMED = 1.0
"""A name in running text on a later page weighs less than this, and may be anybody's."""


def _settle(field: str, named: list[Named], hint: str | None, hints: PackMeta, evidence: dict[str, str]) -> str | None:
    if hint:
        evidence[field] = hints.evidence.get(field, "source settings")
        return hint
    if not named or named[0].weight < _NAMED:
        return None
    evidence[field] = named[0].where
    return named[0].name


def _disagreement(field: str, hint: str | None, named: list[Named]) -> list[Finding]:
    if not hint or not named or _names_agree(hint, named):
        return []
    return [
        Finding(
            "info",
            "pack",
            f"{field}_disagrees",
            f"The source says that this pack's {field} is {hint}, but the pack itself names {named[0].name} "
            f"({named[0].where}).",
            column_name=field,
            found=named[0].name,
            expected=hint,
        )
    ]


def _names_agree(hint: str, named: list[Named]) -> bool:
    """A hint may be the abbreviation or a part of what is printed."""
    wanted = key(hint)
    for item in named[:5]:
        printed = key(item.name)
        initials = "".join(word[0] for word in printed.split() if word not in ("and", "of", "the", "nhs"))
        if wanted in printed or printed in wanted or wanted.replace(" ", "") == initials:
            return True
    return False
