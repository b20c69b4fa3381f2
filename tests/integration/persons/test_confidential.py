"""Who a complaint is about stands nowhere but before whom works on it (Awb 9:9, D38): every surface, one by one."""

from dataclasses import replace

import pytest
from kit.cases import today
from kit.complaint import SECRET_MAIL, SECRET_NAME, Browser, Play, complaint, investigated, wim
from kit.log_lines import log_lines
from kit.people import ADA, FENNA, NOOR, PIET, SEM_WHO_WORKS_TOO, known
from sqlalchemy import update

from processes.actions import act
from processes.actions.colleague_tasks import AskColleague
from processes.actions.correcting_document import CorrectDocument
from processes.actions.correcting_party import CorrectParty
from processes.actions.course import AssignHandler, PressButton
from processes.actions.delivering import AnswerByLink
from processes.actions.documents import GiveToDepartment
from processes.actions.messages import Reply
from processes.actions.tasks import TakeTask
from processes.actions.withdrawing import Withdraw
from processes.base.actor import Actor
from processes.base.document_words import words_in
from processes.base.errors import Invalid, NotFound, NotNow
from processes.execution.party_data import data_of
from processes.storage.services import Services
from processes.storage.tables import AuditRow, DocumentRow, Dossier, FiledRow, MailRow, NoteRow, NoticeRow, Party

CASE = "/werk/zaken/{number}"
SECRETS = (SECRET_NAME, SECRET_MAIL, "Baliemans")


def everything_told(services: Services) -> Play:
    """The person has answered and was invited, and all letters are made: everything that could tell the name is there."""
    play = investigated(services)
    link, task, dossier = play.token(), play.task("Reaction"), play.rows(Dossier)[0]
    person = Actor("department", f"department:{dossier.id}", "Medewerker", dossier=dossier.id)
    act(services, person, AnswerByLink(link, task, {"reaction": "Ik, Jan Baliemans, lachte niet."}))
    play.do("PlanHearing", hearing="samen", hearing_on="2027-01-11T10:00", hearing_place="Stadhuis")
    play.post_leaves()
    return play


@pytest.fixture
def told(services: Services) -> Play:
    return everything_told(services)


@pytest.fixture(scope="module")
def seen(services_to_read: Services) -> Play:
    """As told, for tests that only look."""
    return everything_told(services_to_read)


# what somebody reads who does not work on the case: the address, and who looks
SURFACES: dict[str, tuple[str, Actor]] = {
    "vandaag": ("/werk", PIET),
    "vandaag van mij": ("/werk?van=mij", PIET),
    "vandaag van niemand": ("/werk?van=niemand", SEM_WHO_WORKS_TOO),
    "de lijst": ("/werk/zaken", PIET),
    "zoeken op nummer": ("/werk/zaken?zoek=KLA", PIET),
    "zoeken op zaaktype": ("/werk/zaken?zoek=klacht", PIET),
    "overzicht": (CASE, PIET),
    "partijen": (f"{CASE}/partijen", PIET),
    "partij toevoegen": (f"{CASE}/partijen/nieuw", PIET),
    "documenten": (f"{CASE}/documenten", PIET),
    "verzoeken": (f"{CASE}/verzoeken", PIET),
    "tijdlijn": (f"{CASE}/tijdlijn", PIET),
    "brieven": (f"{CASE}/brieven", PIET),
    "een taak": ("/werk/taken/{task}", PIET),
}


@pytest.mark.parametrize("surface", SURFACES)
def test_no_page_of_the_workbench_names_the_person(seen: Play, surface: str) -> None:
    address, reader = SURFACES[surface]
    page = Browser(seen.services, reader).get(address.format(number=seen.number, task=seen.task("Hear")))
    for secret in SECRETS:
        assert secret not in page


