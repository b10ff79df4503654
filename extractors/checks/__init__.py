"""Checks that only the pack itself can answer: its own arithmetic, its text against its tables, its dates
against each other.
"""

from extractors.checks.registry import run_checks

__all__ = ["run_checks"]
