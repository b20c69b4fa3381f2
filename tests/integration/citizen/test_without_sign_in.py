"""C9: filing without signing in, where the case type allows it; what was kept on the way opens for that visit alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from citizen_kit import TESS
from citizen_kit import Browser as Citizen
from kit.browser import ORIGIN, Browser
from kit.cases import BEZWAAR, add_departments, put_in_use, rows, shipped, today
from kit.documents import PDF
from kit.drafts import grow_older
from kit.installation import installation
from kit.people import NOOR
from sqlalchemy import select, update

from processes.actions import act
from processes.actions.drafts import SaveDraft
from processes.actions.registering import NOT_SIGNED_IN, NewParty, RegisterCase
from processes.base.actor import Actor, ActorKind
from processes.base.errors import NotAllowed
from processes.base.security_log import pseudonym
from processes.jobs.held_files_sweep import sweep_held_files
from processes.jobs.workers import drain
from processes.storage import upload_room
from processes.storage.drafts import DraftContent
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    DocumentRow,
    DraftRow,
    FiledRow,
    MailRow,
    NoteRow,
    NoticeRow,
    Party,
    UploadRow,
    WebSession,
)

FORM, SEND = "/indienen/klacht", "/indienen/klacht/versturen"
COOKIE, SECRET = "zaakspoor-visitor", "Dit mag alleen ik lezen."
TYPED = {
    "name": "Wim Schijnmaker", "address": "Dorpsweg 1\n1234 AA Voorbeeldstad", "email": "wim@post.example", "phone": "06 12345678",
    "what_happened": "Ik stond een uur te wachten.",
}  # fmt: skip


def furnish(services: Services) -> None:
    put_in_use(services, *(replace(shipped(name), rehearsals={}) for name in (*BEZWAAR, "klacht")))
    add_departments(services, "parkeren")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen", "workbench")) as opened:
        yield opened


def begun(services: Services, address: str = "192.0.2.1") -> Browser:
    """Somebody at this address who chose to file a complaint without signing in."""
    visitor = Browser(services)
    visitor.client.comes_from(address)
    page = visitor.get("/indienen")
    assert "bezwaar" not in page.lower().partition("<main")[2].partition("</main>")[0]
    visitor.post("/indienen", {"zaaktype": "klacht", "csrf": visitor.held("/indienen")["csrf"]})
    assert visitor.url.endswith(FORM)
    return visitor


def send(visitor: Browser, path: str, typed: dict[str, str], status: int = 200, files: object = None) -> str:
    return visitor.post(path, {**visitor.held(path), **typed}, files, status=status)


def test_c9_a_complaint_is_filed_without_signing_in_step_by_step_with_a_receipt(services: Services) -> None:
    assert "Dit kunt u ook indienen zonder in te loggen: Klacht." in Browser(services).get("/inloggen")
    visitor = begun(services)
    assert "Stap 1 van" in visitor.html
    send(visitor, FORM, {"what_happened": TYPED["what_happened"]})
    visitor.get(f"{FORM}?deel=alles")
    assert TYPED["what_happened"] in visitor.html, "kept on the way, for this visit"
    page = send(visitor, FORM, {"name": "", "address": "", "phone": ""}, 422)
    assert [field in page for field in ("#field-name", "#field-address", "#field-phone")] == [True] * 3
    page = send(visitor, FORM, TYPED, files={"attachments": ("foto.pdf", PDF, "application/pdf")})
    assert "Kijk alles na" in page
    page = send(visitor, SEND, {})
    (case,), (party,) = rows(services, Case), rows(services, Party)
    assert case.number in page
    assert "een e-mail is geen handtekening" in page
    proof = visitor.client.get(f"/indienen/ontvangen/{case.number}/bewijs.pdf")
    assert proof.content.startswith(b"%PDF")
    assert (party.name, party.channel, party.identity_index, party.email_unconfirmed) == (
        "Wim Schijnmaker", "post", None, True,
    )  # fmt: skip
    drain(services)
    assert not rows(services, MailRow), "nobody knows whose address that is"
    assert {notice.channel for notice in rows(services, NoticeRow)} <= {"post"}
    (words,) = rows(services, FiledRow)
    assert "niemand heeft nagegaan wie dit is" in words.body
    assert NOT_SIGNED_IN in {note.text for note in rows(services, NoteRow)}
    assert {row.added_by for row in rows(services, DocumentRow) if row.origin == "citizen"} == {"Wim Schijnmaker"}
    staff = Browser(services, NOOR)
    assert "niet ingelogd, identiteit niet nagegaan" in staff.get(f"/werk/zaken/{case.number}/partijen")
    visitor.post("/uitloggen?soort=visitor")
    assert "U bent gestopt" in visitor.html
    visitor.get(f"/indienen/ontvangen/{case.number}")
    assert "/indienen?" in visitor.url, "the receipt is gone with the visit"


def test_c9_a_visit_opens_nothing_of_anybody_else(services: Services) -> None:
    visitor, other = begun(services), begun(services)
    visitor.get(f"{FORM}?deel=alles")
    send(visitor, FORM, TYPED)
    send(visitor, SEND, {})
    (case,) = rows(services, Case)
    assert other.status(f"/indienen/ontvangen/{case.number}") == 404
    assert other.status(f"/indienen/ontvangen/{case.number}/bewijs.pdf") == 404
    assert TYPED["what_happened"] not in other.get(f"{FORM}?deel=alles")
    for path in ("/mijn", f"/mijn/zaken/{case.number}", "/mijn/gegevens"):
        other.get(path)
        assert "/inloggen" in other.url, path
    tess = Citizen(services, TESS)
    tess.get(f"/indienen/ontvangen/{case.number}")
    assert "/indienen?" in tess.url, "who is signed in has no visit"
    assert tess.status(f"/mijn/zaken/{case.number}") == 404


def test_c9_what_may_not_be_filed_so_is_refused_at_every_door(services: Services) -> None:
    visitor = begun(services)
    assert visitor.status("/indienen/bezwaar") == 404
    csrf = visitor.held("/uitloggen?soort=visitor")["csrf"]
    visitor.post("/indienen", {"zaaktype": "bezwaar", "csrf": csrf}, status=404)
    visitor.post("/indienen/bezwaar/versturen", {**TYPED, "csrf": csrf}, status=410)
    wim = NewParty("objector", "Wim", address="Dorpsweg 1", to_confirm=True)
    with pytest.raises(NotAllowed):
        act(
            services,
            Actor(ActorKind.CITIZEN, "visitor:1", "Wim"),
            RegisterCase("bezwaar", "portal", today(services), (wim,)),
        )
    assert not rows(services, Case)


def test_c9_after_a_pause_what_was_typed_is_given_back_and_goes_on(services: Services) -> None:
    visitor = begun(services)
    visitor.get(f"{FORM}?deel=alles")
    with services.sessions.begin() as session:
        session.execute(update(WebSession).values(expires_at=WebSession.created_at))
    page = send(visitor, FORM, TYPED, 409)
    assert "U was een tijd weg" in page
    assert TYPED["what_happened"] in page
    page = send(visitor, FORM, {})
    assert "Kijk alles na" in page
    send(visitor, SEND, {})
    assert [one.name for one in rows(services, Party)] == ["Wim Schijnmaker"]


def test_c9_who_comes_back_too_often_after_a_pause_reads_so_with_what_was_typed(tmp_path: Path) -> None:
    with installation(tmp_path, furnish, faces=("citizen",), limits=("visitor=2/hour",)) as services:
        visitor = begun(services)
        visitor.get(f"{FORM}?deel=alles")
        with services.sessions.begin() as session:
            session.execute(update(WebSession).values(expires_at=WebSession.created_at))
        form = {**visitor.held(FORM), **TYPED}
        answers = [visitor.client.post(FORM, data=form, headers=ORIGIN) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [409, 429]
        assert TYPED["what_happened"] in answers[-1].text


def test_c9_a_form_left_behind_opens_nothing_of_a_visit_that_was_stopped(services: Services) -> None:
    visitor = begun(services)
    visitor.get(f"{FORM}?deel=alles")
    left_behind = visitor.held(FORM)
    cookie = visitor.client.cookies.get(COOKIE)
    send(visitor, FORM, TYPED)
    send(visitor, SEND, {})
    (case,) = rows(services, Case)
    visitor.get(f"{FORM}?deel=alles")
    send(visitor, FORM, {**TYPED, "what_happened": SECRET})
    assert rows(services, DraftRow)
    visitor.get(f"/indienen/ontvangen/{case.number}")
    visitor.post("/uitloggen?soort=visitor")
    assert not rows(services, DraftRow), "nobody could open it any more"
    visitor.client.cookies.set(COOKIE, cookie)
    page = visitor.post(FORM, {**left_behind, **TYPED, "what_happened": "Van de volgende."}, status=409)
    assert "Uw bezoek was voorbij" in page
    assert "Van de volgende." in page, "what this one typed"
    visitor.client.cookies.delete(COOKIE, "", "/")
    send(visitor, FORM, {})
    send(visitor, SEND, {})
    assert len(rows(services, Case)) == 2, "as a visit of its own"
    assert visitor.status(f"/indienen/ontvangen/{case.number}") == 404


@pytest.mark.parametrize("what", ["another browser", "after twelve hours", "stopped after a pause"])
def test_c9_a_visit_goes_on_only_where_it_was_and_was_merely_idle(services: Services, what: str) -> None:
    visitor = begun(services)
    visitor.get(f"{FORM}?deel=alles")
    old = visitor.html
    send(visitor, FORM, {**TYPED, "what_happened": SECRET})
    with services.sessions.begin() as session:
        row = session.scalars(select(WebSession)).one()
        row.expires_at = row.created_at
        if what == "after twelve hours":
            row.created_at -= timedelta(hours=12)
    if what == "another browser":
        del visitor.client.cookies[COOKIE]
    if what == "stopped after a pause":
        visitor.post("/uitloggen?soort=visitor")
        assert visitor.url.startswith("http://testserver/indienen?")
    visitor.html = old
    send(visitor, FORM, {"name": "Wim"}, 409)
    assert SECRET not in visitor.get(f"{FORM}?deel=alles")


def test_c9_each_beginning_is_a_new_visit_and_the_one_before_is_gone(services: Services) -> None:
    visitor = begun(services)
    visitor.get(f"{FORM}?deel=alles")
    send(visitor, FORM, TYPED)
    send(visitor, SEND, {})
    (case,) = rows(services, Case)
    visitor.get("/indienen")
    visitor.post("/indienen", {"zaaktype": "klacht", **visitor.held("/indienen")})
    assert visitor.status(f"/indienen/ontvangen/{case.number}") == 404
    assert len(rows(services, WebSession)) == 1


def test_c9_forms_without_a_visit_and_receipts_are_counted_by_address(tmp_path: Path) -> None:
    limits = ("visitor=6/10minutes", "public=3/5minutes")
    with installation(tmp_path, furnish, faces=("citizen",), limits=limits) as services:
        visitor = begun(services)
        visitor.get(f"{FORM}?deel=alles")
        form = visitor.held(FORM)
        send(visitor, FORM, TYPED)
        send(visitor, SEND, {})
        (case,) = rows(services, Case)
        receipt = f"/indienen/ontvangen/{case.number}"
        assert visitor.status(f"{receipt}/bewijs.pdf") == 200
        assert [visitor.status(receipt) for _ in range(3)] == [200, 200, 429], "the page after sending was the first"
        answers = []
        for _ in range(5):
            visitor.client.cookies.clear()
            answers.append(visitor.client.post(FORM, data={**form, "name": "Wim"}, headers=ORIGIN))
        assert [one.status_code for one in answers] == [409] * 3 + [429] * 2
        assert 'value="Wim"' in answers[-1].text
        assert len(rows(services, WebSession)) == 4, "nothing is written for who comes too often"
        assert visitor.status(f"{receipt}/bewijs.pdf") == 429


def test_c9_the_visits_from_one_address_leave_room_for_those_from_others(tmp_path: Path) -> None:
    """What was let go counts on: else somebody begins again and again, and nobody else can send a file that day."""
    sent = {"attachments": ("foto.pdf", b"%PDF-1.7\n" + b"x" * 990_000, "application/pdf")}
    with installation(tmp_path, furnish, faces=("citizen",), person_day_megabytes=1) as services:

        def bring(address: str, status: int) -> None:
            visitor = begun(services, address)
            visitor.get(f"{FORM}?deel=alles")
            send(visitor, FORM, TYPED, status, sent)

        for status in (200, 200, 422, 422):
            bring("192.0.2.7", status)
        bring("198.51.100.9", 200)
        grow_older(services, timedelta(hours=25))
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=25)):
            bring("192.0.2.7", 200)


def test_c9_all_visits_together_bring_so_many_files_in_a_day_and_keep_them_for_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_room, "VISITORS", 2)
    sent = {"attachments": ("foto.pdf", b"%PDF-1.7\n" + b"x" * 990_000, "application/pdf")}
    with installation(tmp_path, furnish, faces=("citizen",), person_day_megabytes=1) as services:
        tess = Citizen(services, TESS).actor
        act(services, tess, SaveDraft("/mijn/nieuw/bezwaar", DraftContent({"grounds": ["Mijn gronden."]})))
        for number in range(2):
            visitor = begun(services, f"192.0.2.{number}")
            visitor.get(f"{FORM}?deel=alles")
            send(visitor, FORM, TYPED, files=sent)
        visitor = begun(services, "192.0.2.9")
        visitor.get(f"{FORM}?deel=alles")
        page = send(visitor, FORM, TYPED, 422, sent)
        assert "Er komen nu te veel bestanden binnen" in page
        assert TYPED["what_happened"] in page
        assert len(rows(services, UploadRow)) == 2
        assert upload_room.room_of(services, tess).day == 1_000_000, "who signed in has room of their own"
        grow_older(services, timedelta(hours=25))
        sweep_held_files(services)
        assert [draft.owner for draft in rows(services, DraftRow)] == [pseudonym(tess)]
        grow_older(services, timedelta(minutes=10))
        assert sweep_held_files(services) == 2
        assert "Kijk alles na" in send(visitor, FORM, TYPED, files=sent)


def test_c10_who_files_without_signing_in_keeps_what_was_typed_in_english(services: Services) -> None:
    visitor = begun(services)
    visitor.get(f"{FORM}?deel=alles")
    page = send(visitor, f"{FORM}?taal=en", {**visitor.held(FORM), **TYPED, "stap": "bewaren"})
    assert ('<html lang="en"' in page, TYPED["what_happened"] in page, TYPED["name"] in page) == (True, True, True)
    page = send(visitor, FORM, TYPED)
    assert 'name="stap" value="taal" lang="nl"' in page
    page = send(visitor, f"{FORM}?taal=nl", {**visitor.held(SEND), "stap": "taal"})
    assert ("Kijk alles na" in page, TYPED["what_happened"] in page) == (True, True)
    send(visitor, SEND, {})
    assert len(rows(services, Case)) == 1


def test_t1_what_is_given_back_leads_who_did_not_sign_in_to_where_they_began(tmp_path: Path) -> None:
    with installation(tmp_path, furnish, faces=("citizen",), limits=("visitor=1/hour",)) as limited:
        visitor = begun(limited)
        page = send(visitor, FORM, TYPED, 429)
        assert TYPED["what_happened"] in page
        assert ('href="/indienen">Naar het begin' in page, 'href="/mijn">Naar het begin' in page) == (True, False)
