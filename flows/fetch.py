"""Packs and pages fetched from addresses, politely, and never twice: what `ingest ADDRESS` and the watch use."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import httpx

from flows import fetch_record
from flows.fetch_http import Bounds, FetchFailure, Got, Known, get_page, get_pdf
from flows.fetch_manners import Robots, Turnstile, check_address, stay_safe, stay_with, user_agent
from flows.sources import Missing, Source
from warehouse import files

TRIES = 3
LONGEST_WAIT = 60.0
"""Seconds. A server that wants us to wait for longer is asked again at the next look."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How addresses are asked for."""

    contact: str = ""
    seconds_between: float = 1.0
    """Between two requests to one host."""
    obey_robots: bool = True
    bounds: Bounds = field(default_factory=Bounds)


class Fetcher(AbstractContextManager["Fetcher"]):
    """Fetches for one warehouse. Files land where it keeps its packs, named by their hash. Any thread may use it."""

    def __init__(self, warehouse: Path, manners: Manners | None = None) -> None:
        self.warehouse = warehouse
        self.folder = files.folder(warehouse)
        self.manners = manners or Manners()
        self.client = httpx.Client(
            headers={"User-Agent": user_agent(self.manners.contact), "Accept-Encoding": "identity"}
        )
        self.turnstile = Turnstile(self.manners.seconds_between)
        self.robots = Robots(self.client, self.turnstile)

    def __exit__(self, *_: object) -> None:
        self.close()

    def __enter__(self) -> Self:
        return self

    def close(self) -> None:
        """Ends the connections."""
        self.client.close()

    def pdf(self, url: str, hosts: Collection[str] | None = None) -> Got:
        """The PDF at the address. Where it is as it was, what was fetched then. Raises `FetchFailure`.

        `hosts`: other hosts that it may lead to; None: any, but never from a public one into a private network.
        """
        self._knock(url)
        address = fetch_record.recall(self.warehouse, url)
        path = self.held(address.sha256) if address else None
        got = get_pdf(
            self.client,
            url,
            self.folder,
            known=address.known if address and path else None,
            bounds=self.manners.bounds,
            allowed=self._allowed(hosts),
        )
        fetch_record.remember(self.warehouse, url, got)
        if not got.unchanged:
            return replace(got, unchanged=bool(address and address.sha256 == got.sha256))
        assert address is not None
        return replace(got, path=path, sha256=address.sha256, size=address.size, file_name=address.file_name)

    def page(self, url: str, hosts: Collection[str] = (), fresh_for: timedelta = timedelta()) -> Got:
        """The web page at the address, from the record where it is as it was. Raises `FetchFailure`.

        What was fetched less than `fresh_for` ago is not asked for again.
        """
        address = fetch_record.recall(self.warehouse, url)
        if address and address.body and datetime.now(UTC) - address.checked_at < fresh_for:
            return Got(url, unchanged=True, sha256=address.sha256, size=address.size, body=address.body)
        self._knock(url)
        known = address.known if address and address.body else Known()
        got = get_page(self.client, url, known=known, bounds=self.manners.bounds, allowed=self._allowed(hosts))
        fetch_record.remember(self.warehouse, url, got)
        if not got.unchanged:
            return replace(got, unchanged=bool(address and address.sha256 == got.sha256))
        assert address is not None
        return replace(got, sha256=address.sha256, size=address.size, body=address.body)

    def held(self, sha256: str) -> Path | None:
        """The file of that hash, where it is kept."""
        return files.kept(self.warehouse, sha256)

    def _knock(self, url: str) -> None:
        check_address(url)
        delay = self.robots.see(url) if self.manners.obey_robots else None
        self.turnstile.wait(url, delay)

    def _allowed(self, hosts: Collection[str] | None) -> Callable[[str, str], None]:
        """Of redirects: where they may lead, by our rules and by the rules of whoever is there."""
        may_go = stay_safe if hosts is None else stay_with(hosts)

        def allowed(at: str, to: str) -> None:
            may_go(at, to)
            self._knock(to)

        return allowed


def fetch_all(
    addresses: Iterable[str],
    warehouse: Path,
    manners: Manners | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Source | Missing]:
    """Each address once, as a file to read, or why there is none.

    A person has named each address: robots.txt, which speaks to machines that follow links, is not asked.
    """
    found: list[Source | Missing] = []
    with Fetcher(warehouse, manners or Manners(obey_robots=False)) as fetcher:
        for url in dict.fromkeys(addresses):
            try:
                got = persist(lambda url=url: fetcher.pdf(url), sleep)  # type: ignore[misc]
            except FetchFailure as failure:
                found.append(Missing(url, failure.code, failure.detail))
            else:
                assert got.path is not None
                found.append(Source(got.path, url, got.file_name))
    return found


def persist(fetch: Callable[[], Got], sleep: Callable[[float], None] = time.sleep) -> Got:
    """What `fetch` gives, tried again where the failure may pass: after 2 s and 4 s, or when the server says."""
    for attempt in range(1, TRIES):
        try:
            return fetch()
        except FetchFailure as failure:
            wait = failure.retry_after if failure.retry_after is not None else 2.0**attempt
            if not failure.passing or wait > LONGEST_WAIT:
                raise
            sleep(wait)
    return fetch()
