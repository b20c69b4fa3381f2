"""A common word beside a narrow filter: every case that the filter leaves is compared, not the newest rows alone (W7)."""

import pytest
from kit.people import known
from search_kit import NOOR, register

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.reads.workbench import Filter, read_cases
from processes.storage import search_query


@pytest.fixture
def crowded(ground, monkeypatch):
    """Eight cases with a word in common, the oldest of which is handled by somebody; three rows with a word are many, and the newest five are
    looked through.
    """
    for name, value in (("COMMON", 3), ("NEWEST", 5), ("SAMPLED", 1000)):
        monkeypatch.setattr(search_query, name, value)
    numbers = [register(ground, f"Persoon Naam{n}x", subject="Een besluit over bomen") for n in range(8)]
    known(ground.services, NOOR)
    act(ground.services, NOOR, AssignHandler(numbers[0], "noor"))
    return ground.services, numbers


def shown(services, wanted: Filter) -> tuple[list[str], bool]:
    page = read_cases(services, NOOR, wanted)
    return [line.number for line in page.lines], page.whole


def test_w7_an_old_case_is_found_by_a_common_word_when_the_filter_leaves_few(crowded) -> None:
    services, numbers = crowded
    old = numbers[0]
    assert old not in shown(services, Filter("bomen", state=""))[0]
    for state in ("", "running"):
        assert shown(services, Filter("bomen", handler="noor", state=state)) == ([old], True)
    assert shown(services, Filter("stoepen", handler="noor", state="")) == ([], True)


def test_w7_more_rows_than_can_be_compared_are_looked_through_as_before(crowded, monkeypatch) -> None:
    services, _ = crowded
    monkeypatch.setattr(search_query, "MOST_COMPARED", 2)
    assert shown(services, Filter("bomen", handler="noor", state="")) == ([], False)


def test_w7_two_filters_leave_what_both_leave(crowded, monkeypatch) -> None:
    services, numbers = crowded
    kind = read_cases(services, NOOR, Filter(state="")).case_types[0][0]
    assert shown(services, Filter("bomen", handler="noor", case_type=kind, state="")) == ([numbers[0]], True)
    monkeypatch.setattr("processes.reads.workbench.case_list.MOST_CASES", 3)  # the type alone leaves too many
    assert shown(services, Filter("bomen", handler="noor", case_type=kind, state="")) == ([numbers[0]], True)
    assert not shown(services, Filter("bomen", case_type=kind, state=""))[1]
