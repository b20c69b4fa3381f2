"""T1: a mail address that a citizen types gets a code, and nothing else until the code came back (C5: staff see that)."""

import re
from datetime import timedelta

import pytest
import time_machine
from citizen_kit import ILSE, TESS, Browser, register
from kit import browser as kit_browser
from kit.cases import INTAKE, days_ago, do, rows
from kit.people import NOOR
from sqlalchemy import delete, select

from portal.citizen import details
from processes.actions import act
from processes.actions.mailing import RetryMail
from processes.actions.profile import SaveProfile
from processes.jobs.unconfirmed_sweep import sweep_unconfirmed
from processes.jobs.workers import drain
from processes.post.own_addresses import OF_ONE_PERSON, TEMPLATE, TO_ONE_ADDRESS
from processes.reads.mailbox import mails as mailbox
from processes.storage.business_time import read_offset, write_offset
from processes.storage.services import Services
from processes.storage.tables import AuditRow, MailRow, NoteRow, NoticeRow, OwnAddress, Party, PersonProfile

NEW = "tess.nieuw@post.example"
WAITS = "Uw e-mailadres is nog niet bevestigd"
SAVED = {"email": NEW, "phone": "", "news_by_mail": "ja"}


def file_a_case(who: Browser, email: str = NEW, **more: str) -> str:
    """A case filed through the pages; the receipt."""
    typed = {
        "email": email, "phone": "", "channel": "portal", "address": "", "decision-0-subject": "Weigering",
        "decision-0-announced_on": days_ago(who.services, 10).isoformat(), "grounds": "Ik woon hier al jaren",
    }  # fmt: skip
    who.get("/mijn/nieuw/bezwaar")
    return who.post("/mijn/nieuw/bezwaar/versturen", typed | more)


def mails(services: Services, email: str = NEW) -> list[tuple[str, bool]]:
    """Template of each mail to this address, and whether it left."""
    drain(services)
    return [(mail.template, mail.sent_at is not None) for mail in rows(services, MailRow) if mail.recipient == email]


def code_in(services: Services, email: str = NEW) -> str:
    """The code of the newest mail."""
    bodies = [mail.body for mail in rows(services, MailRow) if (mail.recipient, mail.template) == (email, TEMPLATE)]
    found = re.search(r"^\d{6}$", bodies[-1], re.MULTILINE)
    assert found
    return found[0]


def confirm(who: Browser, code: str, status: int = 200) -> str:
    who.get("/mijn/gegevens")
    return who.post("/mijn/gegevens/bevestigen", {"code": code}, status=status)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def later(services: Services, days: float) -> None:
    with services.sessions.begin() as session:
        write_offset(session, read_offset(session) + timedelta(days=days))


def test_t1_a_typed_address_gets_a_code_and_no_more_until_it_comes_back(tess: Browser) -> None:
    receipt = file_a_case(tess)
    assert WAITS in receipt
    assert NEW in receipt
    drain(tess.services)
    assert [one for one in mails(tess.services) if one[1]] == [(TEMPLATE, True)]
    waiting = [mail for mail in rows(tess.services, MailRow) if mail.awaits_code]
    assert [mail.template for mail in waiting] == ["ontvangstbevestiging"]
    assert WAITS in tess.get("/mijn/gegevens")
    page = confirm(tess, code_in(tess.services))
    assert "Uw e-mailadres is bevestigd" in page
    assert WAITS not in page
    assert mails(tess.services) == [(TEMPLATE, True), ("ontvangstbevestiging", True)]
    assert [notice.channel for notice in rows(tess.services, NoticeRow)] == ["portal"]
    assert [row.action for row in rows(tess.services, AuditRow)].count("confirm_address") == 1


def test_t1_a_second_case_asks_for_no_second_code_and_a_confirmed_address_for_none(tess: Browser) -> None:
    file_a_case(tess)
    file_a_case(tess)
    assert [mail for mail, _ in mails(tess.services)].count(TEMPLATE) == 1
    confirm(tess, code_in(tess.services))
    assert WAITS not in file_a_case(tess)
    assert mails(tess.services).count(("ontvangstbevestiging", True)) == 3
    assert [mail for mail, _ in mails(tess.services)].count(TEMPLATE) == 1


def test_t1_news_goes_to_no_address_that_is_not_confirmed(tess: Browser) -> None:
    register(tess.services, TESS)
    tess.get("/mijn/gegevens")
    assert WAITS in tess.post("/mijn/gegevens", SAVED)
    do(tess.services, "Intake", **INTAKE)
    assert {mail for mail, _ in mails(tess.services)} == {TEMPLATE}
    confirm(tess, code_in(tess.services))
    with tess.services.sessions() as session:
        assert session.get_one(PersonProfile, tess.actor.subject).email_unconfirmed is False
        assert not session.scalar(select(Party.email_unconfirmed))


def test_t1_an_address_that_staff_registered_needs_no_code(tess: Browser) -> None:
    register(tess.services, TESS)
    with tess.services.sessions.begin() as session:
        session.scalars(select(Party)).one().email = NEW
    assert WAITS not in file_a_case(tess)
    assert TEMPLATE not in {mail for mail, _ in mails(tess.services)}


def test_t1_going_back_to_a_confirmed_address_needs_no_second_code(tess: Browser) -> None:
    file_a_case(tess)
    confirm(tess, code_in(tess.services))
    for email, waits in (("ander@post.example", True), (NEW, False)):
        tess.get("/mijn/gegevens")
        assert (WAITS in tess.post("/mijn/gegevens", SAVED | {"email": email})) is waits
    assert [mail for mail, _ in mails(tess.services)].count(TEMPLATE) == 1


