"""What an address can do to a visitor, and what the visitor does about it."""

from __future__ import annotations

import hashlib
import pickle
import ssl
import subprocess
import threading
import time
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from flows.fetch import Fetcher, Manners, fetch_all, persist
from flows.fetch_http import Bounds, FetchFailure, get_pdf, name_of
from flows.fetch_manners import Turnstile, is_one_of, stay_safe, stay_with, user_agent
from flows.sources import Missing, Source
from schemas.failure import FailureCode
from tests.sources.site import Site, pdf
from warehouse import files

QUICK = Manners(seconds_between=0, obey_robots=False, bounds=Bounds(seconds=2, quiet_seconds=1))


def failure_of(warehouse: Path, url: str, manners: Manners = QUICK, **more: object) -> FetchFailure:
    with Fetcher(warehouse, manners) as fetcher, pytest.raises(FetchFailure) as caught:
        fetcher.pdf(url, **more)  # type: ignore[arg-type]
    kept = list(files.folder(warehouse).iterdir()) if files.folder(warehouse).exists() else []
    assert kept == [], "a failed download left something behind"
    return caught.value


def test_a_pack_is_kept_under_its_hash_with_its_publisher_s_name(site: Site, warehouse: Path) -> None:
    url = site.put("/papers/Board%20Pack%20June.pdf", pdf())
    (found,) = fetch_all([url, url], warehouse, QUICK)
    assert isinstance(found, Source)
    assert found.path == files.folder(warehouse) / f"{hashlib.sha256(pdf()).hexdigest()}.pdf"
    assert found.path.read_bytes() == pdf()
    assert (found.file_name, found.uri) == ("Board Pack June.pdf", url)
    assert site.asked == [("/papers/Board%20Pack%20June.pdf", 200)]
    assert site.agents == {user_agent()}
    assert user_agent("mailto:a@example.org").endswith("(+mailto:a@example.org)")


def test_what_is_known_is_not_sent_again(site: Site, warehouse: Path) -> None:
    url = site.put("/a.pdf", pdf())
    with Fetcher(warehouse, QUICK) as fetcher:
        first = fetcher.pdf(url)
        second = fetcher.pdf(url)
        assert (first.unchanged, second.unchanged) == (False, True)
        assert (second.path, second.sha256, second.file_name) == (first.path, first.sha256, "a.pdf")
        assert site.asked == [("/a.pdf", 200), ("/a.pdf", 304)]
        site.put("/a.pdf", pdf(2))
        third = fetcher.pdf(url)
        assert not third.unchanged
        assert third.sha256 != first.sha256
        assert third.path is not None and third.path.read_bytes() == pdf(2)


def test_a_file_that_was_removed_here_is_fetched_whole(site: Site, warehouse: Path) -> None:
    url = site.put("/a.pdf", pdf())
    with Fetcher(warehouse, QUICK) as fetcher:
        path = fetcher.pdf(url).path
        assert path is not None
        path.unlink()
        again = fetcher.pdf(url)
    assert again.unchanged, "the bytes are those of last time"
    assert again.path is not None and again.path.read_bytes() == pdf()
    assert [status for _, status in site.asked] == [200, 200]


def test_without_an_etag_the_bytes_decide(site: Site, warehouse: Path) -> None:
    url = site.put("/a.pdf", pdf(), etag=False)
    with Fetcher(warehouse, QUICK) as fetcher:
        assert [fetcher.pdf(url).unchanged for _ in range(2)] == [False, True]


def test_a_web_page_with_a_pdf_s_name_and_type(site: Site, warehouse: Path) -> None:
    url = site.put("/pack.pdf", b"<!DOCTYPE html><html>Please accept cookies</html>")
    assert failure_of(warehouse, url).code is FailureCode.HTML


def test_neither_a_pdf_nor_a_page(site: Site, warehouse: Path) -> None:
    url = site.put("/pack.pdf", b"PK\x03\x04" + b"x" * 5000)
    assert failure_of(warehouse, url).code is FailureCode.NOT_A_PDF
    assert failure_of(warehouse, site.put("/empty.pdf", b"")).code is FailureCode.EMPTY


def test_a_pdf_with_a_page_s_type_is_a_pdf(site: Site, warehouse: Path) -> None:
    url = site.put("/pack", b"\xef\xbb\xbf\n" + pdf(), kind="text/html")
    with Fetcher(warehouse, QUICK) as fetcher:
        assert fetcher.pdf(url).size == len(pdf()) + 4


def test_two_gigabytes_declared_are_refused_before_they_are_sent(site: Site, warehouse: Path) -> None:
    url = site.put("/huge.pdf", pdf(), declared=2 << 30)
    begun = time.monotonic()
    failure = failure_of(warehouse, url)
    assert failure.code is FailureCode.TOO_LARGE
    assert "2,147 MB declared" in str(failure)
    assert not failure.passing
    assert time.monotonic() - begun < 1


