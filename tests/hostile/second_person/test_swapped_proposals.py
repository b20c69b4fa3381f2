"""T7 and T11: the first of two people changes the proposal while the second one looks at it. The second agrees to what they saw only."""

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.documents import stored
from kit.people import FENNA, NOOR, PIET, TESS, known

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.departments import SaveDepartment
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.removing import ApproveRemoval, ProposeRemoval, WithdrawRemoval
from processes.base.actor import Actor
from processes.storage.services import Services
from processes.storage.tables import Case, DepartmentRow, DocumentRow, MailboxChange, MailRow
from processes.storage.words import DocumentState

GIJS = Actor("staff", "gijs", "Gijs Beheer", frozenset({"admin"}))
HONEST, BAD = "nieuw@stad.example", "boef@elders.example"
PAGE = "/beheer/afdelingen/parkeren"


def mailbox(services: Services) -> str:
    return rows(services, DepartmentRow)[0].email


def proposed(services: Services, email: str) -> None:
    row = rows(services, DepartmentRow)[0]
    act(services, FENNA, SaveDepartment(row.code, row.name, email, row.manager_email))


def test_t7_a_mailbox_that_was_swapped_under_the_eyes_of_the_second_administrator_does_not_count(
    services: Services,
) -> None:
    old = mailbox(services)
    proposed(services, HONEST)
    second = Browser(services, known(services, GIJS))
    assert HONEST in second.get(PAGE)
    proposed(services, BAD)
    assert "ander voorstel" in second.post(f"{PAGE}/bevestigen", status=409)
    assert (mailbox(services), [row.email for row in rows(services, MailboxChange)]) == (old, [BAD])
    proposed(services, HONEST)
    second.get(PAGE)
    second.post(f"{PAGE}/bevestigen")
    assert mailbox(services) == HONEST


@pytest.mark.parametrize("fields", [{}, {"email": BAD}, {"manager_email": BAD}, {"email": "", "manager_email": ""}])
def test_t7_a_hand_made_form_confirms_nothing_that_was_not_proposed(services: Services, fields: dict[str, str]) -> None:
    old = mailbox(services)
    proposed(services, HONEST)
    second = Browser(services, known(services, GIJS))
    second.post(f"{PAGE}/bevestigen", fields, status=409)
    assert mailbox(services) == old


@pytest.fixture
def number(services: Services) -> str:
    made = register_bezwaar(services, TESS)
    act(services, NOOR, AssignHandler(made, NOOR.subject))
    return made


def added(services: Services, number: str, title: str, file_name: str) -> str:
    act(services, NOOR, AddDocuments(number, (NewDocument(stored(services, file_name), "submission", title),)))
    return str(rows(services, DocumentRow, file_name=file_name)[-1].id)


def test_t11_a_removal_that_was_swapped_under_the_eyes_of_the_second_person_is_not_carried_out(
    services: Services, number: str
) -> None:
    other = register_bezwaar(services, TESS)
    document = added(services, number, "Rapport", "rapport.pdf")
    page = f"/werk/zaken/{number}/documenten/{document}/hoort-hier-niet"
    act(services, NOOR, ProposeRemoval(document, "Hoort daar.", other))
    second = Browser(services, PIET)
    assert other in second.get(page)
    act(services, NOOR, WithdrawRemoval(document))
    act(services, NOOR, ProposeRemoval(document, "Weg ermee."))
    second.post(f"{page}/uitvoeren", status=409)
    assert rows(services, DocumentRow, id=document)[0].state != DocumentState.ERASED
    second.get(page)
    second.post(f"{page}/uitvoeren")
    assert rows(services, DocumentRow, id=document)[0].state == DocumentState.ERASED


@pytest.mark.parametrize("title", ["e", "de", "."])
def test_t11_a_document_with_a_short_name_stops_no_other_mail(services: Services, number: str, title: str) -> None:
    """Who chooses the title of what they hand in could else have every mail of the case stopped."""
    document = added(services, number, title, "a.pdf")
    with services.sessions.begin() as session:
        session.add(
            MailRow(
                case_id=rows(services, Case)[0].id, template="brief", recipient="x@post.example", subject="Uw bezwaarschrift",
                body="Hierbij onze ontvangstbevestiging", message_id="<kort@stad.example>", created_at=services.clock.now(),
            )
        )  # fmt: skip
    act(services, NOOR, ProposeRemoval(document, "Verkeerde zaak."))
    act(services, PIET, ApproveRemoval(document, "1"))
    (mail,) = rows(services, MailRow, message_id="<kort@stad.example>")
    assert (mail.error, mail.subject, mail.body) == (None, "Uw bezwaarschrift", "Hierbij onze ontvangstbevestiging")
