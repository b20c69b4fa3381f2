"""W8: who was there says the secretary, and who was there writes the advice: after the day, of the cases of the own session, and no other."""

from collections.abc import Callable

import pytest
from kit.browser import Browser
from kit.cases import days_later, open_task, prepare_file, rows, today
from kit.documents import PDF
from kit.hearings import (
    EVA,
    JORIS,
    MINA,
    RUTH,
    THEO,
    open_elements,
    planned,
    session_on,
    the_session,
    waiting_case,
)

from processes.actions import act
from processes.actions.hearing_sessions import HoldSession
from processes.actions.tasks import CompleteTask, TakeTask
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.storage.services import Services
from processes.storage.tables import CaseValue, Decision, DocumentRow, HearingSeat

LIST = "/werk/zittingen"
REPORT = {"hearing_outcome": "gehouden", "hearing_present": "Tess Testeling."}


def on_its_day(services: Services) -> tuple[int, str]:
    """A session with one case, on its day, with the papers of the case ready: its id and the number of the case."""
    session, number = session_on(services), waiting_case(services)
    planned(services, session, number)
    prepare_file(services)
    days_later(services, (local_date(the_session(services, session).begins_at) - today(services)).days)
    return session, number


def answers(services: Services, session: int) -> dict[str, str | None]:
    return {seat.staff: seat.answer for seat in rows(services, HearingSeat, session_id=session)}


def test_w8_a_session_with_too_few_members_is_held_with_a_reason_and_who_was_not_there_sees_nothing(
    services, eva: Browser, browser: Callable[[Actor], Browser]
) -> None:
    session, number = on_its_day(services)
    here = f"{LIST}/{session}"
    assert eva.get(here).count(" checked>") == 3
    page = eva.post(f"{here}/gehouden", {"reason-held": "Niemand."}, status=422)
    assert "Kies wie van de commissie er waren." in page
    page = eva.post(f"{here}/gehouden", {"there-held": ["joris"]}, status=422)
    assert "Er waren minder mensen dan de 2 die er moeten zijn." in page
    assert eva.html.count(" checked>") == 1
    page = eva.post(f"{here}/gehouden", {"there-held": ["joris"], "reason-held": "Twee leden stonden in de file."})
    assert "Er waren minder mensen dan nodig" in page
    assert "Twee leden stonden in de file." in page
    assert answers(services, session) == {"joris": "comes", "mina": "away", "ruth": "away", "eva": None}
    assert browser(JORIS).status(f"/werk/zaken/{number}") == 200
    assert browser(MINA).status(f"/werk/zaken/{number}") == 404


def test_w8_a_member_who_was_there_writes_the_advice_and_nobody_else_of_the_committee(
    services, browser: Callable[[Actor], Browser]
) -> None:
    session, number = on_its_day(services)
    act(services, EVA, HoldSession(session, ("joris", "mina")))
    act(services, JORIS, CompleteTask(open_task(services, "Hearing", number), REPORT))
    task = open_task(services, "Advice", number)
    for other in (RUTH, THEO):
        assert browser(other).status(f"/werk/taken/{task}") == 404
        for wanted in (CompleteTask(task, {"dictum_advice": "gegrond"}), TakeTask(task)):
            with pytest.raises(NotFound):
                act(services, other, wanted)
    mina, here = browser(MINA), f"/werk/taken/{task}"
    mina.get(f"{LIST}/{session}")
    assert here in mina.html
    mina.get(here)
    outcome = f"outcome-{rows(services, Decision)[0].id}"
    assert "Vul" in mina.post(here, {outcome: "gegrond"}, status=422)
    typed = {outcome: "gegrond", "advice_reasons": "De dakkapel is niet te zien."}
    assert "De taak is gedaan." in mina.post(here, typed, files={"advice": ("advies.pdf", PDF, "application/pdf")})
    assert "DraftDecision" in open_elements(services, number)
    assert [row.value for row in rows(services, CaseValue, code="dictum_advice")] == ["gegrond"]
    assert len(rows(services, DocumentRow, type="advice")) == 1


def test_w8_no_report_and_no_advice_is_written_before_the_day_of_the_session(
    services, browser: Callable[[Actor], Browser]
) -> None:
    session, number = session_on(services), waiting_case(services)
    planned(services, session, number)
    prepare_file(services)
    days_later(services, (local_date(the_session(services, session).begins_at) - today(services)).days - 1)
    assert "Advice" not in open_elements(services, number)
    joris = browser(JORIS)
    task = open_task(services, "Hearing", number)
    joris.get(f"/werk/taken/{task}")
    joris.post(f"/werk/taken/{task}", REPORT, status=422)
    assert "Hearing" in open_elements(services, number)
    assert "Advice" not in open_elements(services, number)
    assert "De zitting is gehouden" not in browser(EVA).get(f"{LIST}/{session}")
