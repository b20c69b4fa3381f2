"""B5: a form in a department's lane is a request by link, whatever process it stands in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from execution_kit import INTAKE
from kit.cases import add_departments, all_shipped, do, put_in_use
from kit.people import NOOR
from sqlalchemy import select

from processes.access.links import marker
from processes.actions import act
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.clock import local_date
from processes.storage.tables import Dossier, MailRow, NoteRow

CALL = '<case:form schema="call.json"/>\n          <case:assignment role="worker"'


def furnish(services):
    """In the bezwaar the department, not the worker, calls the objector."""
    add_departments(services, "parkeren", "wonen")
    for folder in all_shipped():
        drawing = folder.drawing.decode()
        if folder.name == "bezwaar":
            assert CALL in drawing
            drawing = drawing.replace(CALL, f'{CALL} lane="LaneDepartment"')
        put_in_use(services, replace(folder, drawing=drawing.encode()))


@pytest.fixture
def asking(installed):
    return installed(furnish)


def take_up(services, department):
    today = local_date(services.clock.now())
    decision = NewDecision("Vergunning", "V-1", None, today - timedelta(days=9), department)
    party = NewParty("objector", "Tess Testeling", address="Verzonnenstraat 1")
    act(services, NOOR, RegisterCase("bezwaar", "letter", today, (party,), (decision,), {"grounds": "x"}))
    do(services, "Intake", **{**INTAKE, "department": "wonen"})


def test_b5_the_department_of_the_decision_gets_its_link(asking):
    take_up(asking, "parkeren")
    with asking.sessions() as session:
        mail = session.scalars(select(MailRow).where(MailRow.template == "department-task")).one()
        dossier = session.scalars(select(Dossier).where(Dossier.department == "parkeren")).one()
    assert (mail.recipient, marker(dossier) in mail.body) == ("parkeren@voorbeeldstad.example", True)
    assert "Bel de indiener" in mail.subject


def test_b5_without_a_department_the_handler_is_told(asking):
    take_up(asking, None)
    with asking.sessions() as session:
        notes = session.scalars(select(NoteRow.text)).all()
        assert session.scalars(select(MailRow).where(MailRow.template == "department-task")).all() == []
    assert any("staat geen afdeling" in text for text in notes)