def test_more_than_is_allowed_though_nothing_was_declared(site: Site, warehouse: Path) -> None:
    url = site.put("/a.pdf", pdf() + b"x" * 200_000)
    small = replace(QUICK, bounds=Bounds(bytes=100_000))
    assert failure_of(warehouse, url, small).code is FailureCode.TOO_LARGE


def test_a_file_that_breaks_off(site: Site, warehouse: Path) -> None:
    url = site.put("/cut.pdf", pdf()[:9000], declared=len(pdf()))
    failure = failure_of(warehouse, url)
    assert failure.code is FailureCode.FETCH_FAILED
    assert failure.passing
    assert "ended before the file did" in str(failure)


def test_a_server_that_sends_a_little_at_a_time(site: Site, warehouse: Path) -> None:
    url = site.put("/slow.pdf", pdf(), pause=0.1)
    begun = time.monotonic()
    failure = failure_of(warehouse, url, replace(QUICK, bounds=Bounds(seconds=0.5, quiet_seconds=5)))
    assert failure.passing
    assert time.monotonic() - begun < 3


def test_a_server_that_says_nothing(site: Site, warehouse: Path) -> None:
    url = site.put("/mute.pdf", pdf(), pause=5)
    failure = failure_of(warehouse, url, replace(QUICK, bounds=Bounds(quiet_seconds=0.3)))
    assert failure.passing
    assert "took too long" in str(failure)


def test_another_host_only_where_it_is_allowed(site: Site, warehouse: Path) -> None:
    target = site.url("/real.pdf").replace("127.0.0.1", "localhost")
    url = site.put("/moved.pdf", b"", status=302, headers={"Location": target})
    site.put("/real.pdf", pdf())
    failure = failure_of(warehouse, url, hosts=())
    assert not failure.passing
    assert "another host, localhost" in str(failure)
    assert site.count("/real.pdf") == 0
    with Fetcher(warehouse, QUICK) as fetcher:
        assert fetcher.pdf(url, hosts=("localhost",)).url == target
        assert fetcher.pdf(url, hosts=None).unchanged


def test_redirects_in_a_circle_end(site: Site, warehouse: Path) -> None:
    url = site.put("/round.pdf", b"", status=301, headers={"Location": "/round.pdf"})
    assert "redirects" in str(failure_of(warehouse, url))
    assert site.count("/round.pdf") == 6


@pytest.mark.parametrize(
    ("at", "to", "said"),
    [
        ("https://a.example/x", "http://a.example/x", "https to http"),
        ("http://93.184.215.14/x", "http://169.254.169.254/latest", "private network"),
        ("http://93.184.215.14/x", "http://127.0.0.1:8000/", "private network"),
        ("http://a.example/x", "file:///etc/passwd", "no web address"),
        ("http://a.example/x", "http://u:p@a.example/x", "password"),
        ("http://a.example/x", "http://[::1/x", "no web address"),
    ],
)
def test_where_a_link_must_not_lead(at: str, to: str, said: str) -> None:
    with pytest.raises(FetchFailure, match=said):
        stay_safe(at, to)


def test_hosts_that_are_named() -> None:
    assert is_one_of("files.a.example", {"*.a.example"})
    assert not is_one_of("a.example", {"*.a.example"})
    assert not is_one_of("evil-a.example", {"*.a.example", "a.example"})
    stay_with(["*.a.example"])("http://b.example/", "http://x.a.example/p.pdf")


def test_what_may_pass_is_tried_again_and_what_will_not_is_not(site: Site, warehouse: Path) -> None:
    waits: list[float] = []
    url = site.put("/busy.pdf", pdf(), failures=2)
    (found,) = fetch_all([url], warehouse, QUICK, sleep=waits.append)
    assert isinstance(found, Source)
    assert waits == [2.0, 4.0]
    (gone,) = fetch_all([site.url("/gone.pdf")], warehouse, QUICK, sleep=waits.append)
    assert gone == Missing(site.url("/gone.pdf"), FailureCode.FETCH_FAILED, "404 Not Found")
    assert site.count("/gone.pdf") == 1
    assert waits == [2.0, 4.0]


def test_a_server_that_says_when_to_come_back_is_heard() -> None:
    waits: list[float] = []
    answers = [FetchFailure(FailureCode.FETCH_FAILED, "429", passing=True, retry_after=7.0)]

    def fetch() -> object:
        if answers:
            raise answers.pop()
        return "got"

    assert persist(fetch, waits.append) == "got"  # type: ignore[arg-type,comparison-overlap]
    assert waits == [7.0]


