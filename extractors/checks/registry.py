"""All checks that only the pack itself can answer, each a named function; one call runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from extractors.checks import (
    agenda,
    agreement,
    cells,
    date_sense,
    dates,
    figures,
    names,
    ordering,
    parts_and_whole,
    people,
    periods,
    prose,
    rag,
    sequence,
    summaries,
    sums,
    weights,
)
from extractors.checks.evidence import Evidence, gather
from extractors.vocabulary_files import VocabularyError
from schemas.document import Document
from schemas.finding import Finding
from schemas.outcome import PackMeta, Record, RowFate, TableKind

Check = Callable[[Evidence], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    sums.columns_add_up,
    sums.rows_add_up,
    parts_and_whole.parts_add_up,
    parts_and_whole.whole_lies_within_its_parts,
    parts_and_whole.trust_repeated_on_sites,
    parts_and_whole.unweighted_mean,
    weights.whole_unlike_its_parts,
    agreement.same_measure_agrees,
    agreement.printed_once,
    agreement.targets_agree,
    prose.prose_and_undated_tables_agree,
    prose.prose_and_series_agree,
    prose.notes_that_change_figures,
    summaries.summaries_agree,
    ordering.longer_waits_are_fewer,
    sequence.action_references_run_on,
    sequence.action_references_are_unique,
    sequence.items_are_numbered_once,
    dates.dates_can_be,
    dates.quarters_are_three_months,
    dates.action_dates_agree,
    dates.versions_follow_each_other,
    dates.one_date_style,
    date_sense.logs_in_one_date_style,
    date_sense.dates_are_in_order,
    date_sense.meetings_are_in_their_year,
    periods.dashboard_rows_are_current,
    periods.actual_figures_are_past,
    periods.series_are_as_long_as_said,
    periods.year_to_date_columns,
    periods.one_period_style,
    rag.rating_fits_threshold,
    figures.noughts_among_high_rates,
    figures.figures_are_rounded,
    figures.thousands_in_one_style,
    cells.no_spreadsheet_errors,
    cells.thresholds_are_numbers,
    cells.arrows_are_complete,
    cells.initials_are_unique,
    people.initials_of_people,
    people.people_s_organisations_exist,
    people.owners_are_known,
    people.owners_agree,
    agenda.front_sheets_agree,
    agenda.one_time_style,
    names.one_name_each,
    names.organisations_exist,
    names.letters_in_order,
)

_MOST = 200
"""Findings of one check: beyond this it tells of a layout that was misread, not of the pack's faults."""


def run_checks(
    document: Document,
    meta: PackMeta,
    kinds: Sequence[TableKind],
    records: Sequence[Record],
    fates: Sequence[RowFate],
) -> tuple[Finding, ...]:
    """Every check's findings, in the order of `CHECKS`.

    A check that fails costs its own findings, and one says so.
    """
    evidence = gather(document, meta, tuple(kinds), tuple(records), tuple(fates))
    findings: list[Finding] = []
    for check in CHECKS:
        findings += _run(check, evidence)
    return tuple(dict.fromkeys(findings))


def _run(check: Check, evidence: Evidence) -> list[Finding]:
    found: list[Finding] = []
    try:
        for finding in check(evidence):
            found.append(finding)
            if len(found) == _MOST:
                found.append(
                    Finding(
                        "info",
                        "pack",
                        "findings_cut_short",
                        f"The check “{check.__name__}” found more than {_MOST} things in this pack; the "
                        "rest are not listed.",
                    )
                )
                break
    except VocabularyError:
        raise
    except Exception as fault:
        found.append(
            Finding(
                "warning",
                "pack",
                "check_failed",
                f"The check “{check.__name__}” could not be finished on this pack "
                f"({type(fault).__name__}): what it would have found is "
                "missing. Please report this.",
                found=type(fault).__name__,
            )
        )
    return found