@pytest.mark.parametrize("address", ["/werk", "/werk/zaken", CASE, f"{CASE}/documenten", "/werk/taken/{task}"])
def test_even_lists_of_the_handler_name_nobody(seen: Play, address: str) -> None:
    """On the way to the case no name stands on a screen; the case itself tells who works on it."""
    page = Browser(seen.services, NOOR).get(address.format(number=seen.number, task=seen.task("Hear")))
    assert (SECRET_NAME in page) == ("taken" in address)


def test_letters_documents_and_answers_of_the_person_open_for_nobody_else(seen: Play) -> None:
    person = seen.rows(Party)[-1].id
    mine = [row for row in seen.handed_in() if row.party_id == person]
    assert mine
    for row in mine:
        Browser(seen.services, PIET).get(f"/werk/documenten/{row.id}", 404)
        assert Browser(seen.services, NOOR).client.get(f"/werk/documenten/{row.id}").status_code == 200


@pytest.mark.parametrize("text", ["Baliemans", "jan bali", SECRET_MAIL])
def test_search_by_that_name_finds_the_case_for_its_handler_only(seen: Play, text: str) -> None:
    address = f"/werk/zaken?zoek={text}"
    assert seen.number not in Browser(seen.services, PIET).get(address)
    assert seen.number in Browser(seen.services, NOOR).get(address)
    assert seen.number in Browser(seen.services, PIET).get("/werk/zaken?zoek=Schijnmaker")


def test_who_works_on_the_case_sees_the_name_where_it_is_needed(told: Play) -> None:
    browser = Browser(told.services, PIET)
    assert "Wie dit is, ziet u als u aan deze zaak werkt." in browser.get(f"{CASE}/partijen".format(number=told.number))
    assert "Pak deze taak op om de naam te zien." in browser.get(f"/werk/taken/{told.task('Hear')}")
    act(told.services, PIET, TakeTask(told.task("Hear")))
    for address in (f"{CASE}/partijen", f"{CASE}/verzoeken", "/werk/taken/{task}"):
        assert SECRET_NAME in browser.get(address.format(number=told.number, task=told.task("Hear")))


def test_the_committee_that_hears_the_person_sees_the_name_and_the_reaction(services) -> None:
    play = investigated(services, route="commissie")
    dossier = play.rows(Dossier)[0]
    person = Actor("department", f"department:{dossier.id}", "Medewerker", dossier=dossier.id)
    act(services, person, AnswerByLink(play.token(), play.task("Reaction"), {"reaction": "Ik hield afstand."}))
    play.do("PlanHearing", hearing="samen", hearing_on="2027-01-11T10:00")
    page = Browser(services, ADA).get(f"/werk/taken/{play.task('Hearing')}")
    assert SECRET_NAME in page
    assert "Ik hield afstand." in page
    assert SECRET_NAME not in Browser(services, ADA).get("/werk")


def test_the_citizen_reads_medewerker_and_no_name(seen: Play) -> None:
    browser = Browser(seen.services, wim(seen.services))
    mine = [row.id for row in seen.rows(NoticeRow) if row.party_id == seen.rows(Party)[0].id]
    letters = [f"/mijn/zaken/{seen.number}/brieven/{notice}" for notice in mine]
    pages = [browser.get(address) for address in ("/mijn", f"/mijn/zaken/{seen.number}", *letters)]
    assert len(pages) > 3
    for secret in SECRETS:
        assert secret not in "".join(pages)
    for row in seen.rows(DocumentRow):
        if row.party_id == seen.rows(Party)[-1].id:
            browser.get(f"/mijn/documenten/{row.id}", 404)


def test_a_department_with_a_link_reads_no_name(told: Play) -> None:
    document = next(row for row in told.handed_in() if row.type == "submission")
    act(told.services, NOOR, GiveToDepartment(document.id, "burgerzaken"))
    salt = next(row.salt for row in told.rows(Dossier) if row.department)
    page = Browser(told.services).get(f"/verzoek/{told.services.secrets.link_token(salt)}")
    for secret in SECRETS:
        assert secret not in page


