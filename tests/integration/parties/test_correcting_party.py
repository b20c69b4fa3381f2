"""J8: the data of a party are corrected with a reason and a history, and what waits to be sent follows."""

from dataclasses import replace
from datetime import date

import pytest
from complaint_links import link_works
from kit.browser import Browser
from kit.cases import notes_of, register_bezwaar, rows
from kit.complaint import ABOUT, investigated
from kit.people import ADA, ILSE, NOOR, TESS, YASMINA, citizen
from parties_kit import OTHER_STREET, REASON, STREET, correct, the_party

from processes.actions import act
from processes.actions.correcting_party import CorrectParty
from processes.actions.registering import NewParty
from processes.base.errors import AlreadyDone, Invalid, NotAllowed
from processes.execution.party_data import data_of, mark_of_number
from processes.jobs.workers import drain
from processes.post.letters import letter_of
from processes.reads.citizen import read_overview
from processes.storage.tables import Case, CorrectionRow, DocumentRow, MailRow, NoticeRow, Party, PersonProfile

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


OF_YASMINA = {
    "identity": YASMINA.identity,
    "channel": "portal",
    "electronic_since": date(2026, 1, 5),
    "electronic_how": "phone",
}


def sees(services, party: NewParty) -> list[str]:
    return [case.number for case in read_overview(services, citizen(services, party)).running]


def test_w5_a_number_of_somebody_else_is_taken_off_and_that_person_sees_the_case_no_more(services, noor: Browser):
    """Fault 8 of the workbench: staff mistyped a BSN, and the case of Tess stood among those of Yasmina."""
    number = register_bezwaar(
        services,
        NewParty("objector", "Tess Testeling", address=STREET, email="tess@post.example", sure=True, **OF_YASMINA),
    )
    drain(services)
    yasmina = Browser(services, YASMINA)
    assert (sees(services, YASMINA), yasmina.status(f"/mijn/zaken/{number}")) == ([number], 200)
    yasmina.get(f"/mijn/zaken/{number}/brieven/{rows(services, NoticeRow)[0].id}")
    where = f"/werk/zaken/{number}/partijen/{the_party(services).id}/gegevens"
    noor.get(where)
    mark = noor.html.partition('name="party-0-number_off" value="')[2].partition('"')[0]
    typed = {**FORM, "party-0-email": "tess@post.example", "party-0-number_off": mark}
    page = noor.post(where, typed | {"party-0-number": "999993653"}, status=422)
    assert "Allebei kan niet" in page
    assert "Zonder BSN of KvK-nummer kan deze partij niet inloggen" in noor.post(
        where, typed | {"party-0-channel": "portal"}, status=422
    )
    page = noor.post(where, typed)
    assert "De gegevens zijn verbeterd." in page
    row = the_party(services)
    assert (row.identity, row.identity_index, row.channel, row.linked_at) == (None, None, "post", None)
    assert (sees(services, YASMINA), yasmina.status(f"/mijn/zaken/{number}")) == ([], 404)
    assert "Tess Testeling" not in yasmina.get("/mijn/gegevens")
    (kept,) = rows(services, CorrectionRow)
    assert (kept.was["number"], kept.became["number"], kept.reason) == (
        "een nummer van iemand anders",
        "weggehaald",
        REASON,
    )
    told = notes_of(services)[-1]
    assert "Wie bij dat nummer hoort, ziet de zaak niet meer." in told
    assert "opende een brief, document of bericht van deze zaak (1 keer, " in told
    assert "Alleen via het portaal verstuurd" in told
    assert "Nummer: was een nummer van iemand anders, is nu weggehaald." in noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert "number_off" not in noor.get(where)


@SQLITE_ONLY
def test_w5_only_the_number_that_stood_on_the_page_is_taken_off(services):
    number = register_bezwaar(
        services, NewParty("objector", "Tess Testeling", address=STREET, sure=True, identity=YASMINA.identity)
    )
    row = the_party(services)
    taken = CorrectParty(number, row.id, data_of(row), REASON, data_of(row).seen, number_off=mark_of_number(row))
    correct(services, number, identity="bsn:999993653")  # a colleague was first, with the right one
    with pytest.raises(AlreadyDone):
        act(services, NOOR, taken)
    assert sees(services, TESS) == [number]


@SQLITE_ONLY
@pytest.mark.parametrize("identity", ["bsn:999993653", None], ids=["another", "none"])
def test_w5_the_one_whose_number_it_was_keeps_the_own_address_and_gets_no_mail_of_the_case(services, identity):
    """Also where number and mail address are mended in one go."""
    number = register_bezwaar(
        services,
        NewParty(
            "objector", "Tess Testeling", address=STREET, email="y@post.example", sure=True, identity=YASMINA.identity
        ),
    )
    drain(services)
    row = the_party(services)
    case = rows(services, Case)[0]
    with services.sessions.begin() as session:
        session.add(PersonProfile(identity_index=row.identity_index, email="yasmina@post.example", news_by_mail=True))
        session.add(
            MailRow(
                case_id=case.id,
                template="news-status",
                recipient="yasmina@post.example",
                subject="Nieuws",
                body="Beste Tess Testeling,\n",
                message_id="<n1@zaken.example>",
                created_at=services.clock.now(),
                digest=True,
            )
        )
    off = "" if identity else mark_of_number(row)
    data = replace(data_of(row), email="tess@post.example")
    act(
        services,
        NOOR,
        CorrectParty(number, row.id, data, REASON, data_of(row).seen, identity, sure=True, number_off=off),
    )
    (profile,) = rows(services, PersonProfile)
    assert profile.email == "yasmina@post.example"
    (mail,) = rows(services, MailRow, template="news-status")
    assert "iemand anders" in mail.error


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
