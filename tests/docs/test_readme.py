"""The README and its neighbours say what is true: commands, make targets, views, links, files."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from flows.cli import cli

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")})


def blocks(text: str) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    lines = [line.split(" #")[0] for block in blocks(README) for line in block.splitlines()]
    split = [shlex.split(line) for line in lines if re.search(r"(^|/|\s)boardpack \w", line) and "`" not in line]
    return [words[next(n for n, w in enumerate(words) if w.endswith("boardpack")) + 1 :] for words in split if words]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_shown_is_one_that_the_command_line_takes(words: list[str]) -> None:
    command = cli.commands[words[0]]
    context = command.make_context(words[0], [*words[1:]], resilient_parsing=True)
    options = {name for parameter in command.params for name in parameter.opts}
    assert [word for word in words[1:] if word.startswith("--") and word not in options] == []
    assert context.command is command


def test_every_command_is_in_the_table() -> None:
    shown = set(re.findall(r"^\| `boardpack (\w+)", README, flags=re.MULTILINE))
    assert set(cli.commands) - shown == {"version"}
    assert shown <= set(cli.commands)


def test_every_public_view_is_named() -> None:
    section = README.split("## What to query")[1].split("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", section.split("| view |")[1]))
    dictionary = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    views = re.findall(r"^### (\w+)$", dictionary.split("## Views")[1].split("\n## ")[0], flags=re.MULTILINE)
    assert len(views) > 20
    assert {view for view in views if not view.endswith("_all")} == named


def test_make_targets_shown_exist() -> None:
    made = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    shown = set(
        re.findall(r"(?:^|`)make (\w+)", "\n".join(page.read_text(encoding="utf-8") for page in PAGES), re.MULTILINE)
    )
    assert {"run", "test"} <= shown <= made


def links() -> list[tuple[Path, str]]:
    return [
        (page, target)
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in target
    ]


@pytest.mark.parametrize(("page", "target"), links(), ids=lambda value: getattr(value, "name", str(value)))
def test_a_link_leads_somewhere(page: Path, target: str) -> None:
    assert (page.parent / target).exists()


def test_help_of_every_command_shows_an_example() -> None:
    without = [
        name
        for name, command in cli.commands.items()
        if isinstance(command, click.Command) and command.params and f"boardpack {name}" not in (command.help or "")
    ]
    assert [name for name in without if name not in {"status", "forget", "check"}] == []