def test_mails_and_letters_to_others_name_nobody(told: Play) -> None:
    act(told.services, NOOR, PressButton(told.number, "extend"))
    told.do("ExtendTerm", extend_reason="Ziekte.")
    person = told.rows(Party)[-1].id
    others = [f"{row.subject}{row.body}" for row in told.rows(NoticeRow) if row.party_id != person]
    others += [f"{row.subject}{row.body}" for row in told.rows(MailRow) if row.recipient != SECRET_MAIL]
    assert len(others) > 5
    assert all("[[" not in text for text in others)  # and none of them carries the link of the person
    for secret in SECRETS:
        assert secret not in "".join(others)


def test_what_zaakspoor_itself_notes_names_nobody(seen: Play) -> None:
    for row in seen.rows(NoteRow):
        assert SECRET_NAME not in f"{row.author}{row.text}"


def test_the_audit_trail_holds_no_name(seen: Play) -> None:
    trail = repr([(row.actor, row.action, row.detail) for row in seen.rows(AuditRow)])
    assert "add_party" in trail
    for secret in SECRETS:
        assert secret not in trail


def test_a_refused_mail_tells_the_administrator_no_address(told: Play) -> None:
    with told.services.sessions.begin() as session:
        refused = {"error": f"550 <{SECRET_MAIL}>: onbekend", "sent_at": None}
        session.execute(update(MailRow).where(MailRow.recipient == SECRET_MAIL).values(**refused))
    pages = Browser(told.services, FENNA).get("/beheer") + Browser(told.services, FENNA).get("/beheer/controle")
    assert "(vertrouwelijk adres)" in pages
    for secret in SECRETS:
        assert secret not in pages


def test_parties_in_a_mail_are_never_the_confidential_ones(told: Play) -> None:
    act(told.services, NOOR, Withdraw(told.number, "Per telefoon"))
    notice = [row for row in told.rows(NoticeRow) if row.template == "ingetrokken"]
    assert [row.party_id for row in notice] == [told.rows(Party)[0].id]


def test_nobody_answers_the_person_with_a_message(told: Play) -> None:
    with pytest.raises(NotNow):
        act(told.services, NOOR, Reply(told.number, told.rows(Party)[-1].id, "Beste Jan"))


def test_what_the_complainant_wrote_about_who_is_for_who_works_on_it(services) -> None:
    play = complaint(services)
    task = play.task("Intake")
    assert SECRET_NAME not in Browser(services, PIET).get(f"/werk/taken/{task}")
    act(services, PIET, TakeTask(task))
    assert SECRET_NAME in Browser(services, PIET).get(f"/werk/taken/{task}")


JAN = Actor("staff", "jan", SECRET_NAME, frozenset({"worker", "decider"}))


def test_d38_who_tries_colleagues_one_by_one_is_not_told_who_it_is(told: Play) -> None:
    """Who does not work on the case finds that person in every list of colleagues, and reads no reason; its handler reads it."""
    known(told.services, JAN, SECRET_MAIL)
    case = CASE.format(number=told.number)
    many = {
        "nummer": told.number,
        "many_what": "overdragen",
        "many_handler": "jan",
        "many_reason": "Ruil.",
        "stap": "bekijken",
    }
    browser = Browser(told.services, PIET)
    for page in ("collegataak", "telefoon"):
        assert 'value="jan"' in browser.get(f"{case}/{page}")
        assert 'value="jan"' not in Browser(told.services, NOOR).get(f"{case}/{page}")
    browser.get(f"/werk/zaken/samen?nummer={told.number}")
    browser.post("/werk/zaken/samen", **many)
    assert "betrokken" not in browser.page
    for actor, sentence in ((PIET, "kan deze zaak niet behandelen"), (NOOR, "zelf bij de zaak betrokken")):
        asked = AskColleague(told.number, "Kijk", "jan", today(told.services))
        for action in (AssignHandler(told.number, "jan"), asked):
            with pytest.raises(Invalid, match=sentence):
                act(told.services, actor, action)


