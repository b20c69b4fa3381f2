"""Changes around a case type that one administrator asks for and a second one agrees to, where the installation wants two."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import delete, select

from processes.base.actor import ActorKind
from processes.dated import DEPLOYING
from processes.dated.deploying import CODE
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.base import new_id
from processes.storage.tables import CaseTypeChange
from processes.storage.words import CaseTypeChangeKind, ProposalState

WAITS: Final = "wacht"  # stands behind the answer of an action that waits for a second administrator
AGREED: Final = "(Met akkoord van een tweede beheerder.)"


def second_needed(work: UnitOfWork) -> bool:
    """Whether who acts needs a second administrator for what holds for new or running cases."""
    rule = work.services.law.shelf(work.session).on(DEPLOYING, CODE, work.today)
    return rule is not None and rule.second and work.actor.kind == ActorKind.STAFF


def ask_second(work: UnitOfWork, process: str, kind: CaseTypeChangeKind, asked: Mapping[str, Any]) -> str:
    """The change waits, in the place of an earlier one of its kind. `asked`: plain JSON. The answer is `process:wacht`."""
    drop_change(work, process, kind)
    row = CaseTypeChange(
        id=new_id(), process=process, kind=kind, asked=dict(asked), state=ProposalState.WAITING,
        proposed_by=work.actor.subject, proposed_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(0, "change_asked", process=process, kind=kind)
    return f"{process}:{WAITS}"


def drop_change(work: UnitOfWork, process: str, kind: CaseTypeChangeKind) -> None:
    """No change of this kind waits any more."""
    work.session.execute(delete(CaseTypeChange).where(CaseTypeChange.process == process, CaseTypeChange.kind == kind))


def locked_change(work: UnitOfWork, process: str, change: str) -> CaseTypeChange | None:
    wanted = select(CaseTypeChange).where(CaseTypeChange.process == process, CaseTypeChange.id == change)
    return work.session.scalar(wanted.with_for_update())
