"""The long-running process: an embedded Prefect server, two deployments, and what a crash left taken up again.

Prefect reads its settings when it is imported: everything here that needs it imports it late.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import httpx

from flows.prefect_settings import prepare
from flows.settings import Settings
from flows.terminal import Log
from flows.watch_papers import counted
from warehouse.workplace import Workplace

STARTING = 180.0
"""Seconds that the embedded server may take to start: 15 to 20 on two cores, more when they are busy."""
PR_SET_PDEATHSIG = 1


def serve_schedule(path: Path, settings: Settings, log: Log) -> int:
    """Runs until it is stopped by a signal; then its server and its runs are stopped too."""
    os.environ["BOARDPACK_LOG_FORMAT"] = "json" if log.as_json else "text"
    if log.as_json:
        os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER", "json")
    # A shell starts a background job with SIGINT ignored, and asyncio then leaves it so.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _as_interrupt)
    home = Workplace.of(settings.warehouse_path).folder / "prefect"
    prepare(home)
    try:
        if os.environ.get("PREFECT_API_URL"):
            _serve(path, settings, log, own=False)
        else:
            with embedded_server(settings.schedule.port, log) as address:
                os.environ["PREFECT_API_URL"] = address
                _ask_directly("127.0.0.1")
                _serve(path, settings, log, own=True)
    except (KeyboardInterrupt, SystemExit):
        pass
    log.say("stopped", event="stopped")
    return 0


def _ask_directly(host: str) -> None:
    """No proxy between this process, its runs and their own server. Many health bodies' networks have one."""
    for name in ("NO_PROXY", "no_proxy"):
        known = [part for part in os.environ.get(name, "").split(",") if part]
        os.environ[name] = ",".join(dict.fromkeys([*known, host]))


def _as_interrupt(*_: object) -> None:
    """SIGTERM ends the process as Ctrl-C does: asyncio lets what runs come to its end."""
    signal.raise_signal(signal.SIGINT)


@contextmanager
def embedded_server(port: int, log: Log) -> Iterator[str]:
    """A Prefect server of this process's own, on the loopback address; its API's address. It ends with this process."""
    chosen = port or _free_port()
    if port and not _is_free(port):
        raise click.ClickException(
            f"port {port} is in use; set another `port` in [schedule], or PREFECT_API_URL to use a server that runs"
        )
    home = Path(os.environ["PREFECT_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    log.say(f"starting the Prefect server at http://127.0.0.1:{chosen} ...", event="starting", port=chosen)
    with (home / "server.log").open("ab") as out:
        server = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(chosen)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            preexec_fn=_die_with_parent,
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


def _die_with_parent() -> None:
    """Linux sends SIGTERM to the server when this process is gone, however it went."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


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


def _serve(path: Path, settings: Settings, log: Log, *, own: bool) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.deployments import run_deployment
    from prefect.runner import Runner
    from prefect.schedules import Cron, Interval

    from flows.watch_flow import publish_report, watch_sources

    class OurRunner(Runner):
        """Prefect's own leaves at SIGTERM from within its loop, which prints tracebacks and leaves tasks unawaited."""

        def handle_sigterm(self, *_: object, **__: object) -> None:
            _as_interrupt()

    with get_client(sync_client=True) as client:
        if own:
            crashed = take_up(client)
            if crashed:
                log.say(
                    f"{counted(crashed, 'run')} cut off when this last stopped; what was left is taken up",
                    event="taken_up",
                )
    schedule = settings.schedule
    parameters = {"settings": str(path.resolve())}
    one = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    watching: Any = watch_sources.to_deployment(
        "boardpack",
        schedule=Cron(schedule.cron, timezone=schedule.timezone) if schedule.cron else Interval(schedule.interval),
        parameters=parameters,
        tags=["boardpack"],
        concurrency_limit=one,
        description="Looks at every source and reads what is new.",
    )
    deployments = [watching]
    if schedule.report:
        deployments.append(
            publish_report.to_deployment(
                "boardpack",
                schedule=Cron(schedule.report_cron, timezone=schedule.timezone),
                parameters=parameters,
                tags=["boardpack"],
                concurrency_limit=one,
                description="Makes the data-quality report.",
            )
        )
    watching.apply()
    run_deployment("watch_sources/boardpack", timeout=0, as_subflow=False)
    every = f"cron {schedule.cron}" if schedule.cron else f"every {schedule.every}"
    log.say(
        f"watching {counted(len(settings.sources), 'source')}, {every}", event="serving", sources=len(settings.sources)
    )
    poll = max(1.0, min(10.0, schedule.interval.total_seconds() / 4))
    runner = OurRunner(pause_on_shutdown=False, query_seconds=poll)
    for deployment in deployments:
        runner.add_deployment(deployment)
    asyncio.run(runner.start())


def take_up(client: Any) -> int:
    """Runs that a stopped process left running are marked as crashed, those that were missed meanwhile are removed.

    The server is this process's own, so nothing else can be running them. What they left waiting in the record is
    loaded by the next look.
    """
    from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
    from prefect.client.schemas.objects import StateType
    from prefect.states import Crashed

    def in_state(*types: StateType) -> FlowRunFilter:
        return FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(types))))

    cut = client.read_flow_runs(flow_run_filter=in_state(StateType.RUNNING, StateType.PENDING, StateType.CANCELLING))
    for run in cut:
        client.set_flow_run_state(run.id, Crashed(message="boardpack serve was stopped while this ran"), force=True)
    # Who holds a place under a limit is kept in the server's memory, how many are held in its database: after a
    # restart a place that was held stays so for ever.
    for limit in client.read_global_concurrency_limits(limit=200, offset=0):
        if limit.active_slots:
            client.update_global_concurrency_limit(limit.name, GlobalConcurrencyLimitUpdate(active_slots=0))
    now = datetime.now(UTC)
    for run in client.read_flow_runs(flow_run_filter=in_state(StateType.SCHEDULED)):
        if run.expected_start_time and run.expected_start_time < now:
            client.delete_flow_run(run.id)
    return len(cut)
