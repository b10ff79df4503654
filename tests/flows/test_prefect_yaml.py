"""prefect.yaml: what `prefect deploy --all` makes of it, without a server."""

from __future__ import annotations

import inspect
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from prefect.cli.deploy._models import DeploymentConfig, PrefectYamlModel, RawScheduleConfig
from prefect.flows import load_flow_from_entrypoint

FILE = Path(__file__).parents[2] / "prefect.yaml"
MODEL = PrefectYamlModel.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def test_the_three_flows_are_deployed() -> None:
    assert [d.entrypoint for d in MODEL.deployments] == [
        "flows.watch_flow.watch_sources",
        "flows.watch_flow.publish_report",
        "flows.ingest.ingest_pack",
    ]


@pytest.mark.parametrize("deployment", MODEL.deployments, ids=lambda d: str(d.entrypoint))
def test_each_is_a_flow_that_takes_these_parameters(deployment: DeploymentConfig) -> None:
    assert deployment.entrypoint
    flow = load_flow_from_entrypoint(deployment.entrypoint)
    assert set(deployment.parameters or {}) <= set(inspect.signature(flow.fn).parameters)
    assert deployment.work_pool is not None and deployment.work_pool.name == "boardpack"
    assert deployment.tags == ["boardpack"]


def test_there_is_an_interval_and_a_cron_schedule() -> None:
    watch, report, _ = MODEL.deployments
    assert isinstance(watch.schedules, list) and isinstance(report.schedules, list)
    every, at = watch.schedules[0], report.schedules[0]
    assert isinstance(every, RawScheduleConfig) and isinstance(at, RawScheduleConfig)
    assert (every.interval, at.cron, at.timezone) == (timedelta(minutes=15), "30 6 * * *", "Europe/London")
    limit = watch.concurrency_limit
    assert limit is not None and not isinstance(limit, int)
    assert (limit.limit, str(limit.collision_strategy)) == (1, "CANCEL_NEW")
