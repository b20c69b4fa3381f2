"""The pages of a draft, as an administrator uses them without JavaScript."""

import re

import pytest
from kit.browser import Browser
from kit.cases import days_later, rows, shipped
from kit.people import FENNA, NOOR

from engine.edits import files_of
from processes.actions import act
from processes.actions.drafting import SaveDraftFiles
from processes.base.actor import Actor
from processes.jobs.draft_sweep import sweep_drafts
from processes.storage.services import Services
from processes.storage.tables import ModelDraftRevision, ModelVersion
from processes.studio.revisions import newest_revision
from processes.studio.zipping import to_zip

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
KLACHT = files_of(shipped("klacht"))
HOME = "/beheer/zaaktypen/klacht/ontwerp"
MAIL = f"{HOME}/brieven/tekst/oordeel"
GERDA = Actor("staff", "gerda", "Gerda Beheer", frozenset({"admin"}))


@pytest.fixture
def fenna(services: Services) -> Browser:
    return Browser(services, FENNA)


def begin(browser: Browser) -> str:
    browser.get("/beheer/zaaktypen/klacht")
    return browser.post(f"{HOME}/beginnen")


def drop_rehearsals(services: Services, name: str) -> None:
    """They need all that klacht calls: tests/integration/studio/test_rehearsals_of_a_draft.py has some that do not."""
    with services.sessions() as session:
        newest = newest_revision(session, name)
    gone = tuple(one for one in newest.files if one.startswith("rehearsals/"))
    act(services, FENNA, SaveDraftFiles(name, newest.id, "Zonder repetities.", drop=gone))


def text_on(page: str) -> str:
    return page.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>", maxsplit=1)[0]


def test_s6_a_draft_is_begun_changed_seen_and_taken_into_use(fenna: Browser, services: Services) -> None:
    assert "gelijk aan versie 1" in begin(fenna)
    page = fenna.get(MAIL)
    assert "Zo leest het" in page
    typed = text_on(page).replace("\n", "\r\n") + "\r\nEen regel erbij voor {{ recipient.name }}."
    page = fenna.post(MAIL, {"text": typed, "step": "preview"})
    assert "Een regel erbij voor Tess Voorbeeld." in page
    assert len(rows(services, ModelDraftRevision)) == 1
    page = fenna.post(MAIL, {"text": typed})
    assert "Bewaard" in page
    page = fenna.get(HOME)
    assert "Er zijn geen fouten." in page, "its rehearsals are not played yet"
    assert "Anders: mail 'oordeel'." in page
    drop_rehearsals(services, "klacht")
    page = fenna.get(f"{HOME}/in-gebruik")
    assert "Dit wordt versie 2" in page
    page = fenna.post(f"{HOME}/in-gebruik")
    assert "Versie 2 is in gebruik" in page
    assert [row.deployed_by for row in rows(services, ModelVersion, process="klacht")] == ["system", "fenna"]


def test_s6_two_editors_of_one_letter_both_keep_their_text(fenna: Browser, services: Services) -> None:
    gerda = Browser(services, GERDA)
    begin(fenna)
    fenna.get(MAIL)
    gerda.get(MAIL)
    gerda.post(MAIL, {"text": "Onderwerp: Van Gerda\n\nDe tekst van Gerda."})
    page = fenna.post(MAIL, {"text": "Onderwerp: Van Fenna\n\nDe tekst van Fenna."}, status=409)
    assert "Intussen bewaarde Gerda Beheer ook iets" in page
    assert "De tekst van Gerda." in page
    assert "De tekst van Fenna." in text_on(page)
    page = fenna.post(MAIL, {"text": "Onderwerp: Van ons\n\nDe tekst van ons beiden."})
    assert "Bewaard" in page
    page = fenna.get(f"{HOME}/bewaringen")
    assert page.count("Tekst van 'oordeel' veranderd.") == 2


def test_s6_the_menu_of_the_saves_has_all_parts_of_the_draft(fenna: Browser) -> None:
    begin(fenna)
    fenna.get(f"{HOME}/brieven")
    parts = menu(fenna)
    assert f"{HOME}/formulieren" in parts
    for page in ("bewaringen", "bewaringen/vergelijken", "weggooien"):
        fenna.get(f"{HOME}/{page}")
        assert menu(fenna) == parts


def menu(browser: Browser) -> list[str]:
    """The addresses in the menu of the draft."""
    shown = browser.html.partition('<nav class="zs-studio__menu"')[2].partition("</nav>")[0]
    return re.findall(r'href="([^"]+)"', shown)


def test_b2_findings_stand_at_the_letter_that_causes_them(fenna: Browser, services: Services) -> None:
    begin(fenna)
    fenna.get(MAIL)
    page = fenna.post(MAIL, {"text": "Onderwerp: Oordeel\n\nDe zaal is {{ zaal }}."})
    assert "`zaal` bestaat niet. Gebruik een gegeven van dit zaaktype." in page
    assert "Nog 1 fout" in re.sub(r"<[^>]+>", "", fenna.get(HOME))
    page = fenna.get(f"{HOME}/in-gebruik")
    assert "Dit ontwerp kan nog niet in gebruik" in page
    assert len(rows(services, ModelVersion, process="klacht")) == 1


