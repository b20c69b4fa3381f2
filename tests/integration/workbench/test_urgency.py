"""W1: one order of urgency over every running term, those of a court included, kept by whatever moves a term."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, add_departments, all_shipped, do, open_task, put_in_use, register_bezwaar, rows, today
from kit.installation import installation
from kit.people import NOOR, SEM, known
from sqlalchemy import select

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.registering import NewParty, RegisterCase
from processes.actions.tasks import TakeTask
from processes.actions.withdrawing import Withdraw
from processes.storage.base import NEVER
from processes.storage.kept_days import differing, keep_again
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, TaskRow

COURT = NewParty("court", "Rechtbank Voorbeeldland", "company", address="Postbus 1, 1234 AB Voorbeeldstad")


def furnish(services: Services) -> None:
    put_in_use(services, *all_shipped())
    add_departments(services, "parkeren", "vergunningen")
    for actor in (NOOR, SEM):
        known(services, actor)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("workbench",)) as opened:
        yield opened


@pytest.fixture
def noor(services: Services) -> Browser:
    return Browser(services, NOOR)


def wrong(services: Services) -> list[int]:
    with services.sessions() as session:
        return differing(session, session.scalars(select(Case.id)).all())


def before_court(services: Services, *, days: int) -> str:
    """A case in which the court wanted the documents so many days ago."""
    main, day = register_bezwaar(services), today(services)
    values = {"measure": "Wacht.", "documents_by": (day - timedelta(days)).isoformat()}
    received = day - timedelta(days + 1)
    act(
        services, NOOR, RegisterCase("voorlopige-voorziening", "letter", received, (COURT,), (), values, main_case=main)
    )
    return rows(services, Case, case_type="voorlopige-voorziening")[0].number


def test_w1_a_term_of_a_court_that_is_over_stands_first_and_is_counted_as_late(
    services: Services, noor: Browser
) -> None:
    late = register_bezwaar(services, ago=10, received=today(services) - timedelta(90))
    court = before_court(services, days=43)
    page = noor.get("/werk")
    assert page.index(court) < page.index(late)
    assert "43 dagen te laat" in page.split(late)[0]
    assert "2 zaken zijn over de wettelijke termijn." in page
    shown = noor.get("/werk/zaken?alleen=rechter")
    assert court in shown
    assert late not in shown
    assert "rechter, " in shown
    assert "43 dagen te laat" in noor.get(f"/werk/zaken/{court}")


def test_w1_the_list_of_what_is_late_holds_nothing_else(services: Services, noor: Browser) -> None:
    fresh = register_bezwaar(services, ago=1)
    late = register_bezwaar(services, ago=10, received=today(services) - timedelta(90))
    page = noor.get("/werk/zaken?alleen=te-laat")
    assert late in page
    assert fresh not in page
    assert "Lopend (1)" in page


def test_w1_the_days_follow_whatever_moves_a_term(services: Services) -> None:
    number = register_bezwaar(services, ago=10)
    (case,), (decide,) = rows(services, Case), rows(services, DeadlineRow, code="decide")
    assert (case.legal_on, decide.kind) == (decide.due, "law")
    assert wrong(services) == []
    act(services, NOOR, AssignHandler(number, "sem"))
    act(services, NOOR, TakeTask(open_task(services, "Intake")))
    assert {task.handler for task in rows(services, TaskRow, state="open")} == {"sem"}
    assert wrong(services) == []
    do(services, "Intake", **{**INTAKE, "complete": False}, route="ambtelijk", missing_items="uw redenen")
    assert rows(services, Case)[0].legal_on == NEVER  # it stands still until the reasons come
    assert wrong(services) == []
    act(services, NOOR, Withdraw(number))
    assert rows(services, Case)[0].own_on == NEVER
    assert wrong(services) == []


def test_w1_a_day_that_somebody_changed_past_the_program_is_named_and_made_right(services: Services) -> None:
    register_bezwaar(services, ago=10)
    with services.sessions.begin() as session:
        (case,) = session.scalars(select(Case))
        (task,) = session.scalars(select(TaskRow).where(TaskRow.state == "open", TaskRow.side == "worker"))
        was, task.urgent_on = case.legal_on, NEVER
        case.legal_on = NEVER
    assert wrong(services) == [case.id]
    with services.sessions.begin() as session:
        keep_again(session, [case.id])
    assert wrong(services) == []
    assert rows(services, Case)[0].legal_on == was
