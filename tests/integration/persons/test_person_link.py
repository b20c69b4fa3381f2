"""A link of one person (B5, B7, Awb 9:9): what goes through it, what never does, and how long it lives."""

from datetime import timedelta

import pytest
from kit.complaint import ABOUT, BOSS, SECRET_MAIL, WIM, Browser, Play, complaint, investigated
from kit.documents import PDF, stored
from kit.people import NOOR
from sqlalchemy import select

from processes.access.links import with_links
from processes.actions import act
from processes.actions.documents import AddDocuments, GiveToDepartment
from processes.actions.dossier_links import NewLink
from processes.actions.filing import NewDocument
from processes.actions.registering import NewParty
from processes.actions.sharing import ShareWithPerson
from processes.actions.withdrawing import Withdraw
from processes.base.errors import Invalid, NotNow
from processes.jobs.destroying import destroy
from processes.storage.base import Base
from processes.storage.tables import (
    Case,
    DestructionRow,
    DocumentRow,
    Dossier,
    MailRow,
    NoteRow,
    NoticeRow,
    Party,
    TaskRow,
)

FOR_OTHERS = "(zonder contactgegevens)"  # of the complaint itself: the copy that Awb 9:9 gives the person
ANSWER = {"reaction": "Ik lachte om iets anders."}


def mails(play: Play, template: str) -> list[MailRow]:
    return [row for row in play.rows(MailRow) if row.template == template]


def notes(play: Play) -> str:
    return "\n".join(row.text for row in play.rows(NoteRow))


def answer(play: Play, guest: Browser, status: int = 200, **fields: str) -> str:
    address = f"/verzoek/{play.token()}/taak/{play.task('Reaction')}"
    guest.get(address)
    files = [("reaction_files", ("rooster.pdf", PDF, "application/pdf"))]
    return guest.post(address, status, files, **{**ANSWER, **fields})


def test_b5_the_question_goes_to_that_person_and_to_no_mailbox(play):
    asked = mails(play, "person-task")
    assert [mail.recipient for mail in asked] == [SECRET_MAIL]
    assert not [mail for mail in play.rows(MailRow) if "burgerzaken" in mail.recipient]
    with play.services.sessions() as session:
        body = with_links(play.services, session, asked[0].body)
    assert f"/verzoek/{play.token()}" in body
    dossier = play.rows(Dossier)[0]
    assert (dossier.department, dossier.party_id) == (None, play.rows(Party)[-1].id)
    assert play.token() not in "".join(mail.body for mail in play.rows(MailRow))


def test_awb_9_9_the_person_gets_a_copy_with_the_enclosures_and_no_address(play, guest):
    play.post_leaves()
    page = guest.get(f"/verzoek/{play.token()}")
    assert "Er is een klacht over u binnengekomen" in page
    assert "Klachtbrief" in page
    notice = next(row for row in play.rows(NoticeRow) if row.template == "afschrift")
    assert (notice.channel, notice.sent_on is not None) == ("link", True)
    assert "Aan de balie werd ik uitgelachen." in notice.body
    for hidden in ("wim@post.example", "06 99999999", "Schuilhoek"):
        assert hidden not in page + notice.body
    for document in play.rows(DocumentRow):
        if document.title.startswith(("Er is een klacht", "Klachtbrief")) or document.title.endswith(FOR_OTHERS):
            answered = guest.client.get(f"/verzoek/{play.token()}/stuk/{document.id}")
            assert (answered.status_code, answered.content[:4]) == (200, b"%PDF")
        else:
            guest.get(f"/verzoek/{play.token()}/stuk/{document.id}", 404)


def test_b5_only_what_is_asked_of_this_person_stands_behind_the_link(play, guest):
    page = guest.get(f"/verzoek/{play.token()}")
    assert "Geef uw reactie op de klacht" in page
    for other in ("Vakafdeling", "Stukken nazenden", "Om welk besluit", "Opmerkingen"):
        assert other not in page
    guest.get(f"/verzoek/{play.token()}/nazending", 404)
    assert "Alleen u kunt deze pagina openen" in page


def test_b6_the_answer_goes_on_and_is_confirmed_by_mail(play, guest):
    page = answer(play, guest)
    assert "Wij hebben uw antwoord ontvangen." in page
    assert "Uw antwoord: Geef uw reactie op de klacht" in page
    assert play.task("PlanHearing")
    receipt = mails(play, "receipt")[-1]
    assert receipt.recipient == SECRET_MAIL
    assert "rooster.pdf" in receipt.body
    document = next(row for row in play.handed_in() if row.type == "reaction")
    assert (document.origin, document.party_id, document.on_portal) == ("person", play.rows(Party)[-1].id, False)