def test_t1_a_wrong_code_is_said_and_the_sixth_try_is_one_too_many(
    tess: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(details, "refused", lambda _request, event, *, why: told.append(f"{event}: {why}"))
    file_a_case(tess)
    code = code_in(tess.services)
    pages = [confirm(tess, wrong(code), 422) for _ in range(5)]
    assert ["Deze code klopt niet" in page for page in pages] == [True] * 4 + [False]
    assert "Deze code werkt niet meer" in pages[-1]
    assert "Deze code werkt niet meer" in confirm(tess, code, 422)
    assert told == ["token_refused: address code wrong"] * 4 + ["token_refused: address code over"] * 2
    tess.get("/mijn/gegevens")
    assert "nieuwe code gestuurd" in tess.post("/mijn/gegevens/code", {"email": NEW})
    assert "is bevestigd" in confirm(tess, f" {code_in(tess.services)} ")


def test_t1_a_code_works_for_a_day(tess: Browser) -> None:
    file_a_case(tess)
    code, now = code_in(tess.services), rows(tess.services, OwnAddress)[0].asked_at
    with time_machine.travel(now + timedelta(hours=25), tick=True):
        again = Browser(tess.services, TESS)
        assert "Deze code werkt niet meer" in confirm(again, code, 422)


def test_t1_a_code_is_worth_nothing_to_somebody_else(tess: Browser) -> None:
    file_a_case(tess)
    ilse = Browser(tess.services, ILSE)
    file_a_case(ilse)
    first = next(mail.body for mail in rows(tess.services, MailRow) if mail.template == TEMPLATE)
    code = re.findall(r"^\d{6}$", first, re.MULTILINE)[0]
    confirm(ilse, code, 422)
    assert [row.confirmed_at for row in rows(tess.services, OwnAddress)] == [None, None]


def test_t1_nobody_asks_a_code_for_an_address_of_another(tess: Browser) -> None:
    file_a_case(tess)
    ilse = Browser(tess.services, ILSE)
    ilse.get("/mijn/gegevens")
    ilse.post("/mijn/gegevens/code", {"email": NEW}, status=404)
    assert [mail for mail, _ in mails(tess.services)].count(TEMPLATE) == 1


def test_t1_codes_are_bounded_per_address_and_per_person(tess: Browser) -> None:
    file_a_case(tess)
    pages = []
    for _ in range(TO_ONE_ADDRESS):
        tess.get("/mijn/gegevens")
        answer = tess.client.post(
            "/mijn/gegevens/code", data={"csrf": tess.csrf, "form_key": tess.hidden("form_key"), "email": NEW},
            headers=kit_browser.ORIGIN,
        )  # fmt: skip
        pages.append(answer.text)
    assert "vandaag al vaak een code" in pages[-1]
    assert [mail for mail, _ in mails(tess.services)].count(TEMPLATE) == TO_ONE_ADDRESS
    for n in range(OF_ONE_PERSON):
        act(tess.services, tess.actor, SaveProfile(f"t{n}@post.example", "", news_by_mail=False))
    assert len([mail for mail in rows(tess.services, MailRow) if mail.template == TEMPLATE]) == OF_ONE_PERSON


def test_t1_a_notice_that_waits_two_days_goes_by_post(tess: Browser) -> None:
    file_a_case(tess)
    drain(tess.services)
    assert sweep_unconfirmed(tess.services) == 0
    later(tess.services, 2.1)
    assert sweep_unconfirmed(tess.services) == 1
    assert sweep_unconfirmed(tess.services) == 0
    drain(tess.services)
    (notice,) = rows(tess.services, NoticeRow)
    assert (notice.channel, notice.sent_on) == ("post", None)
    assert "gaat daarom per post" in rows(tess.services, NoteRow)[-1].text
    assert not [mail for mail in rows(tess.services, MailRow) if mail.template == TEMPLATE]  # it told an address
    assert mails(tess.services) == [("ontvangstbevestiging", False)]


def test_t1_what_nobody_confirmed_is_forgotten_and_can_be_asked_again(tess: Browser) -> None:
    file_a_case(tess)
    with tess.services.sessions.begin() as session:
        session.execute(delete(OwnAddress))
    tess.get("/mijn/gegevens")
    tess.post("/mijn/gegevens/code", {"email": NEW})
    assert "is bevestigd" in confirm(tess, code_in(tess.services))


def test_t1_a_worker_may_send_to_the_address_all_the_same(tess: Browser) -> None:
    file_a_case(tess)
    later(tess.services, 3)
    sweep_unconfirmed(tess.services)
    (mail,) = [one for one in rows(tess.services, MailRow) if one.error]
    act(tess.services, NOOR, RetryMail(mail.id))
    assert ("ontvangstbevestiging", True) in mails(tess.services)
    assert WAITS in tess.get("/mijn/gegevens")  # sending a letter again is not saying whose address it is


def test_t1_an_address_that_staff_correct_is_theirs_to_answer_for(tess: Browser) -> None:
    file_a_case(tess)
    later(tess.services, 3)
    sweep_unconfirmed(tess.services)
    (mail,) = [one for one in rows(tess.services, MailRow) if one.error]
    act(tess.services, NOOR, RetryMail(mail.id, "tess.goed@post.example", "Zij belde."))
    assert ("ontvangstbevestiging", True) in mails(tess.services, "tess.goed@post.example")
    assert WAITS not in file_a_case(tess, "tess.goed@post.example")


def test_t1_a_mail_that_waits_is_in_no_mailbox_and_says_so_to_staff(tess: Browser) -> None:
    file_a_case(tess)
    drain(tess.services)
    assert [mail.subject for mail in mailbox(tess.services)] == ["Uw code van Gemeente Voorbeeldstad"]
