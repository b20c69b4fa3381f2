"""W17, D38: a case above the clearance of a member of staff is nowhere, whatever their role, at any address that there is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hostile_kit import MOMENT, rows_that_are_rare, waiting_for_a_department
from kit.browser import ORIGIN, Browser
from kit.cases import rows, today
from kit.installation import installation
from kit.people import FENNA, LIES, NOOR, TESS, VERA, known
from kit.spreadsheets import read_sheets
from sqlalchemy import func, select, update

from processes.base.actor import Actor
from processes.reads.workbench import NAMED
from processes.storage.services import Services
from processes.storage.tables import (
    AuditRow,
    Case,
    CaseAccess,
    CaseGroupMember,
    CaseGroupRow,
    CaseGroupStep,
    DestructionHold,
    DestructionRow,
    LookRow,
    OutboxRow,
    TaskRow,
)

# the framework lists the routes as an OpenAPI document, in which a door for GET and HEAD has one name twice
pytestmark = pytest.mark.filterwarnings("ignore:Duplicate Operation ID")
SUBJECT = "Kapvergunning van de geheime linde"
STAFF = {
    "worker": NOOR,
    "decider": Actor("staff", "sem", "Sem Beslisser", frozenset({"decider"})),
    "committee": Actor("staff", "ada", "Ada Griffier", frozenset({"committee"})),
    "admin": FENNA,
    "archivist": Actor("staff", "arie", "Arie Archief", frozenset({"archivist"})),
    "lead": LIES,
    "privacy": VERA,
}
ASKED = (
    "/werk?van=alle", "/werk/zaken?stand=alle", "/werk/zaken?zoek=linde", "/werk/zaken?zoek={number}", "/werk/zaken/tabel?stand=alle",
    "/werk/berichten?van=alle", "/werk/verzoeken?van=alle", "/werk/collegataken?lijst=gevraagd", "/werk/groepen/nieuw?nummer={number}", "/beheer/inzage?zaak={number}",
    "/werk/cijfers?soort=bezwaar", "/werk/cijfers/tabel?soort=bezwaar", "/werk/cijfers/jaar/klachten", "/beheer/inzage?persoon={person}", "/beheer/inzage/uitvoer?persoon={person}",
)  # fmt: skip
SHEETS = ("/tabel", "/uitvoer")


@dataclass(frozen=True)
class Secret:
    """A secret case with a row of every kind; `parts` fill the parts of an address. `person`: the keyed index of who filed it."""

    id: int
    number: str
    person: str
    parts: dict[str, str]


def with_a_secret(services: Services) -> None:
    for actor in STAFF.values():
        known(services, actor)
    waiting_for_a_department(services, subject=SUBJECT)
    (case,) = rows(services, Case)
    rows_that_are_rare(services, case)
    _what_others_list(services, case)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, with_a_secret, demo=True) as opened:
        yield opened


@pytest.fixture
def secret(services: Services) -> Secret:
    (case,) = rows(services, Case)
    parts = {name: str(rows(services, table, case_id=case.id)[0].id) for name, table in NAMED.items()}
    (person,) = {party.identity_index for party in rows(services, NAMED["party"]) if party.identity_index}
    return Secret(case.id, case.number, person, {**parts, "number": case.number, "other": case.number})


def _what_others_list(services: Services, case: Case) -> None:
    """What administrators, archivists and officers have lists of; and the case becomes secret, of a handler who is none of these."""
    day, of_case = today(services), {"case_id": case.id}
    with services.sessions.begin() as session:
        row = session.get_one(Case, case.id)
        row.confidentiality, row.handler, row.alarm = "geheim", "piet", "Een stap kan niet verder."
        session.execute(
            update(TaskRow).where(TaskRow.case_id == case.id).values(confidentiality="geheim", handler="piet")
        )
        session.add(
            DestructionRow(
                **of_case, case_number=case.number, case_type="bezwaar", result="", retention_class="13.1", due_on=day,
                listed_at=MOMENT, state="listed",
            )
        )  # fmt: skip
        session.add(
            DestructionHold(
                **of_case, reason=SUBJECT, until=day + timedelta(9), reviewer="arie", placed_by="arie", placed_at=MOMENT
            )
        )
        session.add(
            CaseGroupRow(id=1, case_type="bezwaar", name=SUBJECT, reason=SUBJECT, made_at=MOMENT, made_by="piet")
        )
        session.flush()
        session.add(CaseGroupMember(**of_case, group_id=1, joined_at=MOMENT, joined_by="piet"))
        session.add(
            CaseGroupStep(
                **of_case, group_id=1, task="t", name=SUBJECT, state="refused", begun_at=MOMENT, begun_by="piet"
            )
        )
        session.add(CaseAccess(**of_case, staff="piet", reason=SUBJECT, asked_at=MOMENT))
        session.add(
            LookRow(**of_case, at=services.clock.now(), who_kind="staff", who="piet", kind="case", part="overview")
        )
        session.add(
            OutboxRow(
                **of_case, kind="letter", key="x", payload={}, not_before=MOMENT, attempts=3, error="Stuk: het lukt niet", created_at=MOMENT
            )
        )  # fmt: skip


def doors(browser: Browser, secret: Secret, method: str) -> list[tuple[str, str]]:
    """Pattern and address of each door of staff for this method; what is no part of the case is number 1, or a code that is there."""
    codes = {"process": "bezwaar", "case_type": "bezwaar", "code": "bezwaar", "tab": "tijdlijn", "version": "1"}
    parts = {**codes, **secret.parts}
    return [
        (pattern, re.sub(r"{(\w+)}", lambda found: parts.get(found[1], "1"), pattern))
        for pattern, methods in browser.client.app.openapi()["paths"].items()
        if method in methods and pattern.startswith(("/werk", "/beheer"))
    ]


@pytest.mark.parametrize("who", STAFF)
def test_w17_a_case_above_the_clearance_is_at_no_address_for_any_role(
    services: Services, secret: Secret, who: str
) -> None:
    browser, told, opened = Browser(services, STAFF[who]), [], []
    asked = [(one, one.format(number=secret.number, person=secret.person)) for one in ASKED]
    for pattern, address in (*doors(browser, secret, "get"), *asked):
        answer = browser.client.get(address, follow_redirects=False)
        sheet = answer.status_code == 200 and pattern.partition("?")[0].endswith(SHEETS)
        text = str([one.rows for one in read_sheets(answer.content)]) if sheet else answer.text
        words = (TESS.name, SUBJECT) if secret.number in address else (TESS.name, SUBJECT, secret.number)
        told += [(address, word) for word in words if word in text]
        if pattern.startswith("/werk/zaken/{number}") and answer.status_code < 400:
            opened.append((pattern, answer.status_code))
    assert told == []
    assert opened == []


@pytest.mark.parametrize("who", STAFF)
def test_w17_nothing_of_a_case_above_the_clearance_changes_by_any_role(
    services: Services, secret: Secret, who: str
) -> None:
    browser, done = Browser(services, STAFF[who]), []

    def steps() -> int:
        with services.sessions() as session:
            return session.scalar(select(func.count()).select_from(AuditRow).where(AuditRow.chain == secret.id)) or 0

    for pattern, address in doors(browser, secret, "post"):
        if not re.findall(r"{(\w+)}", pattern):
            continue
        before = steps()
        data = {"csrf": browser.csrf, "form_key": f"k{address}"[:60], "reason": "Zo", "until": "2026-12-01", "ids": "1"}
        browser.client.post(address, data=data, headers=ORIGIN, follow_redirects=False)
        if steps() != before:
            done.append(pattern)
    assert done == []
