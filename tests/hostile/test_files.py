"""Hostile files, each through a reader: one end each, from the closed list, within its limits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.sandbox import Limits, Reader
from schemas.failure import SENTENCES, PackFailure
from tests.hostile.makers import MAKERS

LIMITS = Limits(seconds=12, quiet_seconds=4, memory_bytes=512 << 20)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader("result", LIMITS) as one:
        yield one


@pytest.mark.parametrize("name", MAKERS)
def test_a_hostile_file_has_one_end_within_its_limits(reader: Reader, tmp_path: Path, name: str) -> None:
    make, ends = MAKERS[name]
    path = tmp_path / "pack.pdf"
    path.write_bytes(make())
    end, said = "loaded", ""
    try:
        result = reader.read_result(path)
    except PackFailure as failure:
        end, said = failure.code.value, str(failure)
        assert said.startswith(SENTENCES[failure.code])
        assert "\n" not in said
        assert "Traceback" not in said
    else:
        assert len(result.document.pages) == result.document.n_pages
    assert end in ends, said
    assert reader.spent.seconds < LIMITS.seconds + 5
    assert reader.spent.peak_bytes < LIMITS.memory_bytes + (200 << 20)
    # The worker lives on: nothing here killed more than a child.
    assert reader.worker is not None
    assert reader.worker.poll() is None
    assert os.listdir(tmp_path) == ["pack.pdf"]  # noqa: PTH208
