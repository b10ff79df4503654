"""Flow runs that ended without a word, because whoever ran them was killed: marked as crashed when somebody comes next.

A process that shares Prefect's database with others holds a lock while it lives and tags its runs with the lock's name:
a run whose lock is free is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import filelock

MARK = "boardpack-run-"
FOLDER = "boardpack-runs"


@contextmanager
def marked(home: Path) -> Iterator[str]:
    """The tag of this process's runs, as long as it lives. `home`: the folder of Prefect's database."""
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = uuid4().hex[:12]
    lock = filelock.FileLock(folder / name, timeout=0)
    with lock:
        yield MARK + name
    (folder / name).unlink(missing_ok=True)


def close_cut_off(client: Any, home: Path) -> int:
    """Marks as crashed the runs of processes that are no more; how many they were. `client`: Prefect's, synchronous."""
    from prefect.states import Crashed

    dead: dict[str, bool] = {}
    closed = 0
    for run in client.read_flow_runs(flow_run_filter=_under_way()):
        mark = next((tag for tag in run.tags if tag.startswith(MARK)), None)
        if mark is None:
            continue
        if mark not in dead:
            dead[mark] = _is_free(home / FOLDER / mark.removeprefix(MARK))
        if dead[mark]:
            client.set_flow_run_state(run.id, Crashed(message="the command that ran this was killed"), force=True)
            closed += 1
    for mark, gone in dead.items():
        if gone:
            (home / FOLDER / mark.removeprefix(MARK)).unlink(missing_ok=True)
    return closed


def _is_free(path: Path) -> bool:
    if not path.exists():
        return True
    try:
        with filelock.FileLock(path, timeout=0):
            return True
    except filelock.Timeout:
        return False


def _under_way() -> Any:
    from prefect.client.schemas.objects import StateType

    return _in_state(StateType.RUNNING, StateType.PENDING, StateType.CANCELLING)


def _in_state(*types: Any) -> Any:
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType

    return FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(types))))


def take_up(client: Any) -> int:
    """Runs that a stopped process left running are marked as crashed, those that were missed meanwhile are removed.

    The server is this process's own, so nothing else can be running them. What they left waiting in the record is
    loaded by the next look.
    """
    from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
    from prefect.client.schemas.objects import StateType
    from prefect.states import Crashed

    cut = client.read_flow_runs(flow_run_filter=_under_way())
    for run in cut:
        client.set_flow_run_state(run.id, Crashed(message="boardpack serve was stopped while this ran"), force=True)
    # Who holds a place under a limit is kept in the server's memory, how many are held in its database: after a
    # restart a place that was held stays so for ever.
    for limit in client.read_global_concurrency_limits(limit=200, offset=0):
        if limit.active_slots:
            client.update_global_concurrency_limit(limit.name, GlobalConcurrencyLimitUpdate(active_slots=0))
    now = datetime.now(UTC)
    for run in client.read_flow_runs(flow_run_filter=_in_state(StateType.SCHEDULED)):
        if run.expected_start_time and run.expected_start_time < now:
            client.delete_flow_run(run.id)
    return len(cut)
