"""Objections about one decision that are handled together: to the call, to the draft of the decision, and what came of it."""

from collections.abc import Sequence
from itertools import count

from kit.cases import BEZWAAR, INTAKE, add_departments, open_task, put_in_use, register_bezwaar, rows
from kit.documents import stored
from kit.people import NOOR, SEM, department, known

from processes.actions import act
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.actions.grouping import JoinCases
from processes.actions.joining import CompleteTogether
from processes.actions.judging import Judgement
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.jobs.joining import complete_joined
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, Dossier, NoticeRow, OutboxRow, TaskRow

CALLED = {"call_outcome": "doorgaan", "call_note": "Alle drie gebeld."}
DRAFTED = {"dictum": "gegrond", "instead": "De vergunning.", "deciding_body": "college"}


def furnish(services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren", "vergunningen")
    for actor in (NOOR, SEM):
        known(services, actor)


def to_call(services, *parties, **more) -> str:
    number = register_bezwaar(services, *parties, **more)
    intake = {
        **INTAKE,
        "objectable": True,
        "route": "zonder_horen",
        "waiver": "afgezien",
        "no_hearing_reason": "Wil niet.",
    }
    act(services, NOOR, CompleteTask(open_task(services, "Intake", number), intake))
    return number


def delivered(services) -> None:
    """Every department that was asked sends its documents, and they are accepted."""
    for dossier, name in zip(rows(services, Dossier), count(), strict=False):
        document = NewDocument(stored(services, f"besluit-{name}.pdf"), "underlying", "Besluit")
        sent = Deliver(services.secrets.link_token(dossier.salt), (document,))
        act(services, department(services, dossier.id), sent)
    for task in rows(services, TaskRow, element="JudgeDelivery", state="open"):
        offered = rows(services, DocumentRow, state="offered", case_id=task.case_id)
        judged = {row.id: Judgement(accepted=True) for row in offered}
        act(services, NOOR, CompleteTask(task.id, judgements=judged))


def together(services, actor, element: str, first: str, *others: str, documents=(), **values) -> None:
    own = CompleteTask(
        open_task(services, element, first), values, documents, explanation=values.pop("explanation", None)
    )
    act(services, actor, CompleteTogether(own, tuple(open_task(services, element, other) for other in others)))
    drain(services)


def open_elements(services, number: str) -> set[str]:
    (case,) = rows(services, Case, number=number)
    return {row.element for row in rows(services, TaskRow, case_id=case.id, state="open")}


def letters(services, number: str) -> list[str]:
    (case,) = rows(services, Case, number=number)
    return [row.body for row in rows(services, NoticeRow, case_id=case.id, template="beslissing")]


def joined(services: Services, *numbers: str, name: str = "Vergunning PV-1") -> int:
    """The id of the group that Noor made of these cases."""
    return int(act(services, NOOR, JoinCases(numbers, name, "Zij gaan over één besluit.")))


def work_of_press(services: Services) -> None:
    """Only what the press asks: without the letters as PDF, which would take most of the time."""
    for row in rows(services, OutboxRow, kind="joined"):
        if row.done_at is None:
            complete_joined(services, row.payload)
            with services.sessions.begin() as session:
                session.get_one(OutboxRow, row.id).done_at = row.created_at


def press(
    services: Services,
    actor: Actor,
    element: str,
    numbers: Sequence[str],
    own: CompleteTask,
    exceptions: dict[str, str],
) -> None:
    others = {number: open_task(services, element, number) for number in numbers[1:]}
    except_for = {others[number]: outcome for number, outcome in exceptions.items()}
    act(services, actor, CompleteTogether(own, tuple(others.values()), except_for))
    work_of_press(services)
