"""B5: a form in a department's lane is a request by link, whatever process it stands in."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from processes.access.links import marker
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.actor import SYSTEM, Actor
from processes.base.clock import local_date
from processes.storage.case_type_folders import all_folders
from processes.storage.tables import DepartmentRow, Dossier, MailRow, NoteRow, TaskRow

NOOR = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker"}))
CALL = "<bpmn:flowNodeRef>CallObjector</bpmn:flowNodeRef>"
REQUEST = "<bpmn:flowNodeRef>RequestDocuments</bpmn:flowNodeRef>"
INTAKE = {
    "in_time": "ja",
    "interested": True,
    "right_body": True,
    "complete": True,
    "route": "zonder_horen",
    "department": "wonen",
}


@pytest.fixture
def asking(services):
    """A bezwaar in which the department, not the worker, calls the objector."""
    with services.sessions.begin() as session:
        for code in ("parkeren", "wonen"):
            session.add(
                DepartmentRow(code=code, name=code.title(), email=f"{code}@example.org", manager_email="m@example.org")
            )
    for folder in all_folders(Path(__file__).parents[3] / "bpmn"):
        drawing = folder.drawing.decode()
        if folder.name == "bezwaar":
            assert CALL in drawing
            drawing = drawing.replace(CALL, "").replace(REQUEST, REQUEST + CALL)
        act(services, SYSTEM, DeployFolder(replace(folder, drawing=drawing.encode())))
    return services


def take_up(services, department):
    today = local_date(services.clock.now())
    decision = NewDecision("Vergunning", "V-1", None, today - timedelta(days=9), department)
    party = NewParty("objector", "Tess Testeling", address="Verzonnenstraat 1")
    act(services, NOOR, RegisterCase("bezwaar", "letter", today, (party,), (decision,), {"grounds": "x"}))
    with services.sessions() as session:
        task = session.scalars(select(TaskRow.id).where(TaskRow.element == "Intake")).one()
    act(services, NOOR, CompleteTask(task, INTAKE))


def test_b5_the_department_of_the_decision_gets_its_link(asking):
    take_up(asking, "parkeren")
    with asking.sessions() as session:
        mail = session.scalars(select(MailRow).where(MailRow.template == "department-task")).one()
        dossier = session.scalars(select(Dossier).where(Dossier.department == "parkeren")).one()
    assert (mail.recipient, marker(dossier) in mail.body) == ("parkeren@example.org", True)
    assert "Bel de indiener" in mail.subject


def test_b5_without_a_department_the_handler_is_told(asking):
    take_up(asking, None)
    with asking.sessions() as session:
        notes = session.scalars(select(NoteRow.text)).all()
        assert session.scalars(select(MailRow).where(MailRow.template == "department-task")).all() == []
    assert any("staat geen afdeling" in text for text in notes)
