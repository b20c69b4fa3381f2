"""Every route times every visitor, generated from the routes themselves: a new door without a guard fails here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_kit import waiting_for_a_department
from kit.browser import ORIGIN, TestClient
from kit.cases import open_task, rows
from kit.installation import installation
from kit.people import BRAM, FENNA, LIES, NOOR, TESS, VERA, citizen, signed_in
from sqlalchemy import delete

from portal.app import create_app
from portal.security.sessions import cookie_name
from portal.sign_on.back_channel import PATH as BACK_CHANNEL
from portal.sign_on.saml.logout_pages import DOORS as SAML_LOGOUT
from portal.simulator.routes import TOKEN_PATH
from processes.base.actor import Actor
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, DocumentRow, Dossier, RateRow

# open to all by their nature: the process itself, signing in and out, and the demo
MAILBOX = ("/verzoek", "/verzoek/code", "/verzoek/code/invullen")  # where everybody may ask for a code
OPEN = (
    "/openbaar",
    "/over/",
    "/huisstijl/",
    "/robots.txt",
    "/healthz",
    "/readyz",
    "/metrics",
    "/sessie/",
    "/uitloggen",
    "/uitgelogd",
    "/inloggen",
    "/demo",
    "/.well-known/security.txt",
    "/indienen",
    *MAILBOX,
)
# who enters each face at all; somebody else's session leads to the sign-in of the face, another role to 403
FACES = {
    "/mijn": {"stranger"},
    "/werk/cijfers": {"lead"},
    "/werk/team": {"lead"},
    "/werk/vervanging": {"worker", "decider", "committee", "lead"},
    "/werk/inloggen": {"worker", "decider", "committee", "lead"},
    "/werk": {"worker", "decider", "committee"},
    "/beheer": {"admin", "archivist", "privacy"},
}
STAFF = {
    "worker": NOOR,
    "decider": Actor("staff", "sem", "Sem Beslisser", frozenset({"decider"})),
    "committee": Actor("staff", "ada", "Ada Griffier", frozenset({"committee"})),
    "admin": FENNA,
    "archivist": Actor("staff", "arie", "Arie Archief", frozenset({"archivist"})),
    "lead": LIES,
    "privacy": VERA,
}
FIRST_PAGE = {"lead": ("/werk", "/werk/cijfers")}  # the page of everybody's day sends who only leads to the figures
# what they do would change who or when everybody after is
LEFT_SHUT = {"/uitloggen", "/mijn/gegevens/uitloggen", "/werk/inloggen", "/beheer/inloggen", "/demo/klok"}
OF_THE_CASE = ("{number}", "{task}", "{document}", "{notice}")
# the framework lists the routes as an OpenAPI document, in which a door for GET and HEAD has one name twice
pytestmark = pytest.mark.filterwarnings("ignore:Duplicate Operation ID")
VISITORS = ("nobody", "stranger", *STAFF)
MACHINES = {
    BACK_CHANNEL,
    TOKEN_PATH,
    *(f"{door}{{way}}" for door in SAML_LOGOUT),
}  # called by programs, which have no token of a form
UPLOADS = "/uploads"


def visitor(services: Services, who: str) -> TestClient:
    """A browser of this visitor, signed in where there is anything to sign in as."""
    client = TestClient(create_app(services))
    client.csrf = ""  # type: ignore[attr-defined]
    if who == "nobody":
        return client
    actor = STAFF.get(who) or citizen(services, BRAM)
    made = signed_in(services, actor)
    client.cookies.set(cookie_name(services.settings, actor.kind), made.cookie)  # type: ignore[arg-type]
    client.csrf = made.csrf  # type: ignore[attr-defined]
    return client


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, waiting_for_a_department, demo=True) as opened:
        yield opened


@pytest.fixture
def names(services: Services) -> dict[str, str]:
    """What stands for the parts of an address: all of it is of the case of Tess, which waits for a department."""
    (case,) = rows(services, Case)
    return {
        "number": case.number, "task": open_task(services, "CallObjector"), "document": rows(services, DocumentRow)[0].id,
        "notice": "1", "token": "a" * 43, "dossier": str(rows(services, Dossier)[0].id), "tab": "tijdlijn",
        "case_type": "bezwaar", "code": "bezwaar", "process": "bezwaar", "version": "1",
    }  # fmt: skip


def doors(client: TestClient, names: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Method, pattern and a full address of every route."""
    for pattern, methods in client.app.openapi()["paths"].items():
        address = pattern
        for part in pattern.split("{")[1:]:
            name = part.partition("}")[0]
            address = address.replace(f"{{{name}}}", names.get(name, "1"))
        yield from ((method.upper(), pattern, address) for method in methods)


