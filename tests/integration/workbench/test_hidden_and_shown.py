"""What the eye does not see keeps a document inside (W22); showing takes a minute that can be undone, and versions follow each other (W10)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.bundles import paper_of
from kit.cases import BEZWAAR, add_departments, handed_in, put_in_use, register_bezwaar, rows
from kit.documents import PDF, stored
from kit.installation import installation
from kit.people import NOOR, PIET, TESS, known
from sqlalchemy import select, update

from processes.access.visibility import documents_of
from processes.actions import act
from processes.actions.documents import AddDocuments, GiveToDepartment, RemoveDocument
from processes.actions.filing import NewDocument
from processes.actions.keeping_hidden import KeepHidden
from processes.actions.new_version import AddVersion
from processes.actions.profile import SaveProfile
from processes.actions.showing import ShowSoon, UndoShowing
from processes.base.errors import AlreadyDone, Invalid, NotNow
from processes.base.hidden_kinds import HiddenKind, HiddenThing
from processes.execution.hidden import HidesSomething, LookedInto, NotLookedInto
from processes.jobs import looking_inside
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, MailRow, NoteRow, OutboxRow, Party, PersonProfile
from processes.storage.words import HiddenState, OutboxKind

THING = HiddenThing(HiddenKind.SHEET, "Namen", "12 rijen met gegevens")
CLEAN, HIDES = LookedInto(()), LookedInto((THING,))


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    for actor in (NOOR, PIET):
        known(services, actor)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("workbench",), look_inside=True) as opened:
        yield opened


@pytest.fixture
def number(services: Services) -> str:
    number = register_bezwaar(services)
    with services.sessions.begin() as session:
        session.execute(update(Case).values(published_at=services.clock.now()))
    return number


def added(services: Services, number: str, title: str, looked: LookedInto | None = CLEAN) -> str:
    act(services, NOOR, AddDocuments(number, (NewDocument(stored(services), "report", title, looked=looked),)))
    return next(row.id for row in handed_in(services) if row.title == title)


def document(services: Services, id_: str) -> DocumentRow:
    return next(row for row in rows(services, DocumentRow) if row.id == id_)


def seen(services: Services) -> list[str]:
    """The titles of this type that the party sees, by the one rule."""
    with services.sessions() as session:
        case, party = session.scalars(select(Case)).one(), session.scalars(select(Party)).first()
        found = session.scalars(documents_of(case, [party.id])).all()
        return [f"{row.title} {row.version or 1}" for row in found if row.type == "report"]


def minute_over(services: Services) -> None:
    """As a minute later: the rows that show are due, and what they name stays as it is."""
    with services.sessions.begin() as session:
        long_ago = datetime.now(UTC) - timedelta(minutes=5)
        session.execute(update(OutboxRow).where(OutboxRow.kind == OutboxKind.SHOW).values(not_before=long_ago))
    drain(services)


def test_w10_for_a_minute_nobody_sees_what_is_shown_and_then_who_may_does(services, number):
    one, two = added(services, number, "Een"), added(services, number, "Twee")
    act(services, NOOR, ShowSoon((one, two)))
    drain(services)
    assert seen(services) == []
    (row,) = rows(services, OutboxRow, kind=OutboxKind.SHOW)
    assert row.done_at is None
    assert document(services, one).shows_at == row.not_before
    minute_over(services)
    assert seen(services) == ["Een 1", "Twee 1"]
    assert document(services, one).shows_at is None
    with pytest.raises(AlreadyDone):
        act(services, NOOR, UndoShowing((one,)))


def test_w10_undone_within_the_minute_nobody_ever_saw_it_and_no_mail_went(services, number):
    one, two = added(services, number, "Een"), added(services, number, "Twee")
    act(services, NOOR, ShowSoon((one, two)))
    act(services, PIET, UndoShowing((one,)))
    with pytest.raises(AlreadyDone):
        act(services, NOOR, UndoShowing((one,)))
    act(services, NOOR, RemoveDocument(two, "Dubbel."))
    before = len(rows(services, MailRow))
    minute_over(services)
    assert seen(services) == []
    assert len(rows(services, MailRow)) == before


def test_w10_what_was_shown_again_waits_for_its_own_minute(services, number):
    one = added(services, number, "Een")
    act(services, NOOR, ShowSoon((one,)))
    act(services, NOOR, UndoShowing((one,)))
    with services.sessions.begin() as session:
        session.execute(update(OutboxRow).where(OutboxRow.kind == OutboxKind.SHOW).values(not_before=datetime.now(UTC)))
    act(services, NOOR, ShowSoon((one,)))
    drain(services)
    assert seen(services) == []
    with pytest.raises(AlreadyDone):
        act(services, PIET, ShowSoon((one,)))
    minute_over(services)
    assert seen(services) == ["Een 1"]


def test_w10_the_page_says_who_would_see_what_and_changes_nothing(services, number):
    one = added(services, number, "Verslag")
    noor = Browser(services, NOOR)
    page = noor.get(f"/werk/zaken/{number}/documenten/tonen?document={one}")
    assert "Tess" in page
    assert "Na uw druk ziet één minuut lang nog niemand iets" in page
    assert not document(services, one).on_portal
    page = noor.post(f"/werk/zaken/{number}/documenten/tonen", {"document": one})
    assert "Maak ongedaan" in page
    page = noor.post(f"/werk/zaken/{number}/documenten/toch-niet", {"document": one})
    assert "Niemand heeft iets gezien" in page
    assert "Kruis eerst een document aan." in noor.get(f"/werk/zaken/{number}/documenten/tonen", 422)
    other = register_bezwaar(services)
    noor.get(f"/werk/zaken/{other}/documenten/tonen?document={one}", 404)


@pytest.mark.parametrize(("looked", "error"), [(None, NotLookedInto), (HIDES, HidesSomething)])
def test_w22_nothing_leaves_before_it_is_looked_into_and_mended_or_explained(services, number, looked, error):
    one = added(services, number, "Verslag", looked)
    for action in (ShowSoon((one,)), GiveToDepartment(one, "parkeren")):
        with pytest.raises(error):
            act(services, NOOR, action)
    with services.sessions.begin() as session:  # as a step of a drawing ticks it
        session.execute(update(DocumentRow).where(DocumentRow.id == one).values(on_portal=True, audience="parties"))
    assert seen(services) == []


def test_w22_a_worker_looks_right_after_a_document_came_in_and_says_what_stays_inside(services, number, monkeypatch):
    monkeypatch.setattr(looking_inside, "look_into", lambda *_: (THING,))
    one = added(services, number, "Verslag", None)
    with services.sessions.begin() as session:
        session.execute(update(DocumentRow).where(DocumentRow.id == one).values(on_portal=True))
    drain(services)
    row = document(services, one)
    assert (row.hidden, row.hidden_found) == (HiddenState.FOUND, {"things": [THING.stored]})
    assert any("gaat nog niet naar buiten" in note.text for note in rows(services, NoteRow))


def test_w22_a_reason_is_kept_and_then_it_may_go(services, number):
    one = added(services, number, "Verslag", HIDES)
    noor = Browser(services, NOOR)
    at = f"/werk/zaken/{number}/documenten/{one}/ongezien"
    assert "Verborgen blad (Namen): 12 rijen met gegevens" in noor.get(at)
    assert "Schrijf waarom" in noor.post(at, {"reason": ""}, status=422)
    noor.get(at)
    assert "mag naar buiten" in noor.post(at, {"reason": "De namen zijn al openbaar."})
    with pytest.raises(AlreadyDone):
        act(services, PIET, KeepHidden(one, "Nog eens."))
    act(services, NOOR, ShowSoon((one,)))
    minute_over(services)
    assert seen(services) == ["Verslag 1"]
    assert "De namen zijn al openbaar." in noor.get(at)


def test_w10_a_new_version_takes_the_place_of_the_one_shown_once_it_is_shown_itself(services, number):
    first = added(services, number, "Verslag")
    act(services, NOOR, ShowSoon((first,)))
    minute_over(services)
    with pytest.raises(Invalid):
        act(services, NOOR, AddVersion(first, NewDocument(stored(services), "", looked=CLEAN), " "))
    second = act(
        services, NOOR, AddVersion(first, NewDocument(stored(services, "beter.pdf"), "", looked=CLEAN), "Typefout.")
    )
    assert seen(services) == ["Verslag 1"]
    with pytest.raises(AlreadyDone):
        act(services, PIET, AddVersion(first, NewDocument(stored(services), "", looked=CLEAN), "Ook."))
    with pytest.raises(NotNow):
        act(services, NOOR, ShowSoon((first,)))
    third = act(services, NOOR, AddVersion(second, NewDocument(stored(services), "", looked=CLEAN), "Nog een."))
    act(services, NOOR, ShowSoon((third,)))
    minute_over(services)
    assert seen(services) == ["Verslag 3"]
    assert [(row.version, row.state, row.on_portal) for row in handed_in(services) if row.title == "Verslag"] == [
        (None, "replaced", False), (2, "replaced", False), (3, "accepted", True),
    ]  # fmt: skip
    noor = Browser(services, NOOR)
    page = noor.get(f"/werk/zaken/{number}/documenten")
    assert "Eerdere versies (2)" in page
    assert "Nog een." in page
    assert "Er is een nieuwere versie" in noor.get(f"/werk/documenten/{first}")
    assert noor.client.get(f"/werk/documenten/{first}/bestand").content == PDF


def test_w10_a_version_is_added_on_the_page_that_mends_a_document(services, number):
    first = added(services, number, "Verslag")
    noor = Browser(services, NOOR)
    at = f"/werk/zaken/{number}/documenten/{first}/verbeteren"
    noor.get(at)
    file = {"files": ("beter.pdf", PDF, "application/pdf")}
    assert "Schrijf waarom" in noor.post(f"{at}/versie", {"version_reason": ""}, file, 422)
    noor.get(at)
    noor.post(f"{at}/versie", {"version_reason": "Typefout."}, file)
    assert document(services, first).state == "replaced"


def test_w10_news_of_several_documents_at_once_is_one_mail(services, number):
    party = Browser(services, TESS).actor
    act(services, party, SaveProfile("tess@voorbeeld.example", "", news_by_mail=True))
    with services.sessions.begin() as session:
        session.execute(update(Case).values(published_at=services.clock.now()))
    with services.sessions.begin() as session:
        session.execute(
            update(PersonProfile).values(email="tess@voorbeeld.example", email_unconfirmed=False, news_by_mail=True)
        )
    one, two = added(services, number, "Een"), added(services, number, "Twee")
    act(services, NOOR, ShowSoon((one, two)))
    minute_over(services)
    assert len([row for row in rows(services, MailRow) if row.template == "news-document"]) == 1


def test_w22_a_pdf_that_only_names_its_maker_is_cleaned_in_one_press_in_the_list(services, number):
    content = paper_of("Verslag", dress=lambda pdf: pdf.docinfo.__setitem__("/Author", "Bo Verzonnen"))
    act(services, NOOR, AddDocuments(number, (NewDocument(stored(services, content=content), "report", "Verslag"),)))
    hides = added(services, number, "Verborgen", HIDES)
    drain(services)
    noor, page = Browser(services, NOOR), f"/werk/zaken/{number}/documenten"
    noor.get(page)
    (address,) = {
        part.split('"')[0] for part in noor.html.split('action="') if part.split('"')[0].endswith("/ongezien/schoon")
    }
    assert hides not in address
    noor.post(address)
    (newest,) = [row for row in rows(services, DocumentRow) if row.title == "Verslag" and row.version == 2]
    assert (newest.hidden, newest.state) == (HiddenState.NOTHING, "accepted")
    assert "Haal de namen eruit" not in noor.get(page)