def test_a_second_answer_and_a_mistake(play, guest):
    address = f"/verzoek/{play.token()}/taak/{play.task('Reaction')}"
    guest.get(address)
    assert "Wat is er volgens u gebeurd?" in guest.post(address, 422, reaction="")
    answer(play, guest)
    assert "al gedaan" in guest.get(address, 409)


def test_two_persons_in_two_roles_each_see_only_their_own(services, guest):
    play = investigated(services, BOSS)
    assert len(play.rows(Dossier)) == 1  # the manager was asked nothing yet
    about = play.token()
    document = next(row for row in play.handed_in() if row.type == "submission")
    act(services, NOOR, ShareWithPerson(document.id, play.rows(Party)[-1].id))
    boss = play.token()
    assert boss != about
    task = play.task("Reaction")
    page = guest.get(f"/verzoek/{boss}")
    assert "Klachtbrief" in page
    assert "Geef uw reactie" not in page
    wrong = guest.get("/verzoek/bestaat-niet", 404)
    assert guest.get(f"/verzoek/{boss}/taak/{task}", 404) == wrong
    assert "Geef uw reactie" in guest.get(f"/verzoek/{about}")


def test_b7_a_revoked_link_is_dead_until_a_worker_gives_another(play, guest, services):
    old = play.token()
    browser = Browser(services, NOOR)
    assert "Medewerker: Jan Baliemans" in browser.get(f"/werk/zaken/{play.number}/verzoeken")
    assert "werkt" in browser.page
    dossier = play.rows(Dossier)[0].id
    page = browser.post(f"/werk/zaken/{play.number}/verzoeken/link/{dossier}")
    assert "ingetrokken" in page
    wrong = guest.get("/verzoek/bestaat-niet", 404)
    assert guest.get(f"/verzoek/{old}", 404) == wrong
    act(services, NOOR, AddDocuments(play.number, (NewDocument(stored(services, "nieuw.pdf"), "internal", "Nieuw"),)))
    new = next(row for row in play.handed_in() if row.title == "Nieuw")
    act(services, NOOR, ShareWithPerson(new.id, play.rows(Party)[-1].id))
    assert play.token() == old  # what is shared makes no link by itself (P12)
    act(services, NOOR, NewLink(dossier))
    assert play.token() != old
    assert "Nieuw" in guest.get(f"/verzoek/{play.token()}")
    assert guest.get(f"/verzoek/{old}", 404) == wrong


def test_o35_the_link_lives_a_set_time_after_closing(play, guest, services):
    act(services, NOOR, Withdraw(play.number, "Per telefoon"))
    assert "Deze zaak is afgerond" in guest.get(f"/verzoek/{play.token()}")
    with services.sessions.begin() as session:
        session.query(Case).update({Case.departments_until: play.rows(Case)[0].departments_until - timedelta(days=15)})
    assert guest.get(f"/verzoek/{play.token()}", 404) == guest.get("/verzoek/bestaat-niet", 404)


def test_d51_a_worker_shares_a_document_from_the_documents_tab(play, guest, services):
    browser = Browser(services, NOOR)
    browser.get(f"/werk/zaken/{play.number}/documenten")
    files = [("files", ("gedragscode.pdf", PDF, "application/pdf"))]
    browser.post(f"/werk/zaken/{play.number}/documenten", files=files, type="internal", title="Gedragscode")
    document = next(row for row in play.handed_in() if row.title == "Gedragscode")
    address = f"/werk/zaken/{play.number}/documenten/{document.id}/persoon"
    assert "Aan één persoon" in browser.get(f"/werk/zaken/{play.number}/documenten")
    page = browser.post(address, **{f"person-{document.id}": str(play.rows(Party)[-1].id)})
    assert "De betrokkene kan het document nu lezen" in page
    assert "Gegeven aan Medewerker" in page
    assert [mail.recipient for mail in mails(play, "person-document")] == [SECRET_MAIL]
    assert "Gedragscode" in guest.get(f"/verzoek/{play.token()}")
    browser.get(f"/werk/zaken/{play.number}/documenten")
    assert "Kies iemand uit de lijst." in browser.post(address, 422, **{f"person-{document.id}": "²"})


def test_a_letter_of_somebody_else_is_never_shared(play, services):
    play.post_leaves()
    person = play.rows(Party)[-1].id
    receipt = next(row for row in play.handed_in() if row.origin == "system" and row.party_id != person)
    with pytest.raises(NotNow, match="voor iemand anders"):
        act(services, NOOR, ShareWithPerson(receipt.id, person))
    with pytest.raises(Invalid):
        act(services, NOOR, ShareWithPerson(receipt.id, play.rows(Party)[0].id))


