"""W8: who sits in a session takes the papers along, as one PDF or a zip that needs no internet, with private notes that nobody else reads."""

import html
import io
import re
import zipfile
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from kit.browser import Browser
from kit.cases import count, rows
from kit.hearings import EVA, JORIS, MINA, THEO, agenda, planned, session_on, waiting_case
from kit.people import FENNA, NOOR, SEM

from processes.actions import act
from processes.actions.agenda import MoveItem
from processes.actions.documents import RemoveDocument
from processes.actions.hearing_notes import KeepNote
from processes.actions.hearing_seats import AnswerSeat
from processes.actions.session_bundles import MakeSessionBundle, RemoveSessionBundle
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotAllowed, NotFound, NotNow
from processes.jobs.destroying import _blobs, case_tables
from processes.jobs.workers import drain
from processes.reads.workbench import own_note, read_session_bundles, session_bundle_file
from processes.storage.services import Services
from processes.storage.tables import Case, CaseBundle, DocumentRow, HearingNote, LookRow, Party

LIST = "/werk/zittingen"
NOTE = "Vraag naar de dakgoot.\nEn naar de buren."


@pytest.fixture
def sitting(services: Services) -> int:
    """A session with two cases, the second of which has a paper that a committee does not read."""
    session = session_on(services)
    planned(services, session, waiting_case(services), waiting_case(services, subject="Kapvergunning"))
    drain(services)
    second = agenda(services, session)[1].case_id
    with services.sessions.begin() as database:
        paper = next(row for row in database.query(DocumentRow).filter_by(case_id=second) if row.type == "underlying")
        paper.personal, paper.title = True, "met contactgegevens"
    return session


def made(services: Services, who: Actor, session: int, form: str) -> bytes:
    bundle = act(services, who, MakeSessionBundle(session, form))
    drain(services)
    file = session_bundle_file(services, who, session, bundle)
    return b"".join(services.files.read(file.blob, file.file_key))


def numbers(services: Services, session: int) -> list[str]:
    known = {case.id: case.number for case in rows(services, Case)}
    return [known[item.case_id] for item in agenda(services, session)]


def test_w8_a_zip_of_a_session_is_read_offline_in_the_order_of_the_agenda(services, sitting) -> None:
    act(services, MINA, KeepNote(agenda(services, sitting)[0].id, NOTE))
    archive = zipfile.ZipFile(io.BytesIO(made(services, MINA, sitting, "zip")))
    page = archive.read("index.html").decode()
    first, second = numbers(services, sitting)
    assert 0 < page.index(first) < page.index(second)
    links = {html.unescape(unquote(one)) for one in re.findall(r'href="([^"]*)"', page)}
    assert links == set(archive.namelist()) - {"index.html"}
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert "met contactgegevens" not in page
    (note,) = [name for name in archive.namelist() if name.endswith("Mijn notities.txt")]
    assert archive.read(note).decode() == NOTE
    assert sum(name.endswith(".pdf") for name in links) >= 4


def test_w8_a_paper_of_somebody_with_secret_data_is_named_without_its_words_to_who_does_not_work_on_the_case(
    services, sitting
) -> None:
    case = agenda(services, sitting)[0].case_id
    with services.sessions.begin() as database:
        party = database.query(Party).filter_by(case_id=case).first()
        party.confidential = True
        paper = database.query(DocumentRow).filter_by(case_id=case, type="underlying").first()
        paper.party_id, paper.title = party.id, "geheim-titel"
    archive = zipfile.ZipFile(io.BytesIO(made(services, SEM, sitting, "zip")))
    page = archive.read("index.html").decode()
    assert "Zit er niet in: Dit stuk is van iemand met geheime gegevens." in page
    assert "geheim-titel" not in page + " ".join(archive.namelist())
    assert (
        "geheim-titel" in zipfile.ZipFile(io.BytesIO(made(services, MINA, sitting, "zip"))).read("index.html").decode()
    )


def test_w8_one_pdf_of_a_session_holds_all_cases_and_no_notes(services, sitting) -> None:
    act(services, MINA, KeepNote(agenda(services, sitting)[0].id, NOTE))
    content = made(services, MINA, sitting, "pdf")
    assert content.startswith(b"%PDF")
    (row,) = rows(services, CaseBundle)
    titles = [one["title"] for one in row.chosen if not one["document"]]
    assert [title[:9] for title in titles] == ["13.00 uur", "13.30 uur"]
    assert (row.pages or 0) >= len(row.chosen) - 1  # a page for each but the one that is withheld, and its front
    assert b"dakgoot" not in content


