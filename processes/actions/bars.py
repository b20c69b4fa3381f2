"""A colleague is shut out of a case by somebody who works on it (Awb 9:7, 2:4), or let in again by who decides: each with a reason.

What an address of a party does by itself: `processes.execution.standing_aside`.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from processes.access.barred import is_barred
from processes.access.guards import only_staff, reason_wrong
from processes.access.staff_scope import works_on
from processes.base.actor import StaffRole
from processes.base.errors import Invalid, NotAllowed, NotFound
from processes.execution.done_before import done_before
from processes.execution.standing_aside import tell_bars
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Bar, Case, StaffRow

WHO_WORKS_ON_IT: Final = "Dit kan alleen wie aan deze zaak werkt."
WHO_DECIDES: Final = "Een collega weer toelaten kan alleen een beslisser die aan deze zaak werkt."
SHUT_OUT: Final = "Een collega is bij deze zaak betrokken, en kan er niet meer bij (Awb 9:7). Wie aan de zaak werkt, ziet bij Partijen wie het is en waarom."
LET_IN: Final = "Een collega die niet bij deze zaak kon, kan er weer bij. Wie aan de zaak werkt, ziet bij Partijen wie het is en waarom."


@dataclass(frozen=True, slots=True)
class BarColleague:
    """Shut out this colleague (a number of staff), who has a part in the case."""

    case: str
    colleague: str
    reason: str


def bar_colleague(work: UnitOfWork, action: BarColleague) -> str:
    """The answer is the case number. Raises NotFound, NotAllowed for who does not work on the case, and Invalid (`colleague`, `reason`)."""
    case = _mine(work, action.case)
    wrong = reason_wrong(action.reason, "Schrijf op hoe deze collega bij de zaak betrokken is.")
    if not action.colleague or work.session.get(StaffRow, action.colleague) is None:
        wrong["colleague"] = "Kies een collega."
    elif is_barred(work.session, case.id, action.colleague):
        wrong["colleague"] = "Deze collega kan al niet bij de zaak."
    if wrong:
        raise Invalid(wrong)
    bar = Bar(
        case_id=case.id, staff=action.colleague, made_at=work.now, made_by=work.actor.subject, reason=action.reason.strip()
    )  # fmt: skip
    work.session.add(bar)
    work.own_note(case.id, SHUT_OUT)
    tell_bars(work, case, [bar])
    return case.number


@dataclass(frozen=True, slots=True)
class LiftBar:
    """The colleague of this bar may have to do with the case again, under every address."""

    case: str
    bar: int
    reason: str


def lift_bar(work: UnitOfWork, action: LiftBar) -> str:
    """The answer is the case number. Raises NotFound, NotAllowed, AlreadyDone, and Invalid without a reason."""
    only_staff(work.actor, (StaffRole.DECIDER,), system=False, sentence=WHO_DECIDES)
    case = _mine(work, action.case, WHO_DECIDES)
    row = work.session.get(Bar, action.bar)
    if row is None or row.case_id != case.id:
        raise NotFound
    if row.lifted_at is not None:
        raise done_before(work.session, "Deze collega is al weer toegelaten", row.lifted_by, row.lifted_at)
    if wrong := reason_wrong(action.reason, "Schrijf op waarom deze collega er weer bij mag."):
        raise Invalid(wrong)
    whose = Bar.staff == row.staff if row.staff else Bar.id == row.id
    for bar in work.session.scalars(select(Bar).where(Bar.case_id == case.id, Bar.lifted_at.is_(None), whose)).all():
        bar.lifted_at, bar.lifted_by, bar.lifted_reason = work.now, work.actor.subject, action.reason.strip()
        work.audit(case.id, "lift_bar", bar=bar.id)
    work.own_note(case.id, LET_IN)
    return case.number


def _mine(work: UnitOfWork, number: str, sentence: str = WHO_WORKS_ON_IT) -> Case:
    """The locked case, for a person who works on it: others may not know who has a part in it."""
    only_staff(work.actor, system=False)
    case = work.lock_case(number)
    if not works_on(work.session, work.actor, case):
        raise NotAllowed(sentence)
    return case
