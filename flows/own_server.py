"""A Prefect server of a process's own, on the loopback address, which ends when that process does, however it does.

Prefect's temporary server goes on when the process that started it is killed.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import click
import httpx

from flows.confine import signal_when_parent_ends
from flows.terminal import Log

STARTING = 180.0
"""Seconds that the server may take to start: 15 to 20 on two cores, more when they are busy."""


@contextmanager
def own_server(port: int, log: Log | None, *options: str) -> Iterator[str]:
    """The address of its API, once it answers. `port`: 0 for any. `options`: more of `prefect server start`'s.

    Raises click.ClickException where it does not start.
    """
    chosen = port or _free_port()
    if port and not _is_free(port):
        raise click.ClickException(
            f"port {port} is in use; set another `port` in [schedule], or PREFECT_API_URL to use a server that runs"
        )
    home = Path(os.environ["PREFECT_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    if log:
        log.say(f"starting the Prefect server at http://127.0.0.1:{chosen} ...", event="starting", port=chosen)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(chosen)]
    with (home / "server.log").open("ab") as out:
        server = subprocess.Popen(  # noqa: S603 - our own interpreter
            [*command, *options],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            preexec_fn=partial(signal_when_parent_ends, signal.SIGTERM),
            start_new_session=True,
        )
    try:
        _wait_for(server, f"http://127.0.0.1:{chosen}/api/health", home / "server.log")
        yield f"http://127.0.0.1:{chosen}/api"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], health: str, told: Path) -> None:
    until = time.monotonic() + STARTING
    while time.monotonic() < until:
        if server.poll() is not None:
            raise click.ClickException(f"the Prefect server ended at once; {told} says why")
        with suppress(httpx.HTTPError):
            if httpx.get(health, timeout=5, trust_env=False).status_code == 200:
                return
        time.sleep(0.2)
    raise click.ClickException(f"the Prefect server did not start within {STARTING:.0f} s; see {told}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def ask_directly(host: str) -> None:
    """No proxy between this process, its runs and their own server. Many health bodies' networks have one."""
    for name in ("NO_PROXY", "no_proxy"):
        known = [part for part in os.environ.get(name, "").split(",") if part]
        os.environ[name] = ",".join(dict.fromkeys([*known, host]))
