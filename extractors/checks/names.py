"""Organisations and words: one body under several names, bodies that no longer exist, letters swapped."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from extractors.checks.evidence import Evidence, as_date, as_text
from extractors.parse.folding import fold, key
from extractors.vocabulary import organisation, organisations, vocabulary
from schemas.finding import Finding
from schemas.outcome import Record

_ALIKE = 0.72
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_PARTS = re.compile(r"\s*(?:[/;\n]|\s&\s)\s*")
_COLUMNS = ("organisation_text", "lead_organisation")


def one_name_each(evidence: Evidence) -> Iterator[Finding]:
    """Each organisation has one name in a pack; abbreviations and a leading "NHS" do not count."""
    printed: dict[str, dict[str, tuple[str, Record]]] = defaultdict(dict)
    for record, text in _names(evidence):
        known = organisation(text)
        canonical = key(known.name) if known else _core(text)
        spelling = _spelling(text)
        if canonical and spelling:
            printed[canonical].setdefault(spelling, (text, record))
    for spellings in printed.values():
        variants = [
            spelling
            for spelling in spellings
            if any(_alike(spelling, other) for other in spellings if other != spelling)
        ]
        if len(variants) < 2:
            continue
        texts = [spellings[spelling][0] for spelling in variants]
        _, record = spellings[variants[-1]]
        yield Finding(
            "info",
            "pack",
            "name_variants",
            f"One organisation has {len(texts)} names in this pack: {', '.join(f'“{text}”' for text in texts)}.",
            page=record.page,
            table_no=record.table_no,
            row=record.row,
            col=record.col,
            column_name="organisation_text" if record.into == "kpis" else "lead_organisation",
            found=texts[-1],
            expected=texts[0],
        )


def organisations_exist(evidence: Evidence) -> Iterator[Finding]:
    """An organisation that a table names existed at the time it speaks of.

    One finding for each organisation of a table.
    """
    seen: set[tuple[int, str]] = set()
    for record, text in _names(evidence):
        at = as_date(record.values.get("period_start")) if record.into == "kpis" else evidence.meeting_date
        for known in organisations(text):
            if (
                known.valid_to is None
                or at is None
                or at.isoformat() <= known.valid_to
                or (record.table_no, known.name) in seen
            ):
                continue
            seen.add((record.table_no, known.name))
            yield Finding(
                "warning",
                "cell",
                "organisation_ceased",
                f"On page {record.page}, “{text}” is named for {at:%B %Y}, but {known.name} ceased on "
                f"{known.valid_to}.",
                page=record.page,
                table_no=record.table_no,
                row=record.row,
                col=record.col,
                column_name="organisation_text" if record.into == "kpis" else "lead_organisation",
                found=text,
            )


def letters_in_order(evidence: Evidence) -> Iterator[Finding]:
    """No word of a measure or an organisation is a common word of the pack or of the data files with two
    letters swapped.
    """
    words = _word_counts(evidence)
    known = vocabulary()
    right_names = [measure.name for measure in known.measures.values()]
    right_names += [known_as.name for known_as in known.organisations.exact.values()]
    listed = {word for name in right_names for word in key(name).split()}
    seen: set[tuple[int, str]] = set()
    for record in evidence.records:
        for column in ("measure", *_COLUMNS, "scheme"):
            text = as_text(record.values.get(column))
            for word in re.findall(r"[A-Za-z]{6,}", text):
                low = word.lower()
                if low in listed or words[low] > 3 or (record.table_no, low) in seen:
                    continue
                seen.add((record.table_no, low))
                right = next((w for w in _swaps(low) if w in listed or words[w] > 2 * words[low]), None)
                if right:
                    yield Finding(
                        "info",
                        "cell",
                        "word_misspelt",
                        f"On page {record.page}, “{word}” in “{text}” seems to be “{right}” with two letters swapped.",
                        page=record.page,
                        table_no=record.table_no,
                        row=record.row,
                        col=record.col,
                        column_name=column,
                        found=word,
                        expected=right,
                    )


def _names(evidence: Evidence) -> Iterator[tuple[Record, str]]:
    """Each printed name of an organisation, once for each table

    a cell with several names gives each of them.
    """
    seen: set[tuple[int, str, str]] = set()
    for record in evidence.records:
        if as_text(record.values.get("series")) == "plan":
            continue
        for column in _COLUMNS:
            text = as_text(record.values.get(column))
            for part in [text] if organisation(text) else _PARTS.split(text):
                at = as_text(record.values.get("period_start")) if record.into == "kpis" else ""
                if part and (record.table_no, part, at) not in seen:
                    seen.add((record.table_no, part, at))
                    yield record, fold(part)


def _spelling(text: str) -> str:
    """What must differ for two spellings to be two names: the words without "NHS", "the" and brackets, "&" as
    printed.
    """
    words = re.sub(r"\b(?:nhs|the)\b", " ", _BRACKETS.sub("", fold(text)).lower())
    return " ".join(re.sub(r"[^a-z0-9& ]", " ", words).split())


def _core(text: str) -> str:
    """For names that no data file knows: equal but for plurals, "and" and legal form."""
    words = key(_BRACKETS.sub("", text)).split()
    return " ".join(
        w.rstrip("s") if len(w) > 4 else w for w in words if w not in ("nhs", "the", "foundation", "trust", "and")
    )


def _alike(one: str, other: str) -> bool:
    """Two spellings of one name, and not a name and its abbreviation or a short form within the longer."""
    if (
        len(one) < 10
        or len(other) < 10
        or (one.replace("&", "and") == other.replace("&", "and") and "&" not in one + other)
    ):
        return False
    if set(one.split()) < set(other.split()) or set(other.split()) < set(one.split()):
        legal = {"foundation", "trust", "university", "borough", "city", "county"}
        return bool((set(one.split()) ^ set(other.split())) <= legal) and min(len(one), len(other)) > 20
    return difflib.SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _word_counts(evidence: Evidence) -> Counter[str]:
    words: Counter[str] = Counter()
    for page in evidence.document.pages:
        for line in page.lines:
            words.update(word.lower() for word in re.findall(r"[A-Za-z]{6,}", line.text))
    for table in evidence.document.tables:
        for cell in table.cells:
            words.update(word.lower() for word in re.findall(r"[A-Za-z]{6,}", cell.text))
    return words


def _swaps(word: str) -> Iterator[str]:
    for i in range(len(word) - 1):
        if word[i] != word[i + 1]:
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
