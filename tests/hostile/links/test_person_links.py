"""Links of one person that lie, are dead or belong to somebody else: one page for all, and nothing changes (B7)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from kit.browser import ORIGIN
from kit.complaint import BOSS, SECRET_MAIL, SECRET_NAME, Browser, Play, furnish, investigated
from kit.documents import PDF
from kit.installation import installation
from kit.people import NOOR

from processes.actions import act
from processes.actions.delivering import AnswerByLink, Deliver
from processes.actions.dossier_links import RevokeLink
from processes.actions.sharing import ShareWithPerson
from processes.base.actor import Actor
from processes.base.errors import AlreadyDone, LinkGone
from processes.storage.base import Base
from processes.storage.tables import Case, DocumentRow, Dossier, LinkOpening, LookRow, Party, RateRow

SEEN = {one.__tablename__ for one in (LinkOpening, LookRow, RateRow)}
PAGES = ("", "/nazending", "/ontvangst/ONT-1", "/stuk/1", "/taak/1", "/iets/anders")


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    with installation(tmp_path, furnish) as services:
        yield investigated(services, BOSS)


@pytest.fixture
def guest(play: Play) -> Browser:
    return Browser(play.services)


def revoked(play: Play) -> str:
    act(play.services, NOOR, RevokeLink(play.rows(Dossier)[0].id))
    return play.token()


def expired(play: Play) -> str:
    with play.services.sessions.begin() as session:
        session.query(Case).update({Case.departments_until: play.rows(Case)[0].received_on - timedelta(days=1)})
    return play.token()


BROKEN: dict[str, Callable[[Play], str]] = {
    "wrong": lambda _: "A" * 43,
    "truncated": lambda play: play.token()[:-1],
    "longer": lambda play: f"{play.token()}A",
    "strange": lambda _: "%ED%A0%80' OR 1=1",
    "revoked": revoked,
    "expired": expired,
}


def everything(play: Play) -> dict[str, list[str]]:
    """Every row of every table but those of who opened or fetched something and of what is tried: a scanner stands in no other."""
    tables = [one for one in Base.metadata.sorted_tables if one.name not in SEEN]
    with play.services.sessions() as session:
        return {table.name: sorted(map(repr, session.execute(table.select()))) for table in tables}


@pytest.mark.parametrize("which", BROKEN)
def test_b7_every_link_that_does_not_work_gets_the_same_page(play: Play, guest: Browser, which: str) -> None:
    wrong = guest.client.get("/verzoek/bestaat-niet")
    task = play.task("Reaction")
    token = BROKEN[which](play)
    before = everything(play)
    for page in (*PAGES, f"/taak/{task}"):
        answer = guest.client.get(f"/verzoek/{token}{page}")
        assert (answer.status_code, answer.content) == (404, wrong.content)
    data = {"csrf": play.services.secrets.digest(f"csrf:/verzoek/{token}"), "form_key": "k" * 20, "reaction": "x"}
    for page in (f"/taak/{task}", "/aanleveren"):
        answer = guest.client.post(f"/verzoek/{token}{page}", data=data, headers=ORIGIN)
        assert (answer.status_code, answer.content) == (404, wrong.content)
    assert everything(play) == before


def test_b7_a_scanner_that_opens_everything_changes_nothing(play: Play, guest: Browser) -> None:
    play.post_leaves()
    before = everything(play)
    letters = [f"/stuk/{row.id}" for row in play.rows(DocumentRow)]
    for turn in range(30):
        for rest in ("", f"/taak/{play.task('Reaction')}", *letters):
            guest.client.request("HEAD" if turn % 3 else "GET", f"/verzoek/{play.token()}{rest}")
    assert everything(play) == before
    assert {(row.who_kind, row.kind) for row in play.rows(LookRow)} == {("department", "document")}


def test_b7_a_person_is_no_department_and_delivers_nothing(play: Play, guest: Browser) -> None:
    files = [("files", ("besluit.pdf", PDF, "application/pdf"))]
    data = {"csrf": play.services.secrets.digest(f"csrf:/verzoek/{play.token()}"), "form_key": "k" * 20}
    data |= {"task": play.task("Reaction"), "stap": "versturen", "remark": "Hier"}
    before = everything(play)
    for sent in (None, files):
        guest.client.post(f"/verzoek/{play.token()}/aanleveren", data=data, files=sent, headers=ORIGIN)
    with pytest.raises(LinkGone):
        act(play.services, person(play), Deliver(play.token(), (), "Hier"))
    assert everything(play) == before


def person(play: Play, at: int = 0) -> Actor:
    dossier = [row for row in play.rows(Dossier) if row.party_id][at]
    return Actor("department", f"department:{dossier.id}", "Medewerker", dossier=dossier.id)


def test_b7_one_person_never_does_or_learns_of_the_task_of_another(play: Play, guest: Browser) -> None:
    document = next(row for row in play.rows(DocumentRow) if row.type == "submission")
    boss = next(row for row in play.rows(Party) if row.role == "manager")
    act(play.services, NOOR, ShareWithPerson(document.id, boss.id))
    task = play.task("Reaction")
    with pytest.raises(LinkGone):
        act(play.services, person(play, 1), AnswerByLink(play.token(1), task, {"reaction": "Voor Jan"}))
    act(play.services, person(play), AnswerByLink(play.token(0), task, {"reaction": "Zelf"}))
    with pytest.raises(LinkGone):  # also when it is done
        act(play.services, person(play, 1), AnswerByLink(play.token(1), task, {"reaction": "Voor Jan"}))
    with pytest.raises(AlreadyDone):
        act(play.services, person(play), AnswerByLink(play.token(0), task, {"reaction": "Nog eens"}))
    wrong = guest.get("/verzoek/bestaat-niet", 404)
    assert guest.get(f"/verzoek/{play.token(1)}/taak/{task}", 404) == wrong


def test_b7_what_was_shared_with_one_opens_for_no_other(play: Play, guest: Browser) -> None:
    play.post_leaves()
    mine = [row for row in play.rows(DocumentRow) if any(item["party"] for item in row.to_departments)]
    assert len(mine) == 3  # what was filed, without how to reach Wim; the complaint; and the letter with the copy
    new = next(row for row in mine if row.type == "submission" and not row.redacts)
    boss = next(row for row in play.rows(Party) if row.role == "manager")
    act(play.services, NOOR, ShareWithPerson(new.id, boss.id))
    letter = next(row for row in mine if row.origin == "system")
    assert guest.client.get(f"/verzoek/{play.token(0)}/stuk/{letter.id}").status_code == 200
    guest.get(f"/verzoek/{play.token(1)}/stuk/{letter.id}", 404)
    filed = next(row for row in mine if row.redacts)
    assert guest.client.get(f"/verzoek/{play.token(0)}/stuk/{filed.id}").status_code == 200
    guest.get(f"/verzoek/{play.token(1)}/stuk/{filed.id}", 404)
    for number in (0, 1):
        guest.get(f"/verzoek/{play.token(number)}/stuk/{filed.redacts}", 404)


def test_b7_only_a_hash_of_the_link_is_stored_and_files_that_lie_are_refused(play: Play, guest: Browser) -> None:
    assert len(play.token()) == 43
    assert play.token() not in repr(everything(play))
    address = f"/verzoek/{play.token()}/taak/{play.task('Reaction')}"
    guest.get(address)
    before = len(play.rows(DocumentRow))
    for name, content in (("a.exe", b"MZ"), ("a.pdf", b"MZ geen pdf"), ("../../a.html", b"<script>")):
        guest.get(address)
        page = guest.post(
            address, 422, [("reaction_files", (name, content, "application/pdf"))], reaction="Dit typte ik"
        )
        assert "Dit typte ik" in page
    assert len(play.rows(DocumentRow)) == before


def test_b7_the_page_tells_nothing_to_who_looks_over_a_shoulder(play: Play, guest: Browser) -> None:
    answer = guest.client.get(f"/verzoek/{play.token()}")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    for secret in (SECRET_NAME, SECRET_MAIL):
        assert secret not in answer.text


def test_a_marker_that_somebody_types_never_becomes_the_link(play: Play) -> None:
    dossier = play.rows(Dossier)[0]
    typed = f"[[dossier:{dossier.id}:{'0' * 64}]]"
    play.do("Reaction", reaction=typed)
    play.do("PlanHearing", hearing="geen")
    play.do("Judge", judgment="ongegrond", points=typed, findings=typed, conclusions=typed)
    assert play.token() not in repr(everything(play))
