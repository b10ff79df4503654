"""A meeting published as many PDFs is one meeting: whose it is and when, settled over all of its papers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.parse.folding import key
from flows.pipeline import ReadPack
from flows.sources import Source
from schemas.finding import Finding
from schemas.outcome import PackMeta, PackResult

FIELDS = ("organisation", "board", "meeting_date")
CALLED = {"organisation": "organisation", "board": "board", "meeting_date": "meeting's date"}
AGENDA = re.compile(r"agenda|front ?-?sheet|notice of meeting|reports? pack", re.IGNORECASE)
ReadMany = Callable[[Sequence[tuple[Source, str]]], list[ReadPack]]


def read_together(papers: Sequence[tuple[Source, str]], read_many: ReadMany) -> list[ReadPack]:
    """Every paper of one meeting, read as papers of the same organisation, board and day.

    The source's word stands; else the agenda's; else what most papers say. A paper that says otherwise is read again
    with what was settled (its dates without a year depend on it), and what it says itself is a finding.
    """
    reads = read_many(papers)
    results = {id(read): read.result for read in reads if read.result is not None}
    if len(results) < 2:
        return reads
    settled = settle(list(results.values()))
    again = [(n, read) for n, read in enumerate(reads) if read.result and not _agrees(read.result.meta, settled)]
    if not again:
        return reads
    fresh = read_many([(replace(read.source, hints=settled), read.pack_id or "") for _, read in again])
    for (n, before), after in zip(again, fresh, strict=True):
        assert before.result is not None
        reads[n] = after
        if after.result is not None:
            after.source, after.started_at = before.source, before.started_at
            after.result = _with_findings(after.result, before.result, settled)
    return reads


def settle(results: Sequence[PackResult]) -> PackMeta:
    """Organisation, board and day of the meeting, with where each was read."""
    values: dict[str, str | None] = {}
    evidence: dict[str, str] = {}
    for name in FIELDS:
        said = [(getattr(r.meta, name), r) for r in results if getattr(r.meta, name)]
        agendas = [(value, r) for value, r in said if AGENDA.search(r.document.file_name)]
        told = [(value, r) for value, r in said if r.meta.evidence.get(name) == "source settings"]
        voices = told or agendas[:1] or said
        if not voices:
            values[name] = None
            continue
        chosen, count = Counter(key(value) for value, _ in voices).most_common(1)[0]
        values[name], first = next((value, r) for value, r in voices if key(value) == chosen)
        if told:
            evidence[name] = "source settings"
        elif agendas:
            evidence[name] = f"the meeting's agenda ({first.meta.evidence.get(name, 'its text')})"
        else:
            evidence[name] = f"{count} of the meeting's {len(results)} papers"
    return PackMeta(values["organisation"], values["board"], values["meeting_date"], evidence)


def _agrees(meta: PackMeta, settled: PackMeta) -> bool:
    return all(getattr(meta, name) == getattr(settled, name) for name in FIELDS)


def _with_findings(after: PackResult, before: PackResult, settled: PackMeta) -> PackResult:
    """What the paper itself says otherwise; the reader's own findings about that are not repeated."""
    told = {finding.check for finding in after.findings}
    extra = []
    for name in FIELDS:
        own, common = getattr(before.meta, name), getattr(settled, name)
        check = f"{name}_disagrees"
        if own and common and key(own) != key(common) and check not in told:
            extra.append(
                Finding(
                    "warning",
                    "pack",
                    check,
                    f"This paper says that the {CALLED[name]} is {own} ({before.meta.evidence.get(name, 'its text')}); "
                    f"it is kept with the meeting's other papers under {common} ({settled.evidence[name]}).",
                    column_name=name,
                    found=own,
                    expected=common,
                )
            )
    return replace(after, findings=(*after.findings, *extra)) if extra else after
