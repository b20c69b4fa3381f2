"""A worker judges what a department delivered: only accepted documents enter the dossier (O21, O22)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine import Element
from processes.base.errors import Invalid
from processes.effects.inspection import add_paper
from processes.execution.case_execution import CaseExecution
from processes.execution.deliveries import JUDGEMENT, deliveries_to_judge
from processes.storage.tables import Delivery, DocumentRow, Instance
from processes.storage.words import DocumentState


@dataclass(frozen=True, slots=True)
class Judgement:
    """`reason` is required for a refusal: the department reads it."""

    accepted: bool
    reason: str = ""
    on_portal: bool = False


def judge(
    run: CaseExecution, instance: Instance, element: Element, judgements: Mapping[str, Judgement], said: str | None
) -> dict[str, str]:
    """Accept or refuse every open document of the deliveries that this instance judges; nothing when there are none.

    The answer holds the value `judgement`: `refused` when one of them was refused. `said` is what the form says of the
    whole, which counts only for a delivery without documents. Raises Invalid per document.
    """
    deliveries = run.work.session.scalars(deliveries_to_judge(instance.id)).all()
    if not deliveries:
        return {}
    offered = _offered(run, deliveries)
    wrong = _wrong(offered, judgements)
    if not offered and said is None:
        wrong[JUDGEMENT] = "Kies akkoord of niet akkoord."
    if wrong:
        raise Invalid(wrong)
    for document in offered:
        _apply(document, judgements[document.id])
        if document.state == DocumentState.ACCEPTED:
            add_paper(run, document)
    for delivery in deliveries:
        delivery.judged_at = run.work.now
    run.work.audit(run.case.id, "judge", element=element.id, documents=len(offered))
    refused = any(not judgements[document.id].accepted for document in offered)
    return {JUDGEMENT: DocumentState.REFUSED if refused else DocumentState.ACCEPTED} if offered else {}


def _wrong(offered: Sequence[DocumentRow], judgements: Mapping[str, Judgement]) -> dict[str, str]:
    wrong = {}
    for document in offered:
        verdict = judgements.get(document.id)
        if verdict is None:
            wrong[f"judgement-{document.id}"] = "Kies akkoord of niet akkoord."
        elif not verdict.accepted and not verdict.reason.strip():
            wrong[f"judgement-{document.id}"] = "Schrijf erbij waarom u dit stuk niet aanneemt. De afdeling leest dit."
    return wrong


def _apply(document: DocumentRow, verdict: Judgement) -> None:
    document.state = DocumentState.ACCEPTED if verdict.accepted else DocumentState.REFUSED
    document.refusal = None if verdict.accepted else verdict.reason.strip()
    document.on_portal = verdict.accepted and verdict.on_portal


def _offered(run: CaseExecution, deliveries: Sequence[Delivery]) -> Sequence[DocumentRow]:
    ids = [delivery.id for delivery in deliveries]
    found = select(DocumentRow).where(DocumentRow.delivery_id.in_(ids), DocumentRow.state == DocumentState.OFFERED)
    return run.work.session.scalars(found).all()
