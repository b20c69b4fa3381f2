"""The demo's cases at court: an appeal that waits for its hearing, and a request for interim relief beside it."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from processes.actions import act
from processes.actions.course import AssignHandler, PressButton
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.clock import AMSTERDAM
from processes.demo.papers import paper
from processes.demo.scenes import NOOR, SEM, Stage, decision, person

COURT = NewParty("court", "Rechtbank Voorbeeldland", "company", address="Postbus 1\n1234 AB Voorbeeldstad")


def _register(
    stage: Stage, name: str, case_type: str, party: NewParty, contested: NewDecision, *, main: str = "", **values: Any
) -> None:
    """A case of which the court wrote today."""
    letter = NewDocument(paper(stage.house, "Brief van de rechtbank", name), "court", "Brief van de rechtbank")
    action = RegisterCase(
        case_type, "letter", stage.today, (party, COURT), (contested,), values, (letter,),
        main_case=stage.cases[main] if main else None,
    )  # fmt: skip
    stage.cases[name] = act(stage.house, NOOR, action)
    act(stage.house, NOOR, AssignHandler(stage.cases[name], NOOR.subject))


def _shed(stage: Stage) -> NewDecision:
    return decision(stage, "TH-2026-0101", "Schuur moet weg", "handhaving", 30)


def appeal_comes_in(stage: Stage) -> None:
    yesterday = stage.today - timedelta(days=1)
    _register(stage, "shed", "beroep", person("kees", "appellant"), _shed(stage), kind="bezwaar",
              court_number="VBL 26/1101", grounds="De schuur staat er al twintig jaar.", grounds_sent_on=yesterday)  # fmt: skip
    stage.complete("shed", "AssessAppeal", NOOR, litigator=NOOR.name, department="handhaving", documents_needed=True)


def appeal_documents_arrive(stage: Stage) -> None:
    stage.deliver("shed", "De foto's zijn van vorig jaar.", ("underlying", "Controlerapport met foto's"))
    stage.accept_all("shed")
    stage.complete("shed", "CompileFile", NOOR, inventory="1. Besluit. 2. Bezwaar. 3. Controlerapport.")


def appeal_is_answered(stage: Stage) -> None:
    stage.complete("shed", "WriteDefence", NOOR, ("defence", "Verweerschrift"), defence_asks="ongegrond")
    stage.complete("shed", "CheckDefence", SEM, defence_checked="ja")
    stage.complete("shed", "FileAtCourt", NOOR, filed_on=stage.today, filed_by="digitaal")


def appeal_gets_a_hearing(stage: Stage) -> None:
    at = datetime.combine(stage.today + timedelta(days=52), time(10, 30), AMSTERDAM)
    act(stage.house, NOOR, PressButton(stage.cases["shed"], "hearing_called"))
    stage.complete("shed", "PlanHearing", NOOR, hearing_on=at.isoformat(), hearing_place=COURT.name,
                   hearing_by=NOOR.name, department_joins=True)  # fmt: skip


def relief_is_asked(stage: Stage) -> None:
    _register(stage, "relief", "voorlopige-voorziening", person("kees", "applicant"), _shed(stage), main="shed",
              measure="De gemeente mag de schuur nog niet weghalen.", documents_by=stage.today + timedelta(days=14))  # fmt: skip
    stage.complete("relief", "CallToday", NOOR, department="handhaving", can_wait="wacht",
                   wait_until=stage.today + timedelta(days=60), commitment_by=SEM.name,
                   call_note="De afdeling wacht tot de zitting.")  # fmt: skip


COURT_SCENES: tuple[tuple[int, str, Callable[[Stage], None]], ...] = (
    (5, "Een beroep over een schuur", appeal_comes_in),
    (8, "De stukken voor de rechtbank", appeal_documents_arrive),
    (19, "Het verweer gaat naar de rechtbank", appeal_is_answered),
    (40, "De rechtbank kondigt een zitting aan", appeal_gets_a_hearing),
    (70, "Een spoedverzoek aan de rechter", relief_is_asked),
)
