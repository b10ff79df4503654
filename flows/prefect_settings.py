"""Prefect's settings, made before Prefect is imported: its state in a folder of ours, nothing sent anywhere."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

LOAD_LIMIT = "boardpack-load"
"""The global concurrency limit of one under which packs are loaded."""
DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # A temporary server takes 14 to 21 seconds to start on two busy cores; Prefect gives up after 20.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
    # A look every quarter of an hour makes thirty thousand runs a year: those of 90 days ago are removed.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
}


def prepare(home: Path | None = None) -> None:
    """Sets what the environment leaves open. Prefect's own variables win."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    if "PREFECT_HOME" not in os.environ:
        state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
        os.environ["PREFECT_HOME"] = str(home or state / "boardpack" / "prefect")
    # Prefect's server makes the folder, but not those above it, and then cannot open its database.
    with suppress(OSError):
        Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
