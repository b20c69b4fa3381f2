"""C20: a case of a type that demands the level `high` is read and answered at that level alone, on every page, file and form of it."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from citizen_kit import add, intake
from fastapi.routing import iter_route_contexts
from kit.browser import ORIGIN, Browser, hidden_fields
from kit.cases import BEZWAAR, add_departments, put_in_use, register_bezwaar, rows, shipped, today
from kit.complaint import STORY
from kit.installation import installation
from kit.people import BRAM, ILSE, NOOR, TESS, TESS_BSN, citizen

from engine import Folder
from portal.security.sessions import cookie_name
from portal.sign_on.stepping_up import address_up
from processes.actions import act
from processes.actions.defaulting import PutInDefault
from processes.actions.documents import AddDocuments
from processes.actions.drafts import SaveDraft
from processes.actions.messages import SendMessage
from processes.actions.own_bundles import MakeOwnBundle
from processes.actions.registering import NewParty, RegisterCase
from processes.actions.relating import RelateCases
from processes.actions.tasks import CompleteTask
from processes.actions.withdrawing import Withdraw
from processes.base.errors import NotFound, StrongerSignInNeeded
from processes.base.settings import Settings
from processes.reads.citizen import organisation_contact
from processes.storage.drafts import DraftContent
from processes.storage.services import Services
from processes.storage.tables import DraftRow, LookRow, NoteRow, TaskRow

PAGE = "Log in op niveau hoog om deze zaak te lezen"
LOW = {"level": "substantial"}
COMPLAINT = NewParty("complainant", "Tess Testeling", identity=TESS_BSN, channel="portal")
SUBJECT = "Parkeervergunning"
# addresses of /mijn that belong to no case, and why each opens at the level at which somebody came in
BESIDE_CASES = {
    "/mijn": "the list: of such a case its kind and number",
    "/mijn/nieuw": "kinds of cases",
    "/mijn/nieuw/{code}": "guarded by the level of the kind: test_stronger_sign_in",
    "/mijn/nieuw/{code}/versturen": "the same",
    "/mijn/uploads": "a file is taken for a form, whose case is asked for: below",
    "/mijn/uploads/{upload}": "the own file on its way: its bytes are never sent back",
    "/mijn/opnieuw": "the form is in the body: below",
    "/mijn/gegevens": "contact details",
    "/mijn/gegevens/bevestigen": "contact details",
    "/mijn/gegevens/code": "contact details",
    "/mijn/gegevens/uitloggen": "sessions",
    "/mijn/koppelen": "a code ties a case to its person; its page asks for the level",
    "/mijn/meedoen/{invitation}": "of nobody in the case yet, and asks for the level itself: test_c2_filing_together",
    "/mijn/meedoen/{invitation}/niet": "the same",
    "/mijn/namens/mijzelf": "sessions",
}


def demanding() -> Folder:
    folder = shipped("bezwaar")
    return replace(folder, drawing=folder.drawing.replace(b"<case:caseType ", b'<case:caseType signInLevel="high" ', 1))


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen", "workbench")) as opened:
        yield opened


@dataclass(frozen=True)
class Made:
    """A case with a document, a letter, and a task for its person."""

    number: str
    document: str
    task: str


def a_case(services: Services) -> Made:
    number = register_bezwaar(services, TESS, subject=SUBJECT)
    intake(services, complete=False)
    document = add(services, number, "underlying", "Rapport", shown=True)
    (task,) = (row.id for row in rows(services, TaskRow) if row.side == "citizen" and row.state == "open")
    return Made(number, document, task)


@pytest.fixture
def made(services: Services) -> Made:
    """Its type demands the level since after it began."""
    found = a_case(services)
    put_in_use(services, demanding())
    return found


def below_cases(services: Services) -> list[tuple[str, str]]:
    """Every route of a citizen, method and address, but those that belong to no case."""
    app = Browser(services).client.app
    found = [
        (method, route.path_format or "")
        for route in iter_route_contexts(app.router.routes)
        if (route.path_format or "").startswith("/mijn")
        for method in route.original_route.methods
    ]
    assert {path for _, path in found} >= BESIDE_CASES.keys()
    return [one for one in found if one[1] not in BESIDE_CASES]


def asked(person: Browser, made: Made, method: str, path: str) -> tuple[int, str]:
    """Status and page; a form brings a typed text and its token."""
    named = {
        "number": made.number,
        "document": made.document,
        "task": made.task,
        "notice": "1",
        "filed": "0" * 32,
        "bundle": "0" * 32,
        "co_filer": "1",
    }
    address = path.format(**named) + ("?d=1" if "ontvangst" in path else "")
    if method == "GET":
        answer = person.client.get(address, follow_redirects=False)
    else:
        data = {"csrf": person.csrf, "form_key": f"k{method}{path}"[:60], "text": "Wat ik wilde zeggen"}
        answer = person.client.post(address, data=data, headers=ORIGIN, follow_redirects=False)
    return answer.status_code, html.unescape(answer.text)


@pytest.mark.parametrize("where", ["newest", "own"])
def test_c20_no_route_of_a_case_opens_below_the_level_of_its_type(services: Services, where: str) -> None:
    """The level holds also for cases that began before (`newest`), and under a version that demanded it (`own`)."""
    if where == "own":
        put_in_use(services, demanding())
    made = a_case(services)
    put_in_use(services, demanding() if where == "newest" else shipped("bezwaar"))
    tess, strong, routes = Browser(services, TESS, LOW), Browser(services, TESS), below_cases(services)
    assert len(routes) >= 27
    looks = len(rows(services, LookRow))
    seen = {one: asked(tess, made, *one) for one in routes}
    assert {one: status for one, (status, page) in seen.items() if status != 403 or PAGE not in page} == {}
    for one, (_, page) in seen.items():
        assert made.number in page, one
        assert SUBJECT not in page, one
        assert "Rapport" not in page, one
    assert len(rows(services, LookRow)) == looks  # nothing was seen, so nobody looked
    assert {one: status for one in routes if (status := asked(strong, made, *one)[0]) == 403} == {}


def test_c20_the_list_shows_kind_and_number_of_such_a_case_and_the_way_to_it(services: Services, made: Made) -> None:
    other = register_bezwaar(services, ILSE, TESS, subject="Iets anders")
    tess = Browser(services, TESS, LOW)
    page = tess.get("/mijn")
    assert "Zaken waarvoor u sterker inlogt (2)" in page
    assert page.count(PAGE) == 2
    for number in (made.number, other):
        up = f"/inloggen/start/digid?niveau=high&terug=%2Fmijn%2Fzaken%2F{number}"
        assert up in page
    for hidden in (SUBJECT, "Iets anders", "Wij wachten op u", "Nieuw voor u", "Rapport", "Stand:"):
        assert hidden not in page
    assert made.number in tess.get(f"/mijn?zoek={made.number}")
    assert made.number not in tess.get(f"/mijn?zoek={SUBJECT}")
    strong = Browser(services, TESS).get("/mijn")
    assert SUBJECT in strong
    assert PAGE not in strong


def test_c20_one_press_leads_to_the_level_and_back_to_the_page_with_what_was_typed(
    services: Services, made: Made
) -> None:
    tess = Browser(services, TESS, LOW)
    for address in (f"/mijn/zaken/{made.number}/berichten", f"/mijn/taken/{made.task}"):
        typed = {"csrf": tess.csrf, "form_key": address, "text": "Mijn redenen", "repair_text": "Mijn redenen"}
        page = tess.client.post(address, data=typed, headers=ORIGIN)
        assert (page.status_code, "is bewaard" in page.text) == (403, True)
        up = html.unescape(re.search(r'href="(/inloggen/start/[^"]*)"', page.text)[1])
        assert parse_qs(urlsplit(up).query)["niveau"] == ["high"]
        fields = hidden_fields(tess.client.get(up).text) | {"person": "tess", "told": "all"}
        back = tess.client.post("/demo/aanmelden/authorize", data=fields, headers=ORIGIN)
        assert back.status_code == 200
        assert "Mijn redenen" in back.text or "Mijn redenen" in tess.get(address)
        tess = Browser(services, TESS, LOW)
    assert [row for row in rows(services, NoteRow) if row.kind == "message"] == []  # nothing was sent meanwhile


def test_c20_no_action_of_a_citizen_changes_such_a_case_below_the_level(services: Services, made: Made) -> None:
    """Asked of the actions themselves, without a page before them."""
    low = replace(citizen(services, TESS), level="substantial")
    for action in (
        SendMessage(made.number, "Hallo"), CompleteTask(made.task, {}), Withdraw(made.number, ""), AddDocuments(made.number, ()),
        MakeOwnBundle(made.number, "pdf"), PutInDefault(made.number),
    ):  # fmt: skip
        with pytest.raises(StrongerSignInNeeded):
            act(services, low, action)
    act(services, replace(low, level="high"), SendMessage(made.number, "Hallo"))


def test_c20_a_large_file_for_such_a_case_is_refused_in_one_sentence(services: Services, made: Made) -> None:
    tess = Browser(services, TESS, LOW)
    headers = {**ORIGIN, "tus-resumable": "1.0.0", "upload-length": "9", "x-csrf-token": tess.csrf}
    for form in (f"/mijn/zaken/{made.number}/document", f"/mijn/taken/{made.task}"):
        answer = tess.client.post(f"/mijn/uploads?form={form}", headers=headers)
        assert (answer.status_code, answer.text) == (403, "Voor deze zaak moet u sterker inloggen.")


def test_c20_what_was_kept_of_a_form_of_such_a_case_is_neither_shown_nor_dropped_below_the_level(
    services: Services, made: Made
) -> None:
    form = f"/mijn/taken/{made.task}"
    kept = act(
        services,
        citizen(services, TESS),
        SaveDraft(form, DraftContent({"repair_text": ["Geheime reden"]}, address=form)),
    )
    tess = Browser(services, TESS, LOW)
    answer = tess.client.post("/mijn/opnieuw", data={"csrf": tess.csrf, "form": form, "zeker": "ja"}, headers=ORIGIN)
    assert (answer.status_code, PAGE in answer.text) == (403, True)
    tess = Browser(services, TESS, LOW)
    tess.client.cookies.set(cookie_name(services.settings, "kept"), kept)
    answer = tess.client.get("/sessie/verder?soort=citizen")
    assert (answer.status_code, "Geheime reden" in answer.text) == (403, False)
    assert [row.form for row in rows(services, DraftRow) if row.id == kept] == [form]
    assert "Geheime reden" in Browser(services, TESS).get(form)


def test_c20_another_case_that_belongs_to_it_shows_only_kind_and_number(services: Services, made: Made) -> None:
    put_in_use(services, shipped("klacht"))
    complaint = RegisterCase("klacht", "letter", today(services), (COMPLAINT,), values=STORY)
    other = act(services, NOOR, complaint)
    act(services, NOOR, RelateCases(other, made.number, "onderwerp"))
    page = Browser(services, TESS, LOW).get(f"/mijn/zaken/{other}")
    line = page.partition("Zaken die hierbij horen")[2].partition("</li>")[0]
    assert f"Zaaknummer {made.number}. {PAGE}." in line
    assert SUBJECT not in page
    assert SUBJECT in Browser(services, TESS).get(f"/mijn/zaken/{other}").partition("Zaken die hierbij horen")[2]


def test_c20_the_level_is_that_of_who_acts_for_another(services: Services, made: Made) -> None:
    mandate = {"for": TESS_BSN, "for_name": "Tess Testeling"}
    assert PAGE in Browser(services, BRAM, mandate | LOW).get(f"/mijn/zaken/{made.number}", status=403)
    assert SUBJECT in Browser(services, BRAM, mandate).get(f"/mijn/zaken/{made.number}")


def test_c20_of_a_case_of_somebody_else_nobody_hears_that_it_demands_a_level(services: Services, made: Made) -> None:
    ilse = Browser(services, ILSE, LOW)
    for address in (f"/mijn/zaken/{made.number}", f"/mijn/taken/{made.task}", f"/mijn/documenten/{made.document}"):
        assert made.number not in ilse.get(address, status=404).replace(address, "")
    with pytest.raises(NotFound):
        act(services, replace(citizen(services, ILSE), level="substantial"), SendMessage(made.number, "Hallo"))


def test_c20_a_newest_version_that_cannot_be_read_leaves_the_level_to_that_of_the_case(
    services: Services, made: Made
) -> None:
    with services.sessions.begin() as session:
        session.connection().exec_driver_sql(
            "UPDATE model_version SET sha256 = 'x' WHERE process = 'bezwaar' AND version = 2"
        )
    services.models.__init__()  # type: ignore[misc]  # another process, which read nothing yet
    assert SUBJECT in Browser(services, TESS, LOW).get(f"/mijn/zaken/{made.number}")


def test_c15_the_data_to_take_along_are_whole_at_the_level(services: Services, made: Made) -> None:
    address = f"/mijn/zaken/{made.number}/meenemen/gegevens.json"
    assert json.loads(Browser(services, TESS).client.get(address).content)["zaak"]["onderwerp"] == SUBJECT


@pytest.mark.parametrize(
    ("settings", "identity", "up"),
    [
        ({}, {"bsn": "999993653"}, "digid"),
        ({}, {"bsn": "999993653", "eidas": "NL/DE/1"}, "eidas"),
        ({"oidc": {"digid_levels": "loa:3=substantial"}}, {"bsn": "999993653"}, ""),
        ({"oidc": {"digid_levels": "loa:3=substantial loa:4=high"}}, {"bsn": "999993653"}, "digid"),
        ({"oidc": {"eidas_levels": "a=substantial"}}, {"bsn": "999993653", "eidas": "NL/DE/1"}, "digid"),
        ({"oidc": {"eidas_levels": "a=substantial"}}, {"bsn": "999993653", "eidas": "NL/DE/1", "for": "bsn:999991863"}, ""),
        ({"saml": {"digid_metadata": "/x"}}, {"bsn": "999993653"}, "digid"),
        ({"saml": {"digid_metadata": "/x", "digid_service_index": "1"}}, {"bsn": "999993653"}, ""),
        ({"saml": {"digid_metadata": "/x", "digid_service_index": "1", "digid_service_index_high": "2"}}, {"bsn": "999993653"}, "digid"),
        ({"saml": {"eherkenning_metadata": "/x", "eherkenning_service_index": "1"}}, {"kvk": "90004760"}, "eherkenning"),
    ],
)  # fmt: skip
def test_c20_a_way_up_is_offered_where_the_provider_can_tell_the_level(
    settings: dict[str, dict[str, str]], identity: dict[str, str], up: str
) -> None:
    broker = {"citizen_issuer": "https://broker.example"}
    told = Settings(
        public_url="https://zaken.example.org", saml=settings.get("saml", {}), oidc=broker | settings.get("oidc", {})
    )
    found = address_up(told, identity, "high", "/mijn/zaken/BZW-2026-000001")
    assert found.partition("?")[0] == (f"/inloggen/start/{up}" if up else "")


def test_c20_who_has_no_way_to_the_level_reads_so_and_whom_to_call(tmp_path: Path) -> None:
    oidc = {"citizen_issuer": "https://broker.example", "digid_levels": "loa:3=substantial"}
    with installation(tmp_path, furnish, faces=("citizen",), oidc=oidc) as services:
        made = a_case(services)
        put_in_use(services, demanding())
        tess = Browser(services, TESS, LOW)
        phone = organisation_contact(services).phone
        for address, status in (("/mijn", 200), (f"/mijn/zaken/{made.number}", 403)):
            page = tess.get(address, status=status)
            assert made.number in page
            assert "Dat kan hier niet met uw manier van inloggen." in page
            assert f"Bel {phone}," in page if phone else "Bel ons of kom langs." in page
            assert "/inloggen/start/" not in page
