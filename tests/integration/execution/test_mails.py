"""Which mails leave and which do not: news only to who asked for it, the request to a department filled in by itself."""

import pytest
from execution_kit import INTAKE, registration, tess
from kit.cases import open_task
from kit.people import NOOR
from sqlalchemy import select

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.documents import AddDocuments, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.profile import SaveProfile
from processes.actions.tasks import CompleteTask
from processes.base.errors import Invalid
from processes.base.uploads import Upload
from processes.storage.staff import remember
from processes.storage.tables import Case, DocumentRow, MailRow, Party

pytestmark = pytest.mark.both_ways

MAIL = "tess@post.example"


def templates(services, recipient=MAIL):
    with services.sessions() as session:
        return list(
            session.scalars(select(MailRow.template).where(MailRow.recipient == recipient).order_by(MailRow.id))
        )


def with_news(services, *, wanted=True):
    number = act(services, NOOR, registration(services))
    act(services, tess(services), SaveProfile(email=MAIL, phone="06 12345678", news_by_mail=wanted, to_confirm=False))
    return number


def take_up(services):
    act(services, NOOR, CompleteTask(open_task(services, "Intake"), INTAKE))


def add_document(services, number):
    upload = Upload("advies.pdf", "application/pdf", 4, "0" * 64, "aa/bb")
    act(services, NOOR, AddDocuments(number, (NewDocument(upload, "advice", "Advies"),)))
    with services.sessions() as session:
        return session.scalars(select(DocumentRow.id).where(DocumentRow.type == "advice")).one()


def test_d14_d15_d17_what_a_citizen_changes_stands_at_the_party(ready):
    with_news(ready)
    with ready.sessions() as session:
        party = session.scalars(select(Party)).one()
    assert (party.email, party.phone) == (MAIL, "06 12345678")


@pytest.mark.parametrize(("email", "phone", "field"), [("tess", "", "email"), ("", "zes", "phone"), ("", "", "email")])
def test_d16_a_mistake_in_the_details_is_named(ready, email, phone, field):
    with pytest.raises(Invalid) as refused:
        act(ready, tess(ready), SaveProfile(email=email, phone=phone, news_by_mail=True))
    assert field in refused.value.fields


def test_d20_a_status_change_is_news(ready):
    with_news(ready)
    take_up(ready)
    assert "news-status" in templates(ready)


def test_d18_without_the_switch_there_is_no_news(ready):
    with_news(ready, wanted=False)
    take_up(ready)
    assert "news-status" not in templates(ready)


def test_d21_d22_d23_a_document_shown_and_taken_back_is_news(ready):
    number = with_news(ready)
    document = add_document(ready, number)
    act(ready, NOOR, ShowOnPortal(document, shown=True))
    act(ready, NOOR, ShowOnPortal(document, shown=False))
    assert [one for one in templates(ready) if one.startswith("news-")] == ["news-document", "news-removed"]


def test_d38_no_news_of_a_confidential_case(ready):
    with_news(ready)
    with ready.sessions.begin() as session:
        session.scalars(select(Case)).one().confidentiality = "vertrouwelijk"
    take_up(ready)
    assert "news-status" not in templates(ready)


def test_d66_a_formal_notice_comes_whatever_the_switch_says(ready):
    with_news(ready, wanted=False)
    assert "ontvangstbevestiging" in templates(ready, "t@example.org")


def test_o9_o10_o11_o12_the_request_is_filled_in_and_sent_by_itself(ready):
    with ready.sessions.begin() as session:
        remember(session, NOOR)
    number = with_news(ready)
    act(ready, NOOR, AssignHandler(number, NOOR.subject))
    take_up(ready)
    with ready.sessions() as session:
        mail = session.scalars(select(MailRow).where(MailRow.template == "stukkenverzoek")).one()
    assert mail.recipient == "parkeren@voorbeeldstad.example"
    for part in (number, "Parkeervergunning (PV-1)", "Het besluit waartegen bezwaar is gemaakt", "Noor Behandelaar"):
        assert part in mail.body
    assert "{{" not in mail.body
