"""Only fetching is tried again, and only where the failure may pass."""

from __future__ import annotations

import pytest
from prefect.states import Failed

from flows import ingest, scale, watch_flow
from flows.fetch_http import FetchFailure
from schemas.failure import FailureCode, PackFailure


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (FetchFailure(FailureCode.FETCH_FAILED, "503", passing=True), True),
        (FetchFailure(FailureCode.FETCH_FAILED, "404"), False),
        (PackFailure(FailureCode.MISSING), False),
        (ZeroDivisionError(), False),
    ],
)
def test_what_may_pass_is_tried_again(error: Exception, again: bool) -> None:
    assert ingest.may_pass(None, None, Failed(data=error)) is again


def test_tasks_that_ask_a_server_are_tried_again_with_growing_pauses() -> None:
    for task in (ingest.fetch_task, watch_flow.look_task, watch_flow.bring_task):
        assert (task.retries, task.retry_condition_fn) == (3, ingest.may_pass)
        assert task.retry_delay_seconds == [4, 8, 16]


def test_reading_and_loading_are_not() -> None:
    for task in (ingest.read_task, ingest.load_task, scale.read_to_spool):
        assert task.retries == 0
