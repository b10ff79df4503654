"""One address fetched over HTTP: bounded in time and size, never to a place that was not allowed, never half.

Every way in which it can go wrong is a `FetchFailure`; `passing` ones may go away by themselves: try again.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import httpx

from schemas.failure import FailureCode, PackFailure

MAX_REDIRECTS = 5
HEAD = 1024
"""A PDF's marker stands within its first 1024 bytes (ISO 32000-1, annex H)."""

Allowed = Callable[[str, str], None]
"""(address that was asked for, address that it leads to): raises `FetchFailure` where that is not allowed."""


class FetchFailure(PackFailure):
    """An address gave no file. `passing`: it may do so later; `retry_after`: seconds that the server asks to wait."""

    def __init__(
        self, code: FailureCode, detail: str = "", *, passing: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(code, detail)
        self.passing = passing
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[Callable[..., FetchFailure], tuple[object, ...]]:
        return _failure, (self.code, self.detail, self.passing, self.retry_after)


def _failure(code: FailureCode, detail: str, passing: bool, retry_after: float | None) -> FetchFailure:
    return FetchFailure(code, detail, passing=passing, retry_after=retry_after)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one address may cost."""

    bytes: int = 300_000_000
    page_bytes: int = 10_000_000
    """Of a web page that lists packs."""
    seconds: float = 300.0
    """For the whole file: a server that sends a byte a second is given up."""
    quiet_seconds: float = 30.0
    """For connecting, and between two pieces."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an address said last time, so that it need not send the same again."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The conditions of a conditional GET (RFC 9110, 13.1)."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Got:
    """What an address sent. With `unchanged`, nothing: it is as it was."""

    url: str
    """After redirects."""
    unchanged: bool = False
    path: Path | None = None
    """The file, named by its hash."""
    sha256: str = ""
    size: int = 0
    etag: str | None = None
    last_modified: str | None = None
    content_type: str = ""
    file_name: str = ""
    """The publisher's name for it: a label, never a path."""
    body: bytes = field(default=b"", repr=False)
    """Of a web page."""


def get_pdf(
    client: httpx.Client, url: str, folder: Path, *, known: Known | None = None, bounds: Bounds, allowed: Allowed
) -> Got:
    """The PDF at `url`, as `folder/<sha256>.pdf`. Raises `FetchFailure`; then no part of it is left."""
    with _answer(client, url, known, bounds, allowed) as response:
        if response.status_code == 304:
            return Got(str(response.url), unchanged=True)
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{os.getpid()}.{secrets.token_hex(6)}.part"
        digest, size, head, judged = hashlib.sha256(), 0, b"", False
        try:
            with part.open("wb") as out:
                for data in _pieces(response, bounds.bytes, bounds):
                    if not judged:
                        head += data
                        if len(head) >= HEAD:
                            _see_that_it_is_a_pdf(head, response)
                            judged = True
                    digest.update(data)
                    size += len(data)
                    out.write(data)
                if not judged:
                    _see_that_it_is_a_pdf(head, response)
                out.flush()
                os.fsync(out.fileno())
            target = folder / f"{digest.hexdigest()}.pdf"
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return _got(response, target, digest.hexdigest(), size)


def get_page(client: httpx.Client, url: str, *, known: Known | None = None, bounds: Bounds, allowed: Allowed) -> Got:
    """The web page (or XML answer) at `url`. Raises `FetchFailure`."""
    with _answer(client, url, known, bounds, allowed) as response:
        if response.status_code == 304:
            return Got(str(response.url), unchanged=True)
        body = b"".join(_pieces(response, bounds.page_bytes, bounds))
        return _got(response, None, hashlib.sha256(body).hexdigest(), len(body), body)


def _got(response: httpx.Response, path: Path | None, sha256: str, size: int, body: bytes = b"") -> Got:
    return Got(
        url=str(response.url),
        path=path,
        sha256=sha256,
        size=size,
        etag=response.headers.get("etag"),
        last_modified=response.headers.get("last-modified"),
        content_type=response.headers.get("content-type", ""),
        file_name=name_of(str(response.url), response.headers.get("content-disposition", "")),
        body=body,
    )


@contextmanager
def _answer(
    client: httpx.Client, url: str, known: Known | None, bounds: Bounds, allowed: Allowed
) -> Iterator[httpx.Response]:
    """The answer after redirects, its body not yet read: 200 or 304."""
    headers = known.headers() if known else {}
    timeout = httpx.Timeout(bounds.quiet_seconds)
    at = url
    try:
        for _ in range(MAX_REDIRECTS + 1):
            with client.stream("GET", at, headers=headers, timeout=timeout, follow_redirects=False) as response:
                if not response.has_redirect_location:
                    _judge_status(response)
                    yield response
                    return
                to = urljoin(at, response.headers["location"])
            allowed(at, to)
            at = to
    except httpx.TimeoutException:
        raise FetchFailure(FailureCode.FETCH_FAILED, "the server took too long", passing=True) from None
    except httpx.TransportError as error:
        raise _transport(error) from None
    except (httpx.InvalidURL, httpx.DecodingError, UnicodeError) as error:
        raise FetchFailure(FailureCode.FETCH_FAILED, f"{type(error).__name__}: {error}"[:200]) from None
    raise FetchFailure(FailureCode.FETCH_FAILED, f"more than {MAX_REDIRECTS} redirects")


def _transport(error: httpx.TransportError) -> FetchFailure:
    said = " ".join(str(error).split())[:200]
    if "CERTIFICATE_VERIFY_FAILED" in said or "certificate verify failed" in said:
        return FetchFailure(FailureCode.FETCH_FAILED, f"the server's certificate cannot be trusted: {said}")
    if isinstance(error, httpx.RemoteProtocolError) and ("incomplete" in said or "without sending" in said):
        return FetchFailure(FailureCode.FETCH_FAILED, "the connection ended before the file did", passing=True)
    # A name that does not exist will not exist in four seconds either; a resolver that does not answer may.
    passing = "Name or service not known" not in said
    return FetchFailure(FailureCode.FETCH_FAILED, said or type(error).__name__, passing=passing)


PASSING = {408, 425, 429, 500, 502, 503, 504}


def _judge_status(response: httpx.Response) -> None:
    status = response.status_code
    if status in (200, 304):
        return
    said = f"{status} {response.reason_phrase}".strip()
    if status in PASSING:
        wait = _seconds(response.headers.get("retry-after", ""))
        raise FetchFailure(FailureCode.FETCH_FAILED, said, passing=True, retry_after=wait)
    raise FetchFailure(FailureCode.FETCH_FAILED, said)


def _seconds(text: str) -> float | None:
    """Retry-After: seconds, or a date."""
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def _pieces(response: httpx.Response, most: int, bounds: Bounds) -> Iterator[bytes]:
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        raise FetchFailure(
            FailureCode.TOO_LARGE, f"{int(declared) / 1e6:,.0f} MB declared, {most / 1e6:,.0f} MB allowed"
        )
    until = time.monotonic() + bounds.seconds
    size = 0
    # As they come: asked for pieces of a size, httpx waits until one is full, and a slow server is never noticed.
    for data in response.iter_bytes():
        size += len(data)
        if size > most:
            raise FetchFailure(FailureCode.TOO_LARGE, f"more than {most / 1e6:,.0f} MB")
        if time.monotonic() > until:
            raise FetchFailure(FailureCode.FETCH_FAILED, f"not sent within {bounds.seconds:.0f} s", passing=True)
        yield data


def _see_that_it_is_a_pdf(head: bytes, response: httpx.Response) -> None:
    if b"%PDF-" in head[:HEAD]:
        return
    if not head:
        raise FetchFailure(FailureCode.EMPTY)
    start = head[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml", b"<!--")) or response.headers.get(
        "content-type", ""
    ).startswith("text/html"):
        raise FetchFailure(FailureCode.HTML)
    raise FetchFailure(FailureCode.NOT_A_PDF, response.headers.get("content-type", "")[:80])


def name_of(url: str, disposition: str = "") -> str:
    """What the publisher calls the file: from Content-Disposition, else the address; one line, no path."""
    name = ""
    if disposition:
        message = Message()
        message["content-disposition"] = "".join(c for c in disposition if c.isprintable())
        name = message.get_filename() or ""
    name = name or unquote(urlsplit(url).path.rpartition("/")[2]) or urlsplit(url).hostname or "unnamed"
    name = name.replace("\\", "/").rpartition("/")[2]
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return name[:200] or "unnamed"
