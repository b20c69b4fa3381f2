"""Who sees what: other people, co-objectors, third parties, representatives, secrecy, and what is not published."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import structlog
from citizen_kit import ILSE, TESS, TOGA, YASMINA, Browser, add, change, intake, register
from kit.cases import BPMN, open_task
from kit.documents import PDF, stored
from kit.people import FENNA, NOOR
from sqlalchemy import select, update

from engine import read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.documents import AddDocuments, GiveToParty, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.messages import AddNote, Reply, SendMessage
from processes.actions.profile import SaveProfile
from processes.actions.registering import NewParty
from processes.actions.relating import RelateCases
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, MailRow, NoticeRow, Party

Open = Callable[[str], Browser]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/document",
        "/intrekken",
        "/brieven/1",
        "/ontvangst?d=1",
        "/ontvangst.pdf?d=1",
        "/meenemen",
        "/meenemen/0a1b/bestand",
    ],
)
def test_d24_another_persons_case_is_not_there_and_the_attempt_is_recorded(
    tess: Browser, browser: Open, path: str
) -> None:
    number = register(tess.services, TESS)
    with structlog.testing.capture_logs() as logs:
        page = browser(ILSE).get(f"/mijn/zaken/{number}{path}", status=404)
    assert "Parkeervergunning" not in page
    told = [line["event"] for line in logs if line.get("log") != "security"]  # that log has case_refused
    assert told == ["citizen.not_theirs"]
    assert "999991863" not in str(logs)


def test_d24_nothing_can_be_done_in_another_persons_case(tess: Browser, browser: Open) -> None:
    number = register(tess.services, TESS)
    intake(tess.services, complete=False)
    task = open_task(tess.services, "RepairByCitizen")
    other = browser(ILSE)
    file = {"files": ("foto.pdf", PDF, "application/pdf")}
    other.post(f"/mijn/zaken/{number}/berichten", {"text": "hoi"}, status=404)
    other.post(f"/mijn/zaken/{number}/intrekken", {"sure": "ja"}, status=404)
    other.post(f"/mijn/zaken/{number}/document", {"type": "submission", "title": "x"}, file, status=404)
    other.post(f"/mijn/taken/{task}", {"repair_text": "x"}, status=404)
    other.get(f"/mijn/taken/{task}", status=404)
    assert not [row for row in other.services.files.all_blobs() if row.size == len(PDF)]


def test_pages_send_to_sign_in_when_nobody_is_signed_in(tess: Browser) -> None:
    tess.client.cookies.clear()
    for path in ("", "/gegevens", "/nieuw", "/nieuw/bezwaar", "/zaken/BZW-1", "/taken/x", "/documenten/x"):
        answer = tess.client.get(f"/mijn{path}")
        assert "Inloggen met DigiD" in answer.text, path


@pytest.mark.parametrize("level", ["vertrouwelijk", "confidentieel", "geheim", "zeer_geheim"])
def test_d38_a_confidential_case_is_hidden_everywhere(tess: Browser, level: str) -> None:
    number = register(tess.services, TESS)
    document = add(tess.services, number, "underlying", "Rapport", shown=True)
    change(tess.services, update(Case).values(confidentiality=level))
    assert number not in tess.get("/mijn")
    tess.get(f"/mijn/zaken/{number}", status=404)
    tess.get(f"/mijn/documenten/{document}", status=404)


def test_d39_d40_confidential_documents_are_hidden_and_zaakvertrouwelijk_ones_shown(tess: Browser) -> None:
    number = register(tess.services, TESS)
    open_one = add(tess.services, number, "underlying", "Gewoon stuk", shown=True)
    secret = add(tess.services, number, "withheld", "Geheim stuk", shown=True)
    page = tess.get(f"/mijn/zaken/{number}")
    assert "Gewoon stuk" in page
    assert "Geheim stuk" not in page
    tess.get(f"/mijn/documenten/{secret}", status=404)
    assert tess.client.get(f"/mijn/documenten/{open_one}").content == PDF


def test_d49_d50_d52_shown_only_when_ticked_and_published_with_title_and_reference(tess: Browser) -> None:
    number = register(tess.services, TESS)
    hidden = add(tess.services, number, "underlying", "Niet aangevinkt", shown=False)
    add(tess.services, number, "underlying", "Wel aangevinkt", shown=True)
    page = tess.get(f"/mijn/zaken/{number}")
    assert "Niet aangevinkt" not in page
    assert "Wel aangevinkt" in page
    assert f"{number}-D" in page
    tess.get(f"/mijn/documenten/{hidden}", status=404)
    change(tess.services, update(Case).values(published_at=None))
    assert "Wel aangevinkt" not in tess.get(f"/mijn/zaken/{number}")


def test_d48_internal_notes_never_show_and_own_messages_and_answers_do(tess: Browser) -> None:
    number = register(tess.services, TESS)
    act(tess.services, tess.actor, SendMessage(number, "Mijn vraag"))
    act(tess.services, NOOR, AddNote(number, "Pas op, lastig geval"))
    with tess.services.sessions() as session:
        party = session.scalars(select(Party.id)).one()
    act(tess.services, NOOR, Reply(number, party, "Ons antwoord"))
    page = tess.get(f"/mijn/zaken/{number}")
    assert "Mijn vraag" in page
    assert "Ons antwoord" in page
    assert "lastig geval" not in page


def test_parties_of_one_case_see_nothing_of_each_other(tess: Browser, browser: Open) -> None:
    number = register(tess.services, TESS, ILSE)
    ilse = browser(ILSE)
    act(tess.services, ilse.actor, SendMessage(number, "Bericht van Ilse"))
    act(
        tess.services,
        ilse.actor,
        AddDocuments(number, (NewDocument(stored(tess.services), "submission", "Stuk van Ilse"),)),
    )
    with tess.services.sessions() as session:
        document = session.scalars(select(DocumentRow.id).where(DocumentRow.title == "Stuk van Ilse")).one()
        letter = session.scalars(
            select(NoticeRow.id).join(Party, Party.id == NoticeRow.party_id).where(Party.name == "Ilse Namaak")
        ).one()
    page = tess.get(f"/mijn/zaken/{number}")
    assert "Ilse" not in page
    tess.get(f"/mijn/documenten/{document}", status=404)
    tess.get(f"/mijn/zaken/{number}/brieven/{letter}", status=404)
    assert "Stuk van Ilse" in ilse.get(f"/mijn/zaken/{number}")
    ilse.get(f"/mijn/zaken/{number}/brieven/{letter}")


def test_a_third_party_sees_the_case_but_not_the_tasks_or_withdrawal_of_the_objector(
    tess: Browser, browser: Open
) -> None:
    third = NewParty("third_party", "Yasmina el Voorbeeld", identity=YASMINA, channel="portal")
    number = register(tess.services, TESS, extra=(third,))
    intake(tess.services, complete=False)
    task = open_task(tess.services, "RepairByCitizen")
    page = browser(YASMINA).get(f"/mijn/zaken/{number}")
    assert "Deze zaak (bezwaar)" in page
    for hidden in ("Wij wachten op u", "/intrekken", "Tess Testeling", task):
        assert hidden not in page
    browser(YASMINA).post(f"/mijn/zaken/{number}/intrekken", {"sure": "ja"}, status=409)
    browser(YASMINA).get(f"/mijn/taken/{task}", status=404)


def test_a_representative_sees_and_does_what_the_represented_party_may(tess: Browser, browser: Open) -> None:
    represents = NewParty("representative", "mr. P. Toga", kind="company", identity=TOGA, channel="portal")
    number = register(tess.services, TESS, extra=(represents,))
    act(tess.services, tess.actor, SendMessage(number, "Bericht van Tess"))
    intake(tess.services, complete=False)
    toga = browser(TOGA)
    page = toga.get(f"/mijn/zaken/{number}")
    assert "Bericht van Tess" in page
    assert "Wij wachten op u" in page
    task = open_task(tess.services, "RepairByCitizen")
    toga.get(f"/mijn/taken/{task}")
    assert "Dank u wel" in toga.post(f"/mijn/taken/{task}", {"repair_text": "Namens mijn cliënt"})


def test_d21_d22_a_document_for_one_party_is_news_to_that_party_and_who_speaks_for_it(
    services: Services, browser: Open
) -> None:
    represents = NewParty("representative", "mr. P. Toga", kind="company", identity=TOGA, channel="portal")
    number = register(services, TESS, ILSE, extra=(represents,))
    people = {TESS: "tess@post.example", ILSE: "ilse@post.example", TOGA: "toga@post.example"}
    for who, address in people.items():
        wanted = SaveProfile(email=address, phone="", news_by_mail=True, to_confirm=False)
        act(services, browser(who).actor, wanted)
    document = add(services, number, "correspondence", "Alleen voor Tess", shown=False)
    with services.sessions() as session:
        parties = {one.name: one for one in session.scalars(select(Party))}
    of_tess = parties["Tess Testeling"]
    assert of_tess.represented_by == parties["mr. P. Toga"].id
    for change_it in (GiveToParty(document, of_tess.id), ShowOnPortal(document, shown=False)):
        act(services, NOOR, change_it)
    with services.sessions() as session:
        mails = select(MailRow.template, MailRow.recipient).where(
            MailRow.template.in_(("news-document", "news-removed"))
        )
        told = sorted(session.execute(mails).all())
    both = (people[TESS], people[TOGA])
    assert told == [(kind, to) for kind in ("news-document", "news-removed") for to in both]


def test_d66_a_letter_by_portal_can_be_read_and_downloaded(tess: Browser) -> None:
    number = register(tess.services, TESS)
    drain(tess.services)
    page = tess.get(f"/mijn/zaken/{number}")
    with tess.services.sessions() as session:
        notice = session.scalars(select(NoticeRow)).one()
    for address in (f"/mijn/zaken/{number}/brieven/{notice.id}", f"/mijn/documenten/{notice.document_id}"):
        assert f'href="{address}"' in page
    page = tess.get(f"/mijn/zaken/{number}/brieven/{notice.id}")
    assert "Tess Testeling" in page
    assert tess.client.get(f"/mijn/documenten/{notice.document_id}").content.startswith(b"%PDF")


def test_d25_a_case_type_that_is_not_on_the_portal_stays_hidden(tess: Browser) -> None:
    number = register(tess.services, TESS)
    folder = read_folder(BPMN / "bezwaar")
    hidden = folder.drawing.replace(b'portal="true"', b'portal="false"')
    assert hidden != folder.drawing
    act(tess.services, FENNA, DeployFolder(replace(folder, drawing=hidden)))
    later = register(tess.services, TESS, subject="Verborgen")
    page = tess.get("/mijn")
    assert number in page
    assert later not in page
    tess.get(f"/mijn/zaken/{later}", status=404)
    assert "/mijn/nieuw/bezwaar" not in tess.get("/mijn/nieuw")
    tess.get("/mijn/nieuw/bezwaar", status=404)


@pytest.mark.parametrize("state", ["offered", "refused", "removed"])
def test_what_a_department_delivered_is_not_shown_before_it_is_accepted(tess: Browser, state: str) -> None:
    number = register(tess.services, TESS)
    document = add(tess.services, number, "underlying", "Aangeleverd stuk", shown=True)
    change(tess.services, update(DocumentRow).values(state=state, origin="department"))
    assert "Aangeleverd stuk" not in tess.get(f"/mijn/zaken/{number}")
    tess.get(f"/mijn/documenten/{document}", status=404)


def test_d24_a_related_case_is_shown_only_to_who_takes_part_in_it(tess: Browser, browser: Open) -> None:
    own, also, secret = (register(tess.services, TESS) for _ in range(3))
    others = register(tess.services, ILSE)
    for other in (also, others, secret):
        act(tess.services, NOOR, RelateCases(own, other, "onderwerp"))
    change(tess.services, update(Case).where(Case.number == secret).values(confidentiality="vertrouwelijk"))
    page = tess.get(f"/mijn/zaken/{own}")
    assert "Zaken die hierbij horen" in page
    assert f'href="/mijn/zaken/{also}"' in page
    for hidden in (others, secret):
        assert hidden not in page
    page = browser(ILSE).get(f"/mijn/zaken/{others}")
    assert "Zaken die hierbij horen" not in page
    assert own not in page
