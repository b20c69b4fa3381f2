"""Lotte's Woo request in the demo: a department searched, and two third parties are asked for their view. All invented."""

from collections.abc import Callable

from sqlalchemy import select

from engine.words import FixedRole
from processes.actions import act
from processes.actions.delivering import Deliver
from processes.actions.documents import AddDocuments, GiveToParty
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.parties import AddParty
from processes.actions.registering import RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor, ActorKind
from processes.demo.cases import NOOR, DemoCases, person
from processes.demo.documents import paper
from processes.execution.assessing import Assessment
from processes.execution.deliveries import deliveries_to_judge
from processes.storage.tables import Case, DocumentRow, Dossier, Party, TaskRow
from processes.storage.words import CaseChannel, DocumentState

NAME = "woo"
BID, REPORT, NOTE = "Bod op het zwembad", "Verslag van de onderhandeling", "Notitie voor de wethouder"
SAID = {
    BID: Assessment("deels", ("5.1-1-c", "5.1-2-e")),
    REPORT: Assessment("geheel"),
    NOTE: Assessment("niet", ("5.2",)),
}

ABOUT_WHOM = {BID: "bouw", REPORT: "yasmina"}


def woo_comes_in(demo: DemoCases) -> None:
    values = {
        "subject": "De verkoop van het oude zwembad",
        "matter": "Ik wil weten hoe de gemeente de prijs heeft bepaald.",
        "documents_wanted": "Taxaties, biedingen, verslagen en e-mails.",
    }
    register = RegisterCase(
        "woo-verzoek",
        CaseChannel.LETTER,
        demo.today,
        (person("lotte", "requester"),),
        values=values,
        handler=NOOR.subject,
    )
    demo.cases[NAME] = act(demo.services, NOOR, register)
    demo.complete(NAME, "Intake", NOOR, kind="woo", elsewhere="hier", too_general=False, very_large=False)
    demo.complete(NAME, "PlanSearch", NOOR, departments=["vergunningen", "stadsbeheer"],
                   search_for="Alles over de verkoop van het oude zwembad in 2025.")  # fmt: skip


def departments_answer(demo: DemoCases) -> None:
    searched = {
        "search_words": "zwembad\nverkoop",
        "search_period": "heel 2025",
        "search_places": "het zaaksysteem en e-mail",
    }
    _answer(demo, "vergunningen", "", {"found": "gevonden", **searched}, BID, REPORT, NOTE)
    _answer(demo, "stadsbeheer", "Wij waren niet bij de verkoop betrokken.", {"found": "niets", **searched})


def woo_is_listed(demo: DemoCases) -> None:
    said = {document: SAID[title] for title, document in _documents(demo).items() if title in SAID}
    action = CompleteTask(
        demo.task(NAME, "Inventory"), {"third_party_affected": True, "fact_check": False}, assessments=said
    )
    act(demo.services, NOOR, action)


def views_are_asked(demo: DemoCases) -> None:
    for key in ("bouw", "yasmina"):
        third = person(key, FixedRole.THIRD_PARTY)
        act(demo.services, NOOR, AddParty(demo.cases[NAME], third))
        title = f"Passages over {third.name}"
        new = NewDocument(paper(demo.services, title, NAME), "passages", title)
        act(demo.services, NOOR, AddDocuments(demo.cases[NAME], (new,)))
        act(demo.services, NOOR, GiveToParty(_documents(demo)[title], _party(demo, third.name)))
    found = _documents(demo)
    about = {
        found[title]: (_party(demo, person(key, FixedRole.THIRD_PARTY).name),) for title, key in ABOUT_WHOM.items()
    }
    asked = {"view_note": "De verkoop van het oude zwembad in 2025."}
    act(demo.services, NOOR, CompleteTask(demo.task(NAME, "AddThirdParties"), asked, concerns=about))


def _answer(demo: DemoCases, department: str, remark: str, values: dict[str, str], *titles: str) -> None:
    """A department answers by its link, and the worker accepts everything."""
    with demo.services.sessions() as session:
        case = select(Case.id).where(Case.number == demo.cases[NAME]).scalar_subquery()
        dossier = session.scalars(
            select(Dossier).where(Dossier.case_id == case, Dossier.department == department)
        ).one()
    documents = tuple(NewDocument(paper(demo.services, title, NAME), "original", title) for title in titles)
    actor = Actor(ActorKind.DEPARTMENT, f"department:{dossier.id}", department, dossier=dossier.id)
    act(demo.services, actor, Deliver(demo.services.secrets.link_token(dossier.salt), documents, remark, values=values))
    task = demo.task(NAME, "JudgeSearch")
    with demo.services.sessions() as session:
        deliveries = [
            one.id for one in session.scalars(deliveries_to_judge(session.get_one(TaskRow, task).instance_id))
        ]
        ids = session.scalars(select(DocumentRow.id).where(DocumentRow.delivery_id.in_(deliveries))).all()
    judged = {} if ids else {"judgement": DocumentState.ACCEPTED}
    act(demo.services, NOOR, CompleteTask(task, judged, judgements=dict.fromkeys(ids, Judgement(accepted=True))))


def _documents(demo: DemoCases) -> dict[str, str]:
    with demo.services.sessions() as session:
        case = select(Case.id).where(Case.number == demo.cases[NAME]).scalar_subquery()
        return dict(session.execute(select(DocumentRow.title, DocumentRow.id).where(DocumentRow.case_id == case)).all())


def _party(demo: DemoCases, name: str) -> int:
    with demo.services.sessions() as session:
        case = select(Case.id).where(Case.number == demo.cases[NAME]).scalar_subquery()
        return session.scalars(select(Party.id).where(Party.case_id == case, Party.name == name)).one()


WOO_CASES: tuple[tuple[int, str, Callable[[DemoCases], None]], ...] = (
    (53, "Een verzoek om documenten", woo_comes_in),
    (59, "Twee afdelingen zoeken", departments_answer),
    (64, "De lijst met documenten", woo_is_listed),
    (67, "Twee anderen mogen reageren", views_are_asked),
)
