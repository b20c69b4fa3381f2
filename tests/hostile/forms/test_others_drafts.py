"""T1: a draft opens for its own person only, whatever somebody else tries: by address, id, cookie, token or database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.browser import ORIGIN, Browser
from kit.cases import BEZWAAR, add_departments, put_in_use, register_bezwaar, rows
from kit.installation import installation
from kit.people import BRAM, FENNA, NOOR, TESS, citizen, department
from sqlalchemy import update

from processes.actions import act
from processes.actions.drafts import DropDraft, SaveDraft
from processes.base.actor import SYSTEM, Actor
from processes.base.errors import NotAllowed
from processes.reads.drafts import read_draft, read_draft_by_id, read_drafts
from processes.storage import web_sessions
from processes.storage.drafts import DraftContent
from processes.storage.services import Services
from processes.storage.tables import DraftRow

FORM = "/mijn/nieuw/bezwaar"
SECRET = "Dit mag alleen Tess lezen"
CONTENT = DraftContent({"grounds": [SECRET]}, address=FORM)
OTHERS = ("bram", "noor", "fenna", "dossier 1", "same name of staff")


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen", "workbench")) as opened:
        yield opened


@pytest.fixture
def tess(services: Services) -> Actor:
    return citizen(services, TESS)


def other(services: Services, who: str) -> Actor:
    mine = citizen(services, TESS)
    return {
        "bram": citizen(services, BRAM), "noor": NOOR, "fenna": FENNA, "dossier 1": department(services, 1),
        "same name of staff": Actor("staff", mine.subject, "Tess Testeling", frozenset({"worker", "admin"})),
    }[who]  # fmt: skip


@pytest.mark.parametrize("who", OTHERS)
def test_t1_nobody_else_reads_replaces_or_drops_a_draft(services: Services, tess: Actor, who: str) -> None:
    key = act(services, tess, SaveDraft(FORM, CONTENT))
    stranger = other(services, who)
    assert read_draft(services, stranger, FORM) is None
    assert read_draft_by_id(services, stranger, key) is None
    assert read_drafts(services, stranger) == ()
    act(services, stranger, SaveDraft(FORM, DraftContent({"grounds": ["van mij"]})))
    act(services, stranger, DropDraft(FORM))
    mine = read_draft(services, tess, FORM)
    assert mine
    assert (mine.id, mine.fields) == (key, {"grounds": [SECRET]})


@pytest.mark.parametrize("who", [TESS, BRAM], ids=["own", "other"])
def test_t1_a_cookie_with_the_id_shows_it_to_its_own_person_only(services: Services, tess: Actor, who) -> None:
    address = "/mijn/zaken/BZW-1/bericht"
    key = act(services, tess, SaveDraft(address, DraftContent({"text": [SECRET]}, address=address)))
    browser = Browser(services, who)
    browser.client.cookies.set("zaakspoor-kept", key)
    page = browser.get("/sessie/verder?soort=citizen&terug=/mijn/nieuw")
    assert (SECRET in page) == (who is TESS)
    left = {row.id for row in rows(services, DraftRow)}
    assert left == (set() if who is TESS else {key})


def test_t1_the_pages_show_a_draft_to_its_own_person_only(services: Services, tess: Actor) -> None:
    act(services, tess, SaveDraft(FORM, CONTENT))
    tries = [
        (who.name, address, SECRET in Browser(services, who).get(address))
        for who in (TESS, BRAM)
        for address in (FORM, "/mijn", "/mijn/nieuw")
    ]
    assert [(name, address) for name, address, shown in tries if shown] == [(TESS.name, FORM)]


def test_t1_bram_cannot_drop_what_tess_kept(services: Services, tess: Actor) -> None:
    act(services, tess, SaveDraft(FORM, CONTENT))
    bram = Browser(services, BRAM)
    bram.post("/mijn/opnieuw", {"form": FORM, "zeker": "ja"})
    assert read_draft(services, tess, FORM) is not None


@pytest.mark.parametrize("column", ["form", "id"])
def test_t1_a_row_that_was_moved_in_the_database_does_not_open(services: Services, tess: Actor, column: str) -> None:
    act(services, tess, SaveDraft(FORM, CONTENT))
    bram = citizen(services, BRAM)
    moved = {"form": "/mijn/nieuw/klacht", "id": "0" * 32}[column]
    with services.sessions.begin() as session:
        session.execute(update(DraftRow).values({column: moved}))
    for who in (tess, bram):
        assert read_drafts(services, who) == ()
    assert SECRET not in Browser(services, BRAM).get(FORM)


def test_t1_nothing_readable_stands_in_the_row(services: Services, tess: Actor) -> None:
    act(services, tess, SaveDraft(FORM, CONTENT))
    (row,) = rows(services, DraftRow)
    assert SECRET.encode() not in row.data
    assert TESS.name not in f"{row.owner} {row.form}"


def test_t1_a_token_of_tess_puts_what_bram_sends_in_her_drafts_only(services: Services, tess: Actor) -> None:
    """The token of a form says whose it is: what is sent with it never comes before anybody else."""
    token = web_sessions.form_token(services, "citizen", tess.subject)
    bram = Browser(services, BRAM)
    answer = bram.client.post(FORM, data={"csrf": token, "grounds": SECRET}, headers=ORIGIN)
    assert answer.status_code == 403
    assert SECRET not in answer.text
    assert SECRET not in bram.get("/sessie/verder?soort=citizen&terug=/mijn/nieuw")
    assert SECRET not in bram.get(FORM)
    assert SECRET in Browser(services, TESS).get(FORM)


def test_t1_a_draft_needs_an_owner_and_a_form(services: Services, tess: Actor) -> None:
    for actor, form in ((SYSTEM, FORM), (tess, ""), (tess, "/" + "a" * 200)):
        with pytest.raises(NotAllowed):
            act(services, actor, SaveDraft(form, CONTENT))
    assert rows(services, DraftRow) == []


def test_t1_a_late_form_of_a_case_is_destroyed_with_that_case(services: Services, tess: Actor) -> None:
    number = register_bezwaar(services)
    act(services, tess, SaveDraft(f"/mijn/zaken/{number}/bericht", CONTENT))
    act(services, tess, SaveDraft(FORM, CONTENT))
    assert sorted(row.case_id or 0 for row in rows(services, DraftRow)) == [0, 1]
