from __future__ import annotations

from pathlib import Path

import pytest

from extractors.reader import read_document
from extractors.second_opinion import VARIABLE, engines_asked

OFFICE = Path(__file__).parents[1] / "office"


def test_nobody_is_asked_unless_the_environment_names_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    (table,) = read_document(OFFICE / "slide-white-rules.pdf").tables

    assert (table.method, table.confidence) == ("fills", 0.7)
    monkeypatch.setenv(VARIABLE, "tabula, , Camelot,pdfplumber")
    assert engines_asked() == ("pdfplumber", "camelot")


def test_an_engine_that_gives_the_same_grid_confirms_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "pdfplumber")
    (table,) = read_document(OFFICE / "slide-white-rules.pdf").tables

    assert (table.method, table.confidence) == ("fills+pdfplumber", 0.9)
    assert table.reason.endswith("; pdfplumber gives the same grid")


def test_an_engine_that_gives_another_grid_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    (alone,) = read_document(OFFICE / "hairline-rules.pdf").tables
    monkeypatch.setenv(VARIABLE, "pdfplumber")
    (asked,) = read_document(OFFICE / "hairline-rules.pdf").tables

    assert (asked.cells, asked.method, asked.confidence) == (alone.cells, alone.method, alone.confidence)
    assert asked.reason == f"{alone.reason}; pdfplumber did not confirm it"


def test_a_table_that_is_sure_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "pdfplumber,camelot")
    (table,) = read_document(OFFICE / "rag-dashboard-tagged.pdf").tables

    assert table.confidence >= 0.9
    assert "pdfplumber" not in table.method
    assert "confirm" not in table.reason
