"""How a guest behaves on a stranger's server: its name, what robots.txt allows, how often it knocks, where it goes."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Collection
from importlib.metadata import version
from urllib.parse import urlsplit

import httpx
from protego import Protego

from flows.fetch_http import Bounds, FetchFailure, get_page
from schemas.failure import FailureCode

NAME = "boardpack"
ROBOTS_BOUNDS = Bounds(page_bytes=500 << 10, seconds=30, quiet_seconds=15)
"""RFC 9309 wants at least 500 kibibytes read."""
LONGEST_DELAY = 30.0
"""Seconds. A Crawl-delay above this is kept to this: thirty seconds between requests hurts nobody."""


def user_agent(contact: str = "") -> str:
    """`boardpack/0.1.0 (+mailto:data@example.org)`: a name, a version and, where given, whom to write to."""
    return f"{NAME}/{version('boardpack')} ({'+' + contact if contact else 'reader of published board packs'})"


class Turnstile:
    """At most one request at a time and one in `seconds` to any one host, from all threads together."""

    def __init__(
        self,
        seconds: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.seconds = seconds
        self.clock, self.sleep = clock, sleep
        self.lock = threading.Lock()
        self.next: dict[str, float] = {}

    def wait(self, url: str, at_least: float | None = None) -> None:
        """Returns when the host of `url` may be asked."""
        host = urlsplit(url).netloc.lower()
        gap = max(self.seconds, at_least or 0.0)
        with self.lock:
            now = self.clock()
            mine = max(now, self.next.get(host, 0.0))
            self.next[host] = mine + gap
        if mine > now:
            self.sleep(mine - now)


class Robots:
    """robots.txt of each host, read once. A missing one allows all; one that cannot be read allows nothing yet."""

    def __init__(self, client: httpx.Client, turnstile: Turnstile) -> None:
        self.client, self.turnstile = client, turnstile
        self.lock = threading.Lock()
        self.read: dict[str, Protego] = {}

    def see(self, url: str) -> float | None:
        """The Crawl-delay in seconds, where one is set. Raises `FetchFailure` where the page must not be read."""
        rules = self._rules(url)
        if not rules.can_fetch(url, NAME):
            raise FetchFailure(FailureCode.FETCH_FAILED, "robots.txt of this site does not allow it")
        delay = rules.crawl_delay(NAME)
        return None if delay is None else min(float(delay), LONGEST_DELAY)

    def _rules(self, url: str) -> Protego:
        parts = urlsplit(url)
        base = f"{parts.scheme}://{parts.netloc}"
        with self.lock:
            if base not in self.read:
                self.read[base] = Protego.parse(self._text(f"{base}/robots.txt"))
            return self.read[base]

    def _text(self, url: str) -> str:
        self.turnstile.wait(url)
        try:
            got = get_page(self.client, url, bounds=ROBOTS_BOUNDS, allowed=lambda at, to: stay_safe(at, to))
        except FetchFailure as failure:
            if failure.passing:
                raise FetchFailure(
                    FailureCode.FETCH_FAILED, f"robots.txt of this site cannot be read: {failure.detail}", passing=True
                ) from None
            return ""
        return got.body.decode("utf-8", errors="replace")


def check_address(url: str) -> None:
    """Raises `FetchFailure` unless it is http or https, with a host and without a password."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound:
        raise FetchFailure(FailureCode.FETCH_FAILED, "this is no web address")
    if parts.username or parts.password:
        raise FetchFailure(FailureCode.FETCH_FAILED, "an address with a password in it is not fetched")


def stay_safe(at: str, to: str) -> None:
    """Raises `FetchFailure` where a link or redirect leads from https to http, or from the internet into this network.

    A public page must not make us ask machines that only we can reach (an intranet, a cloud's metadata service).
    """
    check_address(to)
    if urlsplit(at).scheme == "https" and urlsplit(to).scheme == "http":
        raise FetchFailure(FailureCode.FETCH_FAILED, f"it leads from https to http: {_host(to)}")
    if _host(at) != _host(to) and _is_inside(_host(to)) and not _is_inside(_host(at)):
        raise FetchFailure(FailureCode.FETCH_FAILED, f"it leads into a private network: {_host(to)}")


def stay_with(hosts: Collection[str]) -> Callable[[str, str], None]:
    """The same, and no other host than the page's own and `hosts` (`*.example.org`: all below it)."""

    def allowed(at: str, to: str) -> None:
        stay_safe(at, to)
        if not is_one_of(_host(to), {_host(at), *hosts}):
            raise FetchFailure(
                FailureCode.FETCH_FAILED,
                f"it leads to another host, {_host(to)}; add it to the source's `hosts` if that is right",
            )

    return allowed


def is_one_of(host: str, hosts: Collection[str]) -> bool:
    """Whether the host is named, or lies below one named with `*.`."""
    host = host.lower()
    return any(host == one.lower() or (one.startswith("*.") and host.endswith(one[1:].lower())) for one in hosts)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _is_inside(host: str) -> bool:
    """Whether the name leads to an address that is not of the public internet. A name that leads nowhere does not."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return any(not ipaddress.ip_address(entry[4][0]).is_global for entry in found)
