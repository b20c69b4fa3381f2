"""The cases of the demo: on which day after its beginning something happens, and what. All of it is invented."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from engine.words import FixedRole
from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.actions.free_letters import BeginLetter
from processes.actions.judging import Judgement
from processes.actions.messages import SendMessage
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor, ActorKind
from processes.base.clock import AMSTERDAM, local_date
from processes.demo.actors import CITIZEN_ACTORS, STAFF_ACTORS
from processes.demo.documents import paper
from processes.demo.people import CITIZENS, citizen
from processes.execution.deliveries import deliveries_to_judge
from processes.execution.inspecting import InspectionChoice, to_inspect
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, Dossier, Party, TaskRow
from processes.storage.words import CaseChannel, PartyKind, PostChannel, TaskState

PAPERS = ("submission", "contested_decision", "new_decision", "underlying", "withheld", "defence")
NOOR, SEM, ADA = STAFF_ACTORS["noor"], STAFF_ACTORS["sem"], STAFF_ACTORS["ada"]


class DemoCases:
    """The installation with the cases that were registered so far, by a name of our own."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.cases: dict[str, str] = {}

    @property
    def today(self) -> date:
        return local_date(business_now(self.services))

    def register(
        self,
        name: str,
        parties: tuple[NewParty, ...],
        decision: NewDecision,
        *,
        also: tuple[NewDecision, ...] = (),
        **values: Any,
    ) -> None:
        """A case that came in today, by letter, against this decision and `also` others."""
        letter = NewDocument(paper(self.services, "bezwaarschrift", name), "submission", "Bezwaarschrift")
        action = RegisterCase(
            "bezwaar", CaseChannel.LETTER, self.today, parties, (decision, *also), values, (letter,),
            postmark_on=self.today - timedelta(days=1), handler=NOOR.subject,
        )  # fmt: skip
        self.cases[name] = act(self.services, NOOR, action)
        act(self.services, NOOR, AssignHandler(self.cases[name], NOOR.subject))

    def complete(
        self,
        name: str,
        element: str,
        actor: Actor,
        *files: tuple[str, str],
        explanation: str | None = None,
        **values: Any,
    ) -> None:
        """Do an open task; `files` are (document type, title)."""
        documents = tuple(NewDocument(paper(self.services, title, name), kind, title) for kind, title in files)
        act(self.services, actor, CompleteTask(self.task(name, element), values, documents, explanation=explanation))

    def prepare_file(self, name: str) -> None:
        """Say of every paper of the case that it lies open to the parties before the hearing."""
        task = self.task(name, "PrepareFile")
        with self.services.sessions() as session:
            case = session.get_one(TaskRow, task).case_id
            papers = session.scalars(to_inspect(case, PAPERS)).all()
        open_ = {paper.id: InspectionChoice(is_open=True) for paper in papers}
        act(self.services, NOOR, CompleteTask(task, inspection=open_))

    def task(self, name: str, element: str) -> str:
        with self.services.sessions() as session:
            case = select(Case.id).where(Case.number == self.cases[name])
            open_tasks = select(TaskRow.id).where(TaskRow.case_id.in_(case), TaskRow.state == TaskState.OPEN)
            return session.scalars(open_tasks.where(TaskRow.element == element)).one()

    def deliver(self, name: str, remark: str, *files: tuple[str, str]) -> None:
        """The department sends documents through its link."""
        with self.services.sessions() as session:
            case = select(Case.id).where(Case.number == self.cases[name])
            dossier = session.scalars(select(Dossier).where(Dossier.case_id.in_(case))).one()
        documents = tuple(NewDocument(paper(self.services, title, name), kind, title) for kind, title in files)
        actor = Actor(ActorKind.DEPARTMENT, f"department:{dossier.id}", dossier.department or "", dossier=dossier.id)
        act(self.services, actor, Deliver(self.services.secrets.link_token(dossier.salt), documents, remark))

    def accept_all(self, name: str) -> None:
        """The worker finds everything in order and shows it on the portal."""
        task = self.task(name, "JudgeDelivery")
        with self.services.sessions() as session:
            instance = session.get_one(TaskRow, task).instance_id
            deliveries = [one.id for one in session.scalars(deliveries_to_judge(instance))]
            ids = session.scalars(select(DocumentRow.id).where(DocumentRow.delivery_id.in_(deliveries))).all()
        act(
            self.services,
            NOOR,
            CompleteTask(task, judgements=dict.fromkeys(ids, Judgement(accepted=True, on_portal=True))),
        )


def person(key: str, role: str = FixedRole.OBJECTOR, **details: Any) -> NewParty:
    """A party from the invented register."""
    known = citizen(key)
    if known is None:
        raise KeyError(key)
    kind = PartyKind.COMPANY if known.kvk else PartyKind.PERSON
    given = {
        "channel": PostChannel.PORTAL,
        "email": f"{key}@post.example",
        "phone": f"06 {CITIZENS.index(known) + 1:08}",
        "address": "Verzonnenstraat 1\n1234 AB Voorbeeldstad",
    }
    return NewParty(role, known.name, kind, identity=known.identity, **{**given, **details})


def decision(demo: DemoCases, number: str, subject: str, department: str, days_ago: int) -> NewDecision:
    announced = demo.today - timedelta(days=days_ago)
    return NewDecision(subject, number, announced - timedelta(days=2), announced, department, taken_by="p.besluiter")


INTAKE: dict[str, Any] = {"in_time": "ja", "interested": True, "objectable": True, "right_body": True,
                          "complete": True}  # fmt: skip


def permit_comes_in(demo: DemoCases) -> None:
    what = decision(demo, "PV-2026-1187", "Parkeervergunning geweigerd", "parkeren", 20)
    demo.register("permit", (person("tess", email="tess.testeling@post.example"),), what,
                   grounds="Mijn auto staat wel op mijn naam. Ik heb het kenteken eerder gestuurd.")  # fmt: skip


