"""C12: news by mail per kind, at once or in one mail a day; and C5: the old address hears that it was changed."""

from citizen_kit import ILSE, TESS, Browser, add, intake, register
from kit.cases import days_later, rows
from kit.people import FENNA, NOOR
from sqlalchemy import update

from processes.actions import act
from processes.actions.mailing import LetMailGo
from processes.actions.messages import Reply
from processes.actions.news_digest import NOT_CONFIRMED, NOT_WANTED
from processes.actions.profile import SaveProfile
from processes.jobs.news_digest_sweep import sweep_news_of_day
from processes.jobs.unconfirmed_sweep import sweep_unconfirmed
from processes.jobs.workers import drain
from processes.post import sending
from processes.post.news_digest import TEMPLATE
from processes.post.own_addresses import TEMPLATE_CHANGED
from processes.reads.admin.held_mail import read_held_mail
from processes.storage.restored import Restored, write_restored
from processes.storage.services import Services
from processes.storage.tables import MailRow, Party, PersonProfile

MAIL = "tess@post.example"
SAVED = {"email": MAIL, "phone": "", "news_by_mail": "ja", "news_daily": "nee"}


def wants(services: Services, tess: Browser, *kinds: str, daily: bool = False) -> None:
    chosen = SaveProfile(MAIL, "", news_by_mail=True, to_confirm=False, news_kinds=kinds or None, news_daily=daily)
    act(services, tess.actor, chosen)


def left(services: Services) -> list[str]:
    """The templates of the mails of news that left."""
    drain(services)
    return [one.template for one in rows(services, MailRow) if one.template.startswith("news") and one.sent_at]


def both_kinds(services: Services, number: str) -> None:
    """A document that comes, and an answer to a message."""
    add(services, number, "report", "Een rapport", shown=True)
    (party, *_) = [one for one in rows(services, Party) if one.role == "objector"]
    act(services, NOOR, Reply(number, party.id, "Wij bellen u morgen."))


def test_c12_only_the_chosen_kinds_are_mailed(tess: Browser) -> None:
    number = register(tess.services, TESS)
    wants(tess.services, tess, "messages")
    both_kinds(tess.services, number)
    intake(tess.services, complete=True)
    assert left(tess.services) == ["news-reply"]


def test_c12_once_a_day_is_one_mail_with_every_case(tess: Browser) -> None:
    services = tess.services
    first, second = register(services, TESS), register(services, TESS, subject="Iets anders")
    wants(services, tess, "messages", "documents", "status", daily=True)
    both_kinds(services, first)
    add(services, second, "report", "Nog een rapport", shown=True)
    assert (left(services), sweep_news_of_day(services)) == ([], 0)
    days_later(services, 1)
    assert (sweep_news_of_day(services), sweep_news_of_day(services)) == (1, 0)
    assert left(services).count(TEMPLATE) == 1
    (mail,) = [one for one in rows(services, MailRow) if one.template == TEMPLATE]
    assert (mail.recipient, mail.case_id) == (MAIL, None)
    for line in (
        f"- Er is een document bij uw zaak gekomen ({first})",
        f"- Er is een document bij uw zaak gekomen ({second})",
        f"- Er staat een bericht over uw zaak voor u klaar ({first})",
    ):
        assert mail.body.count(line) == 1
    assert "rapport" not in mail.body
    days_later(services, 3)
    sweep_unconfirmed(services)
    assert TEMPLATE not in {one.template for one in rows(services, MailRow)}


def test_c12_who_wants_no_news_any_more_gets_nothing_that_waited(tess: Browser) -> None:
    services = tess.services
    number = register(services, TESS)
    wants(services, tess, "documents", daily=True)
    add(services, number, "report", "Een rapport", shown=True)
    act(services, tess.actor, SaveProfile(MAIL, "", news_by_mail=False, to_confirm=False))
    days_later(services, 1)
    sweep_news_of_day(services)
    assert left(services) == []


def waiting(services: Services) -> list[MailRow]:
    """The news that waits for the mail of the day."""
    return [one for one in rows(services, MailRow) if one.digest and not one.sent_at and not one.error]


def test_c12_news_that_waits_follows_to_another_address_of_its_reader(tess: Browser) -> None:
    services = tess.services
    number = register(services, TESS)
    wants(services, tess, "documents", daily=True)
    add(services, number, "report", "Een rapport", shown=True)
    new = SaveProfile("nieuw@post.example", "", news_by_mail=True, to_confirm=False, news_daily=True)
    act(services, tess.actor, new)
    assert [one.recipient for one in waiting(services)] == ["nieuw@post.example"]
    days_later(services, 1)
    sweep_news_of_day(services)
    left(services)
    assert [one.recipient for one in rows(services, MailRow) if one.template == TEMPLATE] == ["nieuw@post.example"]
    assert [one.error for one in rows(services, MailRow) if one.digest] == [None]


