"""By whom a party is represented: somebody else, nobody any more, a new representative; and somebody who leaves the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from engine.words import FixedRole
from processes.access.guards import only_staff, reason_wrong
from processes.actions.correcting_party import party_in
from processes.actions.registering import NewParty, as_drawn, as_registered, new_party_wrong, party_row, settle_identity
from processes.base.errors import Invalid, NotNow
from processes.effects.each import leave
from processes.execution.case_execution import CaseExecution
from processes.execution.corrections import record_correction
from processes.execution.standing_aside import shut_out
from processes.execution.unit_of_work import UnitOfWork
from processes.post.unsent import hand_over, leave_post
from processes.storage.tables import Case, Party
from processes.storage.words import CaseState, CorrectionKind

PLACE = "party-0"  # the fields of the one party on the page, named as on the page that registers
NOBODY = "niemand"
OF_ANOTHER = (
    "Deze gemachtigde logde in met een machtiging van een ander. Voeg de gemachtigde voor deze betrokkene apart toe."
)


@dataclass(frozen=True, slots=True)
class Represent:
    """From now on `representative` (the id of one in the case, or None for nobody) acts for this party."""

    case: str
    party: int
    representative: int | None
    reason: str


def represent(work: UnitOfWork, action: Represent) -> str:
    """The answer is the case number. Raises NotFound, and Invalid with `representative` or `reason`."""
    only_staff(work.actor)
    case = work.lock_case(action.case)
    party = party_in(work, case, action.party)
    new = party_in(work, case, action.representative) if action.representative else None
    _check(work, case, party, new, action)
    old = work.session.get(Party, party.represented_by) if party.represented_by else None
    _change(work, case, party, new, action.reason)
    said = hand_over(work, case, party, [new]) if new else []
    if old is not None and not _represented(work, case, old):
        said += hand_over(work, case, old, [new or party])
    _tell(work, case, said)
    return case.number


def _check(work: UnitOfWork, case: Case, party: Party, new: Party | None, action: Represent) -> None:
    wrong = reason_wrong(action.reason)
    if party.role == FixedRole.REPRESENTATIVE or (new and (new.role != FixedRole.REPRESENTATIVE or new.deceased)):
        wrong["representative"] = "Kies een gemachtigde uit de lijst."
    elif (new.id if new else None) == party.represented_by:
        wrong["representative"] = "Dit is al zo. Er is niets veranderd."
    elif new and new.by_mandate and _represented(work, case, new):
        wrong["representative"] = OF_ANOTHER
    if wrong:
        raise Invalid(wrong)


@dataclass(frozen=True, slots=True)
class ReplaceRepresentative:
    """`new` acts from now on for everybody for whom `old` did, who leaves the case. `wrong`: what the page could not read, by field."""

    case: str
    old: int
    new: NewParty
    reason: str
    wrong: Mapping[str, str] = field(default_factory=dict)


def replace_representative(work: UnitOfWork, action: ReplaceRepresentative) -> str:
    """The answer is the case number. Raises NotFound, Invalid with fields such as `party-0-name`."""
    only_staff(work.actor)
    case = work.lock_case(action.case)
    old = party_in(work, case, action.old)
    if old.role != FixedRole.REPRESENTATIVE:
        raise NotNow("Alleen een gemachtigde kan worden vervangen.")
    model = work.deployed(case.model_version_id).model
    typed = as_registered(work, as_drawn(action.new, model))
    wrong = {**new_party_wrong(work, typed, PLACE), **reason_wrong(action.reason), **action.wrong}
    if wrong:
        raise Invalid(wrong)
    row = party_row(work, case, typed, model)
    row.role = old.role
    work.session.add(row)
    work.session.flush()
    settle_identity(work, case, row, typed)
    shut_out(work, case, row)
    work.audit(case.id, "add_party", party=row.id, role=row.role)
    for party in _represented(work, case, old):
        _change(work, case, party, row, action.reason)
    said = hand_over(work, case, old, [row])
    _leave(work, case, old, action.reason)
    _tell(work, case, said)
    return case.number


@dataclass(frozen=True, slots=True)
class RemoveParty:
    """A representative, or somebody who is no party after all, takes no part in the case any more."""

    case: str
    party: int
    reason: str


def remove_party(work: UnitOfWork, action: RemoveParty) -> str:
    """The answer is the case number. Raises NotFound, Invalid without a reason, and NotNow for who took the case up."""
    only_staff(work.actor)
    case = work.lock_case(action.case)
    party = party_in(work, case, action.party)
    if wrong := reason_wrong(action.reason):
        raise Invalid(wrong)
    if party.filing:
        raise NotNow(
            "Wie de zaak begon, blijft bij de zaak. Wil deze betrokkene niet verder? Leg dan vast dat die intrekt."
        )
    alone = _represented(work, case, party)
    for one in alone:
        _change(work, case, one, None, action.reason)
    said = hand_over(work, case, party, alone)
    _leave(work, case, party, action.reason)
    if case.state == CaseState.RUNNING:
        run = CaseExecution.of(work, case)
        leave(run, party)
        run.settle()
    _tell(work, case, said)
    return case.number


def _represented(work: UnitOfWork, case: Case, representative: Party) -> Sequence[Party]:
    mine = (Party.case_id == case.id, Party.represented_by == representative.id, Party.left_on.is_(None))
    return work.session.scalars(select(Party).where(*mine).order_by(Party.id)).all()


def _change(work: UnitOfWork, case: Case, party: Party, new: Party | None, reason: str) -> None:
    old = work.session.get(Party, party.represented_by) if party.represented_by else None
    party.represented_by = new.id if new else None
    was, became = ({"represented_by": one.name if one else NOBODY} for one in (old, new))
    record_correction(work, case, CorrectionKind.REPRESENTED, was, became, reason, party=party)
    work.session.flush()


def _leave(work: UnitOfWork, case: Case, party: Party, reason: str) -> None:
    leave_post(work, case, party)
    party.left_on = work.today
    record_correction(work, case, CorrectionKind.LEFT, {"left_on": None}, {"left_on": work.today}, reason, party=party)
    work.session.flush()


def _tell(work: UnitOfWork, case: Case, said: Sequence[str]) -> None:
    if said:
        work.own_note(case.id, "\n".join(said))
