"""A worker reminds a department of an open request by hand, once a day; the reminders of the drawing go on (O23, W16)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, INTAKE, add_departments, days_later, do, put_in_use, rows, today
from kit.documents import stored
from kit.installation import installation
from kit.people import NOOR, TESS, department, known

from processes.actions import act
from processes.actions.delivering import Deliver
from processes.actions.dossier_links import NewLink, RevokeLink
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, RegisterCase
from processes.actions.requests import RemindDepartment, StopRequest
from processes.base.errors import NotNow
from processes.post.reminding import DELIVERED, ENDED, JUST_MAILED, NO_LINK, TEMPLATE
from processes.storage.services import Services
from processes.storage.tables import DocumentRequestRow, Dossier, MailRow, NoteRow


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    known(services, NOOR)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("workbench",)) as opened:
        yield opened


@pytest.fixture
def noor(services: Services) -> Browser:
    return Browser(services, NOOR)


@pytest.fixture
def just_asked(services: Services) -> str:
    """A case in which a department was asked for its documents a moment ago."""
    day = today(services)
    what = NewDecision(
        "Boete", number="PV-1", taken_on=day - timedelta(20), announced_on=day - timedelta(18), department="parkeren"
    )
    number = act(services, NOOR, RegisterCase("bezwaar", "letter", day, (TESS,), (what,), {"grounds": "Oneens"}))
    do(services, "Intake", **{**INTAKE, "department": "parkeren"}, route="commissie")
    return number


@pytest.fixture
def asked(services: Services, just_asked: str) -> str:
    """The same two days later."""
    days_later(services, 2)
    return just_asked


def request_of(services: Services) -> DocumentRequestRow:
    (row,) = rows(services, DocumentRequestRow)
    return row


def reminders(services: Services) -> list[MailRow]:
    return rows(services, MailRow, template=TEMPLATE)


def test_w16_a_worker_reminds_a_department_by_hand_with_a_key_and_not_twice_a_day(services, noor, asked):
    page = noor.get(f"/werk/zaken/{asked}/verzoeken")
    assert 'data-key="h"' in page
    before = request_of(services).due
    page = noor.post(f"/werk/zaken/{asked}/verzoeken/{request_of(services).id}/herinneren", {})
    assert "De afdeling krijgt nu een herinnering." in page
    assert "Herinner nu" not in page
    assert JUST_MAILED in page
    assert "Volgende herinnering" in page
    (mail,) = reminders(services)
    assert (mail.recipient, request_of(services).due) == (
        "parkeren@gemeente.example",
        before,
    ) or "parkeren" in mail.recipient
    assert "Wat hebben wij nog nodig?\n- " in mail.body
    assert f"[[dossier:{request_of(services).dossier_id}:" in mail.body
    assert any("kreeg met de hand een herinnering" in note.text for note in rows(services, NoteRow))
    assert "kreeg met de hand een herinnering" in noor.get(f"/werk/zaken/{asked}/tijdlijn")
    with pytest.raises(NotNow, match="afgelopen etmaal"):
        act(services, NOOR, RemindDepartment(request_of(services).id))
    days_later(services, 2)
    act(services, NOOR, RemindDepartment(request_of(services).id))
    assert len(reminders(services)) == 2


def test_w16_right_after_the_request_itself_no_reminder_is_offered(services, noor, just_asked):
    page = noor.get(f"/werk/zaken/{just_asked}/verzoeken")
    assert f"Nu herinneren kan niet. {JUST_MAILED}" in page
    assert "Herinner nu" not in page


def test_w16_a_mail_about_something_else_does_not_stand_in_the_way_of_a_reminder(services, noor, asked):
    row = request_of(services)
    act(services, NOOR, NewLink(row.dossier_id))
    assert any(f"[[dossier:{row.dossier_id}:" in one.body for one in rows(services, MailRow, template="new-link"))
    page = noor.get(f"/werk/zaken/{asked}/verzoeken")
    assert JUST_MAILED not in page
    act(services, NOOR, RemindDepartment(row.id))
    assert len(reminders(services)) == 1


def test_w16_a_department_that_delivered_is_not_reminded_and_the_page_says_why(services, noor, asked):
    row, (dossier,) = request_of(services), rows(services, Dossier)
    noor.get(f"/werk/zaken/{asked}/verzoeken")
    token, paper = services.secrets.link_token(dossier.salt), NewDocument(stored(services), "underlying", "Rapport")
    act(services, department(services, dossier.id), Deliver(token, (paper,), ""))
    page = noor.post(f"/werk/zaken/{asked}/verzoeken/{row.id}/herinneren", {}, status=409)
    assert DELIVERED in page
    assert reminders(services) == []


def test_w16_a_stopped_request_and_a_dead_link_are_refused_with_a_sentence(services, asked):
    row = request_of(services)
    act(services, NOOR, RevokeLink(row.dossier_id))
    with pytest.raises(NotNow) as dead:
        act(services, NOOR, RemindDepartment(row.id))
    act(services, NOOR, StopRequest(row.id, "Niet meer nodig"))
    with pytest.raises(NotNow) as stopped:
        act(services, NOOR, RemindDepartment(row.id))
    assert (str(dead.value), str(stopped.value)) == (NO_LINK, ENDED)
    assert reminders(services) == []


def test_w16_after_the_agreed_day_the_reminder_says_that_it_is_over(services, asked):
    row = request_of(services)
    days_later(services, (row.due - today(services)).days + 3)
    days_later(services, 2)  # what the drawing sent late is a day old by then
    act(services, NOOR, RemindDepartment(row.id))
    (mail,) = reminders(services)
    assert "De afgesproken dag was" in mail.body
