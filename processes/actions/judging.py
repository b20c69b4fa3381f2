"""A worker judges what a department delivered: only accepted documents enter the dossier (O21, O22).

A delivery of words alone is judged too (P9): they are an answer, or something is asked again. So there is no delivery that
nobody can judge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update

from engine import Element
from processes.access.readers import is_for_nobody
from processes.actions.documents import FOR_WHOM, put_on_portal
from processes.base.checklist import SaidOfDocument, in_words
from processes.base.errors import Invalid
from processes.effects.inspection import add_paper
from processes.effects.stopping import request_of
from processes.execution.case_execution import CaseExecution
from processes.execution.deliveries import ALL, JUDGEMENT, MISSING, deliveries_to_judge, words_of_delivery
from processes.execution.hidden import HIDES, explain_hidden
from processes.execution.listed_columns import keep_waiting
from processes.execution.requested import promised
from processes.storage.looks import opened_by
from processes.storage.tables import Delivery, DocumentRequestRow, DocumentRow, Instance, NewsRow
from processes.storage.words import DocumentState

REASON = "refusal_reason"  # the value in which a judging process tells the department why
CHOOSE = "Kies akkoord of niet akkoord."
WHY_NOT = "Schrijf erbij waarom u dit stuk niet aanneemt. De afdeling leest dit."
WHAT_MORE = "Schrijf erbij wat u nog wilt weten of nodig heeft. De afdeling leest dit."
NOT_SCANNED = "'{name}' wordt nog gecontroleerd op virussen. Kies akkoord als u het kunt openen."
WAIT_OR_NOT = "Kies of u daarop wacht, of dat het niet meer nodig is."
STILL_MISSING = "Er ontbreekt nog iets."


@dataclass(frozen=True, slots=True)
class Judgement:
    """`reason` is required for a refusal: the department reads it."""

    accepted: bool
    reason: str = ""
    on_portal: bool = False


Judgements = Mapping[str, Judgement]
"""By id of a document, by `words_of_delivery` for a delivery of words alone, and two more: `ALL` accepts every document without
a judgement of its own (its reason says why some were not opened), `MISSING` asks again for what did not come, or accepted says that
it is not needed any more: one of the two must be said when the department promised something."""


def judge(
    run: CaseExecution, instance: Instance, element: Element, judgements: Judgements, said: str | None
) -> dict[str, str]:
    """Accept or refuse every open document, and the words of every delivery without one, of the deliveries that this
    instance judges; nothing when there are none.

    The answer holds the value `judgement`: `refused` when something was refused or is asked again. `said` is what the form
    says of the whole, which counts only for words that have no judgement of their own. Raises Invalid per field.
    """
    deliveries = run.work.session.scalars(deliveries_to_judge(instance.id)).all()
    if not deliveries:
        return {}
    offered = _offered(run, deliveries)
    verdicts = {**_of_words(deliveries, offered, said), **_of_all(offered, judgements), **judgements}
    request = request_of(run, instance)
    promises = promised(run.work.session, request) if request else ()
    wrong = {
        **_wrong(deliveries, offered, verdicts), **_not_scanned(offered, judgements, verdicts), **_not_opened(run, offered, judgements),
        **_for_nobody(run, offered, verdicts),
    }  # fmt: skip
    if wrong or (wrong := _unanswered(promises, verdicts)):
        raise Invalid(wrong)
    if request is not None and promises and _waits(verdicts):
        _wait_for(run, request, promises)
        verdicts = {**verdicts, MISSING: _told_what_comes(verdicts[MISSING], promises)}
    for document in offered:
        _apply(document, verdicts[document.id])
        if document.state == DocumentState.ACCEPTED:
            add_paper(run, document)
    for delivery in deliveries:
        _apply_words(run, delivery, verdicts)
    for asked in {delivery.request_id for delivery in deliveries}:
        keep_waiting(run.work.session, asked)
    _read_news(run, deliveries)
    run.work.audit(run.case.id, "judge", element=element.id, documents=len(offered))
    run.data.request_opened(instance)  # a reminder after this one says what is still missing
    return _outcome(run, instance, verdicts)


def _read_news(run: CaseExecution, deliveries: Sequence[Delivery]) -> None:
    """That these came is no news any more for who judged them."""
    ids = [delivery.id for delivery in deliveries]
    mine = update(NewsRow).where(NewsRow.delivery_id.in_(ids), NewsRow.staff == run.work.actor.subject)
    run.work.session.execute(mine.where(NewsRow.read_at.is_(None)).values(read_at=run.work.now))


def with_typed_reason(judged: Mapping[str, str], typed: Mapping[str, Any]) -> dict[str, str]:
    """The values of a judgement, with what the worker typed as the reason of the whole before the other reasons."""
    reasons = [str(one) for one in (typed.get(REASON), judged.get(REASON)) if one]
    return {**judged, **({REASON: "\n".join(reasons)} if judged and reasons else {})}


def _unanswered(promises: Sequence[SaidOfDocument], verdicts: Judgements) -> dict[str, str]:
    """Nothing else is asked of the department, and it wrote that something still comes: the worker says whether to wait for it."""
    if not promises or MISSING in verdicts or not all(one.accepted for one in verdicts.values()):
        return {}
    return {f"judgement-{MISSING}": f"De afdeling schreef dat er nog iets komt: {in_words(promises)}. {WAIT_OR_NOT}"}


def _waits(verdicts: Judgements) -> bool:
    return MISSING in verdicts and not verdicts[MISSING].accepted


def _told_what_comes(verdict: Judgement, promises: Sequence[SaidOfDocument]) -> Judgement:
    """The department reads what it promised before what the worker wrote."""
    told = f"U schreef dat dit nog komt: {in_words(promises)}. Daar wachten wij op."
    return replace(verdict, reason="\n".join(filter(None, (told, verdict.reason.strip()))))


def _wait_for(run: CaseExecution, request: DocumentRequestRow, promises: Sequence[SaidOfDocument]) -> None:
    """The request runs until the last day that was promised, so that no reminder comes before."""
    last = max(one.expected for one in promises if one.expected)
    if last > request.due:
        run.work.audit(run.case.id, "term", request=request.id, was=request.due.isoformat(), now=last.isoformat())
        request.due, run.facts_changed = last, True


def _outcome(run: CaseExecution, instance: Instance, verdicts: Judgements) -> dict[str, str]:
    refused = [one for key, one in verdicts.items() if key != ALL and not one.accepted]
    values = {JUDGEMENT: str(DocumentState.REFUSED if refused else DocumentState.ACCEPTED)}
    reasons = [one.reason.strip() for key, one in verdicts.items() if _tells(key, one)]
    if reasons and REASON in run.work.deployed(instance.model_version_id).model.values:
        values[REASON] = "\n".join(reasons)
    return values


def _tells(key: str, verdict: Judgement) -> bool:
    """Whether the mail to the department must tell this: what is wrong with a document stands beside it on its page."""
    of_words = key == MISSING or key.startswith(words_of_delivery(""))
    return of_words and not verdict.accepted and bool(verdict.reason.strip())


def _of_words(deliveries: Sequence[Delivery], offered: Sequence[DocumentRow], said: str | None) -> Judgements:
    if said is None:
        return {}
    verdict = Judgement(said != DocumentState.REFUSED, STILL_MISSING)
    return {words_of_delivery(one.id): verdict for one in _of_words_alone(deliveries, offered)}


def _of_all(offered: Sequence[DocumentRow], judgements: Judgements) -> Judgements:
    chosen = judgements.get(ALL)
    return {one.id: Judgement(accepted=True) for one in offered} if chosen and chosen.accepted else {}


def _of_words_alone(deliveries: Sequence[Delivery], offered: Sequence[DocumentRow]) -> list[Delivery]:
    with_files = {document.delivery_id for document in offered}
    return [delivery for delivery in deliveries if delivery.id not in with_files]


def _wrong(deliveries: Sequence[Delivery], offered: Sequence[DocumentRow], verdicts: Judgements) -> dict[str, str]:
    asked = {document.id: WHY_NOT for document in offered}
    asked |= {words_of_delivery(one.id): WHAT_MORE for one in _of_words_alone(deliveries, offered)}
    wrong = {}
    for key, why in asked.items():
        verdict = verdicts.get(key)
        if verdict is None:
            wrong[f"judgement-{key}"] = CHOOSE
        elif not verdict.accepted and not verdict.reason.strip():
            wrong[f"judgement-{key}"] = why
    return wrong


def _not_scanned(offered: Sequence[DocumentRow], judgements: Judgements, verdicts: Judgements) -> dict[str, str]:
    """Nothing is accepted that nobody could read yet."""
    waiting = [one for one in offered if not one.is_scanned and (said := verdicts.get(one.id)) and said.accepted]
    return {
        f"judgement-{one.id if one.id in judgements else ALL}": NOT_SCANNED.format(name=one.title) for one in waiting
    }


def _not_opened(run: CaseExecution, offered: Sequence[DocumentRow], judgements: Judgements) -> dict[str, str]:
    """Accepting everything in one press takes having opened each document, or a reason: that stands on the timeline of staff."""
    chosen = judgements.get(ALL)
    if chosen is None or not chosen.accepted:
        return {}
    by_all = {one.id: one for one in offered if one.id not in judgements}
    opened = opened_by(run.work.session, run.work.actor, by_all)
    names = ", ".join(f"'{one.title}'" for key, one in by_all.items() if key not in opened)
    if not names:
        return {}
    if not chosen.reason.strip():
        return {f"judgement-{ALL}": f"U opende nog niet: {names}. Open ze, of schrijf waarom dat niet nodig is."}
    run.work.own_note(run.case.id, f"Akkoord zonder te openen: {names}. Reden: {chosen.reason.strip()}")
    return {}


def _for_nobody(run: CaseExecution, offered: Sequence[DocumentRow], verdicts: Judgements) -> dict[str, str]:
    """A sentence for each that would be shown and is for nobody, or hides something of which nobody can be asked why it may go."""
    judged = ((one, verdicts.get(one.id)) for one in offered)
    ticked = [one for one, verdict in judged if verdict and verdict.accepted and verdict.on_portal]
    asked = explain_hidden(run, ticked) if run.unseen.asks else []  # of these the whole step asks it
    return {
        f"portal-{one.id}": FOR_WHOM if is_for_nobody(one) else HIDES
        for one in ticked
        if is_for_nobody(one) or not (one.is_looked_into or one in asked)
    }


def _apply(document: DocumentRow, verdict: Judgement) -> None:
    document.state = DocumentState.ACCEPTED if verdict.accepted else DocumentState.REFUSED
    document.refusal = None if verdict.accepted else verdict.reason.strip()
    put_on_portal(document, shown=verdict.accepted and verdict.on_portal)


def _apply_words(run: CaseExecution, delivery: Delivery, verdicts: Judgements) -> None:
    delivery.judged_at = run.work.now
    verdict = verdicts.get(words_of_delivery(delivery.id)) or verdicts.get(MISSING)
    if verdict is not None and not verdict.accepted:
        delivery.refusal = verdict.reason.strip() or STILL_MISSING


def _offered(run: CaseExecution, deliveries: Sequence[Delivery]) -> Sequence[DocumentRow]:
    ids = [delivery.id for delivery in deliveries]
    found = select(DocumentRow).where(DocumentRow.delivery_id.in_(ids), DocumentRow.state == DocumentState.OFFERED)
    return run.work.session.scalars(found).all()
