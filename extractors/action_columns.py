"""Which column of an action table holds what: by its heading, and where that is not enough by
its contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extractors.parse.dates import parse_date
from extractors.parse.folding import key
from extractors.parse.problem import Problem
from extractors.sheet import Sheet
from extractors.vocabulary import header_role, status_of
from schemas.finding import Finding

_KIND = "actions"
_ROLES = ("ref", "raised", "item", "action", "owner", "due", "status")
_TEXTS = {"raised": "raised_text", "due": "due_text", "status": "status_text"}
"""Roles whose printed text has a column of its own beside the typed one."""

_PREFERRED = {
    "action": re.compile(r"\bactions?\b|\bdecisions?\b|commit|what we"),
    "due": re.compile(r"\b(?:revised|current|latest|new|agreed)\b"),
    "status": re.compile(r"\bstatus\b"),
    "ref": re.compile(r"\baction\b|^ref"),
    "raised": re.compile(r"\brais|\bmeeting\b|\bdate\b"),
    "owner": re.compile(r"\bowner\b|\blead\b|\bresponsib"),
    "item": re.compile(r"\bitem\b|\bsubject\b|\btitle\b"),
}
_WEAK_ACTION = re.compile(
    r"^(?:details?|description|task|activity|activities|agreed|next steps?|milestones?|deliverables?)$"
)
_PLANNED = re.compile(r"\b(?:milestones?|deliverables?|commit\w*|objectives?|what we|next steps?|planned)\b")
_STRICT = re.compile(r"^[A-Z]{2,3}(?:[\s/,&+]+[A-Z]{2,3})*$")
"""Nothing but initials, of one person or several."""
_INITIALS = re.compile(r"^(?:[A-Z][A-Za-z'-]{0,3}\b[\s/,&+.]*){1,8}$")
_NAME = re.compile(r"^(?:[A-Z][\w.'-]+[\s/,&]*){1,6}$")
_LABEL = re.compile(r"^(?:actions?|owner|lead|by) ?[:–-] ?", re.IGNORECASE)
"""What minutes print before an owner's initials: "Action: JB"."""
_REF = re.compile(r"^[A-Z]{0,6}[-/. ]?\d{1,4}(?:[./-]\d{1,4}){0,3}[a-z]?[.)]?$", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """The columns of one action table. `minutes`: the action column holds owners, the action
    is the minute."""

    sheet: Sheet
    primary: dict[str, int]
    """role -> column."""
    more: tuple[int, ...]
    """Columns whose text goes to the comments."""
    unknown: tuple[int, ...]
    minutes: bool = False
    dues: tuple[int, ...] = ()
    """Further columns of due dates: the original one beside the revised."""

    def column(self, role: str) -> int | None:
        """Where a role stands."""
        return self.primary.get(role)

    def heading(self, role: str) -> str:
        """The heading over a role's column."""
        col = self.primary.get(role)
        return self.sheet.headings[col] if col is not None else ""

    def shown(self) -> list[str]:
        """The roles found, in the order of the view."""
        return [role for role in _ROLES if role in self.primary]

    def text(self, row: int, role: str) -> str:
        """The text under a role in a row, a merged cell's in all its rows."""
        col = self.primary.get(role)
        if col is None:
            return ""
        return self.sheet.text(row, col) if role == "action" else self.sheet.down(row, col)

    def texts(self, row: int) -> dict[str, str]:
        """The view's text columns of a row that are not blank."""
        found = {_TEXTS.get(role, role): self.text(row, role) for role in self.primary}
        earlier = None
        if "due" in self.primary and not found["due_text"]:
            earlier = next((col for col in self.dues if self.sheet.down(row, col)), None)
            found["due_text"] = self.sheet.down(row, earlier) if earlier is not None else ""
        found["comments"] = self._comments(row, earlier)
        return {name: text for name, text in found.items() if text}

    def says_nothing(self, row: int) -> bool:
        """No action, and no owner, date or status of one: a minute that led to none."""
        cells = [self.sheet.cell(row, col) for role, col in self.primary.items() if role in ("due", "status")]
        marked = any(cell is not None and (cell.fill or cell.text_colour) for cell in cells)
        return not marked and not any(self.text(row, role) for role in ("action", "owner", "due", "status"))

    def _comments(self, row: int, without: int | None = None) -> str:
        said = [(col, self.sheet.down(row, col)) for col in self.more if col != without]
        said = [(col, text) for col, text in said if text]
        if len(self.more) == 1:
            return said[0][1] if said else ""
        return "; ".join(f"{self.sheet.headings[col]}: {text}" for col, text in said)

    def is_continuation(self, row: int) -> bool:
        """Nothing but more words: no reference, owner, date or status where the table has such columns."""
        own = {role: self.sheet.own(row, col) for role, col in self.primary.items()}
        marks = [role for role in ("ref", "raised", "owner", "due", "status") if role in self.primary]
        if len(marks) < 2 or any(own[role] for role in marks):
            return False
        if any(self.text(row, role) for role in marks if not own[role]):
            return False
        action = own.get("action", "")
        return not action or action[0].islower() or own.get("item", "")[:1].islower()

    @cached_property
    def _body(self) -> list[int]:
        return [row for row in self.sheet.body if self.sheet.sort(row) == "body"]

    def evidence(self) -> float:
        """0 to 0.95: how far the headings, and the cells below them, are those of actions."""
        if self.minutes:
            return 0.7
        roles = set(self.primary)
        score = 0.45 + 0.15 * len(roles & {"owner", "due", "status"}) + 0.1 * len(roles & {"ref", "raised"})
        if not roles & {"owner", "due", "status"}:
            score += 0.1 if {"raised", "item"} <= roles else 0.0
        heading = key(self.heading("action"))
        if _WEAK_ACTION.match(heading) or "action" not in roles or header_role(_KIND, heading) != "action":
            score -= 0.2
        score += self._content()
        return min(score, 0.95)

    def _content(self) -> float:
        """-0.4 to 0.1, by whether what stands in the columns is what their headings promise."""
        if not self._body:
            return -0.1
        found = 0.0
        actions = [text for row in self._body if (text := self.text(row, "action"))]
        if not actions or sum(len(text.split()) >= 3 for text in actions) < 0.5 * len(actions):
            found -= 0.3
        dues = [text for row in self._body if (text := self.text(row, "due"))]
        if dues and sum(not isinstance(parse_date(text), Problem) for text in dues) < 0.25 * len(dues):
            found -= 0.15
        statuses = [text for row in self._body if (text := self.text(row, "status"))]
        if statuses and all(status_of(text) is None for text in statuses):
            found -= 0.1
        return found

    def unknown_headings(self) -> Iterator[Finding]:
        """One finding for each column that no heading of the data file describes and that holds text."""
        table = self.sheet.table
        for col in self.unknown:
            heading = self.sheet.headings[col] or f"column {col + 1}"
            yield Finding(
                "warning",
                "table",
                "unknown_header",
                f"Page {table.page}, table {table.table_no}: no column of actions is called “{heading}”; "
                "its text is in the "
                "cells only. Add the heading to headers.toml if it should be read.",
                page=table.page,
                table_no=table.table_no,
                col=col,
                found=heading,
                bbox=table.bbox,
            )


def columns_of(sheet: Sheet) -> Columns | None:
    """The columns of a table of actions; None where no column can hold actions."""
    if sheet.table.n_cols < 2 or not len(sheet.body):
        return None
    by_role: dict[str, list[int]] = {}
    unknown: list[int] = []
    for col, heading in enumerate(sheet.headings):
        role = header_role(_KIND, heading) if heading else None
        if role is None:
            role = next((r for line in reversed(sheet.heading_lines(col)) if (r := header_role(_KIND, line))), None)
        if role is not None:
            by_role.setdefault(role, []).append(col)
        elif any(sheet.own(row, col) for row in sheet.body):
            unknown.append(col)
    if minutes := _as_minutes(sheet, by_role, unknown) or _by_shape(sheet, by_role):
        return minutes
    primary, more = _primary(sheet, by_role)
    if "ref" not in primary and unknown and _holds_refs(sheet, unknown[0]):
        primary["ref"] = unknown.pop(0)
    elif "ref" not in primary and "item" in primary and _holds_refs(sheet, primary["item"]):
        primary["ref"] = primary.pop("item")
        if others := [col for col in by_role.get("item", []) if col != primary["ref"]]:
            primary["item"] = others[0]
            more.remove(others[0])
    if "due" not in primary and "raised" in primary and _is_plan(sheet, primary):
        primary["due"] = primary.pop("raised")
    if "action" not in primary:
        if "item" not in primary or not primary.keys() & {"owner", "due", "status"}:
            return None
        primary["action"] = primary.pop("item")
    if not primary.keys() & {"owner", "due", "status", "ref", "raised"}:
        return None
    dues = tuple(col for col in by_role.get("due", []) if col != primary.get("due"))
    return Columns(sheet, primary, tuple(sorted(more)), tuple(unknown), dues=dues)


def _is_plan(sheet: Sheet, primary: dict[str, int]) -> bool:
    """Milestones or commitments beside a bare "Date": by when, and not since when."""
    heading = key(sheet.headings[primary["action"]]) if "action" in primary else ""
    return key(sheet.headings[primary["raised"]]) == "date" and bool(_PLANNED.search(heading))


def _primary(sheet: Sheet, by_role: dict[str, list[int]]) -> tuple[dict[str, int], list[int]]:
    """One column a role: the one whose heading says it best, else the first; the others go to
    the comments."""
    primary: dict[str, int] = {}
    more = list(by_role.get("comments", []))
    for role in _ROLES:
        cols = by_role.get(role, [])
        if not cols:
            continue
        said = [col for col in cols if _PREFERRED[role].search(key(sheet.headings[col]))]
        primary[role] = (said or cols)[0]
        more.extend(col for col in cols if col != primary[role])
    if "item" not in primary and len(by_role.get("action", [])) > 1:
        primary["item"] = next(col for col in by_role["action"] if col != primary["action"])
        more.remove(primary["item"])
    return primary, more


def _as_minutes(sheet: Sheet, by_role: dict[str, list[int]], unknown: list[int]) -> Columns | None:
    """Minutes: a narrow column, headed "Action" or "Owner", of initials beside a column of paragraphs."""
    for col in (*by_role.get("action", []), *by_role.get("owner", [])):
        texts = [_LABEL.sub("", text) for row in sheet.body if (text := sheet.own(row, col))]
        if not texts or sum(bool(_INITIALS.match(t) or _NAME.match(t)) for t in texts) < 0.8 * len(texts):
            continue
        others = [c for c in range(sheet.table.n_cols) if c != col]
        longest = max(others, key=lambda c: _mean_length(sheet, c))
        known = {c for cols in by_role.values() for c in cols}
        if _mean_length(sheet, longest) < 60 or len(known - {col, longest}) > 2:
            continue
        if by_role.keys() & {"due", "status"}:
            continue
        primary = {"action": longest, "owner": col}
        first = next((c for c in others if c != longest), None)
        if first is not None and _mean_length(sheet, first) < 12:
            primary["ref"] = first
        rest = [c for c in (*unknown, *known) if c not in primary.values()]
        return Columns(sheet, primary, (), tuple(sorted(set(rest))), minutes=True)
    return None


def _by_shape(sheet: Sheet, by_role: dict[str, list[int]]) -> Columns | None:
    """Minutes without headings of their own: numbers, paragraphs, and a last column of nothing
    but initials."""
    last = sheet.table.n_cols - 1
    if by_role or last < 2 or sheet.table.n_cols > 4:
        return None
    initials = [text for row in sheet.body if (text := sheet.own(row, last))]
    numbers = [text for row in sheet.body if (text := sheet.own(row, 0))]
    if len(initials) < 2 or not all(_STRICT.match(text) for text in initials):
        return None
    if len(numbers) < 2 or not all(_REF.match(text) for text in numbers):
        return None
    if _mean_length(sheet, last - 1) < 60:
        return None
    return Columns(sheet, {"ref": 0, "action": last - 1, "owner": last}, (), (), minutes=True)


def _mean_length(sheet: Sheet, col: int) -> float:
    lengths = [len(text) for row in sheet.body if (text := sheet.own(row, col))]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _holds_refs(sheet: Sheet, col: int) -> bool:
    texts = [text for row in sheet.body if sheet.sort(row) == "body" and (text := sheet.own(row, col))]
    return len(texts) >= 2 and all(_REF.match(text) for text in texts)
