"""T2: the end of a line in a field of one line, which a program may send and a browser would not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, INTAKE, add_departments, do, put_in_use, register_bezwaar, rows
from kit.installation import installation
from kit.people import FENNA, NOOR, TESS
from sqlalchemy import update

from portal.received import Received
from processes.jobs.workers import drain
from processes.post.templates import render
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.tables import Case, CaseValue, Decision, DepartmentRow, MailRow, NoteRow, OutboxRow, Party

ENDS = ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\t \n\n"]


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        yield opened


@pytest.mark.parametrize("end", ["\r\n", "\u2028"])
def test_t2_a_field_of_one_line_becomes_one_line_and_a_text_keeps_its_lines(services: Services, end: str) -> None:
    noor = Browser(services, NOOR)
    noor.get("/werk/nieuw/bezwaar")
    day = business_now(services).date().isoformat()
    noor.post("/werk/nieuw/bezwaar", {
        "received_on": day, "channel": "letter", "party-0-role": "objector", "party-0-kind": "person", "party-0-channel": "post",
        "party-0-name": f"Tess{end}Testeling", "party-0-address": "Weg 1\n1234 AB Stad", "grounds": "Eerste regel\nTweede regel",
        "decision-0-subject": f"Een vergunning{end}Bcc: iedereen", "decision-0-number": f"PV{end}1", "decision-0-announced_on": day,
    })  # fmt: skip
    (party,), (decision,), (case,) = (rows(services, table) for table in (Party, Decision, Case))
    assert (party.name, party.address) == ("Tess Testeling", "Weg 1\n1234 AB Stad")
    assert (decision.subject, decision.number) == ("Een vergunning Bcc: iedereen", "PV 1")
    assert case.subject == decision.subject
    assert [row.value for row in rows(services, CaseValue, code="grounds")] == ["Eerste regel\nTweede regel"]


def test_t2_fixed_forms_fold_too(services: Services) -> None:
    number = register_bezwaar(services, TESS)
    fenna, noor, tess = (Browser(services, who) for who in (FENNA, NOOR, TESS))
    fenna.get("/beheer/afdelingen/nieuw")
    fenna.post(
        "/beheer/afdelingen/nieuw",
        {"code": "wonen", "name": "Wonen\r\nen leven", "email": "w@stad.example", "manager_email": "h@stad.example"},
    )
    assert [row.name for row in rows(services, DepartmentRow, code="wonen")] == ["Wonen en leven"]
    noor.get(f"/werk/zaken/{number}/tijdlijn")
    noor.post(f"/werk/zaken/{number}/notitie", {"text-note": "Een\nTwee"})
    tess.get(f"/mijn/zaken/{number}")
    tess.post(f"/mijn/zaken/{number}/berichten", {"text": "Drie\nVier"})
    assert {"Een\nTwee", "Drie\nVier"} <= {row.text for row in rows(services, NoteRow)}


@pytest.mark.parametrize("end", ["\n", "\x1f"])
def test_t2_a_subject_of_several_lines_that_is_stored_already_stops_no_task(services: Services, end: str) -> None:
    """As it could be stored before fields were folded: the task goes on, its mails leave."""
    register_bezwaar(services, TESS)
    with services.sessions.begin() as session:
        bad = f"Een{end}Bcc: iedereen"
        session.execute(update(Case).values(subject=bad))
        session.execute(update(Decision).values(subject=bad))
        session.execute(update(Party).values(name=bad))
    do(services, "Intake", **{**INTAKE, "route": "zonder_horen"})
    drain(services)
    assert [row.error for row in rows(services, OutboxRow) if row.done_at is None] == []
    assert [row.subject for row in rows(services, MailRow) if len(row.subject.splitlines()) != 1] == []
    assert [row.alarm for row in rows(services, Case)] == [None]


@pytest.mark.parametrize("end", ENDS)
def test_t2_every_end_of_a_line_is_folded(end: str) -> None:
    typed = Received({"subject": [f" Een{end}Twee "], "kinds": [f"a{end}b", "c"], "text": [f" Een{end}Twee "]})
    assert (typed.one("subject"), typed.all("kinds")) == ("Een Twee", ["a b", "c"])
    assert typed.text("text") == f"Een{end}Twee"


@pytest.mark.parametrize("end", ENDS)
def test_t2_a_template_puts_a_fact_of_several_lines_on_the_line_of_its_subject(end: str) -> None:
    made = render(b"Onderwerp: Over {{ subject }}\n\nBeste,\n{{ subject }}", {"subject": f"Een{end}Twee"})
    assert made.subject == "Over Een Twee"
