"""W9: a letter to several is read, written on, agreed to by two and sent, and a hundred are printed, in a real browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from kit.bundles import paper_of
from kit.cases import add_departments, put_in_use, rows
from kit.installation import installation
from kit.letter_types import AGREED, on_paper
from kit.people import NOOR, PIET, SEM, TESS, known, signed_in
from kit.small_types import register
from kit.waiting import drain_beside, until
from kit.web_process import web_process
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from browser.looking import can_be_read
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.registering import NewParty
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.post import letters
from processes.storage.services import Services
from processes.storage.tables import Case, LetterRow, NoticeRow, TaskRow

Of = Callable[[Actor], Page]
HUNDRED = 100
JAM = 60  # the place in the stack at which the printer stopped
BACK = (7, 19, 88)  # places of letters that did not go along
OWN = "Beste Bram Papier 2,\n\nKom om elf uur.\n"


def waits(services: Services, *readers: NewParty) -> None:
    """A case of which the letter to these readers waits for two who agree."""
    add_departments(services, "wonen")
    for one in (NOOR, PIET, SEM):
        known(services, one)
    put_in_use(services, AGREED.folder())
    register(services, "proef", readers, values={})
    (task,) = rows(services, TaskRow, element="Work", state="open")
    act(services, NOOR, CompleteTask(task.id, {"place": "het stadhuis"}))


@contextmanager
def desk(chromium: Browser, tmp_path: Path, *readers: NewParty) -> Iterator[tuple[Services, Of]]:
    """The installation with such a letter, and a page of each colleague."""
    with (
        installation(tmp_path, lambda services: waits(services, *readers)) as services,
        web_process(services, tmp_path) as web,
    ):

        def of(who: Actor) -> Page:
            context = chromium.new_context(
                viewport={"width": 1280, "height": 900}, locale="nl-NL", base_url=web.address
            )
            cookie = signed_in(services, who).cookie
            context.add_cookies(
                [{"name": cookie_name(services.settings, who.kind), "value": cookie, "url": web.address}]
            )
            return context.new_page()

        yield services, of


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[tuple[Services, Of]]:
    with desk(chromium, tmp_path, TESS, on_paper(1), on_paper(2)) as found:
        yield found


@pytest.fixture
def hundred(chromium: Browser, tmp_path: Path) -> Iterator[tuple[Services, Of]]:
    with desk(chromium, tmp_path, *(on_paper(number) for number in range(1, HUNDRED + 1))) as found:
        yield found


def agree(page: Page) -> None:
    page.goto("/werk")
    page.get_by_role("link", name="Lees de brief").click()
    page.get_by_role("button", name="Geef akkoord").click()
    expect(page.get_by_text("U heeft akkoord gegeven.")).to_be_visible()


def ask_two(page: Page) -> None:
    page.get_by_label("Akkoord van iemand die mag beslissen").select_option(SEM.subject)
    page.get_by_label("Daarna van een collega of een team").first.select_option(PIET.subject)
    page.get_by_role("button", name="Vraag akkoord").click()
    expect(page.get_by_text("Het akkoord is gevraagd.")).to_be_visible()


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def make_all(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """The PDF of every letter: the layout is looked at elsewhere, here only whose it is. The web process may be making one meanwhile."""
    monkeypatch.setattr(letters, "letter_pdf", lambda made: paper_of(made.name))
    drain_beside(services)
    assert until(lambda: all(one.document_id for one in rows(services, NoticeRow)))


def make_stack(page: Page, letters_in_it: int) -> None:
    page.goto("/werk/post")
    expect(page.get_by_role("heading", name=f"Klaar om te printen ({letters_in_it})")).to_be_visible()
    page.get_by_role("button", name="Maak een stapel").click()
    expect(page.get_by_text(f"nog {letters_in_it} te verzenden")).to_be_visible()


def test_w9_a_letter_is_written_on_agreed_to_by_two_and_sent(opened: tuple[Services, Of]) -> None:
    services, of = opened
    noor = of(NOOR)
    (letter,), notices = rows(services, LetterRow), rows(services, NoticeRow)
    noor.goto("/werk/concepten?van=alles")
    can_be_read(noor)
    noor.get_by_role("link", name="Uw zaak").click()
    can_be_read(noor)
    noor.get_by_text("Voor wie is deze tekst?").click()
    for recipient in ("Tess Testeling", "Bram Papier 1"):
        noor.get_by_role("checkbox", name=recipient).uncheck()
    noor.get_by_label("Tekst van de brief").fill(OWN)
    noor.get_by_role("button", name="Bewaar de tekst").click()
    noor.get_by_text("Wat is er veranderd?").click()
    expect(noor.get_by_text("Nieuw: Kom om elf uur.")).to_be_visible()
    can_be_read(noor)
    ask_two(noor)
    sem = of(SEM)
    sem.goto(f"/werk/zaken/PRF-2026-00001/concept/{letter.id}".replace("PRF-2026-00001", noor.url.split("/")[-3]))
    can_be_read(sem)
    agree(sem)
    agree(of(PIET))
    noor.reload()
    can_be_read(noor)
    noor.get_by_role("button", name="Verstuur de brieven").click()
    expect(noor.get_by_text("De brief is verstuurd.")).to_be_visible()
    can_be_read(noor)
    sent = rows(services, NoticeRow)
    assert [one.id for one in sent] == [one.id for one in notices]
    assert [one.held for one in sent] == [None] * 3
    assert sent[2].body == OWN
    assert [len(one.frame["approved"]) for one in sent] == [2] * 3


def letters_in(stack: bytes) -> list[str]:
    """The pages of a stack without the sheets with a code, which lie behind the first letter to each party on paper."""
    return [page for page in pages(stack) if "Uw code voor zaak" not in page]


def test_w9_a_hundred_letters_are_seen_agreed_to_by_two_and_printed_also_after_a_jam(
    hundred: tuple[Services, Of], monkeypatch: pytest.MonkeyPatch
) -> None:
    services, of = hundred
    noor = of(NOOR)
    (letter,), (case,) = rows(services, LetterRow), rows(services, Case)
    noor.goto(f"/werk/zaken/{case.number}/concept/{letter.id}")
    expect(noor.get_by_role("heading", name=f"Tekst voor {HUNDRED} betrokkenen")).to_be_visible()
    noor.get_by_text("Bekijk de brief zoals hij weggaat").click()
    one = noor.get_by_role("link", name="De brief aan Bram Papier 57 (PDF)").get_attribute("href")
    assert "Proefstraat 57" in pages(noor.request.get(str(one)).body())[0]
    can_be_read(noor)
    ask_two(noor)
    agree(of(SEM))
    agree(of(PIET))
    noor.reload()
    noor.get_by_role("button", name="Verstuur de brieven").click()
    expect(noor.get_by_text("De brief is verstuurd.")).to_be_visible()
    make_all(services, monkeypatch)

    make_stack(noor, HUNDRED)
    stack = noor.url
    printed = letters_in(noor.request.get(f"{stack}/stapel.pdf").body())[-HUNDRED:]  # behind the cover
    assert [f"Bram Papier {at}" in text for at, text in enumerate(printed, 1)] == [True] * HUNDRED
    noor.get_by_label("Vastgelopen? Print opnieuw vanaf plaats").fill(str(JAM))
    with noor.expect_download() as again:
        noor.get_by_role("button", name="Download vanaf die plaats").click()
    left = HUNDRED - JAM + 1
    assert f"Bram Papier {JAM}" in letters_in(Path(again.value.path()).read_bytes())[-left]
    noor.evaluate("document.querySelectorAll('input[name=notices]').forEach(one => { one.checked = false })")
    for place in BACK:
        noor.get_by_role("checkbox", name=f"{place}. Bram Papier {place},").check()
    noor.get_by_role("button", name="Zet terug in de wachtrij").click()
    expect(noor.get_by_text("De brieven staan weer in de wachtrij.")).to_be_visible()
    noor.get_by_role("button", name="Bewaar verzenddatum").click()
    expect(noor.get_by_text("De brieven zijn verzonden.")).to_be_visible()
    assert sum(one.sent_on is None for one in rows(services, NoticeRow)) == len(BACK)
    make_stack(noor, len(BACK))
    noor.get_by_role("button", name="Bewaar verzenddatum").click()
    expect(noor.get_by_text("De brieven zijn verzonden.")).to_be_visible()
    assert [one.subject for one in rows(services, NoticeRow) if one.sent_on is None] == []
