"""The settings file: what it says is what is done; what it cannot say is refused in one line."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows import settings as all_settings
from flows.settings import Inbox, ModernGov, Page, Settings, duration, read_settings

DOCS = Path(__file__).parents[2] / "docs" / "sources.md"


def read(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "boardpack.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_the_documented_file_is_one_that_can_be_read(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    found = read(tmp_path, example)
    inbox, page, council = found.sources
    assert isinstance(inbox, Inbox)
    assert found.path(inbox.folder) == tmp_path / "inbox"
    assert isinstance(page, Page)
    assert re.search(page.links, "/x/papers.pdf")
    assert isinstance(council, ModernGov)
    assert council.committees == (115, 144)
    assert found.warehouse_path == tmp_path / "boardpack.duckdb"
    assert found.fetch.manners().contact == "mailto:data@example.org"


@pytest.mark.parametrize(
    ("heading", "struct"),
    [
        ("`[[inbox]]`", "Inbox"),
        ("`[[page]]`", "Page"),
        ("`[[moderngov]]`", "ModernGov"),
        ("`[fetch]`", "Fetching"),
        ("`[schedule]`", "Schedule"),
        ("What every source has", "Named"),
    ],
)
def test_every_key_is_documented_and_none_that_is_not_there(heading: str, struct: str) -> None:
    section = DOCS.read_text(encoding="utf-8").split(f"## {heading}")[1].split("\n## ")[0]
    documented = {
        key for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)
    }
    kind = getattr(all_settings, struct)
    common = set() if struct == "Named" else set(all_settings.Named.__struct_fields__)
    assert documented == set(kind.__struct_fields__) - (common if issubclass(kind, all_settings.Named) else set())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[inbox]]\nname='a'\nfoldr='x'", "unknown field `foldr`"),
        ("[[inbox]]\nname='a'", "missing required field `folder`"),
        ("[[inbox]]\nname='a'\nfolder='x'\nsettle='soon'", "'soon' is no duration"),
        ("[[inbox]]\nname=''\nfolder='x'", "1 to 60 characters"),
        ("[[page]]\nname='a'\nurl='ftp://x'", "no http or https address"),
        ("[[page]]\nname='a'\nurl='http://x'\nlinks='('", "no regular expression"),
        ("[[moderngov]]\nname='a'\nurl='http://x'\ncommittees=[]", "at least one number"),
        ("[[moderngov]]\nname='a'\nurl='http://x'\ncommittees=[1]\npapers='some'", "Invalid enum value"),
        ("[[inbox]]\nname='a'\nfolder='x'\n[[inbox]]\nname='a'\nfolder='y'", "two sources have the name 'a'"),
        ("[schedule]\nevery='1 day'", "no source is named"),
        ("[schedule]\ncron='daily'", "no cron schedule of five fields"),
        ("[[inbox]\n", "line 1"),
    ],
)
def test_a_mistake_is_one_line_that_says_where(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(str(tmp_path / "boardpack.toml"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("15 minutes", 900), ("1 day", 86400), ("30s", 30), ("2h", 7200), ("1.5 hours", 5400), ("1 week", 604800)],
)
def test_durations(text: str, seconds: float) -> None:
    assert duration(text) == timedelta(seconds=seconds)


def test_days_are_days(tmp_path: Path) -> None:
    found = read(tmp_path, "[[inbox]]\nname='a'\nfolder='x'\nnext_meetings=[2026-01-15]")
    assert found.sources[0].next_meetings == (date(2026, 1, 15),)
    assert tomllib.loads("a=2026-01-15")["a"] == date(2026, 1, 15)
