"""C10: who reads English finds own words, and what was sent, letter by letter: each phrase here is one that the program says in English."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from kit.browser import ORIGIN, Browser, TestClient
from kit.cases import days_ago, rows
from kit.desk import Desk, desk, form_of
from kit.documents import PDF
from kit.people import NOOR, TESS_BSN, citizen
from lxml import html

from portal.app import create_app
from portal.language.english import english
from processes.actions import act
from processes.actions.messages import SendMessage
from processes.actions.registering import NewParty
from processes.actions.replying import DecideReply
from processes.storage.tables import (
    Case,
    Delivery,
    DocumentRequestRow,
    DocumentRow,
    FiledRow,
    MailRow,
    NoticeRow,
    RequestReply,
)

TESS = NewParty("objector", "Tess Testeling", identity=TESS_BSN, channel="portal", email="tess@voorbeeld.example")
PHRASES = ("Mijn tuin is afgerond.", "Nee", "Brief", "3 weken te laat")
SAME = frozenset({"script", "style", "textarea", "label", "option"})  # what nobody changes, and choices of ours
FORM, SEND = "/mijn/nieuw/bezwaar", "/mijn/nieuw/bezwaar/versturen"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A case for each phrase, filed by Tess with the phrase in every field, and a department that answers with all of them."""
    with desk(tmp_path_factory.mktemp("own"), faces=("citizen", "department")) as made:
        tess = Browser(made.services, TESS)
        for phrase in PHRASES:
            file_with(tess, phrase)
        for phrase in PHRASES:
            ask_more_time(made, phrase)
        for phrase in PHRASES:
            deliver_with(made, phrase)
        yield made


def file_with(tess: Browser, phrase: str) -> None:
    """A case with a message and a document, through the pages."""
    fill_in(tess, phrase)
    number = tess.post(SEND).split("/mijn/zaken/")[1].split('"')[0].split("/")[0]
    act(tess.services, citizen(tess.services, TESS), SendMessage(number, phrase))
    address = f"/mijn/zaken/{number}/document"
    tess.get(address)
    tess.post(address, {"type": "submission", "title": phrase}, {"files": (f"{phrase}.pdf", PDF, "application/pdf")})
    tess.post(f"{address}/versturen")


def fill_in(tess: Browser, phrase: str) -> str:
    """The form of a new case with the phrase in each field; the page that shows everything once more."""
    tess.get(f"{FORM}?deel=alles")
    typed = {
        "deel": "alles", "decision-0-subject": phrase, "decision-0-number": phrase, "grounds": phrase, "urgent": phrase,
        "decision-0-announced_on": days_ago(tess.services, 10).isoformat(), "channel": "portal", "email": "tess@post.example", "address": phrase,
    }  # fmt: skip
    return tess.post(FORM, typed, {"submission": (f"{phrase}.pdf", PDF, "application/pdf")})


def ask_more_time(office: Desk, phrase: str) -> None:
    """A department asks for more time, and does not get it."""
    until = (office.rows(DocumentRequestRow)[0].due + timedelta(14)).isoformat()
    address = f"{office.address}/anders/{office.task('DeliverDocuments')}/meer-tijd"
    data = {
        "csrf": office.csrf,
        "form_key": f"anders-{phrase}-0123456789",
        "uitleg": phrase,
        "naam": phrase,
        "tot": until,
    }
    office.client.post(address, data=data, headers=ORIGIN)
    asked = office.rows(RequestReply)[-1]
    act(office.services, NOOR, DecideReply(asked.id, granted=False, note=phrase))


def deliver_with(office: Desk, phrase: str) -> None:
    """A department sends a file with a title and a remark, and says why another paper is not there."""
    said = {"stuk-0": "niet", "waarom-0": phrase}
    page = office.choose((f"{phrase}.pdf", PDF), remark=phrase, naam=phrase, **said).text
    named = {name.replace("type-", "title-"): phrase for name in form_of(page) if name.startswith("type-")}
    types = {name: "underlying" for name in form_of(page) if name.startswith("type-")}
    answer = office.press(page, **types, **named, **said)
    assert "/ontvangst/" in str(answer.url), answer.text


