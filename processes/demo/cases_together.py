"""The demo's cases of more than one: two objectors of whom one answered, an objection to two decisions, three objections to one, and one that is filed together."""

from collections.abc import Callable

from sqlalchemy import select

from processes.access.letter_codes import code_of
from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.filing_along import JoinFiling
from processes.actions.registering import RegisterCase
from processes.actions.tasks import CompleteTask
from processes.demo.actors import CITIZEN_ACTORS
from processes.demo.cases import INTAKE, NOOR, DemoCases, decision, person
from processes.execution.co_filers import NamedPerson
from processes.storage.tables import Case, CoFiler, Party, TaskRow
from processes.storage.words import CaseChannel, TaskState


def mast_comes_in(demo: DemoCases) -> None:
    what = decision(demo, "VG-2026-0915", "Vergunning voor een zendmast", "vergunningen", 12)
    demo.register("mast", (person("ilse"), person("yasmina")), what, pro_forma=True)


def mast_is_incomplete(demo: DemoCases) -> None:
    demo.complete("mast", "Intake", NOOR, **{**INTAKE, "complete": False}, route="ambtelijk", department="vergunningen",
                   missing=["redenen"], missing_items="Waarom vindt u dat de mast er niet mag komen?")  # fmt: skip


def mast_first_answers(demo: DemoCases) -> None:
    """One of the two neighbours sends reasons; the other still has a task and a term of her own."""
    answer = {"repair_text": "De mast staat te dicht bij de school."}
    act(demo.services, CITIZEN_ACTORS["ilse"](demo.services), CompleteTask(_task_of(demo, "mast", "ilse"), answer))


def facade_comes_in(demo: DemoCases) -> None:
    sign = decision(demo, "VG-2026-0941", "Reclame op de gevel geweigerd", "vergunningen", 11)
    tables = decision(demo, "VG-2026-0942", "Uitstalling op de stoep geweigerd", "vergunningen", 11)
    demo.register("facade", (person("luchtkasteel"),), sign, also=(tables,), grounds="Bij de buren mag het wel.")


def facade_is_taken_up(demo: DemoCases) -> None:
    demo.complete("facade", "Intake", NOOR, **INTAKE, route="ambtelijk", department="vergunningen")


def three_object_alike(demo: DemoCases) -> None:
    """Three neighbours object to one decision: the program offers to join their cases."""
    for one in ("ilse", "yasmina", "bram"):
        what = decision(demo, "VG-2026-0977", "Vergunning voor een terras op het plein", "vergunningen", 9)
        demo.register(f"terrace-{one}", (person(one),), what, grounds="Het plein is 's avonds al te druk.")


def the_three_are_taken_up(demo: DemoCases) -> None:
    """All three stand at the same step."""
    for one in ("ilse", "yasmina", "bram"):
        demo.complete(f"terrace-{one}", "Intake", NOOR, **INTAKE, route="ambtelijk", department="vergunningen")


def trees_are_objected_to_together(demo: DemoCases) -> None:
    """On the portal, together with two others: one of them confirms at once, the other gets a code by hand and did not use it yet."""
    what = decision(demo, "VG-2026-0991", "Vergunning om vijf lindes te kappen", "vergunningen", 6)
    people = (NamedPerson("Kees Denkbeeldig", "kees@post.example"), NamedPerson("Sanne Verzonnen"))
    action = RegisterCase(
        "bezwaar", CaseChannel.PORTAL, demo.today, (person("lotte"),), (what,), {"grounds": "De bomen zijn gezond, en zij houden de straat koel."},
        co_filers=people,
    )  # fmt: skip
    demo.cases["trees"] = act(demo.services, CITIZEN_ACTORS["lotte"](demo.services), action)
    act(demo.services, NOOR, AssignHandler(demo.cases["trees"], NOOR.subject))


def one_of_them_confirms(demo: DemoCases) -> None:
    kees = person("kees")
    with demo.services.sessions() as session:
        row = session.scalars(select(CoFiler).where(CoFiler.name == kees.name)).one()
    confirmed = JoinFiling(str(code_of(demo.services.secrets, row)), str(kees.identity), kees, named=True)
    act(demo.services, CITIZEN_ACTORS["kees"](demo.services), confirmed)


def _task_of(demo: DemoCases, name: str, key: str) -> str:
    """The open task of one of several people in a case."""
    found = select(TaskRow.id).join(Party, Party.id == TaskRow.party_id).join(Case, Case.id == Party.case_id)
    mine = (Case.number == demo.cases[name], Party.name == person(key).name, TaskRow.state == TaskState.OPEN)
    with demo.services.sessions() as session:
        return session.scalars(found.where(*mine)).one()


TOGETHER_CASES: tuple[tuple[int, str, Callable[[DemoCases], None]], ...] = (
    (62, "Een bezwaar van twee buren", mast_comes_in),
    (65, "De buren worden om redenen gevraagd", mast_is_incomplete),
    (68, "Een bezwaar tegen twee besluiten", facade_comes_in),
    (70, "Een van de buren antwoordt", mast_first_answers),
    (71, "Het bezwaar tegen twee besluiten wordt behandeld", facade_is_taken_up),
    (71, "Drie bezwaren tegen één besluit", three_object_alike),
    (72, "De drie bezwaren worden behandeld", the_three_are_taken_up),
    (74, "Drie bewoners maken samen bezwaar", trees_are_objected_to_together),
    (75, "Een van hen bevestigt met een eigen inlog", one_of_them_confirms),
)
