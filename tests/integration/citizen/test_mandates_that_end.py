"""C2: what a mandate brought into a case stays of who gave it: letters, contact details, others of the case, and the proof of who sent what."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from citizen_kit import filled
from kit.browser import Browser
from kit.cases import bezwaar_in_use, register_bezwaar, rows
from kit.documents import stored
from kit.installation import installation
from kit.people import BRAM, ILSE, NOOR, TESS, TOGA, YASMINA

from processes.access.readers import Readers, readers_of
from processes.actions import act
from processes.actions.correcting_party import CorrectParty
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.messages import Reply, SendMessage
from processes.actions.own_bundles import MakeOwnBundle
from processes.actions.parties import AddParty
from processes.actions.profile import SaveProfile
from processes.actions.registering import NewParty
from processes.actions.representing import Represent
from processes.base.errors import Invalid, NotNow
from processes.execution.party_data import data_of
from processes.jobs.workers import drain
from processes.reads.citizen import read_receipt
from processes.storage.services import Services
from processes.storage.tables import Case, CaseBundle, CorrectionRow, DocumentRow, NoteRow, NoticeRow, Party

FORM, SEND = "/mijn/nieuw/bezwaar", "/mijn/nieuw/bezwaar/versturen"
FOR_TESS = {"for": str(TESS.identity), "for_name": TESS.name}
OFFICE = NewParty("representative", "Ander Kantoor", "company", identity="kvk:69599084", channel="portal")
OWN = "Bramstraat 1\n1234 AA Voorbeeldstad"
WHY = "De brief van 3 mei."


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, bezwaar_in_use, faces=("citizen",)) as opened:
        yield opened


@pytest.fixture
def number(services: Services) -> str:
    """A case that Bram filed for Tess by her mandate; the letter that it came in has left."""
    bram = Browser(services, BRAM, FOR_TESS)
    bram.get(f"{FORM}?deel=alles")
    bram.post(FORM, filled(bram, address=OWN, other_address="Dorpsweg 1\n1234 AA Voorbeeldstad"))
    bram.post(SEND, bram.held(SEND))
    drain(services)
    return rows(services, Case)[0].number


def party_of(services: Services, name: str) -> Party:
    return next(one for one in rows(services, Party) if one.name == name)


def upload(services: Services, number: str, browser: Browser, name: str) -> str:
    """The reference of a document that this person adds."""
    assert browser.actor is not None
    return act(services, browser.actor, AddDocuments(number, (NewDocument(stored(services, name), "submission"),)))


def test_c2_letters_go_to_the_represented_too_who_can_read_them_without_the_mandate(
    services: Services, number: str
) -> None:
    tess, bram = party_of(services, TESS.name), party_of(services, BRAM.name)
    letters = {one.party_id: one for one in rows(services, NoticeRow)}
    assert set(letters) == {tess.id, bram.id}
    assert letters[tess.id].body.startswith("Beste Tess Testeling")
    assert letters[tess.id].channel == "post"  # of whom only an address is known
    with services.sessions.begin() as session:
        case = session.get_one(Case, tess.case_id)
        model = services.models.version(session, case.model_version_id).model
        own, his = (
            session.get_one(DocumentRow, one) for one in (letters[tess.id].document_id, letters[bram.id].document_id)
        )
        for one in (own, his):
            one.on_portal, one.shows_at = True, None
        case.published_at = case.published_at or services.clock.now()
        session.flush()
        assert readers_of(session, case, model, own) == Readers.SOMEBODY
        assert readers_of(session, case, model, his) == Readers.NO_SIGN_IN


def test_c2_what_came_in_by_a_mandate_is_there_for_the_next_who_has_one(services: Services, number: str) -> None:
    bram = Browser(services, BRAM, FOR_TESS)
    upload(services, number, bram, "foto-van-bram.pdf")
    assert bram.actor is not None
    act(services, bram.actor, SendMessage(number, "Ik bel morgen."))
    tess = party_of(services, TESS.name)
    (note,) = [one for one in rows(services, NoteRow) if one.text == "Ik bel morgen."]
    assert (note.party_id, note.author) == (tess.id, f"{BRAM.name}, namens {TESS.name}")
    with pytest.raises(NotNow, match="vertegenwoordigt"):
        act(services, NOOR, Reply(number, party_of(services, BRAM.name).id, "Dat is goed."))
    for who in (Browser(services, TESS), Browser(services, OFFICE, FOR_TESS)):
        page = who.get(f"/mijn/zaken/{number}")
        assert "Ik bel morgen." in page
        assert "foto-van-bram" in page


def test_c2_who_acted_by_a_mandate_changes_nothing_of_that_case_without_it(services: Services, number: str) -> None:
    before = party_of(services, BRAM.name)
    bram = Browser(services, BRAM)
    assert before.address == OWN
    assert "Bramstraat 1" not in bram.get("/mijn/gegevens")
    assert bram.actor is not None
    save = SaveProfile("nieuw@post.example", "", news_by_mail=False, channel="post", address="Elders 9\n1234 AB Verweg")
    act(services, bram.actor, save)
    after = party_of(services, BRAM.name)
    for name in ("email", "phone", "channel", "address", "electronic_since"):
        assert getattr(after, name) == getattr(before, name), name
    assert rows(services, CorrectionRow) == []


def test_c2_a_mandate_of_one_party_reaches_no_other_of_the_case(services: Services, number: str) -> None:
    act(services, NOOR, AddParty(number, replace(ILSE, address="Laan 2\n1234 AB Verweg", channel="post")))
    ilse, bram = party_of(services, ILSE.name), party_of(services, BRAM.name)
    assert ilse.represented_by is None
    with pytest.raises(Invalid, match="machtiging van een ander"):
        act(services, NOOR, Represent(number, ilse.id, bram.id, WHY))
    upload(services, number, Browser(services, ILSE), "van-ilse.pdf")
    (paper,) = [one for one in rows(services, DocumentRow) if one.file_name == "van-ilse.pdf"]
    with services.sessions.begin() as session:  # as an earlier release stored it
        session.get_one(Party, ilse.id).represented_by = bram.id
    acting = Browser(services, BRAM, FOR_TESS)
    assert "van-ilse" not in acting.get(f"/mijn/zaken/{number}")
    assert acting.actor is not None
    act(services, acting.actor, MakeOwnBundle(number, "zip"))
    (bundle,) = rows(services, CaseBundle)
    assert paper.id not in [one["document"] for one in bundle.chosen]
    drain(services)
    assert rows(services, CaseBundle)[0].state == "ready"


def test_c2_the_receipt_names_who_sent_it_whoever_looks(services: Services, number: str) -> None:
    bram, tess = Browser(services, BRAM, FOR_TESS), Browser(services, TESS)
    by_bram, by_tess = (upload(services, number, one, f"van-{one.actor.name[:4]}.pdf") for one in (bram, tess))
    for looks in (bram, tess):
        assert read_receipt(services, looks.actor, number, [by_bram]).sender == f"{BRAM.name}, namens {TESS.name}"
        assert read_receipt(services, looks.actor, number, [by_tess]).sender == TESS.name
    assert {one.added_by for one in rows(services, DocumentRow, reference=by_bram)} == {
        f"{BRAM.name}, namens {TESS.name}"
    }


def test_c2_a_mandate_for_an_office_opens_nothing_of_the_clients_of_that_office(services: Services) -> None:
    client = register_bezwaar(services, ILSE, TOGA, subject="Van een klant")
    own = register_bezwaar(services, replace(TOGA, role="objector"), subject="Van zichzelf")
    for_toga = Browser(services, BRAM, {"for": str(TOGA.identity), "for_name": TOGA.name})
    page = for_toga.get("/mijn")
    assert (own in page, client in page) == (True, False)
    assert for_toga.status(f"/mijn/zaken/{client}") == 404
    assert client in Browser(services, TOGA).get("/mijn")


def test_c2_who_left_the_case_is_not_read_through_the_representative(services: Services) -> None:
    number = register_bezwaar(services, TESS, ILSE, TOGA)
    upload(services, number, Browser(services, ILSE), "van-ilse.pdf")
    toga = Browser(services, TOGA)
    assert "van-ilse" in toga.get(f"/mijn/zaken/{number}")
    with services.sessions.begin() as session:
        session.get_one(Party, party_of(services, ILSE.name).id).left_on = services.clock.now().date()
    page = toga.get(f"/mijn/zaken/{number}")
    assert "van-ilse" not in page
    assert ILSE.name not in page
    with suppress(Invalid):  # nothing else may be there
        act(services, toga.actor, MakeOwnBundle(number, "zip"))
    (paper,) = [one for one in rows(services, DocumentRow) if one.file_name == "van-ilse.pdf"]
    assert paper.id not in [one["document"] for bundle in rows(services, CaseBundle) for one in bundle.chosen]


def test_c2_mandate_and_branch_do_not_stay_with_another_number(services: Services, number: str) -> None:
    with services.sessions.begin() as session:
        session.get_one(Party, party_of(services, TESS.name).id).branch = "000012345678"
    for name, other in ((BRAM.name, ILSE), (TESS.name, YASMINA)):
        row = party_of(services, name)
        data, seen = data_of(row), data_of(row).seen
        if data.branch:
            with pytest.raises(Invalid):
                act(services, NOOR, CorrectParty(number, row.id, data, WHY, seen, str(other.identity)))
            data = replace(data, branch="")
        act(services, NOOR, CorrectParty(number, row.id, data, WHY, seen, str(other.identity)))
        after = party_of(services, name)
        assert (after.branch, after.by_mandate) == ("", False)
