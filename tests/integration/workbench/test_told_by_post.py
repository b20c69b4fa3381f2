"""What staff tell somebody who does not read on the portal becomes a letter that waits to be posted, or is refused with a reason."""

from dataclasses import replace

from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.documents import stored
from kit.people import NOOR, TESS, TOGA
from workbench_kit import BRAM

from processes.actions import act
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.storage.tables import DocumentRow, MailRow, NoteRow, NoticeRow, Party
from processes.storage.words import NoteKind

WITHOUT_NUMBER = replace(BRAM, name="Karin Zonder", identity=None)


def answer(noor: Browser, number: str, party: int, text: str, status: int = 200) -> str:
    place = f"/werk/zaken/{number}"
    noor.get(f"{place}/tijdlijn")
    return noor.post(f"{place}/antwoord", {"party-reply": str(party), "text-reply": text}, status=status)


def change(services, party: int, **values) -> None:
    with services.sessions.begin() as session:
        row = session.get_one(Party, party)
        for name, value in values.items():
            setattr(row, name, value)


def test_w3_an_answer_to_somebody_who_cannot_sign_in_becomes_a_letter_in_the_post_room(services, noor: Browser):
    number = register_bezwaar(services, WITHOUT_NUMBER)
    assert "Karin Zonder (indiener), per post" in noor.get(f"/werk/zaken/{number}/tijdlijn")
    page = answer(noor, number, 1, "Uw bezwaar ligt bij de commissie. {{ result.name }}")
    assert "Deze partij krijgt het antwoord per post." in page
    letter = rows(services, NoticeRow)[-1]
    assert (letter.channel, letter.sent_on, letter.party_id) == ("post", None, 1)
    assert "Uw bezwaar ligt bij de commissie. {{ result.name }}" in letter.body
    assert "Beste Karin Zonder" in letter.body
    assert f"Bericht over uw zaak ({number})" in noor.get("/werk").partition("Brieven printen")[2]
    assert "nog niet verzonden" in noor.get(f"/werk/zaken/{number}/brieven")


def test_w3_who_reads_on_the_portal_gets_no_letter(services, noor: Browser):
    number = register_bezwaar(services)
    before = len(rows(services, NoticeRow))
    assert "leest het op het portaal" in answer(noor, number, 1, "Dag")
    assert len(rows(services, NoticeRow)) == before


def test_w3_the_letter_goes_to_who_speaks_for_the_party(services, noor: Browser):
    toga = replace(TOGA, channel="post", address="Kade 2\n1234 AC Voorbeeldstad")
    number = register_bezwaar(services, TESS, toga)
    tess, lawyer = sorted(rows(services, Party), key=lambda one: one.role, reverse=False)
    party = next(one for one in (tess, lawyer) if one.represented_by)
    answer(noor, number, party.id, "Wij horen graag van u.")
    assert rows(services, NoticeRow)[-1].party_id == party.represented_by


def test_w3_an_answer_that_can_reach_nobody_is_refused_and_nothing_typed_is_lost(services, noor: Browser):
    number = register_bezwaar(services, BRAM)
    before = len(rows(services, NoticeRow)), len(rows(services, MailRow))
    change(services, 1, address=None)
    page = answer(noor, number, 1, "Blijft staan", status=422)
    assert "een adres ontbreekt" in page
    assert "Blijft staan" in page
    change(services, 1, address="Dorpsweg 1", deceased=True)
    assert "Bram van Proefhuizen (indiener)" not in noor.get(f"/werk/zaken/{number}/tijdlijn").partition("Aan")[2]
    assert "is overleden" in answer(noor, number, 1, "Blijft", status=409)
    assert not rows(services, NoteRow, kind=NoteKind.REPLY)
    assert (len(rows(services, NoticeRow)), len(rows(services, MailRow))) == before


def test_w3_a_document_for_one_party_goes_by_post_to_who_does_not_sign_in(services, noor: Browser):
    number = register_bezwaar(services, BRAM)
    act(services, NOOR, AddDocuments(number, (NewDocument(stored(services, "kaart.pdf"), "correspondence", "Kaart"),)))
    document = next(row for row in rows(services, DocumentRow) if row.title == "Kaart")
    noor.get(f"/werk/zaken/{number}/documenten")
    place = f"/werk/zaken/{number}/documenten/{document.id}/betrokkene"
    assert "krijgt het document per post" in noor.post(place, {f"party-{document.id}": "1"})
    letter = rows(services, NoticeRow)[-1]
    assert letter.sent_on is None
    assert [one["document"] for one in letter.enclosures] == [document.id]
