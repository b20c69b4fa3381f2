"""C10: a citizen chooses a language once, and reads pages and mails of ours in it."""

from dataclasses import replace
from pathlib import Path

import pytest
from citizen_kit import ILSE, TESS, Browser, add, intake, objector, register
from kit.browser import TestClient
from kit.cases import INTAKE, do, rows
from kit.english import dutch_words
from kit.people import NOOR
from kit.small_portal import portal, services_of, sign_in

from processes.actions import act
from processes.actions.messages import Reply, SendMessage
from processes.actions.profile import SaveProfile
from processes.base.actor import Actor, ActorKind
from processes.base.english import DAY, day_words
from processes.base.errors import Invalid
from processes.dated import MailSender
from processes.jobs.news_digest_sweep import sweep_news_of_day
from processes.post.message import message
from processes.storage.tables import MailRow, NoticeRow, Party, PersonProfile

MAIL = "tess@post.example"
SAVED = {"email": MAIL, "phone": "", "language": "en", "news_by_mail": "ja", "news_daily": "nee", "news_kinds": ["status", "documents", "messages"]}  # fmt: skip
# what people and the organisation are called, and the page that a link leads to
DATA = (
    "Gemeente Voorbeeldstad",
    "het college van burgemeester en wethouders van Voorbeeldstad",
    "/mijn/zaken",
    "/mijn/gegevens",
    "/mijn",
    "Beslissing op uw bezwaar",
)


def english(tess: Browser, **more: object) -> None:
    chosen = SaveProfile(
        MAIL, "", news_by_mail=True, to_confirm=False, language="en", news_kinds=("status", "documents", "messages")
    )
    act(tess.services, tess.actor, replace(chosen, **more))


def test_c10_a_language_that_was_chosen_is_that_of_the_person(tess: Browser) -> None:
    first = register(tess.services, TESS, ILSE)
    tess.get("/mijn/gegevens")
    page = tess.post("/mijn/gegevens", SAVED)
    assert "Your details were saved" in page
    assert 'name="language" value="en" checked' in page
    assert [one.language for one in rows(tess.services, PersonProfile)] == ["en"]
    second = register(tess.services, TESS, subject="Iets anders")
    assert first != second
    assert [(one.name, one.language) for one in rows(tess.services, Party)] == [
        ("Tess Testeling", "en"), ("Ilse Namaak", "nl"), ("Tess Testeling", "en"),
    ]  # fmt: skip


def test_c10_a_language_that_we_do_not_write_is_refused(tess: Browser) -> None:
    with pytest.raises(Invalid) as wrong:
        english(tess, language="fr")
    assert [*wrong.value.fields] == ["language"]


def test_c10_who_chose_english_gets_every_mail_in_english(tess: Browser) -> None:
    services = tess.services
    number = register(services, TESS)
    english(tess)
    english(tess, email="nieuw@post.example", to_confirm=True)
    english(tess)
    intake(services, complete=False)
    act(services, tess.actor, SendMessage(number, "Hoe gaat het?"))
    add(services, number, "report", "Een rapport", shown=True)
    (party,) = rows(services, Party)
    act(services, NOOR, Reply(number, party.id, "Wij bellen u morgen."))
    english(tess, news_daily=True)
    act(services, NOOR, Reply(number, party.id, "Wij belden u."))
    sweep_news_of_day(services)
    mails = [one for one in rows(services, MailRow) if one.template != "ontvangstbevestiging"]
    assert {one.template for one in mails} >= {
        "confirm-address",
        "address-changed",
        "receipt",
        "news-document",
        "news-reply",
    }
    assert {one.language for one in mails[1:]} == {"en"}
    for one in mails[1:]:
        assert dutch_words(f"{one.subject}\n{one.body}", DATA) == [], one.template
    sent = message(MailSender("Stad", "post@stad.example", ""), mails[-1], mails[-1].body, MAIL)
    assert sent["Content-Language"] == "en"
    assert '<html lang="en">' in sent.get_body(("html",)).get_content()


def test_c10_a_party_on_paper_reads_what_staff_heard(tess: Browser) -> None:
    register(
        tess.services,
        TESS,
        extra=(replace(objector(ILSE), identity=None, channel="post", address="Dorpsstraat 1", language="en"),),
    )
    assert [one.language for one in rows(tess.services, Party)] == ["nl", "en"]


def test_c10_the_language_comes_along_to_another_browser(tmp_path: Path) -> None:
    with portal(tmp_path, demo=True) as app:
        client = TestClient(app)
        subject = sign_in(client, "tess").json()["subject"]
        act(
            services_of(client),
            Actor(ActorKind.CITIZEN, subject, "Tess"),
            SaveProfile("", "", news_by_mail=False, language="en"),
        )
        other = TestClient(app)
        sign_in(other, "tess")
        assert '<html lang="en"' in other.get("/mijn").text


def test_c10_a_letter_of_before_says_in_english_what_it_said_then(tess: Browser) -> None:
    number = register(tess.services, TESS)
    (first,) = rows(tess.services, NoticeRow)
    days = [str(day_words(one.group())) for one in DAY.finditer(first.body)]
    do(
        tess.services, "Intake", **INTAKE, route="commissie"
    )  # which gives more time: the letter of then would say another day now
    address = f"/mijn/zaken/{number}/brieven/{first.id}"
    assert "Make an English translation" in tess.get(f"{address}?taal=en")
    tess.post(f"{address}/vertaling")
    english = tess.get(address).partition("The Dutch letter is decisive")[2]
    assert len(days) > 1
    assert [day for day in days if day not in english] == []
