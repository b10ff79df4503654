"""A worker that takes a minute to load."""

from __future__ import annotations

import importlib
import sys
import time

from flows import worker


def _load(module: str) -> None:
    del module
    time.sleep(60)


if __name__ == "__main__":
    importlib.import_module = _load  # type: ignore[assignment]
    sys.exit(worker.main())
