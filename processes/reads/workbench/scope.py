"""Which cases a member of staff may see: workers all, a committee member only those on the committee's agenda."""

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, aliased

from processes.actor import Actor
from processes.database.tables import Case, TaskRow
from processes.errors import NotAllowed, NotFound

HANDLES = ("worker", "decider")


def handles(actor: Actor) -> bool:
    """Whether somebody works on cases, and so sees them whole."""
    return actor.kind == "staff" and actor.has(*HANDLES)


def seen_cases(actor: Actor) -> ColumnElement[bool]:
    """A condition on Case. Raises NotAllowed for anybody without a role in the workbench."""
    if handles(actor):
        return true()
    if actor.kind == "staff" and actor.has("committee"):
        agenda = aliased(TaskRow)  # the query around it may look at tasks too
        theirs = select(agenda.case_id).where(agenda.state.in_(("open", "done")), agenda.side == "committee")
        return Case.id.in_(theirs)
    raise NotAllowed("U heeft hiervoor niet de juiste rol.")


def case_for(session: Session, actor: Actor, number: str) -> Case:
    """The case with this number. Raises NotFound, also for a case that this reader may not see."""
    case = session.scalar(select(Case).where(Case.number == number, seen_cases(actor)))
    if case is None:
        raise NotFound
    return case


def handled_case(session: Session, actor: Actor, number: str) -> Case:
    """As case_for, for what only those who handle cases may see. Raises NotAllowed for the committee."""
    case = case_for(session, actor, number)
    if not handles(actor):
        raise NotAllowed("Dit deel van de zaak is alleen voor behandelaars.")
    return case
