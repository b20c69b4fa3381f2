"""J8: the data of a party are corrected with a reason and a history, and what waits to be sent follows."""

from dataclasses import replace
from datetime import date

import pytest
from complaint_links import link_works
from kit.browser import Browser
from kit.cases import notes_of, register_bezwaar, rows
from kit.complaint import ABOUT, investigated
from kit.people import ADA, ILSE, NOOR, TESS, citizen
from parties_kit import OTHER_STREET, REASON, STREET, correct, the_party

from processes.actions import act
from processes.actions.correcting_party import CorrectParty
from processes.actions.registering import NewParty
from processes.base.errors import AlreadyDone, Invalid, NotAllowed
from processes.execution.party_data import data_of
from processes.jobs.workers import drain
from processes.post.letters import letter_of
from processes.reads.citizen import read_overview
from processes.storage.tables import CorrectionRow, DocumentRow, MailRow, NoticeRow, Party

SQLITE_ONLY = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
BY_POST = NewParty("objector", "Tes Testeling", address=STREET)
HEARD = {"electronic_since": date(2026, 1, 5), "electronic_how": "phone"}


def test_j8_a_letter_that_waits_gets_the_new_name_and_address(services):
    number = register_bezwaar(services, BY_POST)
    drain(services)
    old = rows(services, NoticeRow)[0].document_id
    correct(services, number, name="Tess Testeling", address=OTHER_STREET)
    drain(services)
    notice = rows(services, NoticeRow)[0]
    assert (notice.sent_on, notice.channel) == (None, "post")
    assert notice.body.startswith("Beste Tess Testeling,")
    assert notice.document_id not in {None, old}
    replaced = next(row for row in rows(services, DocumentRow) if row.id == old)
    assert (replaced.state, replaced.blob, replaced.on_portal) == ("erased", "", False)


def test_j8_a_correction_stays_readable_with_who_when_why_and_what(services):
    number = register_bezwaar(services, BY_POST)
    correct(services, number, name="Tess Testeling")
    (row,) = rows(services, CorrectionRow)
    assert (row.kind, row.was, row.became) == ("party", {"name": "Tes Testeling"}, {"name": "Tess Testeling"})
    assert (row.reason, row.made_by, row.party_id) == (REASON, "noor", the_party(services).id)


@SQLITE_ONLY
def test_j8_a_secret_address_leaves_a_letter_that_was_not_printed(services):
    number = register_bezwaar(services, BY_POST)
    drain(services)
    correct(services, number, secret_address=True)
    with services.sessions() as session:
        letter = letter_of(services, session, rows(services, NoticeRow)[0].id)
    assert letter is not None
    assert letter.address == ""
    page = Browser(services, NOOR).get(f"/werk/zaken/{number}/brieven")
    assert "Schrijf het zelf op de envelop" in page
    assert "Zwaluwlaan 3" in page


@SQLITE_ONLY
def test_j8_a_mail_that_waits_goes_to_the_new_address(services):
    number = register_bezwaar(services, TESS)
    correct(services, number, email="nieuw@post.example")
    assert [mail.recipient for mail in rows(services, MailRow) if mail.template == "ontvangstbevestiging"] == [
        "nieuw@post.example"
    ]


@SQLITE_ONLY
def test_j8_what_was_sent_stays_as_it_was(services):
    number = register_bezwaar(services, TESS)
    drain(services)
    correct(services, number, email="nieuw@post.example", name="Tess de Tester")
    assert {mail.recipient for mail in rows(services, MailRow)} == {"tess@post.example"}
    assert "Tess Testeling" in rows(services, NoticeRow)[0].body


@SQLITE_ONLY
def test_j8_of_somebody_who_died_nothing_leaves_and_the_handler_asks_for_heirs(services):
    number = register_bezwaar(services, BY_POST)
    drain(services)
    correct(services, number, deceased=True)
    notice = rows(services, NoticeRow)[0]
    assert "overleden" in notice.stopped
    assert "Vraag wie de erfgenamen zijn" in notes_of(services)[-1]
    assert "Bewaar verzenddatum" not in Browser(services, NOOR).get(f"/werk/zaken/{number}/brieven")
    correct(services, number, deceased=False)
    drain(services)
    assert rows(services, NoticeRow)[0].stopped is None
    assert rows(services, NoticeRow)[0].document_id is not None


