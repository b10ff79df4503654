"""`ingest --prefect` where no Prefect server is named: against one that ends with the command.

Prefect is imported late, for it reads its settings then.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import httpx

from flows.cut_off import close_cut_off, marked
from flows.own_server import ask_directly, own_server
from flows.pipeline import Ended, ingest
from flows.prefect_settings import ALONE, names_server, prepare
from flows.sources import Missing, Source
from flows.terminal import Log

LEAN = ("--no-services", "--no-ui")
"""Nobody looks at its pages, and nothing is scheduled."""
QUIET = {
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
    # A server on this machine answers or is gone.
    "PREFECT_CLIENT_MAX_RETRIES": "1",
}
"""What Prefect would say of a server that died takes pages and a minute; one line of ours says it."""


def ingest_in_prefect(
    found: Sequence[Source | Missing], warehouse: Path, *, workers: int, force: bool, log: Log | None = None
) -> list[Ended]:
    """What is named read and loaded as a flow, on the server that the environment or Prefect's profile names; where
    none is, on one of this process's own. Runs that were killed on such a one before are marked as crashed, and said.
    Where its own server dies, the rest is done without one.
    """
    prepare()
    if names_server():
        from flows.ingest import run_flow

        return run_flow(found, warehouse, workers=workers, force=force)
    if not os.environ.get("BOARDPACK_DEBUG"):
        os.environ.update(QUIET)
    home = Path(os.environ["PREFECT_HOME"])
    with own_server(0, None, *LEAN) as address, marked(home) as mark:
        os.environ["PREFECT_API_URL"] = address
        os.environ[ALONE] = "1"
        ask_directly("127.0.0.1")
        from prefect import tags
        from prefect.client.orchestration import get_client

        from flows.ingest import run_flow

        say = log.say if log else _say_nothing
        try:
            with get_client(sync_client=True) as client:
                cut = close_cut_off(client, home)
            if cut:
                say(f"{cut} earlier {'run' if cut == 1 else 'runs'} cut off: marked as crashed", event="closed")
            with tags(mark):
                return run_flow(found, warehouse, workers=workers, force=force)
        except httpx.TransportError:
            say("the Prefect server is gone; the rest is read without it", event="server_gone")
            return ingest(found, warehouse, workers=workers, force=force)


def _say_nothing(text: str, **fields: object) -> None:
    del text, fields
