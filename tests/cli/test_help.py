"""`--help` teaches by example, and the examples are true."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from flows.cli import cli
from tests.cli.conftest import Run

COMMANDS = sorted(cli.commands)
CONTRACT = {"ingest", "tables", "query", "report", "export", "show", "status", "serve"}


def examples(name: str) -> list[list[str]]:
    """The lines of a command's help that begin with `boardpack`, as words; what a shell adds left out."""
    lines = [line.strip() for line in (cli.commands[name].help or "").splitlines()]
    shown = [re.split(r" {3,}| > ", line)[0] for line in lines if line.startswith("boardpack ")]
    return [shlex.split(line)[1:] for line in shown]


def test_every_command_of_the_contract_is_there() -> None:
    assert set(COMMANDS) >= CONTRACT


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "version"])
def test_help_has_examples_that_the_command_takes(name: str) -> None:
    shown = examples(name)
    assert shown, "no example"
    for words in shown:
        assert words[0] == name
        context = cli.commands[name].make_context(name, words[1:], parent=click.Context(cli))
        assert context.args == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_goes_to_standard_output(run: Run, name: str) -> None:
    told = run(name, "--help")
    assert (told.status, told.err) == (0, "")
    assert told.out.startswith(f"Usage: boardpack {name}")


def test_the_first_help_lists_the_commands_whole_and_the_exit_statuses(run: Run) -> None:
    told = run("--help")
    assert told.status == 0
    listed = told.out.split("Commands:\n")[1].splitlines()
    assert [line.split()[0] for line in listed] == COMMANDS
    assert not any("..." in line for line in listed)
    assert "2 the command was used wrongly" in " ".join(told.out.split())
    assert run().status == 2


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_every_command_of_the_contract_takes_a_warehouse(name: str) -> None:
    options = {o: p for p in cli.commands[name].params for o in p.opts}
    assert "--warehouse" in options
    assert options["--warehouse"].envvar == "BOARDPACK_WAREHOUSE"


@pytest.mark.parametrize(
    ("name", "formats", "default"),
    [
        ("tables", ["text", "json", "csv"], "text"),
        ("query", ["table", "csv", "json", "markdown"], "table"),
        ("export", ["parquet", "csv", "xlsx"], "parquet"),
        ("status", ["table", "csv", "json"], "table"),
    ],
)
def test_formats_and_defaults_are_those_of_the_contract(name: str, formats: list[str], default: str) -> None:
    (option,) = [p for p in cli.commands[name].params if "--format" in p.opts]
    assert isinstance(option.type, click.Choice)
    assert set(option.type.choices) >= set(formats)
    assert option.default == default
