"""The long-running process: an embedded Prefect server, two deployments, and what a crash left taken up again.

Prefect reads its settings when it is imported: everything here that needs it imports it late.
"""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

from flows.cut_off import take_up
from flows.own_server import ask_directly, own_server
from flows.prefect_settings import prepare
from flows.settings import Settings
from flows.terminal import Log
from flows.watch_papers import counted
from warehouse.workplace import Workplace


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
            with own_server(settings.schedule.port, log) as address:
                os.environ["PREFECT_API_URL"] = address
                ask_directly("127.0.0.1")
                _serve(path, settings, log, own=True)
    except (KeyboardInterrupt, SystemExit):
        pass
    log.say("stopped", event="stopped")
    return 0


def _as_interrupt(*_: object) -> None:
    """SIGTERM ends the process as Ctrl-C does: asyncio lets what runs come to its end."""
    signal.raise_signal(signal.SIGINT)


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
