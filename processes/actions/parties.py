"""Somebody joins a running case: a third party who turns up, a representative, the person complained about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select, update

from engine.words import FixedRole, Side
from processes.access.guards import only_staff
from processes.actions.co_filers import joined_on_paper, open_in
from processes.actions.registering import NewParty, as_drawn, as_registered, new_party_wrong, party_row, settle_identity
from processes.base.errors import Invalid
from processes.effects.each import join
from processes.effects.persons import ask_persons, title_of
from processes.execution.case_execution import CaseExecution
from processes.execution.standing_aside import shut_out
from processes.execution.unit_of_work import UnitOfWork
from processes.post.joining import send_letters_of_others
from processes.storage.tables import Case, Party, TaskRow
from processes.storage.words import TaskState

PLACE = "party-0"  # the fields of the one party on the page, named as on the page that registers


@dataclass(frozen=True, slots=True)
class AddParty:
    """`letters`: of what the others got, the steps of the drawing whose letter this party gets as well; None: all that are
    meant for the role. `wrong`: what the page could not read, by field. `co_filer`: the id of who was named as filing along, and who this is.
    """

    case: str
    party: NewParty
    letters: tuple[str, ...] | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)
    co_filer: int | None = None


def add_party(work: UnitOfWork, action: AddParty) -> str:
    """The answer is the case number. Raises CaseClosed, and Invalid with fields such as `party-0-name`."""
    only_staff(work.actor)
    case = work.lock_case(action.case, running=True)
    model = work.deployed(case.model_version_id).model
    party = as_registered(work, as_drawn(action.party, model))
    wrong = {**new_party_wrong(work, party, PLACE), **action.wrong}
    if party.role not in model.party_roles():
        wrong[f"{PLACE}-role"] = "Kies een rol uit de lijst."
    if wrong:
        raise Invalid(wrong)
    named = open_in(work, case, action.co_filer) if action.co_filer is not None else None
    row = bring_in(work, case, party, action.letters)
    if named is not None:
        joined_on_paper(work, case, named, row)
    return case.number


def bring_in(work: UnitOfWork, case: Case, party: NewParty, letters: Collection[str] | None = None) -> Party:
    """Somebody whose data are right joins a running case: the row, what waits for the role, who acts for it, and the letters that the others
    got (`letters` as in AddParty).
    """
    row = party_row(work, case, party, work.deployed(case.model_version_id).model)
    work.session.add(row)
    work.session.flush()
    settle_identity(work, case, row, party)
    _represent(work, case, row)
    _ask_what_waits(work, case, row)
    run = CaseExecution.of(work, case)
    join(run, row)
    run.settle()
    shut_out(work, case, row)
    work.audit(case.id, "add_party", party=row.id, role=row.role)
    _catch_up(work, case, row, letters)
    return row


def _catch_up(work: UnitOfWork, case: Case, row: Party, letters: Collection[str] | None) -> None:
    """Send the letters that the others got, and tell the handler which."""
    if row.deceased or row.represented_by:
        return  # who acts for this party has them
    sent = send_letters_of_others(work, case, row, letters)
    if sent:
        who = title_of(work, case, row.role) if row.confidential else row.name
        listed = "\n".join(f"- {subject}" for subject in sent)
        work.system_note(case.id, f"Er is een betrokkene bij gekomen: {who}. Die kreeg ook:\n{listed}", row.id)


def _ask_what_waits(work: UnitOfWork, case: Case, row: Party) -> None:
    """Put the open questions to this role, asked before any party had it, to the party that now has it."""
    waiting = select(TaskRow).where(
        TaskRow.case_id == case.id, TaskRow.state == TaskState.OPEN, TaskRow.side == Side.DEPARTMENT
    )
    mine = (TaskRow.party_role == row.role, TaskRow.party_id.is_(None))
    for task in work.session.scalars(waiting.where(*mine)).all():
        ask_persons(work, case, task.id, task.name, [row], row.role)


def _represent(work: UnitOfWork, case: Case, row: Party) -> None:
    """A representative acts for everybody who filed, as at registration; who files later gets the same one, but never one of a mandate: that is of
    the party who gave it.
    """
    if row.role == FixedRole.REPRESENTATIVE:
        filed = (Party.case_id == case.id, Party.filing, Party.represented_by.is_(None))
        work.session.execute(update(Party).where(*filed).values(represented_by=row.id))
    elif row.filing:
        found = (
            select(Party.id).where(Party.case_id == case.id, Party.role == FixedRole.REPRESENTATIVE).order_by(Party.id)
        )
        there = (Party.left_on.is_(None), Party.by_mandate.is_(False))
        row.represented_by = work.session.scalar(found.where(*there).limit(1))
