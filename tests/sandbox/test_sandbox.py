"""What one file can do to its reader: cost a page or itself, never the next file and never the parent."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from flows.sandbox import Limits, Reader
from schemas.document import Document
from schemas.failure import FailureCode, PackFailure
from tests.hostile.pdf import book, small_pack, text


def _landlock() -> int:
    """The version that this kernel has; less than 1 where it has none."""
    return int(ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1))


LIMITS = Limits(seconds=20, quiet_seconds=3, memory_bytes=256 << 20, result_bytes=4 << 20)


class Obedient(Reader):
    """Its worker does what the words on a page say."""

    module = "tests.sandbox.breaking_worker"


class Slow(Reader):
    """Its worker takes a minute to load."""

    module = "tests.sandbox.slow_worker"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Obedient("document", LIMITS) as one:
        yield one


@pytest.fixture
def make(tmp_path: Path):
    def pages(words: Sequence[str]) -> Path:
        path = tmp_path / "pack.pdf"
        path.write_bytes(book([text("A page that says", word) for word in words]).write())
        return path

    return pages


def verdicts(document: Document) -> list[str]:
    return [page.verdict for page in document.pages]


def said(document: Document) -> list[str]:
    return [finding.message for finding in document.findings if finding.check == "page_unreadable"]


def assert_goes_on(reader: Reader, tmp_path: Path) -> None:
    """The next file is read as if nothing had been."""
    path = tmp_path / "next.pdf"
    path.write_bytes(small_pack().write())
    assert verdicts(reader.read_document(path)) == ["read"]
    assert reader.spent.tries == 1


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("ABORT", "the PDF library crashed on it"),
        ("SLEEP", "it took longer than a page may take"),
        ("SWELL", "it needed more memory than a file may take"),
        ("SWELLANDDIE", "it needed more memory than a file may take"),
        ("CHILD", "it took longer than a page may take"),
        ("STAY", "the PDF library crashed on it"),
    ],
)
def test_a_page_that_breaks_the_reader_is_said_and_the_others_are_read(reader, make, tmp_path, word, why) -> None:
    document = reader.read_document(make(["one", word, "three"]))
    assert verdicts(document) == ["read", "unreadable", "read"]
    assert said(document) == [f"Page 2 could not be read: {why}."]
    assert reader.spent.tries == 2
    assert_goes_on(reader, tmp_path)


def test_a_fault_of_our_own_on_a_page_costs_that_page(reader, make) -> None:
    document = reader.read_document(make(["one", "RAISE", "three"]))
    assert verdicts(document) == ["read", "unreadable", "read"]
    assert "a fault of ours, please report it (RuntimeError at breaking_worker.py" in said(document)[0]
    assert reader.spent.tries == 1


def test_several_broken_pages_are_each_said(reader, make) -> None:
    document = reader.read_document(make(["ABORT", "two", "SWELL", "four", "ABORT"]))
    assert verdicts(document) == ["unreadable", "read", "unreadable", "read", "unreadable"]
    assert reader.spent.tries == 4


def test_a_file_of_broken_pages_only_ends_with_what_broke_it(reader, make, tmp_path) -> None:
    with pytest.raises(PackFailure) as caught:
        reader.read_document(make(["ABORT"]))
    assert caught.value.code is FailureCode.CRASHED
    with pytest.raises(PackFailure) as caught:
        reader.read_document(make(["ABORT"] * 9))
    assert caught.value.code is FailureCode.CRASHED
    assert "on page 6 of 9" in str(caught.value)
    assert_goes_on(reader, tmp_path)


def test_all_tries_together_keep_to_one_budget(make) -> None:
    with Obedient("document", Limits(seconds=3, quiet_seconds=1.2)) as reader:
        begun = time.monotonic()
        with pytest.raises(PackFailure) as caught:
            reader.read_document(make(["SLEEP"] * 5))
        assert caught.value.code is FailureCode.TIMED_OUT
        # Beyond the budget: the start of the worker itself.
        assert reader.spent.seconds < 3 + 6
        assert time.monotonic() - begun < 3 + 8


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("EXITWELL", FailureCode.CRASHED),
        ("NONSENSE", FailureCode.CRASHED),
        ("TALK", FailureCode.RESULT_TOO_LARGE),
        # Landlock refuses the signal; without it the worker is gone, twice.
        ("PATRICIDE", FailureCode.INTERNAL if _landlock() >= 6 else FailureCode.CRASHED),
    ],
)
def test_a_reader_that_was_taken_over_ends_its_file_only(reader, make, tmp_path, word, code) -> None:
    with pytest.raises(PackFailure) as caught:
        reader.read_document(make([word] * 7))
    assert caught.value.code is code
    assert_goes_on(reader, tmp_path)


def test_a_worker_that_somebody_killed_is_begun_again(make) -> None:
    with Obedient("document", Limits(seconds=20, quiet_seconds=15)) as reader:
        reader.read_document(make(["one"]))
        assert reader.worker is not None
        os.kill(reader.worker.pid, signal.SIGKILL)
        assert verdicts(reader.read_document(make(["one", "two"]))) == ["read", "read"]


@pytest.mark.parametrize(("times", "expected"), [(1, ["read", "read"]), (2, ["unreadable", "read"])])
def test_a_child_that_somebody_killed_once_costs_no_page(make, times: int, expected: list[str]) -> None:
    def kill_children(worker: psutil.Process) -> None:
        shot: set[int] = set()
        until = time.monotonic() + 20
        while len(shot) < times and time.monotonic() < until:
            for child in worker.children():
                if child.pid not in shot and child.status() == psutil.STATUS_SLEEPING:
                    time.sleep(0.2)
                    child.kill()
                    shot.add(child.pid)
            time.sleep(0.02)

    with Obedient("document", Limits(seconds=60, quiet_seconds=30)) as reader:
        reader.read_document(make(["one"]))
        assert reader.worker is not None
        killer = threading.Thread(target=kill_children, args=[psutil.Process(reader.worker.pid)])
        killer.start()
        document = reader.read_document(make(["PAUSE", "two"]))
        killer.join()
    assert verdicts(document) == expected


def test_no_process_is_left_when_the_reader_is_closed_or_its_owner_killed(make, tmp_path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.sandbox.test_sandbox import Obedient, Limits;"
        "reader = Obedient('document', Limits(seconds=60, quiet_seconds=60));"
        "reader.read_document(Path(sys.argv[1]))"
    )
    owner = subprocess.Popen([sys.executable, "-c", code, str(make(["SLEEP"]))])
    below: list[psutil.Process] = []
    deadline = time.monotonic() + 20
    while len(below) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
        below = psutil.Process(owner.pid).children(recursive=True)
    assert len(below) == 2, "a worker and its child"
    owner.kill()
    owner.wait()
    gone, alive = psutil.wait_procs(below, timeout=10)
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
    assert gone or all(process.status() == psutil.STATUS_ZOMBIE for process in alive)


def test_a_worker_that_is_still_loading_ends_with_its_owner() -> None:
    code = "from tests.sandbox.test_sandbox import Slow; Slow('document')._start()"
    owner = subprocess.Popen([sys.executable, "-c", code])
    below: list[psutil.Process] = []
    deadline = time.monotonic() + 20
    while not below and time.monotonic() < deadline:
        time.sleep(0.05)
        below = [p for p in psutil.Process(owner.pid).children() if "tests.sandbox.slow_worker" in p.cmdline()]
    assert len(below) == 1
    owner.kill()
    owner.wait()
    _, alive = psutil.wait_procs(below, timeout=10)
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def test_a_worker_outlives_the_thread_that_started_it(make) -> None:
    with Reader("document", LIMITS) as reader:
        starting = threading.Thread(target=reader._start)
        starting.start()
        starting.join()
        assert reader.worker is not None
        started = reader.worker.pid
        assert verdicts(reader.read_document(make(["one"]))) == ["read"]
        assert reader.worker is not None and reader.worker.pid == started


@pytest.mark.skipif(_landlock() < 1, reason="this kernel has no Landlock")
def test_a_reader_can_read_its_file_and_do_nothing_else(make, tmp_path, monkeypatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "secret").write_text("a token")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("TZ", f"UTC={listening.getsockname()[1]}")
        with Obedient("document", Limits(seconds=20, quiet_seconds=15)) as reader, pytest.raises(PackFailure) as caught:
            reader.read_document(make(["FORBIDDEN"]))
    assert caught.value.code is FailureCode.INTERNAL
    assert "NothingWasPossibleError" in str(caught.value)
    assert sorted(path.name for path in home.iterdir()) == ["secret"]


def test_a_worker_knows_no_secret_of_its_surroundings(monkeypatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a secret")
    monkeypatch.setenv("HTTPS_PROXY", "http://user:password@proxy.invalid")
    with Reader("document", LIMITS) as reader:
        reader._start()
        assert reader.worker is not None
        environment = psutil.Process(reader.worker.pid).environ()
    assert not {name for name in environment if "SECRET" in name or "PROXY" in name}


@pytest.mark.parametrize(("name", "value"), [("BOARDPACK_MAX_SECONDS", "a while"), ("BOARDPACK_MAX_PAGES", "many")])
def test_limits_that_are_no_numbers_are_said(monkeypatch, name, value) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=f"{name} must be a number"):
        Limits.from_environment()


def test_files_that_need_no_opening(reader, tmp_path) -> None:
    large = tmp_path / "large.pdf"
    large.touch()
    os.truncate(large, LIMITS.file_bytes + 1)
    fifo = tmp_path / "fifo.pdf"
    os.mkfifo(fifo)
    cases = {
        tmp_path / "none.pdf": FailureCode.MISSING,
        large: FailureCode.TOO_LARGE,
        fifo: FailureCode.UNREADABLE,
        tmp_path: FailureCode.A_FOLDER,
    }
    for path, code in cases.items():
        with pytest.raises(PackFailure) as caught:
            reader.read_document(path)
        assert caught.value.code is code


def test_a_worker_that_cannot_start_is_no_fault_of_the_file(make) -> None:
    class Broken(Reader):
        module = "tests.sandbox.no_such_module"

    with Broken("document", LIMITS) as reader, pytest.raises(PackFailure) as caught:
        reader.read_document(make(["one"]))
    assert caught.value.code is FailureCode.INTERNAL
    assert "could not be started" in str(caught.value)


def test_nothing_is_imported_from_the_folder_that_one_stands_in(make, tmp_path, monkeypatch) -> None:
    for name in ("flows", "extractors"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('taken over')")
    (tmp_path / "msgspec.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    with Reader("document", Limits(seconds=20)) as reader:
        assert verdicts(reader.read_document(make(["one"]))) == ["read"]