def permit_is_taken_up(demo: DemoCases) -> None:
    demo.complete("permit", "Intake", NOOR, **INTAKE, route="commissie", department="parkeren")


def permit_documents_arrive(demo: DemoCases) -> None:
    demo.deliver("permit", "Het medisch advies hebben wij niet.", ("contested_decision", "Besluit PV-2026-1187"),
                  ("underlying", "Aanvraag met bijlagen"))  # fmt: skip
    demo.accept_all("permit")


def permit_is_called(demo: DemoCases) -> None:
    demo.complete("permit", "CallObjector", NOOR, call_outcome="doorgaan",
                   call_note="Mevrouw wil haar verhaal doen.")  # fmt: skip


def permit_is_planned(demo: DemoCases) -> None:
    at = datetime.combine(demo.today + timedelta(days=38), datetime.min.time().replace(hour=14), AMSTERDAM)
    demo.complete("permit", "CommitteeDecidesHearing", ADA, hearing_choice="horen", hearing_public=True)
    demo.complete(
        "permit", "PlanHearing", NOOR, hearing_on=at.isoformat(), hearing_place="stadhuis", chair="Joris Voorzitter"
    )
    demo.prepare_file("permit")
    act(demo.services, CITIZEN_ACTORS["tess"](demo.services),
        SendMessage(demo.cases["permit"], "Mag mijn zus mee naar de hoorzitting?"))  # fmt: skip


def permit_gets_a_letter(demo: DemoCases) -> None:
    with demo.services.sessions() as session:
        case = select(Case.id).where(Case.number == demo.cases["permit"])
        parties = session.scalars(select(Party.id).where(Party.case_id.in_(case), Party.filing)).all()
    begun = BeginLetter(demo.cases["permit"], "Een gesprek voor de hoorzitting", tuple(parties), "text_block:contact")
    act(demo.services, NOOR, begun)


def benefit_comes_in(demo: DemoCases) -> None:
    what = decision(demo, "WI-2026-0412", "Bijstand verlaagd", "werk_inkomen", 15)
    demo.register("benefit", (person("bram", channel=PostChannel.POST),), what, pro_forma=True)


def benefit_is_incomplete(demo: DemoCases) -> None:
    demo.complete("benefit", "Intake", NOOR, **{**INTAKE, "complete": False}, route="ambtelijk",
                   department="werk_inkomen", missing=["redenen"],
                   missing_items="Waarom vindt u dat uw bijstand niet lager mag worden?")  # fmt: skip


def waste_comes_in(demo: DemoCases) -> None:
    what = decision(demo, "SB-2026-2210", "Kosten voor verkeerd aangeboden afval", "stadsbeheer", 25)
    parties = (person("ilse"), person("kees"), person("toga", role=FixedRole.REPRESENTATIVE))
    demo.register("waste", parties, what, grounds="De doos was niet van ons.")


def waste_is_taken_up(demo: DemoCases) -> None:
    demo.complete("waste", "Intake", NOOR, **INTAKE, route="ambtelijk", department="stadsbeheer")


def done_comes_in(demo: DemoCases) -> None:
    what = decision(demo, "VG-2026-0733", "Terrasvergunning geweigerd", "vergunningen", 10)
    demo.register("terrace", (person("bakkerij"),), what, grounds="Er is ruimte genoeg voor drie tafels.")
    demo.complete("terrace", "Intake", NOOR, **INTAKE, route="zonder_horen", department="vergunningen",
                   waiver="volledig_tegemoet", no_hearing_reason="De vergunning kan alsnog.")  # fmt: skip
    demo.complete("terrace", "CallObjector", NOOR, call_outcome="doorgaan",
                   call_note="De vergunning kan alsnog voor drie tafels.")  # fmt: skip


def done_is_decided(demo: DemoCases) -> None:
    demo.deliver("terrace", "", ("contested_decision", "Besluit VG-2026-0733"))
    demo.accept_all("terrace")
    demo.complete("terrace", "DraftDecision", NOOR, ("outcome", "Beslissing op bezwaar"), dictum="gegrond",
                   instead="Een vergunning voor drie tafels.", explanation="U krijgt alsnog een vergunning voor drie tafels.")  # fmt: skip
    demo.complete("terrace", "DecisionTaken", SEM, approved="ja")


def fresh_comes_in(demo: DemoCases) -> None:
    what = decision(demo, "PV-2026-1302", "Gehandicaptenparkeerplaats geweigerd", "parkeren", 8)
    demo.register("place", (person("yasmina"),), what, grounds="De keuring klopt niet.")


CASES: tuple[tuple[int, str, Callable[[DemoCases], None]], ...] = (
    (0, "Een bezwaar over een terras", done_comes_in),
    (9, "De beslissing over het terras", done_is_decided),
    (30, "Een bezwaar over een parkeervergunning", permit_comes_in),
    (34, "Het bezwaar wordt behandeld", permit_is_taken_up),
    (40, "De afdeling levert stukken", permit_documents_arrive),
    (41, "De indiener wordt gebeld", permit_is_called),
    (44, "Een bezwaar van twee bewoners", waste_comes_in),
    (46, "De afdeling krijgt een verzoek om stukken", waste_is_taken_up),
    (60, "De hoorzitting wordt gepland", permit_is_planned),
    (64, "Een brief wacht tot iemand hem verstuurt", permit_gets_a_letter),
    (66, "Een bezwaar zonder redenen", benefit_comes_in),
    (69, "De indiener wordt om redenen gevraagd", benefit_is_incomplete),
    (73, "Een nieuw bezwaar", fresh_comes_in),
)
