"""A citizen changes an answer that was given, as long as nobody worked with it (C13).

The change is a second answer in the place of the first: the values of the instance that asked are replaced, and handed on to those that
had them from it; nothing that the engine did is done again. Both answers stay in the case as versions of one document.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select

from engine.words import Side
from processes.access.guards import own_case, own_party
from processes.access.own_tasks import is_own_task
from processes.actions.filed import file_answer
from processes.actions.filing import NewDocument, file_document
from processes.base.actor import ActorKind
from processes.base.dutch import long_moment
from processes.base.errors import Invalid, NotFound, NotNow
from processes.base.uploads import Upload
from processes.execution.answer_use import AnswerUse
from processes.execution.answered import WITH_FILES, components_of
from processes.execution.case_execution import CaseExecution
from processes.execution.colleagues import involved, tell_colleagues
from processes.execution.document_parts import receivers_of
from processes.execution.filed_words import FiledAnswer, words_from
from processes.execution.given_answers import filed_with, files_of, lying_open, stands_as_it_is
from processes.execution.handing_on import hand_on
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.values import as_stored, store_values
from processes.post.receipts import mail_citizen_receipt
from processes.post.standard.received import What
from processes.storage.document_versions import STANDS, VERSION, first_of
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, DocumentRow, FiledRow, Instance, NoteRow, Party, TaskRow
from processes.storage.words import DocumentState, NewsKind, NoteKind, TaskState

CHANGED_MEANWHILE: Final = (
    "Dit antwoord is intussen al veranderd, in een ander venster of door iemand anders. Hieronder staat wat u net invulde. "
    "Kijk bovenaan wat er nu geldt, en verstuur het opnieuw als u dat wilt."
)
SAME: Final = "U heeft niets veranderd. Is uw antwoord goed zoals het is? Dan hoeft u niets te doen."
WENT_ON: Final = "Uw zaak is hiermee al verder gegaan. Dit antwoord blijft zoals het was."
GIVEN_ON: Final = "'{name}' hebben wij al aan anderen laten lezen. Dit bestand blijft bij uw antwoord."
NEEDS_FILE: Final = "Kies een bestand bij '{label}', of laat een bestand staan dat u eerder stuurde."
WHY: Final = "Het antwoord is veranderd door wie het gaf."
NOT_ALONG: Final = "Hoort niet meer bij het antwoord, zei wie het stuurde."


@dataclass(frozen=True, slots=True)
class ChangeAnswer:
    """`seen`: the version of the task that the page showed, so that two people do not undo each other's answer. `values` and `documents`
    as for CompleteTask; `without`: the ids of files of the answer that no longer belong to it.
    """

    task: str
    seen: int
    values: Mapping[str, Any] = field(default_factory=dict)
    documents: tuple[NewDocument, ...] = ()
    without: frozenset[str] = frozenset()


def change_answer(work: UnitOfWork, action: ChangeAnswer) -> str:
    """The answer is the id of what was filed. Raises NotFound for another person's task, NotNow once somebody worked with the answer,
    Invalid when it was changed meanwhile, or per field.
    """
    run, task, instance = CaseExecution.at_task(work, action.task)
    case, deployed = run.case, work.deployed(instance.model_version_id)
    party, given = _whose(work, case, task)
    changing = AnswerUse.of(work.session, work.services, case, work.now).changing(task)
    if why := changing.why or stands_as_it_is(given, lying_open(work.session, given)):
        raise NotNow(why)
    if action.seen != task.row_version:
        raise Invalid({"": CHANGED_MEANWHILE})
    earlier = given[-1]
    files = files_of(work.session, earlier)
    values = _checked(run, instance, deployed, task, action, files, changing.kept)
    kept = [row for row in files if row.id not in action.without]
    for row in files:
        if row.id in action.without:
            row.state, row.on_portal, row.refusal = DocumentState.REMOVED, False, NOT_ALONG
            work.audit(case.id, "remove_document", document=row.id)
    added = [file_document(work, case, document, party_id=earlier.party_id) for document in action.documents]
    if part := run.part(instance):
        for row in added:
            row.part_id = part.id
    answered = {**run.data.values(instance), **values}
    documents = [*(_as_new(row, deployed, task) for row in kept), *action.documents]
    filed = file_answer(
        work, case, deployed, task, answered, documents, [*kept, *added], party_id=earlier.party_id, received_on=work.today,
        facts=(("In de plaats van", f"het antwoord van {long_moment(earlier.filed_at)}"),),
    )  # fmt: skip
    _follow(work, earlier, filed)
    store_values(run, instance, values)
    hand_on(run, instance, values)
    task.changed_at, task.row_version = work.now, task.row_version + 1
    work.audit(case.id, "change_answer", task=task.id, element=task.element, filed=filed.id, earlier=earlier.id)
    _tell(work, case, task, party, earlier, filed)
    mail_citizen_receipt(work, case, party, What.CHANGED_ANSWER, f"task:{task.id}:{task.row_version}", task.name)
    run.settle()
    return filed.id


def _whose(work: UnitOfWork, case: Case, task: TaskRow) -> tuple[Party, Sequence[FiledRow]]:
    """The party as which the citizen acts, and every version of the answer. Raises NotFound for a task of others, for one that is not
    done, and for what another party answered: of a question to several each reads the own answer only.
    """
    if work.actor.kind != ActorKind.CITIZEN:
        raise NotFound
    party = own_party(work, case)
    if task.side != Side.CITIZEN or task.state != TaskState.DONE or not is_own_task(work, case, task, party):
        raise NotFound
    given = filed_with(work.session, task)
    if not given or given[-1].party_id not in own_case(work, case):
        raise NotFound
    return party, given


def _checked(
    run: CaseExecution, instance: Instance, deployed: Deployed, task: TaskRow, action: ChangeAnswer, files: Sequence[DocumentRow],
    kept: Collection[str],
) -> dict[str, Any]:  # fmt: skip
    """The values that are another now. Raises Invalid with every mistake."""
    held = run.data.values(instance)
    differs = {code for code, value in action.values.items() if _said(as_stored(value)) != _said(held.get(code))}
    wrong = dict.fromkeys(sorted(differs & set(kept)), WENT_ON)
    known = {row.id: row for row in files}
    if action.without - known.keys():
        wrong[""] = CHANGED_MEANWHILE
    for row in (known[one] for one in sorted(action.without & known.keys())):
        if _was_given_on(run, row):
            wrong["weg"] = GIVEN_ON.format(name=row.file_name)
    left = {row.type for row in files if row.id not in action.without} | {one.type for one in action.documents}
    for one in components_of(deployed, task.element):
        required = (one.get("validate") or {}).get("required")
        if one.get("type") in WITH_FILES and required and one.get("documentType") not in left:
            wrong[str(one["key"])] = NEEDS_FILE.format(label=one.get("label") or one["key"])
    if wrong:
        raise Invalid(wrong)
    if not differs and not action.documents and not action.without:
        raise Invalid({"": SAME})
    return {code: action.values[code] for code in differs}


def _was_given_on(run: CaseExecution, row: DocumentRow) -> bool:
    """Whether others than who sent this file and who handles the case had it, or there is a version of it for them."""
    if row.inspected_from is not None or len(receivers_of(run.work.session, row)) > 1:
        return True
    for_others = select(DocumentRow.id).where(DocumentRow.redacts == row.id, DocumentRow.state.in_(STANDS))
    return run.work.session.scalar(for_others.limit(1)) is not None


def _said(stored: Any) -> Any:
    """A stored answer, with one way to have said nothing; no is an answer."""
    return None if stored in ("", []) else stored


def _as_new(row: DocumentRow, deployed: Deployed, task: TaskRow) -> NewDocument:
    """A file that stays, as it is named below its question."""
    pickers = (one for one in components_of(deployed, task.element) if one.get("type") in WITH_FILES)
    asked = next((str(one["key"]) for one in pickers if one.get("documentType") == row.type), "")
    upload = Upload(row.file_name, row.media_type, row.size, row.sha256, row.blob, row.locked, row.file_key)
    return NewDocument(upload, row.type, row.title, field=asked)


def _follow(work: UnitOfWork, earlier: FiledRow, filed: FiledRow) -> None:
    """Make what was filed now the next version of what was filed before, and so its version for others."""
    was, now = (work.session.get_one(DocumentRow, one.document_id) for one in (earlier, filed))
    _next_version(work, was, now)
    others = work.session.scalars(select(DocumentRow).where(DocumentRow.redacts.in_([was.id, now.id]))).all()
    before, after = (
        next((row for row in others if row.reference == f"{one.reference}{VERSION}"), None) for one in (was, now)
    )
    for row in others:
        if row.redacts == was.id and row.state == DocumentState.ACCEPTED:
            row.state, row.on_portal = DocumentState.REPLACED, False
    if before and after:
        _next_version(work, before, after)
    _judged_alike(before or was, was, now)
    if after:
        _judged_alike(before or was, before or was, after)


def _judged_alike(judged: DocumentRow, was: DocumentRow, now: DocumentRow) -> None:
    """Carry over to the next version of a paper what staff said of it: that its words changed opens it to nobody."""
    now.inspection, now.assessment = judged.inspection or was.inspection, judged.assessment or was.assessment
    now.confidentiality, now.part_id = was.confidentiality, was.part_id


def _next_version(work: UnitOfWork, was: DocumentRow, now: DocumentRow) -> None:
    first = first_of(was)
    chain = work.session.scalars(
        select(DocumentRow).where((DocumentRow.id == first) | (DocumentRow.version_of == first))
    ).all()
    newest = max(chain, key=lambda row: row.version or 1)
    if newest.state == DocumentState.ACCEPTED:
        newest.state = DocumentState.REPLACED
    now.version_of, now.version, now.version_why = first, (newest.version or 1) + 1, WHY


def _tell(work: UnitOfWork, case: Case, task: TaskRow, party: Party, earlier: FiledRow, filed: FiledRow) -> None:
    """The handler reads it as what came in; others who work on the case hear of it as news. The answers stand in the document."""
    before, after = (_answers(one) for one in (earlier, filed))
    asked = [one.question for one in after.values() if before.get(one.question) != one]
    was, now = (work.session.get_one(DocumentRow, one.document_id).reference for one in (earlier, filed))
    told = [f"Antwoord veranderd: {task.name}. Het nieuwe antwoord is {now}, in de plaats van {was}."]
    told += [f"Anders is: {', '.join(asked)}."] if asked else []
    note = NoteRow(
        case_id=case.id, kind=NoteKind.UPLOAD, party_id=party.id, author=work.actor.signed, text="\n".join(told), at=work.now,
    )  # fmt: skip
    work.session.add(note)
    work.session.flush()
    tell_colleagues(work, case, dict.fromkeys(involved(work, case) - {case.handler or ""}, NewsKind.ANSWER), note)


def _answers(filed: FiledRow) -> dict[str, FiledAnswer]:
    return {one.question: one for one in words_from(filed.words).answers}