def test_w8_papers_of_a_session_are_of_who_asked_and_go_when_the_seat_or_a_paper_goes(services, sitting) -> None:
    bundle = act(services, MINA, MakeSessionBundle(sitting, "zip"))
    drain(services)
    for stranger in (JORIS, EVA, NOOR):
        assert read_session_bundles(services, stranger, sitting).bundles == ()
        with pytest.raises(NotFound):
            session_bundle_file(services, stranger, sitting, bundle)
        with pytest.raises(NotFound):
            act(services, stranger, RemoveSessionBundle(bundle))
    with pytest.raises(NotFound):
        act(services, THEO, MakeSessionBundle(sitting, "zip"))
    (row,) = rows(services, CaseBundle)
    given = next(one["document"] for one in row.chosen if one["document"] and not one["withheld"])
    act(services, NOOR, RemoveDocument(given, "Dubbel."))
    with pytest.raises(NotNow):
        session_bundle_file(services, MINA, sitting, bundle)
    act(services, MINA, AnswerSeat(sitting, comes=False, reason="Ziek."))
    with pytest.raises(NotFound):
        session_bundle_file(services, MINA, sitting, bundle)
    act(services, MINA, RemoveSessionBundle(bundle))
    assert count(services, CaseBundle) == 0


def test_w8_a_case_that_left_the_agenda_before_the_papers_were_made_is_not_in_them(services, sitting) -> None:
    act(services, MINA, MakeSessionBundle(sitting, "zip"))
    act(services, EVA, MoveItem(agenda(services, sitting)[0].id, session_on(services, 35), "De partij kan niet."))
    drain(services)
    (row,) = rows(services, CaseBundle)
    assert (row.state, row.blob) == ("refused", None)
    assert "een zaak die niet meer op de agenda staat" in row.why


def test_w8_papers_of_a_session_go_with_a_case_that_is_destroyed(services, sitting) -> None:
    made(services, MINA, sitting, "zip")
    (row,) = rows(services, CaseBundle)
    with services.sessions() as database:
        assert all(row.blob in _blobs(database, item.case_id) for item in agenda(services, sitting))
    assert {"hearing_note", "case_bundle"} <= {table.name for table in case_tables()}


def test_w8_a_private_note_is_read_by_its_writer_alone(services, sitting, browser: Callable[[Actor], Browser]) -> None:
    item = agenda(services, sitting)[0]
    here = f"{LIST}/{sitting}/zaken/{item.id}/notitie"
    mina = browser(MINA)
    mina.get(here)
    assert "Uw notitie is bewaard." in mina.post(here, {"text": NOTE})
    assert "Vraag naar de dakgoot." in mina.get(here)
    assert NOTE.encode() not in rows(services, HearingNote)[0].text
    assert own_note(services, JORIS, sitting, item.id) == ""
    for page in (f"{LIST}/{sitting}", f"{LIST}/{sitting}/blad", f"/werk/zaken/{numbers(services, sitting)[0]}"):
        assert "dakgoot" not in browser(EVA).get(page)
    assert browser(NOOR).status(here) == 404
    with pytest.raises((NotFound, NotAllowed)):
        act(services, FENNA, KeepNote(item.id, "x"))
    with pytest.raises(NotFound):
        act(services, NOOR, KeepNote(item.id, "x"))
    with pytest.raises(Invalid):
        act(services, MINA, KeepNote(item.id, "x" * 20_001))
    archive = zipfile.ZipFile(io.BytesIO(made(services, JORIS, sitting, "zip")))
    assert not any("notities" in name for name in archive.namelist())
    act(services, MINA, KeepNote(item.id, " "))
    assert count(services, HearingNote) == 0


def test_w8_a_member_asks_for_the_papers_on_the_page_and_fetches_them(services, sitting, browser) -> None:
    mina = browser(MINA)
    here = f"{LIST}/{sitting}/stukken"
    assert "Stukken meenemen" in mina.get(f"{LIST}/{sitting}")
    assert "U krijgt de stukken van 2 zaken" in mina.get(here)
    assert "Kies één PDF of een zip." in mina.post(here, {"form": "docx"}, status=422)
    assert "Het dossier wordt gemaakt." in mina.post(here, {"form": "zip"})
    drain(services)
    mina.get(here)
    address = re.search(r'href="(/werk/zittingen/[^"]*/bestand)"', mina.html)
    assert address
    answer = mina.client.get(address[1])
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    looked = {look.document_id for look in rows(services, LookRow, kind="bundle", who="mina")}
    given = {one["document"] for one in rows(services, CaseBundle)[0].chosen if one["document"] and not one["withheld"]}
    assert looked == given != set()
    assert browser(THEO).status(here) == 404
