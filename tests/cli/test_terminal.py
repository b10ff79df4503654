"""What a pipe gets, what a terminal gets, and that no document can order either about."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from flows.terminal import one_line, safe
from tests.cli.conftest import Run
from tests.samples.comparing import PACKS

ROOT = Path(__file__).parents[2]
ESCAPE = "\x1b["


def on_a_terminal(folder: Path, *words: str, **environment: str) -> tuple[int, str]:
    """Exit status and all that a terminal of 100 columns is sent."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "PYTHONPATH": str(ROOT), **environment}
    process = subprocess.Popen(
        [sys.executable, "-m", "flows", *words], stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=env
    )
    os.close(theirs)
    heard = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        heard += part
    os.close(ours)
    return process.wait(), heard.decode()


def test_a_pipe_gets_plain_lines(run: Run, folder: Path) -> None:
    told = run("ingest", str(PACKS[0]))
    assert ESCAPE not in told.out + told.err
    assert len(told.errors) == 1
    assert "\r" not in told.err


def test_a_terminal_gets_a_bar_with_colours_unless_it_says_no(folder: Path) -> None:
    status, coloured = on_a_terminal(folder, "ingest", str(PACKS[0]), "missing.pdf")
    assert status == 1
    assert "packs" in coloured
    assert "\x1b[3" in coloured
    assert "!! missing.pdf: there is no such file; check the path" in coloured
    status, plain = on_a_terminal(folder, "ingest", str(PACKS[0]), "missing.pdf", "--force", NO_COLOR="1")
    assert status == 1
    assert "\x1b[3" not in plain
    assert "\x1b[9" not in plain
    assert "!! missing.pdf: there is no such file; check the path" in plain
    status, dumb = on_a_terminal(folder, "ingest", "missing.pdf", TERM="dumb")
    assert ESCAPE not in dumb


def test_a_table_is_fitted_to_the_terminal_and_nothing_is_cut(held: Path) -> None:
    sql = "select ref, action, comments from open_actions where ref = '104'"
    _, shown = on_a_terminal(held, "query", sql, COLUMNS="60")
    lines = shown.replace("\r", "").splitlines()
    assert max(map(len, lines)) <= 60
    parts = [line.split(" |")[1].strip() for line in lines[2:-1]]
    assert len(parts) > 2
    assert " ".join(parts).strip() == "Share the staff survey action plan with the three place partnerships"
    assert "…" not in shown


def test_a_reader_that_leaves_early_is_no_error(held: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m flows query 'from cells' --format csv | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        cwd=held,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.startswith("pack_id,table_no")
    assert done.stderr == ""


@pytest.mark.parametrize(
    "text", ["\x1b]0;title\x07", "\x1b[2J", "a\rb", "\u202egnp.exe", "\x9b31m", "a\x00b", "\udcff"]
)
def test_no_text_moves_the_cursor_or_turns_the_writing_round(text: str) -> None:
    for shown in (safe(text), one_line(text)):
        assert not any(c in shown for c in "\x1b\x07\r\u202e\x9b\x00")
        shown.encode()
