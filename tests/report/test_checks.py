"""What checks are called, and in which order findings stand."""

from __future__ import annotations

from warehouse.report.checks import _book, describe, themes, weight
from warehouse.report.words import give_verdict, say_list


def test_every_entry_has_a_known_theme_and_says_something() -> None:
    for name, entry in _book()[1].items():
        assert entry["theme"] in themes(), name
        assert len(entry["title"]) < 60 and entry["means"].endswith("."), name


def test_errors_before_warnings_and_what_is_missing_before_names() -> None:
    told = [
        ("info", "page_unreadable"),
        ("warning", "name_variants"),
        ("warning", "total_disagrees"),
        ("warning", "page_unreadable"),
        ("warning", "unheard_of"),
        ("error", "name_variants"),
    ]
    assert sorted(told, key=lambda t: weight(*t)) == [
        ("error", "name_variants"),
        ("warning", "page_unreadable"),
        ("warning", "total_disagrees"),
        ("warning", "unheard_of"),
        ("warning", "name_variants"),
        ("info", "page_unreadable"),
    ]


def test_a_check_without_an_entry_has_a_name_and_a_page_of_its_own() -> None:
    check = describe("gulls_disagree")
    assert (check.title, check.file, check.anchor) == (
        "Check: gulls disagree",
        "check-gulls_disagree.html",
        "check-gulls_disagree",
    )
    assert describe("../../etc/passwd").file is None
    assert describe("A<b>").anchor == "check-other"


COUNTS = {
    "outcome": "loaded",
    "reason": None,
    "n_loaded": 9,
    "n_quarantined": 0,
    "n_errors": 0,
    "n_warnings": 0,
    "n_unread": 0,
    "n_pictures": 0,
    "n_strange": 0,
}


def said(**counts: object) -> tuple[str, str, str]:
    verdict = give_verdict({**COUNTS, **counts})
    return verdict.tone, verdict.short, verdict.sentence


def test_the_verdict_says_what_is_missing_first() -> None:
    assert said() == ("good", "Complete", "No row is held back and no check found anything wrong.")
    assert said(n_warnings=1)[:2] == ("warning", "Complete, with doubts")
    assert said(n_warnings=2, n_quarantined=1, n_unread=3, n_errors=1) == (
        "error",
        "Not complete",
        "1 printed row is held back; 3 pages could not be read; 1 error to look at.",
    )
    assert said(n_errors=2) == ("error", "Look first", "2 errors to look at.")
    assert said(outcome="failed", reason="the file is encrypted")[2] == (
        "Nothing of this pack was read: the file is encrypted."
    )
    assert said(n_loaded=0)[1] == "Nothing found"


def test_a_pack_with_pages_of_pictures_is_not_simply_complete() -> None:
    tone, short, sentence = said(n_pictures=2)
    assert (tone, short) == ("warning", "Complete, with doubts")
    assert sentence == "No row is held back. 2 pages without text are pictures."
    assert said(n_strange=1)[2].endswith("anything wrong. 1 table of numbers fits no kind.")


def test_lists_are_said_as_people_say_them() -> None:
    assert [say_list(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
