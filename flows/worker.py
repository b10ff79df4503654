"""A process that forks a fresh child for each file: `python -m flows.worker PRELOAD`.

The parent of the children has loaded what reading needs and nothing else: no database, no secrets, no threads. A child
sets its own limits, cuts itself off from the network where the system lets it, reads one stranger's file, writes
frames to a pipe and ends. Whatever happens to it, this process only passes the bytes on, kills on a limit, and says how
the child ended.

A job is one line of JSON on standard input. On standard output: `D`, a length (uint32) and what the child wrote, any
number of times; then `X`, a length (uint32) and how the child ended, as JSON. A child writes `P` with page and pages
(two uint32) before each page, and at last `R`, a length (uint64) and the result, or `F`, a length (uint32) and the
failure, as JSON. A child that dies leaves half a frame behind: that is why its bytes travel in envelopes.
"""

from __future__ import annotations

import contextlib
import ctypes
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

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PRELOADS = {
    "document": ("extractors.reader", "schemas.wire"),
    "result": ("extractors.reader", "extractors.records", "schemas.wire"),
}


def main() -> int:
    """Serves jobs until standard input ends."""
    for module in PRELOADS[sys.argv[1]]:
        importlib.import_module(module)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = sys.stdout.buffer
    for line in sys.stdin.buffer:
        _serve(json.loads(line), out)
    return 0


def _serve(job: dict[str, Any], out: BinaryIO) -> None:
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        _run_child(job, write_end)
    os.close(write_end)
    killed = _pass_on(read_end, child, job, out)
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
    """Copies the child's frames; kills its process group on a limit and says which one."""
    started = heard = time.monotonic()
    sent = 0
    while True:
        now = time.monotonic()
        left = min(started + job["seconds"] - now, heard + job["quiet_seconds"] - now)
        if left <= 0:
            _kill(child)
            return "timed_out"
        ready, _, _ = select.select([source], [], [], left)
        if not ready:
            continue
        data = os.read(source, 1 << 16)
        if not data:
            return None
        heard = time.monotonic()
        sent += len(data)
        if sent > job["result_bytes"]:
            _kill(child)
            return "result_too_large"
        _frame(out, b"D", data, "<I")


def _kill(child: int) -> None:
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)


def _frame(out: BinaryIO, kind: bytes, data: bytes, size: str) -> None:
    out.write(kind + struct.pack(size, len(data)) + data)
    out.flush()


def _run_child(job: dict[str, Any], write_end: int) -> None:
    """Never returns."""
    code = 1
    try:
        os.setsid()
        _limit(job)
        _cut_off()
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


def _cut_off() -> None:
    """A network namespace of its own, with nothing in it. Best effort: some systems do not allow it."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(CLONE_NEWNET) != 0:
            libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


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
            skip=job["skip"],
            max_pages=job["max_pages"],
        )
        if job["file_name"]:
            document = replace(document, file_name=job["file_name"])
        value: object = document
        if job["stage"] == "result":
            from extractors.records import to_result
            from schemas.outcome import PackMeta

            hints = PackMeta(**job["hints"]) if job["hints"] else None
            tell(0, document.n_pages)
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
