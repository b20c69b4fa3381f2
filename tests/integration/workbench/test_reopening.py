"""A case that ended runs again after a reason, and gets a new end (W14): for colleagues, the citizen and the department."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, do, register_bezwaar, rows, today
from kit.documents import PDF
from kit.installation import installation
from kit.people import NOOR, TESS, citizen

from processes.actions import act
from processes.actions.messages import SendMessage
from processes.actions.reopening import CloseAgain, ReopenCase
from processes.actions.withdrawing import Withdraw
from processes.base.clock import local_date
from processes.base.errors import AlreadyDone, CaseClosed, NotNow
from processes.jobs.verification import verify
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    DeadlineRow,
    DestructionRow,
    DocumentRow,
    Dossier,
    NoteRow,
    NoticeRow,
    Party,
    ReopeningRow,
    StatusRow,
)
from processes.storage.words import CaseState

WHY = {"reason": "De intrekking hoorde bij een andere zaak.", "message": "Wij maakten een fout."}


@pytest.fixture
def services(tmp_path: Path, filling: Callable[[Services], None]) -> Iterator[Services]:
    with installation(tmp_path, filling, faces=("workbench", "citizen", "department")) as opened:
        yield opened


@pytest.fixture
def number(services: Services) -> str:
    """A bezwaar that a department was asked about and that was withdrawn by mistake, so that it is closed."""
    made = register_bezwaar(services, TESS)
    do(services, "Intake", **INTAKE, route="ambtelijk")
    drain(services)
    act(services, NOOR, Withdraw(made, "Per brief ingetrokken"))
    return made


def the_case(services: Services) -> Case:
    (case,) = rows(services, Case)
    return case


def reopen(noor: Browser, number: str, status: int = 200, **more: object) -> str:
    noor.get(f"/werk/zaken/{number}/heropenen")
    return noor.post(f"/werk/zaken/{number}/heropenen", {**WHY, **more}, status=status)


def test_w14_a_case_runs_again_and_its_result_is_history(services: Services, noor: Browser, number: str) -> None:
    before = the_case(services)
    assert "Zaak heropenen" in noor.get(f"/werk/zaken/{number}")
    assert "Schrijf op waarom" in reopen(noor, number, 422, reason="")
    page = reopen(noor, number)
    assert "De zaak is heropend" in page
    case = the_case(services)
    assert (case.state, case.result, case.closed_at, case.destroy_from) == (CaseState.RUNNING, None, None, None)
    (row,) = rows(services, ReopeningRow)
    assert (row.result, row.closed_at, row.retention_class) == (before.result, before.closed_at, before.retention_class)
    assert "met het resultaat" in page
    assert WHY["reason"] in noor.get(f"/werk/zaken/{number}/tijdlijn")
    (letter,) = rows(services, NoticeRow, template="heropend")
    assert WHY["message"] in letter.body
    assert "vervalt" in letter.body
    assert WHY["reason"] not in letter.body
    with pytest.raises(AlreadyDone):
        act(services, NOOR, ReopenCase(number, "Nog eens", "Nog eens"))
    drain(services)
    assert not [one for one in verify(services) if one.code != "outbox_late"]


def test_w14_a_withdrawal_by_mistake_counts_no_more_and_its_term_runs_on(
    services: Services, noor: Browser, number: str
) -> None:
    (term,) = [row for row in rows(services, DeadlineRow) if row.met_on is not None][:1]
    due = term.due
    reopen(noor, number, terms=term.code)
    (party,) = [row for row in rows(services, Party) if row.filing]
    assert party.withdrawn_on is None
    (again,) = rows(services, DeadlineRow, id=term.id)
    assert (again.met_on, again.due) == (None, due)
    act(services, NOOR, Withdraw(number, "Nu echt"))
    assert the_case(services).state == CaseState.CLOSED


def test_w14_a_new_end_gives_a_new_result_and_a_new_retention_day(
    services: Services, noor: Browser, number: str
) -> None:
    reopen(noor, number)
    page = noor.get(f"/werk/zaken/{number}/afsluiten")
    assert "Kies een resultaat" in noor.post(f"/werk/zaken/{number}/afsluiten", {"result": "zomaar"}, status=422)
    page = noor.post(
        f"/werk/zaken/{number}/afsluiten", {"result": "ongegrond", "explanation": "Er verandert niets voor u."}
    )
    assert "De zaak is weer afgerond" in page
    case = the_case(services)
    assert (case.state, case.result) == (CaseState.CLOSED, "ongegrond")
    assert case.destroy_from is not None
    assert local_date(case.closed_at) == today(services)
    assert rows(services, StatusRow)[-1].code == rows(services, ReopeningRow)[0].status
    assert "Er verandert niets voor u." in rows(services, NoticeRow, template="weer-afgerond")[0].body
    with pytest.raises(CaseClosed):
        act(services, NOOR, CloseAgain(number, "ongegrond"))
    reopen(noor, number)  # as often as it must be
    assert len(rows(services, ReopeningRow)) == 2


def test_w14_a_case_whose_drawing_runs_is_not_closed_by_hand(services: Services) -> None:
    running = register_bezwaar(services, TESS)
    with pytest.raises(NotNow):
        act(services, NOOR, CloseAgain(running, "ongegrond"))


@pytest.mark.parametrize("state", ["listed", "approved"])
def test_w14_a_case_on_the_list_to_destroy_leaves_it_unless_that_was_approved(
    services: Services, number: str, state: str
) -> None:
    case = the_case(services)
    with services.sessions.begin() as session:
        session.add(
            DestructionRow(
                case_id=case.id, case_number=number, case_type=case.case_type, result="x", retention_class="13.1",
                due_on=case.destroy_from, listed_at=case.closed_at, state=state,
            )
        )  # fmt: skip
    if state == "approved":
        with pytest.raises(NotNow, match="goedgekeurd"):
            act(services, NOOR, ReopenCase(number, "Fout", "Fout"))
        assert the_case(services).state == CaseState.CLOSED
    else:
        act(services, NOOR, ReopenCase(number, "Fout", "Fout"))
        assert rows(services, DestructionRow) == []


def test_w14_the_citizen_reads_what_happened(services: Services, noor: Browser, number: str) -> None:
    reopen(noor, number)
    tess = Browser(services, TESS)
    page = tess.get(f"/mijn/zaken/{number}")
    assert "Uw bezwaar is heropend. Wij werken er weer aan." in page
    assert "Resultaat" not in page
    assert "Heropend" in tess.get("/mijn")
    assert WHY["reason"] not in page


def test_d43_a_message_after_reopening_and_none_after_the_new_end(
    services: Services, noor: Browser, number: str
) -> None:
    tess = citizen(services, TESS)
    with pytest.raises(CaseClosed):
        act(services, tess, SendMessage(number, "Hallo"))
    reopen(noor, number)
    act(services, tess, SendMessage(number, "Hallo"))
    assert [row.text for row in rows(services, NoteRow, kind="message")] == ["Hallo"]
    act(services, NOOR, CloseAgain(number, "ongegrond"))
    with pytest.raises(CaseClosed):
        act(services, tess, SendMessage(number, "Nog iets"))


def test_d54_a_document_after_reopening(services: Services, noor: Browser, number: str) -> None:
    tess, place = Browser(services, TESS), f"/mijn/zaken/{number}/document"
    tess.get(f"/mijn/zaken/{number}")
    tess.get(place, status=409)
    reopen(noor, number)
    tess.get(place)
    tess.post(place, {"type": "submission", "title": "Foto"}, {"files": ("foto.pdf", PDF, "application/pdf")})
    tess.post(f"{place}/versturen")
    assert [row.title for row in rows(services, DocumentRow, origin="citizen")]


def test_o35_the_portal_of_the_department_follows_the_new_state(services: Services, noor: Browser, number: str) -> None:
    (dossier,) = rows(services, Dossier)
    with services.sessions.begin() as session:
        session.get(Case, dossier.case_id).departments_until = today(services) - timedelta(1)
    guest = Browser(services)
    address = f"/verzoek/{services.secrets.link_token(dossier.salt)}"
    guest.get(address, status=404)
    reopen(noor, number)
    assert "afgerond" not in guest.get(address)
    act(services, NOOR, CloseAgain(number, "ongegrond"))
    assert the_case(services).departments_until > today(services)