def test_d38_who_tries_a_colleague_who_cannot_is_told_to_the_handler_and_to_the_security_log(told: Play) -> None:
    """Not before the change itself, and once until it is read; without a word about which colleague. What the handler tries is no try."""
    known(told.services, JAN, SECRET_MAIL)
    many = {"nummer": told.number, "many_what": "overdragen", "many_handler": "jan", "many_reason": "Ruil."}
    browser = Browser(told.services, PIET)
    browser.get(f"/werk/zaken/samen?nummer={told.number}")
    browser.post("/werk/zaken/samen", **many, stap="bekijken")
    assert "kan deze zaak niet behandelen" not in browser.page
    with log_lines() as lines:
        browser.post("/werk/zaken/samen", **many, stap="doen")
        for one in (PIET, NOOR):
            with pytest.raises(Invalid):
                act(told.services, one, AskColleague(told.number, "Kijk", "jan", today(told.services)))
    assert "kan deze zaak niet behandelen" in browser.page
    refused = [line for line in lines if line.get("event") == "case_refused"]
    assert [(line["who"], line["case"], line["why"]) for line in refused] == [
        ("staff:piet", told.number, "colleague")
    ] * 2
    (note,) = [row for row in told.rows(NoteRow) if "koos een collega" in row.text]
    assert (note.read_by_handler, "Jan" in note.text) == (False, False)
    assert "koos een collega" in Browser(told.services, NOOR).get("/werk/meldingen")


def test_d38_what_was_filed_tells_the_name_to_who_works_on_the_case_alone(seen: Play) -> None:
    """Neither its words nor its document; the version without contact details beside it is for everybody who handles cases."""
    filed = next(
        row for row in seen.rows(FiledRow) if SECRET_NAME in row.body and row.party_id == seen.rows(Party)[0].id
    )
    case = CASE.format(number=seen.number)
    piet, noor = Browser(seen.services, PIET), Browser(seen.services, NOOR)
    for address in (
        f"{case}/ingestuurd/{filed.id}",
        f"/werk/documenten/{filed.document_id}",
        f"/werk/documenten/{filed.document_id}/bestand",
    ):
        assert (piet.client.get(address).status_code, noor.client.get(address).status_code) == (404, 200)
    beside = next(row.id for row in seen.rows(DocumentRow) if row.redacts == filed.document_id)
    words = words_in("x.pdf", piet.client.get(f"/werk/documenten/{beside}/bestand").content).lower()
    assert "balie" in words
    assert "baliemans" not in words
    assert f"ingestuurd/{filed.id}" not in piet.get(f"{case}/documenten")
    with pytest.raises(NotFound):
        act(seen.services, PIET, CorrectDocument(filed.document_id, "submission", "Anders", "Zo"))


def test_d38_an_address_of_before_its_correction_is_kept_as_the_new_one_is(told: Play) -> None:
    person = told.rows(Party)[-1]
    known_now = data_of(person)
    new = replace(known_now, email="jan.baliemans@voorbeeldstad.example")
    act(told.services, NOOR, CorrectParty(told.number, person.id, new, "Tikfout", known_now.seen))
    with told.services.sessions.begin() as session:
        first, *_ = session.query(MailRow).filter(MailRow.recipient == SECRET_MAIL).order_by(MailRow.id)
        first.error, first.sent_at = f"550 <{SECRET_MAIL}>: onbekend", None
    for tab in ("tijdlijn", "brieven", "verzoeken"):
        page = Browser(told.services, PIET).get(f"{CASE}/{tab}".format(number=told.number))
        assert "aliemans" not in page, tab
    assert SECRET_MAIL not in Browser(told.services, FENNA).get("/beheer")
    assert SECRET_MAIL in Browser(told.services, NOOR).get(f"{CASE}/tijdlijn".format(number=told.number))