def standing(page: str, phrase: str) -> int:
    """How often the phrase stands on a page by itself, or behind words of ours; a mark such as `Nee` of a decided question is ours."""
    found = Counter[str]()
    for element in html.fromstring(page.encode()).iter():
        if isinstance(element.tag, str) and "zs-badge" not in element.get("class", ""):
            found.update(
                " ".join((text or "").split())
                for text in (element.tail, element.tag not in SAME and element.text)
                if text
            )
    return sum(many for text, many in found.items() if text == phrase or text.endswith(f": {phrase}"))


def pages_of(office: Desk) -> Iterator[tuple[str, str]]:
    """The kind of page and the address of every page of these cases."""
    numbers = [one.number for one in rows(office.services, Case)]
    yield from (("overview", "/mijn"), ("details", "/mijn/gegevens"), ("dossier", office.address))
    for number in numbers:
        yield from (
            (kind, f"/mijn/zaken/{number}{rest}")
            for kind, rest in (("case", ""), ("withdraw", "/intrekken"), ("along", "/meenemen"))
        )
        yield "receipt", f"/mijn/ingediend/{number}"
    cases = {one.id: one.number for one in rows(office.services, Case)}
    for one in rows(office.services, FiledRow):
        yield "filed", f"/mijn/zaken/{cases[one.case_id]}/ingestuurd/{one.id}"
        yield "department's filed", f"{office.address}/ingestuurd/{one.id}"
    for one in rows(office.services, NoticeRow):
        yield "letter", f"/mijn/zaken/{cases[one.case_id]}/brieven/{one.id}"
    for one in rows(office.services, DocumentRow):
        yield (
            "document's receipt",
            f"/mijn/zaken/{cases[one.case_id]}/ontvangst?d={one.reference.rpartition('-D')[2]}",
        )
        yield "published", f"{office.address}/voor-u/{one.id}"
    yield from (("delivery", f"{office.address}/ontvangst/{one.receipt}") for one in rows(office.services, Delivery))
    yield from (("reply", f"{office.address}/antwoord/{one.id}") for one in rows(office.services, RequestReply))
    yield from (("mail", f"{office.address}/bericht/{one.id}") for one in rows(office.services, MailRow))
    yield from (("request", f"{office.address}/gevraagd/{one.id}") for one in rows(office.services, DocumentRequestRow))


def test_c10_own_words_stand_unchanged_on_each_page_in_english(office: Desk) -> None:
    assert all(english(phrase) != phrase for phrase in PHRASES)
    readers = Browser(office.services, TESS).client, TestClient(create_app(office.services))
    changed, seen = [], Counter[tuple[str, str]]()
    for kind, address in pages_of(office):
        client = readers[address.startswith("/verzoek")]
        said = {
            language: client.get(f"{address}{'&' if '?' in address else '?'}taal={language}")
            for language in ("nl", "en")
        }
        if said["en"].status_code != 200:
            continue
        assert '<html lang="en"' in said["en"].text
        for phrase in PHRASES:
            dutch, other = (standing(said[language].text, phrase) for language in ("nl", "en"))
            seen[kind, phrase] += dutch
            changed += [(address, phrase, dutch, other)] * (dutch != other)
    assert changed == []
    everywhere = {
        "overview",
        "case",
        "receipt",
        "filed",
        "delivery",
        "department's filed",
        "reply",
        "document's receipt",
    }
    assert [(kind, phrase) for kind in everywhere for phrase in PHRASES if not seen[kind, phrase]] == []


@pytest.mark.parametrize("phrase", PHRASES)
def test_c10_own_words_stand_unchanged_before_they_are_sent(office: Desk, phrase: str) -> None:
    tess = Browser(office.services, TESS)
    dutch = standing(fill_in(tess, phrase), phrase)
    tess.get("/mijn?taal=en")
    page = fill_in(tess, phrase)
    assert '<html lang="en"' in page
    assert standing(page, phrase) == dutch >= 4
