"""Reading a stranger's file in a process that can be killed: the side of the parent.

A `Reader` keeps one `flows.worker` process. Each file is read in a child that the worker forks; a file that breaks it
costs that file's page or that file, never the batch.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import struct
import subprocess
import sys
import time
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from signal import SIGKILL
from typing import Any, Literal

from flows.frames import NOT_UNDERSTOOD, Attempt, OnPage, T, decode, understand
from schemas.document import Document
from schemas.failure import FailureCode, PackFailure
from schemas.outcome import PackMeta, PackResult

Stage = Literal["document", "result"]

KEPT_ENVIRONMENT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "TZ",
    "HOME",
    "VIRTUAL_ENV",
    "BOARDPACK_DATA",
    "BOARDPACK_SECOND_OPINION",
    "PYTHONPATH",
)
"""What a worker may know of its surroundings: no token, no password, no proxy."""
MAX_BROKEN_PAGES = 5
BREAKS_A_PAGE = (FailureCode.CRASHED, FailureCode.TIMED_OUT, FailureCode.OUT_OF_MEMORY)
HELLO = 5
"""Bytes that a worker says when it is ready."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    seconds: float = 60.0
    """All tries together."""
    quiet_seconds: float = 20.0
    """The longest a page, or the opening of the file, may take."""
    memory_bytes: int = 2 << 30
    result_bytes: int = 128 << 20
    file_bytes: int = 300 << 20
    max_pages: int = 5000

    @classmethod
    def from_environment(cls) -> Limits:
        """The limits with what BOARDPACK_MAX_SECONDS, _MAX_MEMORY_MB, _MAX_FILE_MB and _MAX_PAGES say."""
        default = cls()

        def number(name: str, value: float) -> float:
            text = os.environ.get(f"BOARDPACK_{name}", "")
            try:
                return float(text) if text else value
            except ValueError:
                raise ValueError(f"BOARDPACK_{name} must be a number, not {text!r}") from None

        return cls(
            seconds=number("MAX_SECONDS", default.seconds),
            quiet_seconds=min(number("MAX_SECONDS", default.seconds), default.quiet_seconds),
            memory_bytes=int(number("MAX_MEMORY_MB", default.memory_bytes >> 20)) << 20,
            file_bytes=int(number("MAX_FILE_MB", default.file_bytes >> 20)) << 20,
            max_pages=int(number("MAX_PAGES", default.max_pages)),
        )


@dataclass(slots=True)
class Spent:
    """What the last file cost: seconds, the largest child's resident bytes, and how often it was begun."""

    seconds: float = 0.0
    peak_bytes: int = 0
    tries: int = 0