@SQLITE_ONLY
def test_j8_a_mail_that_waits_for_somebody_who_died_stops(services):
    number = register_bezwaar(services, TESS)
    correct(services, number, deceased=True)
    (mail,) = rows(services, MailRow)
    assert (mail.sent_at, mail.settled_at is not None) == (None, True)


def test_j14_a_letter_that_waits_takes_the_other_way_once_somebody_says_so(services):
    number = register_bezwaar(services, BY_POST)
    correct(services, number, channel="portal", identity="bsn:999993653", email="tess@post.example", **HEARD)
    notice, party = rows(services, NoticeRow)[0], the_party(services)
    assert (notice.channel, notice.sent_on is not None) == ("portal", True)
    assert (party.electronic_since, party.electronic_how) == (date(2026, 1, 5), "phone")
    assert [case.number for case in read_overview(services, citizen(services, TESS)).running] == [number]


@SQLITE_ONLY
def test_j14_staff_say_since_when_and_how_somebody_is_reachable_electronically(services):
    number = register_bezwaar(services, BY_POST)
    with pytest.raises(Invalid) as wrong:
        correct(services, number, channel="portal", identity="bsn:999993653")
    assert set(wrong.value.fields) == {"party-0-electronic_since", "party-0-electronic_how"}


@SQLITE_ONLY
def test_j8_the_link_in_another_mailbox_is_dead_and_the_right_one_gets_a_new_link(services):
    play = investigated(services)
    drain(services)
    old = play.token()
    correct(services, play.number, role="complained_about", email="baliemans@voorbeeldstad.example")
    drain(services)
    mail = rows(services, MailRow, template="new-link")[-1]
    assert mail.recipient == "baliemans@voorbeeldstad.example"
    assert not link_works(services, old)
    assert link_works(services, play.token())
    told = "\n".join(notes_of(services))
    assert ABOUT.name not in told


REFUSED = {
    "no reason": ({"reason": " "}, {"reason"}),
    "no name": ({"name": " "}, {"party-0-name"}),
    "nothing changed": ({}, {""}),
    "post without an address": ({"address": ""}, {"party-0-address"}),
}


@SQLITE_ONLY
@pytest.mark.parametrize(("changes", "fields"), REFUSED.values(), ids=REFUSED.keys())
def test_j8_a_correction_is_checked(services, changes, fields):
    number = register_bezwaar(services, BY_POST)
    with pytest.raises(Invalid) as wrong:
        correct(services, number, **changes)
    assert set(wrong.value.fields) == fields
    assert rows(services, CorrectionRow) == []


@SQLITE_ONLY
def test_j8_of_two_people_at_once_the_second_is_told_and_a_committee_member_corrects_nothing(services):
    number = register_bezwaar(services, BY_POST, ILSE)
    row = rows(services, Party)[0]
    data = data_of(row)
    correct_it = CorrectParty(number, row.id, replace(data, name="Tess Testeling"), REASON, data.seen)
    act(services, NOOR, correct_it)
    with pytest.raises(AlreadyDone):
        act(services, NOOR, correct_it)
    with pytest.raises(NotAllowed):
        act(services, ADA, correct_it)


@SQLITE_ONLY
def test_j8_the_page_corrects_and_shows_what_was(services, noor: Browser):
    number = register_bezwaar(services, BY_POST)
    where = f"/werk/zaken/{number}/partijen/{the_party(services).id}/gegevens"
    assert "Tes Testeling" in noor.get(where)
    assert 'href="#field-reason"' in noor.post(where, {**FORM, "reason": ""}, status=422)
    noor.get(where)
    page = noor.post(where, FORM)
    assert "De gegevens zijn verbeterd." in page
    assert "Naam: was Tes Testeling, is nu Tess Testeling." in page
    assert "Naam: was Tes Testeling" in noor.get(f"/werk/zaken/{number}/tijdlijn")


FORM = {
    "party-0-kind": "person", "party-0-name": "Tess Testeling", "party-0-address": STREET, "party-0-channel": "post",
    "reason": REASON,
}  # fmt: skip
