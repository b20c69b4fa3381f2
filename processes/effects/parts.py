"""The operations by which a process becomes a part decision, and by which it is taken (Woo 4.1, 4.4)."""

from collections.abc import Mapping, Sequence

from engine import Fact
from engine.words import FixedRole
from processes.base.errors import NotNow
from processes.execution.assessing import parties_about
from processes.execution.case_execution import CaseExecution
from processes.execution.deciding import decided_on, taken
from processes.execution.fact_days import SENT, day_of, that_count
from processes.execution.parts import in_part, parts_of
from processes.storage.tables import DocumentRow, Instance, NoticeRow, PartDecision
from processes.storage.words import DocumentState

Parameters = Mapping[str, Fact]
LONGEST_TITLE = 200


def begin_part(run: CaseExecution, instance: Instance, parameters: Parameters) -> None:
    """Let this process take the next part decision of its case."""
    del parameters
    earlier = parts_of(run.work.session, run.case.id)
    number = max((part.number for part in earlier), default=0) + 1
    part = PartDecision(case_id=run.case.id, instance_id=instance.id, number=number, title="", outcome="")
    run.work.session.add(part)
    run.work.session.flush()
    run.data.part_changed(instance)
    run.work.audit(run.case.id, "begin_part", part=part.id)


def decide_part(run: CaseExecution, instance: Instance, parameters: Parameters) -> None:
    """The part decision is taken: what it is about (`title`), and what was decided (`outcome`, a result type of the case)."""
    part = _own(run, instance)
    decided = taken(run, instance)
    part.title = str(parameters["title"] or "")[:LONGEST_TITLE]
    part.outcome = str(parameters["outcome"] or "")
    part.taken_on = decided_on(run, instance)
    part.taken_by = None if decided.itself else decided.by
    run.data.part_changed(instance)
    run.work.audit(run.case.id, "decide_part", part=part.id, outcome=part.outcome)


def end_part(run: CaseExecution, instance: Instance, parameters: Parameters) -> None:
    """No part decision after all: its documents go back to the case, where the rest is decided."""
    del parameters
    part = _own(run, instance)
    mine = run.work.session.query(DocumentRow).where(DocumentRow.case_id == run.case.id, in_part(part))
    for document in mine:
        document.part_id = None
        if document.assessment is None and document.redacts is None:  # a draft that this process filed
            document.state, document.on_portal = DocumentState.REMOVED, False
            document.refusal = "Er kwam geen deelbesluit."
    run.data.part_changed(instance)
    run.work.audit(run.case.id, "end_part", part=part.id)


def keep_letters(run: CaseExecution, instance: Instance, notices: Sequence[NoticeRow]) -> None:
    """The first letters to who filed the case, after a part decision was taken, announce it: six weeks for an objection, and two for
    the documents, run from the day on which the last of them was sent (Awb 3:41, 6:8; Woo 4.4(5)).
    """
    part = run.part(instance)
    if part is None or part.taken_on is None or part.letters or not notices:
        return
    part.letters = {SENT: that_count(run.work.session, run.case, notices)}
    part.announced_on = day_of(run.work.session, part.letters)
    run.data.part_changed(instance)


def concerned(run: CaseExecution, instance: Instance, to: str) -> frozenset[int] | None:
    """The third parties to whom a letter of a part decision goes: those whom its documents are about. None: nobody is left out."""
    part = run.part(instance) if to == FixedRole.THIRD_PARTY else None
    if part is None:
        return None
    return parties_about(run.work.session, run.case.id, part)


def _own(run: CaseExecution, instance: Instance) -> PartDecision:
    part = run.part(instance)
    if part is None:
        raise NotNow("Dit proces neemt geen deelbesluit. Zet er eerst een stap met `begin_part` in.")
    return part
