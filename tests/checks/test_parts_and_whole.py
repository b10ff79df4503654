from __future__ import annotations

from extractors.checks.families import Family, learn_families
from extractors.checks.parts_and_whole import (
    parts_add_up,
    trust_repeated_on_sites,
    unweighted_mean,
    whole_lies_within_its_parts,
)
from extractors.checks.weights import whole_unlike_its_parts
from schemas.outcome import Record
from tests.checks.packs import kpi, kpis, named, pack, said

ORGS = ["North", "South", "Partnership"]
PROOF = [("Waiting list", ["36,726", "15,470", "52,196"]), ("Long waits", ["2,438", "805", "3,243"])]


def test_a_family_is_learned_from_counts_and_not_from_percentages() -> None:
    assert learn_families(pack(records=kpis(PROOF, ORGS)).values) == (Family("partnership", ("north", "south")),)
    rates = kpis([("Seen", ["80.00%", "90.00%", "170.00%"])], ORGS)
    assert learn_families(pack(records=rates).values) == ()


def test_one_small_sum_is_chance() -> None:
    assert learn_families(pack(records=kpis([("Falls", ["1", "2", "3"])], ORGS)).values) == ()


def test_a_family_among_other_columns() -> None:
    orgs = ["Trust", "Site one", "Site two", "Other trust"]
    records = kpis([("Long waits", ["2,903", "1,392", "1,511", "1,073"])], orgs)
    assert learn_families(pack(records=records).values) == (Family("trust", ("site one", "site two")),)


def test_parts_that_do_not_add_up() -> None:
    records = kpis([*PROOF, ("Referrals", ["1,000", "2,000", "3,100"]), ("Births", ["10", "20", "30"])], ORGS)
    (finding,) = said(parts_add_up, pack(records=records))
    assert (finding.check, finding.row, finding.found, finding.expected) == (
        "parts_do_not_add_up",
        3,
        "3,100",
        "3,000",
    )
    assert finding.message == (
        "In “Referrals” for 2025-03 on page 1, Partnership is printed as 3,100, but its parts (North 1,000, South "
        "2,000) add up to 3,000."
    )


def test_a_mean_of_counts_is_not_a_wrong_sum() -> None:
    records = kpis([*PROOF, ("Mean days", ["10", "20", "16"])], ORGS)
    assert said(parts_add_up, pack(records=records)) == []


def test_a_whole_outside_its_parts() -> None:
    rates = [("Seen", ["81.00%", "92.00%", "93.10%"]), ("Heard", ["81.00%", "92.00%", "85.00%"])]
    (finding,) = said(whole_lies_within_its_parts, pack(records=kpis([*PROOF, *rates], ORGS)))
    assert (finding.check, finding.row, finding.found) == ("whole_outside_its_parts", 3, "93.10%")
    assert finding.expected == "81 to 92"


def test_a_part_without_a_value_leaves_the_bounds_open_unless_it_had_no_patients() -> None:
    orgs = ["North", "South", "East", "Partnership"]
    proof = [("Waiting list", ["36,726", "15,470", "1,001", "53,197"])]
    rates = kpis([*proof, ("Seen", ["81.00%", "92.00%", "n/a", "95.00%"])], orgs)
    assert said(whole_lies_within_its_parts, pack(records=rates)) == []
    patients = [
        *kpis(proof, orgs),
        *kpis([("Seen", ["81.00%", "92.00%", "95.00%"])], [*orgs[:2], orgs[3]], table_no=2),
    ]
    patients.insert(5, kpi("East", "NP", measure="Seen", table_no=2, missing="no_patients"))
    assert named(whole_lies_within_its_parts, pack(records=patients)) == ["whole_outside_its_parts"]


def test_a_total_repeated_on_each_site() -> None:
    rows = [
        *PROOF,
        ("Breaches", ["17", "17", "17"]),
        ("Never events", ["0", "0", "0"]),
        ("Checks", ["100%", "100%", "100%"]),
    ]
    (finding,) = said(trust_repeated_on_sites, pack(records=kpis(rows, ORGS)))
    assert (finding.check, finding.row, finding.found) == ("repeated_across_parts", 3, "17")


def test_an_unweighted_mean_in_one_period_needs_parts_far_apart() -> None:
    far = kpis([*PROOF, ("Treated", ["66.00%", "89.00%", "77.50%"])], ORGS)
    (finding,) = said(unweighted_mean, pack(records=far))
    assert (finding.check, finding.row) == ("looks_like_unweighted_mean", 3)
    assert "exactly the plain mean" in finding.message
    near = kpis([*PROOF, ("Treated", ["66.00%", "67.00%", "66.50%"])], ORGS)
    assert said(unweighted_mean, pack(records=near)) == []
    weighted = kpis([*PROOF, ("Treated", ["66.00%", "89.00%", "74.31%"])], ORGS)
    assert said(unweighted_mean, pack(records=weighted)) == []


def test_an_unweighted_mean_in_most_periods() -> None:
    records = kpis(PROOF, ORGS)
    for i, month in enumerate(["2025-01", "2025-02", "2025-03", "2025-04"]):
        north, south = 60 + i, 61 + 2 * i
        whole = (north + south) / 2
        records += kpis([("Treated", [f"{north}.0%", f"{south}.0%", f"{whole:.1f}%"])], ORGS, period=month, table_no=2)
    (finding,) = said(unweighted_mean, pack(records=records))
    assert "in 4 of 4 periods" in finding.message


def series(odd: str | None) -> list[tuple[str, str, str, str]]:
    """Twelve months of a mean with weights 0.7 and 0.3, one of them as given."""
    rows = []
    for i in range(12):
        north, south = 30 + (7 * i) % 11, 60 - (5 * i) % 13
        whole = f"{0.7 * north + 0.3 * south:.2f}%"
        rows.append((f"2024-{i + 1:02d}", f"{north}.00%", f"{south}.00%", odd if odd and i == 9 else whole))
    return rows


def test_a_whole_that_the_usual_weights_do_not_make() -> None:
    def records(odd: str | None) -> list:  # type: ignore[type-arg]
        made = kpis(PROOF, ORGS)
        for month, *texts in series(odd):
            made += kpis([("In treatment", texts)], ORGS, period=month, table_no=2)
        return made

    assert said(whole_unlike_its_parts, pack(records=records(None))) == []
    found = said(whole_unlike_its_parts, pack(records=records("53.10%")))
    assert [(f.check, f.found) for f in found] == [("whole_unlike_its_parts", "53.10%")]
    assert found[0].message.startswith("In “In treatment” for 2024-10 on page 1, Partnership is printed as 53.10%")


def test_rounded_millions_may_miss_their_whole() -> None:
    def money(texts: list[str], row: int) -> list[Record]:
        return [
            kpi(org, text, measure=f"Spend {row}", row=row, unit="gbp", value=float(text) * 1e6)
            for org, text in zip(ORGS, texts, strict=True)
        ]

    proof = [*money(["106", "49", "155"], 1), *money(["137", "68", "205"], 2)]
    assert said(parts_add_up, pack(records=[*proof, *money(["93", "52", "146"], 3)])) == []
    (finding,) = said(parts_add_up, pack(records=[*proof, *money(["93", "52", "154"], 3)]))
    assert "add up to £145,000,000." in finding.message
