"""Bad input is one clear line that names it and says what to do; the rest is done; nothing is a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.bad_files import BAD, small_pdf, write_all
from tests.cli.conftest import Run
from tests.samples.comparing import PACKS

ROOT = Path(__file__).parents[2]


def test_each_bad_file_is_one_line_and_the_others_are_done(run: Run, folder: Path) -> None:
    write_all(folder / "inbox")
    (folder / "inbox" / "z-good.pdf").write_bytes(PACKS[0].read_bytes())
    (folder / "nothing").mkdir()
    told = run("ingest", "inbox", "nothing", "missing.pdf", "n\x1b[31mame\n2.pdf")
    assert told.status == 1
    assert told.out == f"boardpack.duckdb: 1 loaded, {len(BAD) + 3} failed\n"
    lines = [line.removeprefix("!! ").split(" (on page")[0] for line in told.errors if line.startswith("!! ")]
    assert len(lines) == len(BAD) + 3
    assert dict(line.split(": ", 1) for line in lines) == {
        **{f"inbox/{name}": sentence for name, (_, sentence) in BAD.items()},
        "nothing": "there is no PDF in this folder; check the path",
        "missing.pdf": "there is no such file; check the path",
        "n\N{REPLACEMENT CHARACTER}[31mame 2.pdf": "there is no such file; check the path",
    }
    (good,) = [line for line in told.errors if not line.startswith("!! ")]
    assert good.startswith("ok inbox/z-good.pdf: 11 actions, ")
    runs = json.loads(
        run("query", "select file_name, reason from runs where outcome = 'failed'", "--format", "json").out
    )
    assert {row["file_name"] for row in runs} >= {*BAD, "nothing", "missing.pdf"}
    assert all(row["reason"] for row in runs)


@pytest.mark.parametrize("name", BAD)
def test_tables_of_a_bad_file_is_one_line(run: Run, folder: Path, name: str) -> None:
    content, sentence = BAD[name]
    (folder / name).write_bytes(content)
    told = run("tables", name, "--format", "json")
    assert (told.status, told.out) == (1, "")
    assert len(told.errors) == 1
    assert told.err.startswith(f"{name}: {sentence}")


def test_tables_of_what_is_no_file(run: Run, folder: Path) -> None:
    assert run("tables", "missing.pdf") == (1, "", "missing.pdf: there is no such file; check the path\n")
    assert run("tables", ".") == (1, "", ".: this is a folder; name one PDF in it\n")
    os.mkfifo("pipe.pdf")
    assert run("tables", "pipe.pdf").errors == [
        "pipe.pdf: the file cannot be opened; check its permissions (not a regular file)"
    ]
    assert run("ingest", ".").errors == [
        "!! pipe.pdf: the file cannot be opened; check its permissions (not a regular file)"
    ]


def test_pages_that_are_not_there(run: Run, folder: Path) -> None:
    (folder / "two.pdf").write_bytes(small_pdf(n_pages=2))
    told = run("tables", str(PACKS[0]), "--pages", "99")
    assert (told.status, told.out) == (1, "")
    assert told.errors == [f"{PACKS[0]}: has 19 pages; page 99 is not one of them"]
    wrong = run("tables", str(PACKS[0]), "--pages", "3,x")
    assert (wrong.status, wrong.out) == (2, "")
    assert "pages are numbers and ranges such as 3,7-9, not '3,x'" in wrong.err


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("selec 1", 'this is not SQL that DuckDB understands: syntax error at or near "selec"'),
        ("select owners from actions", 'Referenced column "owners" not found'),
        ("from action", 'Table with name action does not exist! Did you mean "actions"'),
        ("drop view actions", "only reading is allowed, such as SELECT; this is DROP"),
        ("select 1; select 2", "one statement at a time, please; this is 2 statements"),
        ("", "one statement at a time, please; this is no statement"),
        ("select * from read_csv('/etc/passwd')", "file system operations are disabled"),
        ("copy actions to 'out.csv'", "only reading is allowed, such as SELECT; this is COPY"),
        ("install httpfs", "only reading is allowed, such as SELECT; this is LOAD"),
    ],
)
def test_bad_sql_is_one_line_and_no_data(run: Run, held: Path, sql: str, said: str) -> None:
    told = run("query", sql, "--format", "json")
    assert (told.status, told.out) == (1, "")
    assert len(told.errors) == 1
    assert said.lower() in told.errors[0].lower()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "kpis", "Unheard-of measure"), "kpis: no row is called 'Unheard-of measure'"),
        (("show", "kpi", "18 week waits"), "'kpi' is no view with places on pages"),
        (("show", "actions", "101", "--period", "Sep-24"), "actions has no periods"),
        (("show", "actions", "101", "--pack", "zz"), "no pack is called 'zz'; see: boardpack status"),
        (("forget", "zz"), "no pack is called 'zz'; see: boardpack status"),
        (("report", "--pack", "zz"), "'zz'; see: boardpack status"),
    ],
)
def test_what_is_not_there_is_one_line(run: Run, held: Path, words: tuple[str, ...], said: str) -> None:
    told = run(*words)
    assert (told.status, told.out) == (1, "")
    assert len(told.errors) == 1
    assert said in told.errors[0]


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("query", "from packs"),
        ("report",),
        ("export", "out"),
        ("show", "actions", "1"),
        ("forget", "x"),
        ("check",),
    ],
    ids=lambda words: words[0],
)
def test_without_a_warehouse(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    assert run(*words) == (1, "", "boardpack.duckdb: there is no warehouse here yet; run: boardpack ingest FILE\n")
    (folder / "boardpack.duckdb").write_bytes(b"%PDF-1.4 no database")
    told = run(*words)
    assert (told.status, told.out) == (1, "")
    (line,) = told.errors
    assert line.endswith("this is not a DuckDB file; choose another --warehouse path")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("ingest",),
        ("nonsense",),
        ("status", "--format", "xml"),
        ("ingest", "a.pdf", "--workers", "0"),
        ("ingest", "a.pdf", "--since", "soon"),
        ("query",),
        ("export", "out", "--format", "doc"),
        ("ingest", "a.pdf", "--warehouse", "."),
        ("show", "kpis"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_2_and_says_how_it_is_used(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    told = run(*words)
    assert (told.status, told.out) == (2, "")
    assert told.err.startswith("Usage: boardpack")
    assert list(folder.iterdir()) == []


AS_NOBODY = textwrap.dedent(
    """
    import os, sys
    import duckdb, filelock, openpyxl, openpyxl.cell._writer, openpyxl.writer.excel
    from flows import exit_status, ingest_command
    import warehouse.store, warehouse.files, warehouse.cross_pack, warehouse.query, warehouse.export
    import extractors.version, extractors.vocabulary
    extractors.version.code_version()
    os.chdir(sys.argv[1])
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    sys.exit(exit_status.main(sys.argv[2:]))
    """
)


def as_nobody(folder: Path, *words: str) -> tuple[int, list[str]]:
    """Exit status and lines of standard error for a user who owns nothing here (root would be let in everywhere)."""
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(folder), *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "BOARDPACK_WAREHOUSE": "w/boardpack.duckdb"},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr.splitlines()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, with one `w` for a warehouse that everybody may write."""
    with tempfile.TemporaryDirectory() as name:
        made = Path(name)
        made.chmod(0o755)
        (made / "w").mkdir()
        (made / "w").chmod(0o777)
        yield made
        for path in made.rglob("*"):
            path.chmod(0o755)


