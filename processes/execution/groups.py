"""Cases that are joined in a group (W21): which they are now, why a case cannot come in, and the words that each fills in for itself."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from processes.storage.tables import Case, CaseGroupMember, CaseGroupRow, CaseGroupStep, Decision, Party
from processes.storage.words import CaseState

MOST_MEMBERS: Final = 200  # as many as one press reaches
NAME, NUMBER, DECISION = "[naam]", "[zaaknummer]", "[besluit]"
OWN_WORDS: Final = (NAME, NUMBER, DECISION)  # in a text that is typed once: each case has its own there


def members_now(group_id: int) -> Select[int]:
    """Ids of the cases that are in a group now."""
    return select(CaseGroupMember.case_id).where(
        CaseGroupMember.group_id == group_id, CaseGroupMember.left_at.is_(None)
    )


def others_in_group(case_id: int) -> Select[int]:
    """Ids of the other cases that are in the group of this case now."""
    mine, theirs = aliased(CaseGroupMember), aliased(CaseGroupMember)
    now = (mine.left_at.is_(None), theirs.left_at.is_(None), theirs.case_id != case_id)
    return select(theirs.case_id).join(mine, mine.group_id == theirs.group_id).where(mine.case_id == case_id, *now)


def is_grouped(case_id: Any) -> ColumnElement[bool]:
    """A condition: the case with this id, a value or a column, is in a group now."""
    return exists().where(CaseGroupMember.case_id == case_id, CaseGroupMember.left_at.is_(None))


def group_of(session: Session, case_id: int) -> CaseGroupRow | None:
    """The group that a case is in now."""
    mine = (CaseGroupMember.case_id == case_id, CaseGroupMember.left_at.is_(None))
    return session.scalar(
        select(CaseGroupRow).join(CaseGroupMember, CaseGroupMember.group_id == CaseGroupRow.id).where(*mine)
    )


def groups_of(session: Session, case_ids: list[int]) -> dict[int, int]:
    """The id of the group that each case is in now, by the id of the case."""
    mine = (CaseGroupMember.case_id.in_(case_ids), CaseGroupMember.left_at.is_(None))
    found = session.execute(select(CaseGroupMember.case_id, CaseGroupMember.group_id).where(*mine)).all()
    return dict(found)


def why_not_join(case: Case, case_type: str, group: int | None, its_group: int | None) -> str:
    """Why a case cannot come into a group of this case type, empty when it can. `its_group`: the id of the group that it is in now."""
    if case.state != CaseState.RUNNING:
        return "Deze zaak is afgerond."
    if its_group is not None:
        return "Deze zaak staat al in deze groep." if its_group == group else "Deze zaak staat al in een andere groep."
    return "" if case.case_type == case_type else "Deze zaak is van een ander zaaktype."


def step_of_task(session: Session, task: str) -> CaseGroupStep | None:
    """The row of a task that is, or was, done together with others."""
    return session.scalar(select(CaseGroupStep).where(CaseGroupStep.task == task))


def with_own_words(session: Session, case: Case, text: str) -> str:
    """The text with what this case has of its own: who filed it, its number, the decision. A name that is kept secret stays out."""
    if not any(word in text for word in OWN_WORDS):
        return text
    for word, own in _own_words(session, case).items():
        text = text.replace(word, own)
    return text


def _own_words(session: Session, case: Case) -> Mapping[str, str]:
    filer = session.execute(
        select(Party.name, Party.confidential)
        .where(Party.case_id == case.id, Party.filing, Party.left_on.is_(None))
        .order_by(Party.id)
    ).first()
    decision = session.execute(
        select(Decision.number, Decision.subject).where(Decision.case_id == case.id).order_by(Decision.id)
    ).first()
    return {
        NAME: filer.name if filer and not filer.confidential else "de indiener",
        NUMBER: case.number,
        DECISION: (decision.number or decision.subject) if decision else "het besluit",
    }
