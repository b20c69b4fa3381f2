"""The demo's cases at court: an appeal that waits for its hearing, and a request for interim relief beside it."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from engine import add_duration
from engine.words import Counting
from processes.actions import act
from processes.actions.course import AssignHandler, PressButton
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.clock import AMSTERDAM
from processes.demo.cases import NOOR, SEM, DemoCases, decision, person
from processes.demo.documents import paper
from processes.execution.court_only import to_mark
from processes.execution.inspecting import InspectionChoice
from processes.storage.tables import Case, Decision, TaskRow
from processes.storage.words import CaseChannel, PartyKind

COURT = NewParty("court", "Rechtbank Voorbeeldland", PartyKind.COMPANY, address="Postbus 1\n1234 AB Voorbeeldstad")


def _register(
    demo: DemoCases,
    name: str,
    case_type: str,
    party: NewParty,
    contested: NewDecision,
    *,
    main: str = "",
    **values: Any,
) -> None:
    """A case of which the court wrote today."""
    letter = NewDocument(paper(demo.services, "Brief van de rechtbank", name), "court", "Brief van de rechtbank")
    action = RegisterCase(
        case_type, CaseChannel.LETTER, demo.today, (party, COURT), (contested,), values, (letter,),
        main_case=demo.cases[main] if main else None,
    )  # fmt: skip
    demo.cases[name] = act(demo.services, NOOR, action)
    act(demo.services, NOOR, AssignHandler(demo.cases[name], NOOR.subject))


def _mark(demo: DemoCases, name: str, kept: dict[str, str]) -> None:
    """The papers that only the court may read, each with its reason (Awb 8:29); the others go to every party."""
    task = demo.task(name, "MarkRestricted")
    with demo.services.sessions() as session:
        case = session.get_one(TaskRow, task).case_id
        papers = session.scalars(to_mark(case, ("contested_decision", "underlying", "withheld"))).all()
    chosen = {one.id: InspectionChoice(one.title not in kept, kept.get(one.title, "")) for one in papers}
    act(demo.services, NOOR, CompleteTask(task, inspection=chosen))


def _contested(demo: DemoCases, name: str) -> NewDecision:
    """The decision of a case that was registered before."""
    with demo.services.sessions() as session:
        of_case = select(Decision).join(Case, Case.id == Decision.case_id).where(Case.number == demo.cases[name])
        row = session.scalars(of_case).one()
    return NewDecision(row.subject, row.number, row.taken_on, row.announced_on, row.department, taken_by=row.taken_by)


def appeal_comes_in(demo: DemoCases) -> None:
    yesterday = demo.today - timedelta(days=1)
    shed = decision(demo, "TH-2026-0101", "Schuur moet weg", "handhaving", 30)
    _register(demo, "shed", "beroep", person("kees", "appellant"), shed, kind="bezwaar",
              court_number="VBL 26/1101", grounds="De schuur staat er al twintig jaar.", grounds_sent_on=yesterday)  # fmt: skip
    demo.complete("shed", "AssessAppeal", NOOR, litigator=NOOR.name, department="handhaving", documents_needed=True)


def appeal_documents_arrive(demo: DemoCases) -> None:
    demo.deliver("shed", "De foto's zijn van vorig jaar.", ("underlying", "Controlerapport met foto's"))
    demo.accept_all("shed")
    demo.complete("shed", "CompileFile", NOOR, ("withheld", "Anonieme melding"), inventory="1. Besluit. 2. Bezwaar. 3. Controlerapport.",
                   defence_wanted="ja", confidential_parts=True)  # fmt: skip
    _mark(demo, "shed", {"Anonieme melding": "De melder loopt gevaar als zijn naam bekend wordt."})


def appeal_is_answered(demo: DemoCases) -> None:
    demo.complete("shed", "WriteDefence", NOOR, ("defence", "Verweerschrift"), defence_asks="ongegrond")
    demo.complete("shed", "CheckDefence", SEM, defence_checked="ja")
    demo.complete("shed", "FileAtCourt", NOOR, filed_on=demo.today, filed_by="digitaal")


def appeal_gets_a_hearing(demo: DemoCases) -> None:
    at = datetime.combine(add_duration(demo.today, "P37D", Counting.WORKING), time(10, 30), AMSTERDAM)
    act(demo.services, NOOR, PressButton(demo.cases["shed"], "hearing_called"))
    demo.complete("shed", "PlanHearing", NOOR, hearing_on=at.isoformat(), hearing_place=COURT.name,
                   hearing_by=NOOR.name, department_joins=True)  # fmt: skip


def relief_is_asked(demo: DemoCases) -> None:
    wanted = add_duration(demo.today, "P10D", Counting.WORKING)
    _register(demo, "relief", "voorlopige-voorziening", person("kees", "applicant"), _contested(demo, "shed"),
              main="shed", measure="De gemeente mag de schuur nog niet weghalen.", documents_by=wanted)  # fmt: skip
    demo.complete("relief", "CallToday", NOOR, department="handhaving", can_wait="wacht",
                   wait_until=demo.today + timedelta(days=60), commitment_by=SEM.name,
                   call_note="De afdeling wacht tot de zitting.")  # fmt: skip


COURT_CASES: tuple[tuple[int, str, Callable[[DemoCases], None]], ...] = (
    (5, "Een beroep over een schuur", appeal_comes_in),
    (8, "De stukken voor de rechtbank", appeal_documents_arrive),
    (19, "Het verweer gaat naar de rechtbank", appeal_is_answered),
    (40, "De rechtbank kondigt een zitting aan", appeal_gets_a_hearing),
    (70, "Een spoedverzoek aan de rechter", relief_is_asked),
)
