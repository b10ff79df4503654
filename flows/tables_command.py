"""`boardpack tables`: from a file that the user named to its tables on standard output."""

from __future__ import annotations

from pathlib import Path

import click

from flows import table_output
from flows.sandbox import Reader
from flows.terminal import one_line
from schemas.failure import PackFailure


def run(file: Path, form: str, pages: str | None) -> int:
    """The file's tables, or those of some pages, as `form`. 1 where the file gives none or has not all these pages."""
    try:
        wanted = table_output.parse_pages(pages) if pages else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--pages") from None
    try:
        with Reader("document") as reader:
            document = reader.read_document(file, pages=wanted)
            kinds = table_output.name_kinds(document) if form != "csv" else {}
    except PackFailure as failure:
        click.echo(f"{one_line(str(file))}: {failure}", err=True)
        return 1
    last = wanted[-1] if wanted else 0
    beyond = last > document.n_pages
    if beyond:
        said = f"has {document.n_pages} pages; page {last} is not one of them"
        click.echo(f"{one_line(str(file))}: {said}", err=True)
    if form == "json":
        click.echo(table_output.as_json(str(file), document, kinds))
    elif form == "csv":
        click.echo(table_output.as_csv(document), nl=False)
    else:
        for line in table_output.as_text(document, kinds, wanted):
            click.echo(line)
    return 1 if beyond else 0
