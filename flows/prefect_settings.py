"""Prefect's settings, made before Prefect is imported: its state in a folder of ours, nothing sent anywhere."""

from __future__ import annotations

import os
import tomllib
from contextlib import suppress
from pathlib import Path

LOAD_LIMIT = "boardpack-load"
"""The global concurrency limit of one under which packs are loaded."""
ALONE = "BOARDPACK_ALONE"
"""Set in a process whose Prefect server ends with it: no limit there. A place that it held when it was killed would
stay held in the database, as only that server knew by whom; the warehouse's lock keeps loaders apart in any case."""
DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
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


def names_server() -> bool:
    """Whether the environment or Prefect's chosen profile names a server; asked before Prefect is imported."""
    if os.environ.get("PREFECT_API_URL"):
        return True
    try:
        told = tomllib.loads((Path(os.environ["PREFECT_HOME"]) / "profiles.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError):
        return False
    chosen = told.get("profiles", {}).get(os.environ.get("PREFECT_PROFILE") or told.get("active"), {})
    return bool(chosen.get("PREFECT_API_URL"))
