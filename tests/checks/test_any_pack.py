"""Whatever a pack prints, every check comes to its end: none fails, none says the same thing twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.checks.registry import run_checks
from schemas.outcome import Record, RowFate, TableKind
from tests.checks.packs import action, kpi, pack, scheme
from tests.kinds.tables import line, table

WORDS = st.sampled_from(
    [
        "",
        " ",
        "Total",
        "Sub-total",
        "Grand total",
        "TBC",
        "-",
        "#N/A",
        "c. 9,000.",
        "0",
        "0.00%",
        "66.66%",
        "1,050",
        "4443",
        "£1.2m",
        "(350)",
        "6:05",
        "99999999999999999999",
        "1e400",
        "½",
        "31/02/2025",
        "29 Feb 2024",
        "30 February 2025",
        "5 May 2020",
        "Board on 5 May 2021",
        "Q4 Jan 20/Mar 21",
        "Monday 4 March 2025",
        "2024/25",
        "Item",
        "No.",
        "Action",
        "Discussion",
        "Lead",
        "Time",
        "2.00pm",
        "3:00pm",
        "MEMBERS",
        "Dr Ann Lee (Trust, Chair)",
        "AL",
        "SW",
        "1. a. Plan\nb. Log",
        "Agenda item: 6a",
        "Report title:",
        "In March there were 5,314 people compared to 5,027 in February.",
        "In North 1,081 waited, in South 266 and in East 485.",
        "18+ Weeks",
        "52+ Weeks",
        "Version",
        "0.5",
        "‮gnp.exe",
        "\x00",
        "𝟗𝟗%",
        "'; DROP TABLE packs; --",
        "=HYPERLINK(1)",
        "İstanbul",
        "ﬁ",
        "A" * 300,
    ]
)
TABLES = st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=8).map(table)
PERIODS = st.sampled_from(["2024-12", "2025-01", "2025-02", "2025-03"])
KPIS = st.builds(
    kpi,
    st.sampled_from(["North", "South", "East", "The Partnership", "", "Total"]),
    WORDS,
    measure=st.sampled_from(["Waits of 52 weeks", "Seen in time", ""]),
    period=PERIODS,
    table_no=st.integers(1, 2),
    row=st.integers(1, 6),
    series=st.sampled_from(["actual", "ytd", "plan"]),
    rag=st.sampled_from([None, "red", "green", "amber"]),
    threshold=st.sampled_from([None, 0.0, 95.0]),
    better=st.sampled_from([None, "higher", "lower"]),
)
ACTIONS = st.builds(
    lambda ref, owner, due, row: action(ref, row=row, owner=owner, due_text=due, due_on=None),
    st.sampled_from(["", "1", "02", "AC/07", "4.2", "9999999999", "x"]),
    WORDS,
    WORDS,
    st.integers(1, 6),
)
SCHEMES = st.builds(lambda name, lead: scheme(name, lead_organisation=lead), WORDS, WORDS)
LINES = st.lists(WORDS.flatmap(lambda text: st.builds(line, st.just(text), bold=st.booleans())), max_size=8)
RECORDS: st.SearchStrategy[list[Record]] = st.lists(st.one_of(KPIS, ACTIONS, SCHEMES), max_size=25)
KINDS = st.sampled_from([None, "actions", "kpis", "capital"])


@settings(max_examples=100, deadline=None)
@given(st.lists(TABLES, min_size=1, max_size=2), RECORDS, LINES, KINDS, st.sampled_from([None, "2025-06-11"]))
def test_every_check_comes_to_its_end(tables, records, lines, kind, meeting):  # type: ignore[no-untyped-def]
    kinds = [TableKind(1, kind, "made up")]
    evidence = pack(*tables, records=records, lines=lines, kinds=kinds, meeting_date=meeting)
    fates = [RowFate(1, 0, "header")]
    found = run_checks(evidence.document, evidence.meta, kinds, records, fates)
    assert [finding.message for finding in found if finding.check == "check_failed"] == []
    assert len(set(found)) == len(found)
    assert all(finding.message and len(finding.message) < 2000 for finding in found)
