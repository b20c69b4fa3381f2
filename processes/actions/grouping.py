"""Cases are joined in a group, or taken out of it again, each time with a reason that stands on the timeline of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from processes.access.guards import only_staff, reason_wrong
from processes.access.staff_scope import is_seen_group, seen_cases
from processes.base.errors import Invalid, NotFound
from processes.execution.groups import MOST_MEMBERS, groups_of, members_now, why_not_join
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, CaseGroupMember, CaseGroupRow

LONGEST_NAME: Final = 120
WHY: Final = "Schrijf waarom u deze zaken voegt. Dit staat op de tijdlijn van elke zaak."
WHY_APART: Final = "Schrijf waarom de zaken uit de groep gaan. Dit staat op de tijdlijn van elke zaak."


@dataclass(frozen=True, slots=True)
class JoinCases:
    """`cases`: their numbers. With `group` they come to a group that there is, and `name` says nothing."""

    cases: tuple[str, ...]
    name: str
    reason: str
    group: int | None = None


def join_cases(work: UnitOfWork, action: JoinCases) -> str:
    """The answer is the id of the group. Raises NotFound for no such group, and Invalid with everything that is wrong, each case by
    its number.
    """
    only_staff(work.actor, system=False)
    wrong = reason_wrong(action.reason, WHY)
    if action.group is None:
        wrong |= _name_wrong(action.name)
    cases = _locked(work, action.cases)
    group = _group(work, action.group) if action.group else None
    wrong |= _cases_wrong(work, action, cases, group)
    if wrong:
        raise Invalid(wrong)
    if group is None:
        group = CaseGroupRow(
            case_type=cases[0].case_type, name=action.name.strip(), reason=action.reason.strip(), made_at=work.now,
            made_by=work.actor.subject,
        )  # fmt: skip
        work.session.add(group)
        work.session.flush()
    later = action.reason.strip() if action.group else ""
    for case in cases:
        work.session.add(
            CaseGroupMember(group_id=group.id, case_id=case.id, reason=later, joined_at=work.now, joined_by=work.actor.subject)
        )  # fmt: skip
        work.own_note(case.id, f"Gevoegd in de groep '{group.name}'. Reden: {action.reason.strip()}")
        work.audit(case.id, "group_joined", group=group.id)
    return str(group.id)


@dataclass(frozen=True, slots=True)
class LeaveGroup:
    """`cases`: the numbers of those that go on by themselves."""

    group: int
    cases: tuple[str, ...]
    reason: str


def leave_group(work: UnitOfWork, action: LeaveGroup) -> str:
    """The answer is the id of the group. Raises Invalid, also for a case that is not in it (any more)."""
    only_staff(work.actor, system=False)
    wrong = reason_wrong(action.reason, WHY_APART)
    cases = _locked(work, action.cases)
    mine = (CaseGroupMember.group_id == action.group, CaseGroupMember.left_at.is_(None))
    wanted = select(CaseGroupMember).where(*mine, CaseGroupMember.case_id.in_([case.id for case in cases]))
    rows = {row.case_id: row for row in work.session.scalars(wanted)}
    if not action.cases:
        wrong["cases"] = "Kies eerst zaken."
    elif len(rows) < len(set(action.cases)):
        wrong["cases"] = "Een van deze zaken staat niet meer in de groep. Laad de pagina opnieuw."
    if wrong:
        raise Invalid(wrong)
    name = _group(work, action.group).name
    for case in cases:
        row = rows[case.id]
        row.left_at, row.left_by, row.left_reason = work.now, work.actor.subject, action.reason.strip()
        work.own_note(case.id, f"Uit de groep '{name}' gehaald. Reden: {action.reason.strip()}")
        work.audit(case.id, "group_left", group=action.group)
    return str(action.group)


def _locked(work: UnitOfWork, numbers: Sequence[str]) -> list[Case]:
    """Those of these cases that who acts may see, locked in the order of their ids: two who join the same cases never wait on each other."""
    wanted = select(Case.id).where(Case.number.in_(set(numbers)), seen_cases(work.actor)).order_by(Case.id)
    ids = work.session.scalars(wanted.limit(MOST_MEMBERS + 1)).all()
    return [work.lock_case_id(case_id) for case_id in ids]


def _group(work: UnitOfWork, group_id: int) -> CaseGroupRow:
    """The group, locked, of which who acts may see a case. Raises NotFound."""
    wanted = select(CaseGroupRow).where(is_seen_group(work.actor, group_id))
    group = work.session.scalar(wanted.with_for_update())
    if group is None:
        raise NotFound("Deze groep bestaat niet.")
    return group


def _name_wrong(name: str) -> dict[str, str]:
    if not name.strip():
        return {"name": "Geef de groep een naam, zodat collega's haar herkennen."}
    if len(name.strip()) > LONGEST_NAME:
        return {"name": f"Maak de naam korter: hoogstens {LONGEST_NAME} tekens."}
    return {}


def _cases_wrong(
    work: UnitOfWork, action: JoinCases, cases: Sequence[Case], group: CaseGroupRow | None
) -> dict[str, str]:
    if len(cases) < len(set(action.cases)):
        return {"cases": "Een van deze zaken bestaat niet, of u mag haar niet zien. Laad de pagina opnieuw."}
    if len(cases) < (1 if group else 2):
        return {"cases": "Kies minstens één zaak." if group else "Kies minstens twee zaken."}
    there = work.session.scalar(select(func.count()).select_from(members_now(group.id).subquery())) if group else 0
    if (there or 0) + len(cases) > MOST_MEMBERS:
        return {"cases": f"Een groep heeft hoogstens {MOST_MEMBERS} zaken."}
    its = groups_of(work.session, [case.id for case in cases])
    kind = group.case_type if group else cases[0].case_type
    why = {case.number: why_not_join(case, kind, group.id if group else None, its.get(case.id)) for case in cases}
    said = [f"{number}: {reason}" for number, reason in why.items() if reason]
    return {"cases": " ".join(said)} if said else {}
