"""A web server of the tests' own on the loopback address, with everything that a council's site does to a visitor."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parents[2]
PACK = (ROOT / "tests" / "office" / "action-log.pdf").read_bytes()


def pdf(number: int = 0) -> bytes:
    """A small pack; each number gives other bytes."""
    return PACK + f"\n% {number}\n%%EOF\n".encode()


@dataclass
class Page:
    """What an address answers."""

    body: bytes = b""
    kind: str = "application/pdf"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: bool = True
    declared: int | None = None
    """Content-Length, where it is not the body's."""
    pause: float = 0.0
    """Seconds between pieces of a hundred bytes."""
    failures: int = 0
    """So many requests are answered with 503 first."""


@dataclass
class Site:
    """The server: `pages` by path with query; `asked` is each request as (path, status)."""

    port: int = 0
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: bytes, **more: object) -> str:
        """A PDF at the path; its address."""
        self.pages[path] = Page(body, **more)  # type: ignore[arg-type]
        return self.url(path)

    def html(self, path: str, body: str, **more: object) -> str:
        """A web page at the path; its address."""
        self.pages[path] = Page(body.encode(), "text/html; charset=utf-8", **more)  # type: ignore[arg-type]
        return self.url(path)

    def count(self, path: str, status: int | None = None) -> int:
        """How often the path was asked for (and answered with the status)."""
        return sum(asked == path and status in (None, answered) for asked, answered in self.asked)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.agents.add(self.headers.get("user-agent", ""))
        page = self.site.pages.get(self.path) or Page(b"nothing here", "text/plain", 404)
        tag = '"' + hashlib.sha256(page.body).hexdigest()[:16] + '"'
        if page.failures:
            page.failures -= 1
            page = Page(b"busy", "text/plain", 503)
        elif page.etag and self.headers.get("if-none-match") == tag:
            page = Page(status=304)
        self.site.asked.append((self.path, page.status))
        self.send_response(page.status)
        if page.status == 200:
            self.send_header("Content-Type", page.kind)
            if page.etag:
                self.send_header("ETag", tag)
        for name, value in page.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(page.body) if page.declared is None else page.declared))
        self.end_headers()
        try:
            if page.pause:
                for start in range(0, len(page.body), 100):
                    self.wfile.write(page.body[start : start + 100])
                    self.wfile.flush()
                    time.sleep(page.pause)
            else:
                self.wfile.write(page.body)
        except OSError:
            self.close_connection = True
        if page.declared is not None:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@contextmanager
def serving() -> Iterator[Site]:
    """A site that runs until the block ends."""
    site = Site()
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def listing(*links: str | tuple[str, str]) -> str:
    """A page that lists the addresses, each with its text."""
    items = [link if isinstance(link, tuple) else (link, link.rpartition("/")[2]) for link in links]
    rows = "".join(f'<li><a href="{quote(href, safe="/:?&=%#")}">{text}</a></li>' for href, text in items)
    return f"<!doctype html><html><title>Papers</title><body><h1>Board papers</h1><ul>{rows}</ul></body></html>"