def wrong(who: str, pattern: str, status: int, to: str) -> bool:
    """Whether this visitor should not have read this answer at this door."""
    face = next((one for one in FACES if pattern == one or pattern.startswith(f"{one}/")), None)
    if status >= 500 or pattern.startswith("/verzoek/overzicht"):  # behind a code that was mailed to a department
        return (status, to.startswith("/verzoek")) != (303, True)
    if (
        pattern.startswith(("/verzoek/", "/meelezen/")) and pattern not in MAILBOX
    ):  # a link that nobody was given, whoever comes with it
        return status != 404
    if face is None:
        return pattern != "/" and not pattern.startswith(OPEN)
    if who in FACES[face]:
        return face == "/mijn" and any(part in pattern for part in OF_THE_CASE) and status != 404
    if who in STAFF and face != "/mijn":
        return status != (303 if FIRST_PAGE.get(who) == (pattern, to) else 403)
    return (status, to.startswith("/inloggen")) != (303, True)


@pytest.mark.parametrize("who", VISITORS)
def test_every_door_opens_for_its_own_visitors_only(services: Services, names: dict[str, str], who: str) -> None:
    client = visitor(services, who)
    found = []
    for method, pattern, address in doors(client, names):
        if pattern in LEFT_SHUT:
            continue
        data = {"csrf": client.csrf, "form_key": f"k{address}"[:60]} if method == "POST" else None  # type: ignore[attr-defined]
        answer = client.request(method, address, data=data, headers=ORIGIN, follow_redirects=False)
        if wrong(who, pattern, answer.status_code, answer.headers.get("location", "")):
            found.append((method, pattern, answer.status_code))
    assert found == []


def others_tokens(services: Services, who: str) -> Iterator[str]:
    """Tokens that a page of another site, or another person, could put into a form."""
    yield ""
    for other in (FENNA if who != "admin" else NOOR, citizen(services, TESS)):
        yield signed_in(services, other).csrf
    yield "é" * 300


@pytest.mark.parametrize("who", ["stranger", *STAFF])
def test_t7_no_form_of_another_person_changes_anything(services: Services, names: dict[str, str], who: str) -> None:
    """Each door with one of the tokens, with the next one for the next visitor: with all of them it took minutes."""
    client, found = visitor(services, who), []
    tokens = list(others_tokens(services, who))
    before = [row.action for row in rows(services, AuditRow)]
    for at, (method, pattern, address) in enumerate(doors(client, names), VISITORS.index(who)):
        if method != "POST" or pattern in MACHINES:
            continue
        _without_counting(services)
        token = tokens[at % len(tokens)]
        data = {"csrf": token, "form_key": f"k{address}{token}"[:60], "reason": "x", "way": "alle", "ids": "1"}
        answer = client.request("POST", address, data=data, headers=ORIGIN, follow_redirects=False)
        to_sign_in = answer.status_code == 303 and answer.headers["location"].startswith(("/inloggen", "/indienen"))
        if answer.status_code == 412 and pattern.endswith(UPLOADS):  # no form: it takes the tus protocol alone
            continue
        # 401: what was typed is given back, to be sent after signing in
        if answer.status_code not in {401, 403, 404} and not to_sign_in:
            found.append((pattern, token[:5], answer.status_code))
    assert found == []
    assert [row.action for row in rows(services, AuditRow)][len(before) :] == []


def _without_counting(services: Services) -> None:
    """Forget how often somebody pressed: an administrator has more doors than presses in a minute."""
    with services.sessions.begin() as session:
        session.execute(delete(RateRow))


def test_the_faces_have_doors(services: Services, names: dict[str, str]) -> None:
    patterns = {pattern for _, pattern, _ in doors(visitor(services, "nobody"), names)}
    assert len(patterns) > 60
    assert all(any(one.startswith(face) for one in patterns) for face in (*FACES, "/verzoek"))
