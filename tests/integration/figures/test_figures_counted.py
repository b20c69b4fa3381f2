"""W15: each figure of a head of team equals what is counted by hand in the cases that were played (see figures_kit)."""

import pytest
from figures_kit import tables, team
from kit.cases import today
from kit.people import LIES, NOOR, SEM

from processes.base.dutch import MONTHS
from processes.base.errors import NotAllowed
from processes.reads.figures import AskedFigures, read_figures
from processes.storage.services import Services

BEZWAAR, MINE, NOBODY = "Bezwaar", "Noor Behandelaar", "Nog niemand"


def test_w15_how_much_each_person_has_and_what_is_late(services: Services) -> None:
    found = tables(services)
    load = {row[0]: row[1:5] for row in found["workload"]}
    assert load == {MINE: (2, 1, 0, 2), NOBODY: (1, 1, 0, 1)}
    assert found["late_by_turn"] == [
        ("Wij", 2), ("De commissie", 0), ("Een afdeling of andere partij met een link", 0),
        ("De indiener of een andere betrokkene", 0), ("Niemand: de zaak wacht op een dag of een bericht", 0), ("Alle zaken die te laat zijn", 2),
    ]  # fmt: skip
    assert [row[:3] for row in found["late_by_term"]] == [(BEZWAAR, "Beslissing op bezwaar", 2)]
    assert [row[1:] for row in found["late_by_step"]] == [("wij", 2)]


def test_w15_what_was_closed_in_time_and_how_it_ended(services: Services) -> None:
    found, month = tables(services), today(services)
    assert found["throughput"] == [(BEZWAAR, 7, 4, 4, 3, 75, 8, 8)]
    assert found["in_time"] == [(BEZWAAR, f"{MONTHS[month.month - 1]} {month.year}", 4, 3, 75)]
    assert found["outcomes"] == [(BEZWAAR, "Ingetrokken", 4, 100)]
    assert found["by_department"] == [("Parkeren", "Ingetrokken", 4)]
    assert found["by_subject"] == [("Kap", "Ingetrokken", 3)]  # the other one is about one decision


def test_w15_how_long_a_step_took_and_where_cases_wait(services: Services) -> None:
    asked = tables(services, case_type="bezwaar")
    intake = next(row for row in asked["durations"] if row[2] == 1)
    assert intake[1:] == ("behandelaar", 1, 3, 3, 3, 3)
    assert [row[1:] for row in asked["waits"]] == [("behandelaar", 3, 3)]
    day = str(today(services))
    page = read_figures(services, LIES, AskedFigures("own", day, day, case_type="bezwaar"))
    assert page.waits is not None
    assert [(one["kind"], one["sign"]) for one in page.waits.marks] == [("heat-3", "3")]


def test_w15_a_period_holds_what_happened_in_it_and_no_more(services: Services) -> None:
    day = str(today(services))
    found = tables(services, since=day)
    assert found["throughput"] == [(BEZWAAR, 0, 4, 4, 3, 75, 8, 8)]
    before = str(today(services).replace(day=1).replace(year=today(services).year - 2))
    found = tables(services, since=before, until=before)
    assert (found["throughput"], found["outcomes"], found["letters"]) == ([], [], [])


def test_w15_a_team_is_its_case_types_and_its_members(services: Services) -> None:
    team(services, "recht", "noor", "piet")
    load = {row[0]: row[1:3] for row in tables(services, team="recht")["workload"]}
    assert load == {MINE: (2, 1), "Piet Behandelaar": (0, 0), NOBODY: (1, 1)}
    team(services, "klein", "piet", case_types="")
    found = tables(services, team="klein")
    assert {row[0]: row[1] for row in found["workload"]} == {"Piet Behandelaar": 0, NOBODY: 0}
    assert (found["throughput"], found["late_by_turn"][-1][1]) == ([], 0)


@pytest.mark.parametrize("who", [NOOR, SEM])
def test_w15_who_leads_no_team_has_no_figures(services: Services, who) -> None:
    with pytest.raises(NotAllowed):
        read_figures(services, who, AskedFigures())