def test_without_an_address_everything_goes_by_letter_and_the_worker_fills_in_the_answer(services):
    play = complaint(services)
    play.join(NewParty("complained_about", "Jan Baliemans", address="Stadhuis, kamer 7"))
    play.do("Intake", about_conduct=True, route="onderzoek", department="burgerzaken")
    play.do("CallComplainant", solved=False)
    play.do("PrepareCopy", originals_too=True)
    assert play.rows(Dossier) == []
    assert "er is geen e-mailadres. Vraag het per brief." in notes(play)
    assert "Stuur 'Klachtbrief' per brief aan medewerker" in notes(play)
    notice = next(row for row in play.rows(NoticeRow) if row.template == "afschrift")
    assert (notice.channel, notice.sent_on) == ("post", None)
    browser = Browser(services, NOOR)
    assert "Antwoord op papier invullen" in browser.get(f"/werk/zaken/{play.number}")
    address = f"/werk/taken/{play.task('Reaction')}"
    assert "Deze taak is van de medewerker" in browser.get(address)
    browser.post(address, reaction="Op papier: het spijt me.")
    assert play.task("PlanHearing")


def test_who_joins_later_is_asked_what_already_waits(services, guest):
    play = complaint(services)
    play.join(NewParty("complained_about", "Eerste Persoon", address="Stadhuis"))
    play.do("Intake", about_conduct=True, route="onderzoek", department="burgerzaken")
    play.do("CallComplainant", solved=False)
    play.do("PrepareCopy", originals_too=True)
    play.join(ABOUT)
    assert [mail.recipient for mail in mails(play, "person-task")] == [SECRET_MAIL]
    assert "Geef uw reactie op de klacht" in guest.get(f"/verzoek/{play.token()}")


@pytest.mark.parametrize(
    ("party", "field"),
    [
        (NewParty("complained_about", "Jan"), "party-0-email"),
        (NewParty("complained_about", "Jan", email="geen adres"), "party-0-email"),
        (NewParty("complained_about", "Jan", email=SECRET_MAIL, identity="bsn:999993653"), "party-0-number"),
    ],
)
def test_a_person_has_an_address_and_does_not_sign_in(services, party, field):
    play = complaint(services)
    with pytest.raises(Invalid) as wrong:
        play.join(party)
    assert list(wrong.value.fields) == [field]


def test_the_department_of_a_decision_has_no_part_in_it(play, services, guest):
    """A mailbox link in the same case (here given a document) shows nothing of the person's work."""
    document = next(row for row in play.handed_in() if row.type == "submission")
    act(services, NOOR, GiveToDepartment(document.id, "burgerzaken"))
    dossier = next(row for row in play.rows(Dossier) if row.department)
    page = guest.get(f"/verzoek/{services.secrets.link_token(dossier.salt)}")
    assert "Klachtbrief" in page
    assert "Geef uw reactie" not in page
    task = next(row for row in play.rows(TaskRow) if row.element == "Reaction")
    guest.get(f"/verzoek/{services.secrets.link_token(dossier.salt)}/taak/{task.id}", 404)


def test_a_person_reads_no_messages_and_is_in_no_reply_list(play, services):
    browser = Browser(services, NOOR)
    page = browser.get(f"/werk/zaken/{play.number}/tijdlijn")
    chosen = page.partition('name="party"')[2].partition("</select>")[0] or page.partition("Antwoord")[2]
    assert WIM.name in page
    assert f">{ABOUT.name} (" not in chosen


def test_o37_destruction_takes_the_dossier_of_a_person_along(play, guest, services):
    link = play.token()
    act(services, NOOR, Withdraw(play.number, "Per telefoon"))
    play.post_leaves()
    with services.sessions.begin() as session:
        closed = session.scalars(select(Case)).one()
        closed.closed_at -= timedelta(days=7300)  # its term has passed, as it is computed on the day itself too
        closed.destroy_from = closed.closed_at.date()
    case = play.rows(Case)[0]
    with services.sessions.begin() as session:
        row = DestructionRow(
            case_id=case.id, case_number=case.number, case_type="klacht", result="ingetrokken", retention_class="13.2",
            due_on=case.received_on, listed_at=case.closed_at, state="approved",
        )  # fmt: skip
        session.add(row)
        session.flush()
        order = {"destruction": row.id}
    destroy(services, order)
    for table in (Case, Party, Dossier, DocumentRow, MailRow, NoticeRow, TaskRow):
        assert play.rows(table) == []
    with services.sessions() as session:
        left = [repr(session.execute(table.select()).all()) for table in Base.metadata.sorted_tables]
    assert SECRET_MAIL not in "".join(left)
    assert ABOUT.name not in "".join(left)
    assert guest.get(f"/verzoek/{link}", 404) == guest.get("/verzoek/bestaat-niet", 404)