def test_a_folder_that_may_not_be_looked_into_is_said(open_folder: Path) -> None:
    inbox = open_folder / "inbox"
    (inbox / "locked").mkdir(parents=True)
    (inbox / "locked" / "board.pdf").write_bytes(PACKS[0].read_bytes())
    (inbox / "secret.pdf").write_bytes(PACKS[0].read_bytes())
    (inbox / "locked").chmod(0)
    (inbox / "secret.pdf").chmod(0)
    status, lines = as_nobody(open_folder, "ingest", "inbox", "inbox/locked/board.pdf")
    assert status == 1
    assert lines == [
        "!! inbox/locked: this folder cannot be looked into; check its permissions (Permission denied)",
        "!! inbox/secret.pdf: the file cannot be opened; check its permissions (Permission denied)",
        "!! inbox/locked/board.pdf: the file cannot be opened; check its permissions (Permission denied)",
    ]


def test_a_warehouse_folder_that_may_not_be_written(open_folder: Path) -> None:
    (open_folder / "a.pdf").write_bytes(PACKS[0].read_bytes())
    (open_folder / "w").chmod(0o555)
    status, lines = as_nobody(open_folder, "ingest", "a.pdf")
    assert status == 1
    assert lines == [
        f"{(open_folder / 'w' / 'boardpack.duckdb').resolve()}: its folder cannot be written to (Permission denied);"
        " check its permissions or choose another --warehouse"
    ]


def test_an_export_into_a_folder_that_may_not_be_written(open_folder: Path, samples: Path) -> None:
    (open_folder / "w" / "boardpack.duckdb").write_bytes((samples / "boardpack.duckdb").read_bytes())
    (open_folder / "out").mkdir(mode=0o555)
    for form in ("parquet", "csv", "xlsx"):
        status, lines = as_nobody(open_folder, "export", "out", "--format", form)
        assert status == 1
        assert lines == ["out: it cannot be written to; check its permissions"]
