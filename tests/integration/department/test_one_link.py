"""A dossier has one link that works, or none; nothing that is sent carries a dead one (P12)."""

from datetime import timedelta

import pytest
from kit.cases import days_later, notes_of
from kit.desk import Desk
from kit.documents import stored
from kit.people import NOOR
from sqlalchemy import update

from processes.access.links import has_dead_link, with_links
from processes.actions import act
from processes.actions.documents import AddDocuments, GiveToDepartment
from processes.actions.dossier_links import NewLink, RevokeLink
from processes.actions.filing import NewDocument
from processes.actions.mailing import RetryMail
from processes.base.errors import NotNow
from processes.post.sending import send_mail
from processes.reads.workbench import RequestFilter, foresee_term, read_request_list, read_requests
from processes.storage.tables import Case, Dossier, MailRow

PAST_THE_TERM = 40  # days: every reminder of the shipped request has had its moment


def the_dossier(office: Desk) -> Dossier:
    found: Dossier = office.rows(Dossier)[0]
    return found


def to_parkeren(office: Desk) -> list[MailRow]:
    return [row for row in office.rows(MailRow) if "parkeren@" in row.recipient]


def with_a_link(office: Desk) -> list[MailRow]:
    return [row for row in office.rows(MailRow) if "[[dossier:" in row.body]


def text_of(office: Desk, mail: MailRow) -> str:
    with office.services.sessions() as session:
        return with_links(office.services, session, mail.body)


def test_p12_a_new_link_is_mailed_and_the_earlier_one_is_dead(office: Desk) -> None:
    before = office.address
    assert act(office.services, NOOR, NewLink(the_dossier(office).id)) == office.number
    assert before != office.address
    assert [office.client.get(one).status_code for one in (before, office.address)] == [404, 200]
    last = to_parkeren(office)[-1]
    assert (last.template, last.recipient) == ("new-link", "parkeren@voorbeeldstad.example")
    assert office.address in text_of(office, last)
    assert any("Parkeren kreeg een nieuwe link" in note for note in notes_of(office.services))


def test_p12_a_mail_that_waits_carries_the_new_link(office: Desk) -> None:
    (asked,) = to_parkeren(office)
    act(office.services, NOOR, NewLink(the_dossier(office).id))
    assert office.address in text_of(office, next(row for row in to_parkeren(office) if row.id == asked.id))


def test_p12_after_revoking_no_reminder_is_sent_and_the_worker_reads_why(office: Desk) -> None:
    (asked,) = to_parkeren(office)
    act(office.services, NOOR, RevokeLink(the_dossier(office).id))
    assert next(row for row in to_parkeren(office) if row.id == asked.id).error == (
        "Niet verstuurd: de link in deze e-mail is ingetrokken."
    )
    days_later(office.services, PAST_THE_TERM)
    assert [row.id for row in with_a_link(office)] == [asked.id]
    told = [note for note in notes_of(office.services) if "is niet verstuurd, want de link van Parkeren" in note]
    assert len(told) >= 2
    assert "Nieuwe link" in told[0]


def test_p12_without_a_link_no_page_announces_a_reminder_and_the_manager_gets_none(office: Desk) -> None:
    def announced() -> list[bool]:
        (line,) = read_requests(office.services, NOOR, office.number).dossiers[0].requests
        (listed,) = read_request_list(office.services, NOOR, RequestFilter()).lines
        foreseen = foresee_term(office.services, NOOR, office.number, line.id, office.today + timedelta(30))
        return [bool(line.reminders), bool(listed.reminder), listed.has_link, bool(foreseen.then)]

    assert announced() == [True, True, True, True]
    act(office.services, NOOR, RevokeLink(the_dossier(office).id))
    assert announced() == [False, False, False, False]
    days_later(office.services, PAST_THE_TERM)
    assert [row for row in office.rows(MailRow) if "hoofd.parkeren@" in row.recipient] == []
    act(office.services, NOOR, NewLink(the_dossier(office).id))
    assert announced()[0] is True


def test_p12_after_a_new_link_every_reminder_carries_that_one(office: Desk) -> None:
    act(office.services, NOOR, RevokeLink(the_dossier(office).id))
    act(office.services, NOOR, NewLink(the_dossier(office).id))
    before = len(with_a_link(office))
    days_later(office.services, PAST_THE_TERM)
    later = with_a_link(office)[before:]
    assert len(later) >= 2
    assert [row.id for row in later if office.address not in text_of(office, row)] == []


def test_p12_a_link_that_is_revoked_while_its_mail_is_on_its_way_is_not_sent(office: Desk) -> None:
    (mail,) = to_parkeren(office)
    with office.services.sessions.begin() as session:  # as if it was revoked right after the queue took the mail
        session.execute(update(Dossier).values(revoked_at=office.clock.now()))
    send_mail(office.services, {"mail": mail.id})
    (mail,) = to_parkeren(office)
    assert mail.sent_at is None
    assert "ingetrokken" in (mail.error or "")


def test_p12_a_mail_that_was_refused_before_is_sent_again_with_the_new_link(office: Desk) -> None:
    (mail,) = to_parkeren(office)
    with office.services.sessions.begin() as session:
        session.execute(update(MailRow).where(MailRow.id == mail.id).values(error="550 vol"))
    act(office.services, NOOR, NewLink(the_dossier(office).id))
    act(office.services, NOOR, RetryMail(mail.id))
    send_mail(office.services, {"mail": mail.id})
    again = next(row for row in to_parkeren(office) if row.id == mail.id)
    assert again.sent_at is not None
    assert office.address in text_of(office, again)


def test_p12_publishing_makes_no_link_by_itself(office: Desk) -> None:
    act(office.services, NOOR, RevokeLink(the_dossier(office).id))
    before = (the_dossier(office).token_hash, len(with_a_link(office)))
    paper = NewDocument(stored(office.services, "verslag.pdf"), "report", "Verslag")
    act(office.services, NOOR, AddDocuments(office.number, (paper,)))
    document = office.handed_in()[-1]
    act(office.services, NOOR, GiveToDepartment(document.id, "parkeren"))
    assert (the_dossier(office).token_hash, len(with_a_link(office))) == before
    assert any("maar zonder e-mail: de link is ingetrokken" in note for note in notes_of(office.services))
    act(office.services, NOOR, NewLink(the_dossier(office).id))
    assert "Document voor u: Verslag" in office.client.get(office.address).text


def test_p12_a_dossier_that_is_closed_gets_no_new_link(office: Desk) -> None:
    office.change(Case, state="closed", departments_until=office.today.replace(year=office.today.year - 1))
    with pytest.raises(NotNow, match="zou niet werken"):
        act(office.services, NOOR, NewLink(the_dossier(office).id))


def test_p12_what_somebody_types_like_a_marker_keeps_no_mail_back(office: Desk) -> None:
    act(office.services, NOOR, RevokeLink(the_dossier(office).id))
    with office.services.sessions() as session:
        assert has_dead_link(session, f"[[dossier:{the_dossier(office).id}:{'0' * 64}]]") is False


def test_p12_the_page_of_a_dead_link_says_what_to_do(office: Desk) -> None:
    act(office.services, NOOR, RevokeLink(the_dossier(office).id))
    page = office.client.get(office.address)
    assert page.status_code == 404
    assert 'href="/verzoek"' in page.text
    assert "code" in page.text