class Reader:
    """One worker process. Not for two threads at once; a pool is several of them."""

    module = "flows.worker"

    def __init__(self, stage: Stage, limits: Limits | None = None) -> None:
        self.stage = stage
        self.limits = limits or Limits.from_environment()
        self.worker: subprocess.Popen[bytes] | None = None
        self.spent = Spent()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker."""
        if self.worker is not None:
            with contextlib.suppress(OSError):
                self.worker.kill()
            self.worker.wait()
            for pipe in (self.worker.stdin, self.worker.stdout):
                if pipe:
                    with contextlib.suppress(OSError):
                        pipe.close()
            self.worker = None

    def read_document(
        self, path: Path, *, pages: Collection[int] | None = None, on_page: OnPage | None = None
    ) -> Document:
        """The file's tables and text. Raises PackFailure."""
        return self._read(path, Document, pages=pages, on_page=on_page)

    def read_result(
        self, path: Path, *, hints: PackMeta | None = None, file_name: str = "", on_page: OnPage | None = None
    ) -> PackResult:
        """The file as checked records. Raises PackFailure."""
        return self._read(path, PackResult, hints=hints, file_name=file_name, on_page=on_page)

    def _start(self) -> None:
        environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
        # With -P the working directory, which may be full of a stranger's files, is no place to import from.
        own = [str(Path(__file__).resolve().parent.parent), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, own))
        environment["OMP_NUM_THREADS"] = environment["OPENBLAS_NUM_THREADS"] = "1"
        self.worker = subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
            [sys.executable, "-P", "-m", self.module, self.stage, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("BOARDPACK_DEBUG") else subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        try:
            self._take(HELLO)
        except EOFError:
            self.close()
            said = "its reading process could not be started; BOARDPACK_DEBUG=1 shows why"
            raise PackFailure(FailureCode.INTERNAL, said) from None

    def _read(
        self,
        path: Path,
        as_type: type[T],
        *,
        pages: Collection[int] | None = None,
        hints: PackMeta | None = None,
        file_name: str = "",
        on_page: OnPage | None = None,
    ) -> T:
        self._weigh(path)
        self.spent = Spent()
        begun = time.monotonic()
        job = {
            "path": str(path.absolute()),
            "stage": self.stage,
            "pages": sorted(pages) if pages is not None else None,
            "hints": asdict(hints) if hints else None,
            # A name that is no UTF-8 is shown as far as it is.
            "file_name": os.fsencode(file_name or path.name).decode("utf-8", "replace"),
            "max_pages": self.limits.max_pages,
            "quiet_seconds": self.limits.quiet_seconds,
            "memory_bytes": self.limits.memory_bytes,
            "result_bytes": self.limits.result_bytes,
        }
        try:
            return self._read_passing_over(job, begun + self.limits.seconds, as_type, on_page)
        finally:
            self.spent.seconds = time.monotonic() - begun

    def _read_passing_over(self, job: dict[str, Any], deadline: float, as_type: type[T], on_page: OnPage | None) -> T:
        """The file, without the pages that broke a try before."""
        skip: dict[int, str] = {}
        failure = PackFailure(FailureCode.TIMED_OUT)
        lost = 0
        while (left := deadline - time.monotonic()) > 0:
            attempt = self._try({**job, "skip": skip, "seconds": left}, on_page)
            if attempt.data is not None:
                return decode(attempt.data, as_type)
            if not attempt.end and attempt.failure is None:
                # The worker itself is gone: somebody ended it, or the file did.
                lost += 1
                failure = PackFailure(FailureCode.CRASHED, "twice the reading process was gone")
                if lost < 2:
                    continue
                raise failure
            if attempt.failure is None and attempt.end.get("signal") == SIGKILL and not attempt.end.get("killed"):
                # Somebody else ended the child: a machine short of memory, a hand. Once is not the page's fault.
                lost += 1
                if lost < 2:
                    continue
            failure = self._explain(attempt)
            broken = attempt.page
            if failure.code not in BREAKS_A_PAGE or broken < 1 or broken in skip or len(skip) >= MAX_BROKEN_PAGES:
                raise failure
            skip[broken] = failure.code.value
        raise failure

    def _weigh(self, path: Path) -> None:
        try:
            told = path.stat()
        except FileNotFoundError:
            raise PackFailure(FailureCode.MISSING) from None
        except OSError as error:
            raise PackFailure(FailureCode.UNREADABLE, error.strerror or "") from None
        if stat.S_ISDIR(told.st_mode):
            raise PackFailure(FailureCode.A_FOLDER)
        if not stat.S_ISREG(told.st_mode):
            raise PackFailure(FailureCode.UNREADABLE, "not a regular file")
        if told.st_size > self.limits.file_bytes:
            raise PackFailure(
                FailureCode.TOO_LARGE, f"{told.st_size >> 20} MB, limit {self.limits.file_bytes >> 20} MB"
            )

    def _try(self, job: dict[str, Any], on_page: OnPage | None) -> Attempt:
        if self.worker is None or self.worker.poll() is not None:
            self.close()
            self._start()
        assert self.worker is not None and self.worker.stdin and self.worker.stdout
        self.spent.tries += 1
        attempt = Attempt()
        try:
            self.worker.stdin.write(json.dumps(job).encode() + b"\n")
            self.worker.stdin.flush()
            self._listen(attempt, on_page)
        except (OSError, EOFError, ValueError, struct.error):
            self.close()
        self.spent.peak_bytes = max(self.spent.peak_bytes, attempt.end.get("rss", 0))
        return attempt

    def _listen(self, attempt: Attempt, on_page: OnPage | None) -> None:
        """Reads envelopes until the end of the child is told."""
        heard = bytearray()
        while True:
            kind = self._take(1)
            data = self._take(struct.unpack("<I", self._take(4))[0])
            if kind == b"X":
                attempt.end = json.loads(data)
                return
            heard += data
            while understand(heard, attempt, on_page):
                pass

    def _take(self, size: int) -> bytes:
        assert self.worker is not None and self.worker.stdout
        data = self.worker.stdout.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def _explain(self, attempt: Attempt) -> PackFailure:
        """How the child ended, as one of the closed list of outcomes."""
        where = f"on page {attempt.page} of {attempt.pages}" if 0 < attempt.page <= attempt.pages else ""
        if attempt.failure is not None:
            try:
                code, detail = FailureCode(attempt.failure["code"]), str(attempt.failure["detail"])
            except (ValueError, KeyError, TypeError):
                return PackFailure(FailureCode.CRASHED, NOT_UNDERSTOOD)
            return PackFailure(code, detail or (where if code in BREAKS_A_PAGE else ""))
        killed = attempt.end.get("killed")
        if killed:
            return PackFailure(FailureCode(killed), where)
        if attempt.end.get("signal") == 24:  # SIGXCPU
            return PackFailure(FailureCode.TIMED_OUT, where)
        if attempt.end.get("exit") == 0:
            return PackFailure(FailureCode.CRASHED, NOT_UNDERSTOOD)
        # PDFium ends the process when an allocation fails: a large child that ended itself ran out of memory.
        if attempt.end.get("rss", 0) > 0.4 * self.limits.memory_bytes:
            return PackFailure(FailureCode.OUT_OF_MEMORY, where)
        return PackFailure(FailureCode.CRASHED, where)
