"""J14: electronic post (afdeling 2.3 of the Awb): confirmed when it comes in, sent only to who said so, and taken back at any moment.

Each row of docs/electronic-post.md names tests of this file and of others.
"""

from datetime import date

import pytest
from kit.browser import Browser
from kit.cases import days_later, register_bezwaar, rows, today
from kit.documents import stored
from kit.people import NOOR, TESS, citizen
from parties_kit import STREET, correct, the_party
from sqlalchemy import update

from processes.actions import act
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.messages import SendMessage
from processes.actions.profile import SaveProfile
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.withdrawing import Withdraw
from processes.base.errors import Invalid
from processes.jobs.workers import drain
from processes.storage.tables import CorrectionRow, MailRow, NoticeRow, Party

SQLITE_ONLY = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
POST, PORTAL = {"channel": "post", "address": STREET}, {"channel": "portal"}


def save(services, **choice) -> str:
    given = {"email": "tess@post.example", "phone": "", "news_by_mail": False, "to_confirm": False}
    return act(services, citizen(services, TESS), SaveProfile(**given, **choice))


def receipts(services) -> list[str]:
    """What each receipt by mail confirms."""
    bodies = [row.body for row in rows(services, MailRow, template="receipt")]
    return [body.partition("ontvangen voor zaak ")[2].partition(": ")[2].partition(".\n")[0] for body in bodies]


SENT = {
    "a message": (lambda _, number: SendMessage(number, "Hoe laat?"), "een bericht"),
    "a document": (lambda services, number: AddDocuments(number, (NewDocument(stored(services, "foto.pdf"), "submission"),)),
                   "een document"),
    "a withdrawal": (lambda _, number: Withdraw(number, "Het is opgelost."), "u trekt de zaak in"),
}  # fmt: skip


@SQLITE_ONLY
@pytest.mark.parametrize(("made", "told"), SENT.values(), ids=SENT.keys())
def test_j14_what_a_citizen_sends_is_confirmed_at_once(services, made, told):
    number = register_bezwaar(services, TESS)
    act(services, citizen(services, TESS), made(services, number))
    assert receipts(services) == [told]


@SQLITE_ONLY
def test_j14_who_chose_post_is_confirmed_on_the_page_only(services):
    number = register_bezwaar(services, TESS)
    save(services, **POST)
    act(services, citizen(services, TESS), SendMessage(number, "Hoe laat?"))
    assert receipts(services) == []


@SQLITE_ONLY
def test_j14_a_case_that_a_citizen_files_is_confirmed_by_a_letter_and_a_mail_that_says_since_when(services):
    me = NewParty("objector", TESS.name, identity=TESS.identity, email="tess@post.example", channel="portal")
    what = NewDecision("Parkeervergunning", announced_on=today(services))
    action = RegisterCase("bezwaar", "portal", today(services), (me,), (what,), {"grounds": "Niet eerlijk"})
    act(services, citizen(services, TESS), action)
    (mail,) = rows(services, MailRow)
    assert (mail.template, mail.notice_id is not None) == ("ontvangstbevestiging", True)
    party = the_party(services)
    assert (party.electronic_since, party.electronic_how) == (today(services), "filing")


def test_j14_a_citizen_takes_it_back_and_letters_go_by_post_from_then_on(services):
    number = register_bezwaar(services, TESS)
    drain(services)
    save(services, **POST)
    party = the_party(services)
    assert (party.channel, party.address, party.electronic_since, party.electronic_how) == ("post", STREET, None, None)
    assert [(row.channel, row.sent_on) for row in rows(services, NoticeRow)] == [("portal", today(services))]
    (row,) = rows(services, CorrectionRow)
    assert (row.kind, row.was["channel"], row.became["channel"], row.made_by) == (
        "channel",
        "portal",
        "post",
        "citizen",
    )
    page = Browser(services, NOOR).get(f"/werk/zaken/{number}/tijdlijn")
    assert "Koos zelf hoe brieven komen" in page


def test_j14_who_chooses_the_portal_gets_there_what_was_not_sent_yet(services):
    register_bezwaar(services, NewParty("objector", TESS.name, identity=TESS.identity, address=STREET))
    drain(services)
    days_later(services, 1)
    save(services, **PORTAL)
    party, (notice,) = the_party(services), rows(services, NoticeRow)
    assert (party.channel, party.electronic_since, party.electronic_how) == ("portal", today(services), "profile")
    assert (notice.channel, notice.sent_on) == ("portal", today(services))


@SQLITE_ONLY
def test_j14_a_closed_case_stays_as_it_is(services):
    number = register_bezwaar(services, TESS)
    act(services, NOOR, Withdraw(number, "Opgelost"))
    save(services, **POST)
    assert the_party(services).channel == "portal"


WRONG = {
    "post without an address": ({"channel": "post"}, "address"),
    "no way of ours": ({"channel": "link"}, "channel"),
    "the portal without a mail address": ({"channel": "portal", "email": ""}, "email"),
}


@SQLITE_ONLY
@pytest.mark.parametrize(("choice", "field"), WRONG.values(), ids=WRONG.keys())
def test_j14_a_choice_is_checked(services, choice, field):
    register_bezwaar(services, TESS)
    with pytest.raises(Invalid) as wrong:
        act(
            services,
            citizen(services, TESS),
            SaveProfile(**{"email": "tess@post.example", "phone": "", "news_by_mail": False, **choice}),
        )
    assert set(wrong.value.fields) == {field}
    assert the_party(services).channel == "portal"


@SQLITE_ONLY
def test_j14_staff_take_it_back_when_somebody_asks_for_that(services):
    number = register_bezwaar(services, TESS)
    correct(services, number, channel="post", address=STREET)
    party = the_party(services)
    assert (party.channel, party.electronic_since, party.electronic_how) == ("post", None, None)


@SQLITE_ONLY
def test_j14_nobody_gets_letters_electronically_without_a_day_and_a_way(services):
    """Whoever is put on a case, by staff, by the own form or along with another case."""
    register_bezwaar(services, TESS, NewParty("objector", "Ilse Namaak", address=STREET))
    found = [(row.channel, row.electronic_since, row.electronic_how) for row in rows(services, Party)]
    assert found == [("portal", today(services), "registered"), ("post", None, None)]


@SQLITE_ONLY
def test_j14_the_mail_about_a_letter_says_who_since_when_and_how_to_change_it(services):
    register_bezwaar(services, TESS)
    (mail,) = rows(services, MailRow)
    kind = "\nHet bezwaar is ontvangen.\n"
    said = (
        services.settings.organisation,
        "namens het college",
        "Er staat sinds",
        kind,
        "termijn",
        "liever per post",
        "/mijn/zaken/",
    )
    for words in said:
        assert words in mail.body
    assert "Niet eerlijk" not in mail.body


@SQLITE_ONLY
def test_j14_a_day_that_was_told_stays_when_the_same_is_chosen_again(services):
    register_bezwaar(services, TESS)
    with services.sessions.begin() as session:
        session.execute(update(Party).values(electronic_since=date(2026, 1, 5), electronic_how="letter"))
    save(services, **PORTAL)
    assert (the_party(services).electronic_since, the_party(services).electronic_how) == (date(2026, 1, 5), "letter")
