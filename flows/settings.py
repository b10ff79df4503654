"""The settings file of `boardpack serve`: sources, schedule, manners. One TOML file; docs/sources.md explains it."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field

from flows.fetch import Manners
from flows.fetch_http import Bounds
from flows.sources import is_address

UNITS = {"s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60}
UNITS |= {"h": 3600, "hour": 3600, "d": 86400, "day": 86400, "week": 604800}
_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+?)s?\s*", re.IGNORECASE)


def duration(text: str) -> timedelta:
    """`15 minutes`, `1 day`, `30s`. Raises ValueError."""
    match = _DURATION.fullmatch(text)
    unit = UNITS.get(match[2].lower()) or UNITS.get(match[2].lower() + "s") if match else None
    if not match or not unit or float(match[1]) <= 0:
        raise ValueError(f"{text!r} is no duration such as '15 minutes' or '1 day'")
    return timedelta(seconds=float(match[1]) * unit)


def _pattern(text: str) -> None:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from None


class Schedule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When sources are looked at and the report is made, and what else the process does."""

    every: str = "15 minutes"
    cron: str = ""
    """Instead of `every`: five fields, such as `*/15 7-19 * * mon-fri`."""
    timezone: str = "Europe/London"
    report: str = ""
    """The folder for the data-quality report; none is made where there is none."""
    report_cron: str = "30 6 * * *"
    report_address: str = ""
    """Under which a web server shows that folder."""
    metrics: str = ""
    """The Prometheus text file, written after each look."""
    port: int = 4200
    """Of the embedded Prefect server, on this machine only; 0 takes a free one."""
    readers: int = 2
    """Packs read at once."""

    def __post_init__(self) -> None:
        duration(self.every)
        if not 1 <= self.readers <= 64:
            raise ValueError("`readers` must be 1 to 64")
        for text in (self.cron, self.report_cron):
            if text and len(text.split()) != 5:
                raise ValueError(f"{text!r} is no cron schedule of five fields")

    @property
    def interval(self) -> timedelta:
        """Between two looks."""
        return duration(self.every)


class Fetching(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How web addresses are asked for."""

    contact: str = ""
    """In the user agent: an address at which a site's owner reaches you."""
    seconds_between: float = 1.0
    max_mb: int = 300
    max_seconds: int = 300
    recheck: str = "1 day"
    """How often a paper that is known is asked for again, in case it was replaced."""
    recheck_for: str = "60 days"
    """After which a paper is asked for once a week only."""

    def __post_init__(self) -> None:
        duration(self.recheck)
        duration(self.recheck_for)
        if self.seconds_between < 0 or self.max_mb < 1 or self.max_seconds < 1:
            raise ValueError("`seconds_between`, `max_mb` and `max_seconds` must be positive")

    def manners(self) -> Manners:
        """The same for the fetcher."""
        bounds = Bounds(bytes=self.max_mb * 1_000_000, seconds=self.max_seconds)
        return Manners(self.contact, self.seconds_between, bounds=bounds)


class Named(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every source has."""

    name: str
    organisation: str = ""
    board: str = ""
    every: str = ""
    """Not more often than this."""
    next_meetings: tuple[date, ...] = ()
    """Meetings that are known to come: their pack is missed when it is not there in time."""
    days_before: int = 7
    """Days before a meeting by which its pack is expected."""

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > 60:
            raise ValueError("a source's `name` must have 1 to 60 characters")
        if self.every:
            duration(self.every)


class Inbox(Named, frozen=True, kw_only=True, tag="inbox"):
    """A folder into which people or programs put PDFs."""

    folder: str
    settle: str = "10 seconds"
    """A file is whole when it has not changed for so long, and ends as a PDF does."""
    folder_is_meeting: bool = False
    """The PDFs of each folder below it are the papers of one meeting."""

    def __post_init__(self) -> None:
        super().__post_init__()
        duration(self.settle)


class Page(Named, frozen=True, kw_only=True, tag="page"):
    """A web page that lists packs."""

    url: str
    links: str = r"\.pdf($|[?#])"
    """Regular expression: addresses that are packs. Upper and lower case are the same."""
    text: str = ""
    """Regular expression: link texts that are packs; empty: all."""
    meetings: str = ""
    """Regular expression on address or text: links to pages of one meeting each, followed one level deep."""
    hosts: tuple[str, ...] = ()
    """Other hosts to which links and redirects may lead."""

    def __post_init__(self) -> None:
        super().__post_init__()
        _web(self.url)
        for text in (self.links, self.text, self.meetings):
            _pattern(text)


class ModernGov(Named, frozen=True, kw_only=True, tag="moderngov"):
    """Committees of a council's ModernGov site, by its web service or, where that is shut, its pages."""

    url: str
    """The folder in which `mgWebService.asmx` and `ieListMeetings.aspx` lie."""
    committees: tuple[int, ...]
    """The numbers in `CId=…`."""
    papers: Literal["pack", "papers"] = "pack"
    """The reports pack where there is one, else its papers; or always the papers one by one."""
    days_back: int = 60
    days_ahead: int = 60
    hosts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        _web(self.url)
        if not self.committees:
            raise ValueError("`committees` must name at least one number")


class Address(Named, frozen=True, kw_only=True, tag="address"):
    """One address that holds a pack, the same or a newer one."""

    url: str
    hosts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        _web(self.url)


def _web(url: str) -> None:
    if not is_address(url):
        raise ValueError(f"{url!r} is no http or https address")


AnySource = Inbox | Page | ModernGov | Address


class Settings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file. `read` makes its paths absolute."""

    warehouse: str = "boardpack.duckdb"
    schedule: Schedule = Schedule()
    fetch: Fetching = Fetching()
    inbox: tuple[Inbox, ...] = ()
    page: tuple[Page, ...] = ()
    moderngov: tuple[ModernGov, ...] = ()
    address: tuple[Address, ...] = ()
    base: str = field(default="", name="-base")

    @property
    def sources(self) -> tuple[AnySource, ...]:
        """Every source, folders first."""
        return (*self.inbox, *self.page, *self.moderngov, *self.address)

    def path(self, text: str) -> Path:
        """A path of the file: relative ones begin at the file's own folder."""
        return Path(self.base, Path(text).expanduser())

    @property
    def report_link(self) -> str:
        """Where the report is for whoever clicks: its address, else its folder; empty where none is made."""
        if not self.schedule.report:
            return ""
        return self.schedule.report_address or self.path(self.schedule.report).absolute().as_uri()

    @property
    def warehouse_path(self) -> Path:
        """The DuckDB file."""
        return self.path(self.warehouse)


def read_settings(path: Path) -> Settings:
    """The file's settings; BOARDPACK_WAREHOUSE names another warehouse than the file does.

    Raises ValueError, in one line that says where, and OSError.
    """
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=Settings)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: {' '.join(str(error).split())}") from None
    names = [source.name for source in found.sources]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"{path}: two sources have the name {twice[0]!r}")
    if not names:
        raise ValueError(f"{path}: no source is named; add an [[inbox]], [[page]], [[moderngov]] or [[address]]")
    named = os.environ.get("BOARDPACK_WAREHOUSE")
    warehouse = str(Path(named).absolute()) if named else found.warehouse
    return msgspec.structs.replace(found, base=str(path.resolve().parent), warehouse=warehouse)