def test_s6_an_older_save_is_put_back_named_and_tidied(fenna: Browser, services: Services) -> None:
    begin(fenna)
    first = rows(services, ModelDraftRevision)[0].id
    fenna.get(MAIL)
    fenna.post(MAIL, {"text": "Onderwerp: X\n\nX"})
    fenna.get(f"{HOME}/bewaringen")
    page = fenna.post(f"{HOME}/bewaringen/naam", {"revision": first, "label": "zoals in 2025"})
    assert "De naam is bewaard" in page
    page = fenna.post(f"{HOME}/bewaringen/terugzetten", {"revision": first})
    assert "Teruggezet naar bewaring 1 ('zoals in 2025')." in page
    page = fenna.get(f"{HOME}/bewaringen/opruimen")
    assert "1 bewaring zonder naam gaat weg." in page
    assert "zoals in 2025" in page
    assert [row.tidied_at for row in rows(services, ModelDraftRevision)] == [None] * 3, "looking takes nothing away"
    page = fenna.post(f"{HOME}/bewaringen/opruimen")
    assert "1 bewaring is opgeruimd" in page
    assert "De bewaringen zijn er weer" in fenna.post(f"{HOME}/bewaringen/opruimen/terug")
    assert [row.tidied_at for row in rows(services, ModelDraftRevision)] == [None] * 3
    fenna.get(f"{HOME}/bewaringen/opruimen")
    fenna.post(f"{HOME}/bewaringen/opruimen")
    days_later(services, 8)
    assert (sweep_drafts(services), sweep_drafts(services)) == (1, 0)
    assert [row.number for row in rows(services, ModelDraftRevision)] == [1, 3]
    assert "niets meer om terug te halen" in fenna.post(
        f"{HOME}/bewaringen/opruimen/terug", {"csrf": fenna.csrf}, status=409
    )
    assert fenna.client.get(f"{HOME}/zip").content == to_zip(KLACHT)


def test_s16_a_copy_by_three_fields(fenna: Browser, services: Services) -> None:
    fenna.get("/beheer/zaaktypen/klacht/kopie")
    names = {"title": "Klacht over afval", "identification": "klacht-afval", "prefix": "kla"}
    page = fenna.post("/beheer/zaaktypen/klacht/kopie", names, status=422)
    assert "'KLA' is al van 'Klacht'. Kies iets anders." in page
    page = fenna.post("/beheer/zaaktypen/klacht/kopie", {**names, "prefix": "klaf"})
    assert "Dit is uw nieuwe zaaktype, nog als ontwerp" in page
    assert "Teksten met de oude naam" in page
    drop_rehearsals(services, "klacht-afval")
    fenna.get("/beheer/zaaktypen/klacht-afval/ontwerp/in-gebruik")
    page = fenna.post("/beheer/zaaktypen/klacht-afval/ontwerp/in-gebruik")
    assert "Klacht over afval, versie 1" in page


def test_s17_a_package_becomes_a_draft_also_with_faults(fenna: Browser, services: Services) -> None:
    broken = {**KLACHT, "mails/oordeel.txt": b"Zonder onderwerp"}
    fenna.get("/beheer/zaaktypen/nieuw")
    page = fenna.post("/beheer/zaaktypen/nieuw", files={"file": ("klacht.zip", to_zip(broken))}, status=422)
    page = fenna.post(re.findall(r'action="([^"]*/als-ontwerp)"', page)[0])
    assert "Nog 1 fout" in re.sub(r"<[^>]+>", "", page)
    assert fenna.client.get(f"{HOME}/zip").content == to_zip(broken)


def test_s6_a_letter_is_added_and_taken_away_again(fenna: Browser, services: Services) -> None:
    begin(fenna)
    fenna.get(f"{HOME}/brieven")
    page = fenna.post(f"{HOME}/brieven", {"mail": "Niet Goed"}, status=422)
    assert "Gebruik kleine letters" in page
    page = fenna.post(f"{HOME}/brieven", {"mail": "extra"})
    assert "Brief of mail: extra" in page
    page = fenna.post(f"{HOME}/brieven/tekst/extra/weg")
    assert "Weggehaald" in page
    assert fenna.client.get(f"{HOME}/zip").content == to_zip(KLACHT)


def test_s6_a_discarded_draft_is_gone_and_what_is_in_use_stays(fenna: Browser, services: Services) -> None:
    begin(fenna)
    fenna.get(f"{HOME}/weggooien")
    assert "Het ontwerp is weggegooid" in fenna.post(f"{HOME}/weggooien")
    fenna.get(HOME, 404)
    assert "versie 1" in fenna.get("/beheer/zaaktypen/klacht")


def test_s6_only_administrators_come_in(fenna: Browser, services: Services) -> None:
    begin(fenna)
    noor = Browser(services, NOOR)
    assert {noor.status(f"{HOME}{page}") for page in ("", "/bewaringen", "/brieven", "/in-gebruik", "/zip")} == {403}
