"""What a person sees: plain lines, progress on a terminal only, nothing from a PDF that a terminal obeys."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

from flows.pipeline import Ended, Watcher
from flows.sources import Source

MARKS = {"loaded": "ok", "skipped": "--", "failed": "!!"}


def safe(text: str) -> str:
    """The text without characters that a terminal obeys: escapes, controls, marks that turn the writing round."""
    return "".join(
        "�" if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t") or c in BIDI else c for c in text
    )


BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def one_line(text: str) -> str:
    """The same on one line."""
    return safe(" ".join(text.split()))


class Log:
    """Lines on standard error: for people, or as JSON for machines."""

    def __init__(self, form: str) -> None:
        self.as_json = form == "json"

    def say(self, text: str, **fields: Any) -> None:
        """One line."""
        if self.as_json:
            stamp = datetime.now().astimezone().isoformat(timespec="seconds")
            print(json.dumps({"at": stamp, "message": text, **fields}), file=sys.stderr, flush=True)
        else:
            print(safe(text), file=sys.stderr, flush=True)

    def ended(self, one: Ended) -> None:
        """How one file ended."""
        if self.as_json:
            self.say(one.said, file=one.name, outcome=one.end, code=one.code, pack_id=one.pack_id)
        else:
            self.say(f"{MARKS[one.end]} {one_line(one.name)}: {one_line(one.said)}")


def wants_progress() -> bool:
    """Only on a terminal that has not asked to be left alone."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def progress(total: int, log: Log) -> AbstractContextManager[Watcher]:
    """A watcher that draws a bar per file being read and one for all; a plain one in a pipe."""
    if log.as_json or not wants_progress():
        return nullcontext(Watcher(ended=log.ended, waits=log.say))
    return _Bars(total)


class _Bars(AbstractContextManager[Watcher]):
    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self.console = Console(stderr=True)
        self.bars = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            console=self.console, transient=True,
        )  # fmt: skip
        self.all = self.bars.add_task("packs", total=total)
        self.tasks: dict[str, Any] = {}

    def __enter__(self) -> Watcher:
        self.bars.start()
        return Watcher(self._begun, self._page, self._ended, self._waits)

    def __exit__(self, *_: object) -> None:
        self.bars.stop()

    def _waits(self, said: str) -> None:
        self.console.print(one_line(said), markup=False, highlight=False, soft_wrap=True)

    def _begun(self, source: Source) -> None:
        from rich.markup import escape

        self.tasks[source.shown] = self.bars.add_task(escape(one_line(source.file_name))[:40], total=None)

    def _page(self, source: Source, page: int, pages: int) -> None:
        task = self.tasks.get(source.shown)
        if task is not None:
            self.bars.update(task, completed=page, total=pages)

    def _ended(self, one: Ended) -> None:
        task = self.tasks.pop(one.name, None)
        if task is not None:
            self.bars.remove_task(task)
        self.bars.advance(self.all)
        colour = {"loaded": "green", "skipped": "dim", "failed": "red"}[one.end]
        self.console.print(
            f"{MARKS[one.end]} {one_line(one.name)}: {one_line(one.said)}",
            style=colour,
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