def test_c12_news_waits_for_an_address_that_is_not_confirmed_and_then_says_so(tess: Browser) -> None:
    services = tess.services
    number = register(services, TESS)
    wants(services, tess, "documents", daily=True)
    add(services, number, "report", "Een rapport", shown=True)
    act(services, tess.actor, SaveProfile("nieuw@post.example", "", news_by_mail=True, news_daily=True))
    days_later(services, 1)
    sweep_news_of_day(services)
    assert len(waiting(services)) == 1
    days_later(services, 3)
    sweep_news_of_day(services)
    assert [one.error for one in rows(services, MailRow) if one.digest] == [NOT_CONFIRMED]


def test_c12_of_two_people_with_one_address_each_gets_the_own_news_only(tess: Browser, browser) -> None:
    services, ilse = tess.services, browser(ILSE)
    register(services, ILSE)
    number = register(services, TESS)
    wants(services, ilse, daily=True)
    wants(services, tess, "documents", daily=True)
    add(services, number, "report", "Een rapport", shown=True)
    act(services, tess.actor, SaveProfile(MAIL, "", news_by_mail=False, to_confirm=False))
    days_later(services, 1)
    sweep_news_of_day(services)
    assert [one.error for one in rows(services, MailRow) if one.digest] == [NOT_WANTED]
    assert TEMPLATE not in {one.template for one in rows(services, MailRow)}


def test_t9_news_that_waits_for_the_mail_of_the_day_is_not_let_go_by_itself(tess: Browser) -> None:
    services = tess.services
    number = register(services, TESS)
    wants(services, tess, "documents", daily=True)
    add(services, number, "report", "Een rapport", shown=True)
    with services.sessions.begin() as session:
        session.execute(update(MailRow).where(MailRow.digest.is_(False)).values(sent_at=services.clock.now()))
        moment = "2026-01-01T00:00:00+00:00"
        write_restored(session, Restored("20260101T000000Z", moment, moment, copy=False, mail_held=True))
    held = read_held_mail(services, FENNA)
    assert held is not None
    assert (held.mails, held.count) == ((), 0)
    act(services, FENNA, LetMailGo(all=False))
    (mail,) = waiting(services)
    sending.send_mail(services, {"mail": mail.id})
    assert len(waiting(services)) == 1
    days_later(services, 1)
    sweep_news_of_day(services)
    assert left(services).count(TEMPLATE) == 1


def test_c12_the_page_asks_kinds_and_how_often_and_shows_what_was_chosen(tess: Browser) -> None:
    register(tess.services, TESS)
    page = tess.get("/mijn/gegevens")
    assert page.count('name="news_kinds"') == page.count('name="news_kinds" value="', 0) == 3
    page = tess.post("/mijn/gegevens", {**SAVED, "news_kinds": []}, status=422)
    assert "Kies over welk nieuws u een mail wilt." in page
    page = tess.post("/mijn/gegevens", {**SAVED, "news_kinds": ["status", "messages"], "news_daily": "ja"})
    assert 'value="status" checked' in page
    assert 'value="documents" checked' not in page
    assert 'name="news_daily" value="ja" checked' in page
    (profile,) = rows(tess.services, PersonProfile)
    assert (profile.news_kinds, profile.news_daily) == (["status", "messages"], True)
    tess.post("/mijn/gegevens", {**SAVED, "news_kinds": ["status", "documents", "messages"]})
    assert rows(tess.services, PersonProfile)[0].news_kinds is None  # also the kinds that come later


def test_c5_the_old_address_hears_that_it_was_changed_and_not_into_what(tess: Browser, browser) -> None:
    wants(tess.services, tess)
    tess.get("/mijn/gegevens")
    tess.post("/mijn/gegevens", {**SAVED, "email": "nieuw@post.example", "news_kinds": ["status"]})
    told = [one for one in rows(tess.services, MailRow) if one.template == TEMPLATE_CHANGED]
    assert [one.recipient for one in told] == [MAIL]
    assert "nieuw@post.example" not in told[0].body
    tess.post("/mijn/gegevens", {**SAVED, "email": "anders@post.example", "news_kinds": ["status"]})
    ilse = browser(ILSE)
    ilse.get("/mijn/gegevens")
    ilse.post("/mijn/gegevens", {**SAVED, "email": "ilse@post.example", "news_kinds": ["status"]})
    told = [one.recipient for one in rows(tess.services, MailRow) if one.template == TEMPLATE_CHANGED]
    assert told == [MAIL]  # nothing to an address that was never confirmed, nor to nobody's


def test_c5_who_chose_the_portal_without_an_address_is_warned(tess: Browser) -> None:
    register(tess.services, TESS)
    assert "Wij kunnen u niet mailen" in tess.get("/mijn/gegevens")
    wants(tess.services, tess)
    assert "Wij kunnen u niet mailen" not in tess.get("/mijn/gegevens")
