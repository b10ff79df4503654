"""A process that forks a fresh child for each file: `python -m flows.worker PRELOAD PARENT`.

The parent of the children has loaded what reading needs and nothing else: no database, no secrets, no threads. A child
sets its own limits, confines itself (`flows.confine`), reads one stranger's file, writes frames to a pipe and ends.
Whatever happens to it, this process only passes the bytes on, kills on a limit, and says how the child ended. It ends
with whoever started it (its standard input closes), and takes the child with it.

A job is one line of JSON on standard input. On standard output: `H` and a length of 0 when all is loaded; for each job
`D`, a length (uint32) and what the child wrote, any number of times; then `X`, a length (uint32) and how the child
ended, as JSON. A child writes `P` with page and pages (two uint32) before each page, and at last `R`, a length (uint64)
and the result, or `F`, a length (uint32) and the failure, as JSON. A child that dies leaves half a frame behind: that
is why its bytes travel in envelopes.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import select
import signal
import struct
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from flows.confine import confine, die_with_parent, outlive_thread

PRELOADS = {
    "document": ("extractors.reader", "pdfminer.pdfpage", "schemas.wire"),
    "result": ("extractors.reader", "pdfminer.pdfpage", "extractors.records", "schemas.wire"),
}
PAGES_ARE_READ = b"P" + struct.pack("<I", 0)


def main() -> int:
    """Serves jobs until standard input ends."""
    # Loading takes a second or, on a busy machine, many: standard input is looked at only afterwards.
    die_with_parent(int(sys.argv[2]))
    for module in PRELOADS[sys.argv[1]]:
        importlib.import_module(module)
    if sys.argv[1] == "result":
        # What is broken here is said by the child that meets it, of its file.
        with contextlib.suppress(Exception):
            _warm()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    outlive_thread()
    out = sys.stdout.buffer
    _frame(out, b"H", b"", "<I")
    for line in sys.stdin.buffer:
        _serve(json.loads(line), out)
    return 0


def _warm() -> None:
    """What every child would do again for itself: Pandera's first validation takes a second and imports modules that
    want a temporary folder, the vocabulary is a quarter of a second. Data files that change later are read again.
    """
    from extractors.classify import known_kinds
    from extractors.validate import frame, models
    from extractors.version import code_version
    from extractors.vocabulary import vocabulary

    code_version()
    vocabulary()
    known_kinds()
    for into, model in models().items():
        model.validate(frame(into, []), lazy=True)


def _serve(job: dict[str, Any], out: BinaryIO) -> None:
    read_end, write_end = os.pipe()
    own = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        _run_child(job, write_end, own)
    os.close(write_end)
    try:
        killed = _pass_on(read_end, child, job, out)
        if killed is None and not _ends(child):
            killed = "crashed"
    finally:
        # A child that has closed its pipe has nothing more to say, whether it ends or not.
        _kill(child)
        os.close(read_end)
    _, status, usage = os.wait4(child, 0)
    end = {
        "killed": killed,
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "exit": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
        "rss": usage.ru_maxrss * 1024,
    }
    _frame(out, b"X", json.dumps(end).encode(), "<I")


def _pass_on(source: int, child: int, job: dict[str, Any], out: BinaryIO) -> str | None:
    """Copies the child's frames; kills its process group on a limit and says which one.

    Ends the process where standard input closes: the next job comes only after this one's end is told.
    """
    started = heard = time.monotonic()
    sent = 0
    pages_are_read = False
    while True:
        now = time.monotonic()
        left = started + job["seconds"] - now
        if not pages_are_read:
            left = min(left, heard + job["quiet_seconds"] - now)
        if left <= 0:
            _kill(child)
            return "timed_out"
        ready, _, _ = select.select([source, sys.stdin.fileno()], [], [], left)
        if sys.stdin.fileno() in ready and source not in ready:
            _kill(child)
            os._exit(0)
        if not ready:
            continue
        data = os.read(source, 1 << 16)
        if not data:
            return None
        heard = time.monotonic()
        pages_are_read = pages_are_read or data[-9:-4] == PAGES_ARE_READ
        sent += len(data)
        if sent > job["result_bytes"]:
            _kill(child)
            return "result_too_large"
        _frame(out, b"D", data, "<I")


def _ends(child: int) -> bool:
    """Whether a child that has closed its pipe comes to its end by itself, as one does that somebody killed."""
    until = time.monotonic() + 1
    while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.monotonic() > until:
            return False
        time.sleep(0.002)
    return True


def _kill(child: int) -> None:
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)


def _frame(out: BinaryIO, kind: bytes, data: bytes, size: str) -> None:
    out.write(kind + struct.pack(size, len(data)) + data)
    out.flush()


def _run_child(job: dict[str, Any], write_end: int, parent: int) -> None:
    """Never returns."""
    code = 1
    try:
        os.setsid()
        die_with_parent(parent)
        _limit(job)
        confine(Path(job["path"]))
        with os.fdopen(write_end, "wb") as out:
            _work(job, out)
        code = 0
    except BaseException:
        code = 1
    finally:
        os._exit(code)


def _limit(job: dict[str, Any]) -> None:
    own = _address_space()
    ceiling = own + job["memory_bytes"]
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    cpu = int(job["seconds"]) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    """Bytes of address space that this process has already."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _work(job: dict[str, Any], out: BinaryIO) -> None:
    from extractors.reader import read_document
    from schemas import wire
    from schemas.failure import FailureCode, PackFailure

    def tell(page: int, pages: int) -> None:
        out.write(b"P" + struct.pack("<II", page, pages))
        out.flush()

    started = time.monotonic()
    try:
        document = read_document(
            Path(job["path"]),
            pages=job["pages"],
            on_page=tell,
            skip={int(page): reason for page, reason in job["skip"].items()},
            max_pages=job["max_pages"],
        )
        tell(0, document.n_pages)
        if job["file_name"]:
            document = replace(document, file_name=job["file_name"])
        value: object = document
        if job["stage"] == "result":
            from extractors.records import to_result
            from schemas.outcome import PackMeta

            hints = PackMeta(**job["hints"]) if job["hints"] else None
            value = to_result(document, hints=hints, seconds=time.monotonic() - started)
        data = wire.encode(value)
    except PackFailure as failure:
        told = {"code": failure.code.value, "detail": failure.detail}
        _frame(out, b"F", json.dumps(told).encode(), "<I")
        return
    except MemoryError:
        _frame(out, b"F", json.dumps({"code": FailureCode.OUT_OF_MEMORY.value, "detail": ""}).encode(), "<I")
        return
    except Exception as error:
        import traceback

        where = traceback.extract_tb(error.__traceback__)[-1]
        told = {
            "code": FailureCode.INTERNAL.value,
            "detail": f"{type(error).__name__}: {str(error)[:200]} at {Path(where.filename).name}:{where.lineno}",
        }
        _frame(out, b"F", json.dumps(told).encode(), "<I")
        return
    _frame(out, b"R", data, "<Q")


if __name__ == "__main__":
    sys.exit(main())
