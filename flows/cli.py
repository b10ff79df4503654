"""The command line: a thin edge over the pipeline and the warehouse. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import os
from pathlib import Path

import click

DEFAULT_WAREHOUSE = "boardpack.duckdb"

warehouse_option = click.option(
    "--warehouse",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="BOARDPACK_WAREHOUSE",
    default=DEFAULT_WAREHOUSE,
    show_default=True,
    help="The DuckDB file (environment: BOARDPACK_WAREHOUSE).",
)
log_option = click.option(
    "--log-format", type=click.Choice(["text", "json"]), default="text", help="Messages as text or JSON lines."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """Board packs as a warehouse: every action, KPI and capital scheme a row that says where it was printed.

    \b
    boardpack ingest papers/                     read every PDF of a folder
    boardpack status                             what became of each file
    boardpack query "from overdue_actions"       ask; also --format csv, json, markdown
    boardpack show actions 53                    the page where action 53 was printed, marked
    boardpack report                             see what is wrong, and where on the page
    boardpack export out/ --format xlsx          everything as a workbook

    Results go to standard output, progress and errors to standard error. Exit status: 0 all is well; 1 something
    failed and the rest was done; 2 the command was used wrongly. COMMAND --help shows examples of each.
    """


@cli.command(short_help="Read packs (PDF files, folders, addresses) and load what they hold.")
@click.argument("source", nargs=-1, required=True)
@click.option("--force", is_flag=True, help="Read packs again that this code has loaded already.")
@click.option("--workers", type=click.IntRange(1, 64), default=None, help="Packs read at once (default: the cores).")
@click.option("--since", metavar="DATE", help="Only packs of meetings on or after this day, oldest first (2024-04-01).")
@click.option(
    "--prefect", "use_prefect", is_flag=True, help="Run as a Prefect flow (also when PREFECT_API_URL is set)."
)
@warehouse_option
@log_option
def ingest(
    source: tuple[str, ...],
    force: bool,
    workers: int | None,
    since: str | None,
    use_prefect: bool,
    warehouse: Path,
    log_format: str,
) -> int:
    """Parse, validate and load packs: PDF files, folders (searched for PDFs), or http(s) addresses.

    \b
    boardpack ingest pack.pdf
    boardpack ingest papers/ --workers 4
    boardpack ingest https://example.org/board/2024-06.pdf
    boardpack ingest papers/ --since 2023-04-01
    boardpack ingest pack.pdf --force --warehouse trust.duckdb

    A pack already loaded by the same code is passed over. Exit status 1 when a file failed; the others are done.
    """
    from flows import ingest_command

    return ingest_command.run(
        source, warehouse, force=force, workers=workers, since=since, use_prefect=use_prefect, log_format=log_format
    )


@cli.command(short_help="Every table found in one PDF, without a warehouse.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option("--pages", help="Only these pages, such as 3,7-9.")
@click.option("--warehouse", expose_value=False, envvar="BOARDPACK_WAREHOUSE", help="Taken everywhere; not used here.")
def tables(file: Path, form: str, pages: str | None) -> int:
    """Every table found in one PDF, without a warehouse.

    \b
    boardpack tables pack.pdf
    boardpack tables pack.pdf --pages 3,7-9 --format json
    boardpack tables pack.pdf --format csv > tables.csv

    Text cuts long cells short; JSON and CSV hold them whole.
    """
    from flows import tables_command

    return tables_command.run(file, form, pages)


@cli.command(short_help="Ask the warehouse in SQL; nothing can be changed.")
@click.argument("sql")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "markdown"]), default="table", show_default=True
)
@warehouse_option
def query(sql: str, form: str, warehouse: Path) -> int:
    """Read-only SQL over the warehouse. Nothing can be written, no file read, no extension loaded.

    \b
    boardpack query "select ref, owner, due_text from overdue_actions"
    boardpack query "from kpis where rag = 'red' order by measure" --format csv > red.csv
    boardpack query "select column_name, comment from duckdb_columns() where table_name = 'kpis'"
    boardpack query "describe action_history"

    The views: actions, action_history, open_actions, overdue_actions, kpis, kpi_latest, kpi_series, kpi_restatements,
    kpi_spc, capital_schemes, capital_profile, capital_changes, packs, tables, cells, findings, quarantine, runs.
    """
    from flows.guard import bounded
    from warehouse import query as queries
    from warehouse.answers import format_answer

    said = f"the query took longer than {queries.TIMEOUT:g} seconds and was stopped"
    with bounded(queries.TIMEOUT + 10, said):
        answer = queries.query(_held(warehouse), sql)
        text = format_answer(answer, form)
    click.echo(text)
    if answer.truncated:
        click.echo(
            f"only the first {len(answer.rows):,} rows are shown; add a limit, or use: boardpack export", err=True
        )
    return 0


@cli.command(short_help="What is wrong, and where on the page, as HTML.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default="report", show_default=True)
@click.option("--pack", metavar="ID", help="Only this pack (its id or the beginning of it; see: boardpack status).")
@warehouse_option
def report(out: Path, pack: str | None, warehouse: Path) -> int:
    """The data-quality report as HTML; prints the path of its index page.

    \b
    boardpack report
    boardpack report --out /srv/www/boardpack --pack 3fa9
    """
    from flows.show import render_page_of
    from warehouse.report.site import build

    _held(warehouse)
    click.echo(build(warehouse, out, pack=pack, render=render_page_of(warehouse)))
    return 0


@cli.command(short_help="The views as Parquet, CSV or one workbook.")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "form", type=click.Choice(["parquet", "csv", "xlsx"]), default="parquet", show_default=True)
@warehouse_option
def export(directory: Path, form: str, warehouse: Path) -> int:
    """The analyst views as files; prints their paths.

    \b
    boardpack export out/                     one Parquet file a view; a large one a folder a meeting
    boardpack export out/ --format csv        texts that a spreadsheet would run begin with an apostrophe
    boardpack export out/ --format xlsx       one workbook with filters, and a sheet that explains the columns
    """
    from warehouse.export import export as write

    for path in write(_held(warehouse), directory, form):
        click.echo(path)
    return 0


@cli.command(short_help="Where a value was printed: page, box, picture.")
@click.argument("view")
@click.argument("key")
@click.option("--period", help="For KPIs: the period as printed, such as Mar-21.")
@click.option("--pack", metavar="ID", help="Only this pack (its id or the beginning of it).")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=".", help="Where to write the picture."
)
@warehouse_option
def show(view: str, key: str, period: str | None, pack: str | None, out: Path, warehouse: Path) -> int:
    """Where a value came from: pack, page, box; writes a PNG of that part of the page with the cell marked.

    \b
    boardpack show actions 53
    boardpack show kpis "52+ Week Waits" --period Mar-21
    boardpack show capital_schemes "Ward 4 refurbishment" --out pictures/
    boardpack show findings 3fa94c0d11e2-7-3-4

    KEY is a name as printed, a part of one, or what the view's column `key` holds.
    """
    from flows.show import show_value

    return show_value(_held(warehouse), view, key, period=period, pack=pack, out=out)


@cli.command()
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@warehouse_option
def status(form: str, warehouse: Path) -> int:
    """Packs and sources with their outcome, newest first.

    \b
    boardpack status
    boardpack status --format json
    """
    from flows.status import print_status

    return print_status(_held(warehouse), form)


@cli.command(short_help="Take one pack out of the warehouse.")
@click.argument("pack")
@warehouse_option
def forget(pack: str, warehouse: Path) -> int:
    """Take one pack (its id, the beginning of it, or its file name) out of the warehouse.

    \b
    boardpack forget 3fa94c
    boardpack forget board-2024-06.pdf
    """
    from warehouse.forget import forget as remove

    click.echo(remove(_held(warehouse), pack))
    return 0


@cli.command(short_help="Whether the warehouse still holds what was loaded.")
@warehouse_option
def check(warehouse: Path) -> int:
    """Whether the warehouse still holds what was loaded: counts and hashes of every pack. Exit status 1 where not.

    \b
    boardpack check
    """
    from warehouse.check import check as inspect

    problems = inspect(_held(warehouse))
    for problem in problems:
        click.echo(problem)
    if not problems:
        click.echo("the warehouse holds what was loaded")
    return 1 if problems else 0


@cli.command(short_help="Watch folders and web pages on a schedule.")
@click.option(
    "--settings", type=click.Path(path_type=Path, dir_okay=False), default="boardpack.toml", show_default=True
)
@click.option("--once", is_flag=True, help="Look at every source once and end.")
@click.option(
    "--warehouse",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="BOARDPACK_WAREHOUSE",
    help="Another DuckDB file than the settings name (environment: BOARDPACK_WAREHOUSE).",
)
@log_option
def serve(settings: Path, once: bool, warehouse: Path | None, log_format: str) -> int:
    """Run the schedule (Prefect): inbox folders and web sources, from a settings file.

    \b
    boardpack serve --settings boardpack.toml
    boardpack serve --once
    """
    from flows.serve import serve as run

    if warehouse is not None:
        # The flows that it starts read the settings again, each in its own process.
        os.environ["BOARDPACK_WAREHOUSE"] = str(warehouse.absolute())
    return run(settings, once=once, log_format=log_format)


@cli.command()
def version() -> int:
    """The version of boardpack and of the code that reads packs."""
    from importlib.metadata import version as installed

    from extractors.version import code_version

    click.echo(f"boardpack {installed('boardpack')}, reading code {code_version()}")
    return 0


def _held(warehouse: Path) -> Path:
    """The warehouse's path; a usage error where there is none yet."""
    if not warehouse.exists():
        raise click.ClickException(f"{warehouse}: there is no warehouse here yet; run: boardpack ingest FILE")
    return warehouse
