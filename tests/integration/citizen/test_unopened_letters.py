"""C5: a letter on the portal that its reader does not open within the set time becomes a task for who handles the case."""

import pytest
from citizen_kit import ILSE, TESS, Browser, register
from kit.cases import days_later, rows
from kit.people import FENNA, NOOR, PIET
from kit.people import known as known_staff

from processes.actions import act
from processes.actions.colleague_tasks import FinishColleagueTask, HandBackColleagueTask
from processes.actions.dated import SaveSetting
from processes.actions.withdrawing import Withdraw
from processes.base.actor import SYSTEM
from processes.base.errors import NotNow
from processes.dated.typed_settings import TypedSetting
from processes.jobs.unopened_sweep import sweep_unopened
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import Case, ColleagueTask, NoteRow, NoticeRow, StaffRow
from processes.storage.words import CaseState


@pytest.fixture
def number(services: Services) -> str:
    """A bezwaar of Tess, taken by Noor, of which the receipt lies on the portal."""
    known_staff(services, NOOR)
    made = register(services, TESS)
    with services.sessions.begin() as session:
        session.query(Case).update({"handler": NOOR.subject})
    drain(services)
    return made


def tasks(services: Services) -> list[tuple[str | None, str | None, str]]:
    return [(one.staff, one.team, one.what) for one in rows(services, ColleagueTask)]


def unopened(services: Services) -> list[bool | None]:
    return [one.unopened for one in rows(services, NoticeRow)]


def test_c5_a_letter_that_is_not_opened_for_seven_days_is_a_task_once(services: Services, number: str) -> None:
    days_later(services, 6)
    assert sweep_unopened(services) == 0
    assert unopened(services) == [None]
    days_later(services, 1)
    assert (sweep_unopened(services), sweep_unopened(services)) == (1, 0)
    ((staff, team, what),) = tasks(services)
    assert (staff, team) == (NOOR.subject, None)
    assert what.startswith("Tess Testeling heeft de brief '")
    assert what.endswith("niet geopend op het portaal. Bel, of stuur de brief ook per post.")
    (task,) = rows(services, ColleagueTask)
    with pytest.raises(NotNow):
        act(services, NOOR, HandBackColleagueTask(number, task.id, "Niet voor mij"))
    act(services, NOOR, FinishColleagueTask(number, task.id, "Gebeld."))
    assert unopened(services) == [True]


@pytest.mark.parametrize("how", ["page", "file"])
def test_c5_who_opened_the_letter_is_left_alone(services: Services, number: str, tess: Browser, how: str) -> None:
    (notice,) = rows(services, NoticeRow)
    tess.get(f"/mijn/zaken/{number}/brieven/{notice.id}" if how == "page" else f"/mijn/documenten/{notice.document_id}")
    days_later(services, 8)
    assert sweep_unopened(services) == 0
    assert (tasks(services), unopened(services)) == ([], [False])


def test_c5_the_case_page_alone_is_no_opening_and_another_person_counts_for_nobody(
    services: Services, number: str, tess: Browser, browser
) -> None:
    (notice,) = rows(services, NoticeRow)
    tess.get(f"/mijn/zaken/{number}")
    browser(ILSE).get(f"/mijn/zaken/{number}/brieven/{notice.id}", 404)
    days_later(services, 8)
    assert sweep_unopened(services) == 1


def test_c5_the_administrator_sets_the_days(services: Services, number: str) -> None:
    change = TypedSetting("unopened_letters", "brieven", "2020-01-01", {"days": "2"}, "Sneller weten.")
    act(services, SYSTEM, SaveSetting(change))
    days_later(services, 2)
    assert sweep_unopened(services) == 1


def test_c5_one_person_with_several_letters_is_one_task_and_without_handler_a_note(
    services: Services, number: str
) -> None:
    (notice,) = rows(services, NoticeRow)
    with services.sessions.begin() as session:
        session.add(_copy(notice))
    days_later(services, 8)
    assert sweep_unopened(services) == 2
    assert len(tasks(services)) == 1
    other = register(services, ILSE, subject="Iets anders")
    drain(services)
    days_later(services, 8)
    assert sweep_unopened(services) == 1
    assert len(tasks(services)) == 1
    assert any("Ilse Namaak heeft de brief" in note.text for note in rows(services, NoteRow))
    assert other


def test_c5_the_letter_with_which_a_case_ends_is_told_too(services: Services, number: str, tess: Browser) -> None:
    tess.get(f"/mijn/zaken/{number}/brieven/{rows(services, NoticeRow)[0].id}")
    act(services, tess.actor, Withdraw(number))
    drain(services)
    (case,) = rows(services, Case)
    assert case.state == CaseState.CLOSED
    days_later(services, 7)
    assert sweep_unopened(services) == 1
    assert unopened(services) == [False, True]
    ((staff, _, what),) = tasks(services)
    assert staff == NOOR.subject
    (task,) = rows(services, ColleagueTask)
    act(services, NOOR, FinishColleagueTask(number, task.id, what))


@pytest.mark.parametrize("with_team", [True, False])
def test_c5_a_handler_who_works_here_no_more_gets_no_task_but_the_team_or_a_note(
    services: Services, number: str, with_team: bool
) -> None:
    with services.sessions.begin() as session:
        session.query(StaffRow).update({"blocked_at": services.clock.now()})
    if with_team:
        known_staff(services, PIET)
        team = {"name": "team Recht", "members": PIET.subject, "case_types": "bezwaar"}
        act(services, FENNA, SaveSetting(TypedSetting("team", "recht", "2020-01-01", team, "Nieuw.", new=True)))
    days_later(services, 7)
    assert sweep_unopened(services) == 1
    assert [(staff, team) for staff, team, _ in tasks(services)] == ([(None, "recht")] if with_team else [])
    noted = [note for note in rows(services, NoteRow) if note.text.startswith("Tess Testeling heeft de brief")]
    assert len(noted) == (not with_team)


def _copy(notice: NoticeRow) -> NoticeRow:
    names = ("case_id", "party_id", "template", "element", "channel", "body", "document_type", "created_at", "sent_on")
    return NoticeRow(subject="Een tweede brief", **{name: getattr(notice, name) for name in names})