def test_a_page_that_is_fresh_enough_is_not_asked_for(site: Site, warehouse: Path) -> None:
    url = site.html("/m", "<a href='a.pdf'>a</a>")
    with Fetcher(warehouse, QUICK) as fetcher:
        first = fetcher.page(url)
        again = fetcher.page(url, fresh_for=timedelta(hours=1))
        assert (again.body, again.unchanged) == (first.body, True)
        assert site.count("/m") == 1
        fetcher.page(url)
        assert site.count("/m") == 2


def test_robots_txt(site: Site, warehouse: Path) -> None:
    site.html("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    shut, open_ = site.put("/private/a.pdf", pdf()), site.put("/public/a.pdf", pdf())
    with Fetcher(warehouse, replace(QUICK, obey_robots=True)) as fetcher:
        with pytest.raises(FetchFailure, match=r"robots\.txt of this site does not allow it"):
            fetcher.pdf(shut)
        assert fetcher.pdf(open_).size == len(pdf())
        fetcher.pdf(open_)
        moved = site.put("/public/moved.pdf", b"", status=302, headers={"Location": "/private/a.pdf"})
        with pytest.raises(FetchFailure, match=r"robots\.txt of this site does not allow it"):
            fetcher.pdf(moved)
    assert site.count("/private/a.pdf") == 0
    assert site.count("/robots.txt") == 1


def test_robots_txt_that_cannot_be_read_allows_nothing_yet(site: Site, warehouse: Path) -> None:
    site.html("/robots.txt", "", failures=1)
    url = site.put("/a.pdf", pdf())
    with Fetcher(warehouse, replace(QUICK, obey_robots=True)) as fetcher:
        with pytest.raises(FetchFailure) as caught:
            fetcher.pdf(url)
        assert caught.value.passing
        assert fetcher.pdf(url).size == len(pdf()), "and is asked for again"


def test_requests_to_one_host_keep_their_distance() -> None:
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(round(seconds, 3))
        now[0] += seconds

    gate = Turnstile(2.0, clock=lambda: now[0], sleep=sleep)
    for url in ("http://a.example/1", "http://a.example/2", "http://b.example/1", "http://a.example/3"):
        gate.wait(url)
    assert slept == [2.0, 2.0]
    gate.wait("http://a.example/4", at_least=10.0)
    gate.wait("http://a.example/5")
    assert slept == [2.0, 2.0, 2.0, 10.0]


@pytest.mark.parametrize(
    ("url", "disposition", "name"),
    [
        ("http://a.example/x/Board%20pack.pdf?T=10", "", "Board pack.pdf"),
        ("http://a.example/get.aspx?ID=3", 'attachment; filename="Pack June.pdf"', "Pack June.pdf"),
        ("http://a.example/get", "attachment; filename*=UTF-8''Pack%20%E2%80%93%20June.pdf", "Pack – June.pdf"),
        ("http://a.example/get", 'attachment; filename="../../etc/cron.d/x"', "x"),
        ("http://a.example/get", 'attachment; filename="C:\\\\temp\\\\p.pdf"', "p.pdf"),
        ("http://a.example/a%0d%0a%1b[31mb.pdf", "", "a [31mb.pdf"),
        ("http://a.example/", "", "a.example"),
    ],
)
def test_the_publisher_s_name_is_a_label(url: str, disposition: str, name: str) -> None:
    assert name_of(url, disposition) == name


def test_a_certificate_that_nobody_signed_is_not_trusted(tmp_path: Path, warehouse: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", str(key), "-out", str(certificate)],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("openssl cannot make a certificate here")
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        failure = failure_of(warehouse, f"https://localhost:{server.server_address[1]}/a.pdf")
    finally:
        server.shutdown()
        server.server_close()
    assert not failure.passing
    assert "certificate cannot be trusted" in str(failure)


def test_a_failure_travels_between_processes() -> None:
    failure = FetchFailure(FailureCode.TOO_LARGE, "2 GB", passing=True, retry_after=3.0)
    again = pickle.loads(pickle.dumps(failure))
    assert (again.code, again.detail, again.passing, again.retry_after) == (FailureCode.TOO_LARGE, "2 GB", True, 3.0)
    assert str(again) == str(failure)


def test_the_bytes_are_whole_before_the_file_is_there(site: Site, tmp_path: Path) -> None:
    """No name but the final one ever ends in .pdf: who looks into the folder sees whole packs only."""
    url = site.put("/a.pdf", pdf(), pause=0.002)
    seen: set[str] = set()
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.005):
            seen.update(path.name for path in tmp_path.glob("*.pdf") if path.stat().st_size != len(pdf()))

    watcher = threading.Thread(target=look)
    watcher.start()
    with httpx.Client() as client:
        got = get_pdf(client, url, tmp_path, bounds=Bounds(), allowed=stay_safe)
    done.set()
    watcher.join()
    assert seen == set()
    assert [path.name for path in tmp_path.iterdir()] == [f"{got.sha256}.pdf"]
