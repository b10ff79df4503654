"""The name under which a measure is followed from pack to pack."""

from __future__ import annotations

import pytest

from warehouse.dimensions import undated


@pytest.mark.parametrize(
    "printed",
    [
        "Waits by specialty, Sep-24",
        "Waits by specialty – September 2024",
        "Waits by specialty (at 30 September 2024)",
        "Waits by specialty, Q2 2024/25",
        "Waits by specialty as at the end of September 2024",
        "Waits by specialty: Apr-24 to Sep-24",
        "Waits by specialty 2024/25",
        "September 2024: Waits by specialty",
        "Waits by specialty",
    ],
)
def test_a_period_at_either_end_is_no_part_of_the_name(printed: str) -> None:
    assert undated(printed) == "Waits by specialty"


@pytest.mark.parametrize(
    "printed",
    [
        "Beds against the 2019/20 baseline of beds",
        "Waits of 52+ weeks",
        "May attend",
        "Sep-24",
        "2024/25",
        "Patients seen within 62 days",
        "Health checks at 24",
        "Q1",
        "Decay at 12",
    ],
)
def test_what_only_looks_like_a_period_stays(printed: str) -> None:
    assert undated(printed) == printed
