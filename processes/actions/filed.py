"""A filing or an answer becomes a document (J2): its words and the rows of its document are stored in the same change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from engine.words import Audience, ElementKind, FixedRole, PartyField, Side
from processes.actions.filing import ORIGINS, NewDocument
from processes.base.actor import ActorKind
from processes.base.checklist import told_from
from processes.base.contact_details import OwnDetails
from processes.base.dutch import long_date, long_moment
from processes.execution.answered import NOTHING, SaidOfDecision, answers_on, components_of
from processes.execution.filed_words import (
    FILED_TYPE,
    RECEIPT,
    FiledAnswer,
    FiledFile,
    FiledWords,
    Line,
    for_others,
)
from processes.execution.forms import REMARK, departments
from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.letters import next_reference
from processes.post.pdf import PDF
from processes.storage.base import new_id
from processes.storage.document_versions import VERSION
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, Delivery, DocumentRow, FiledRow, Party, TaskRow
from processes.storage.words import CaseChannel, DocumentOrigin, OutboxKind

LONGEST_TITLE: Final = 170  # with what stands behind it, below what the column holds
LATE: Final = "Nazending"
WANTED: Final = "Gevraagde stukken"
NAME_DEPARTMENTS: Final = frozenset({"department", "departments", "decisions"})  # parts of a form
FOR_OTHERS: Final = "zonder contactgegevens"
NOT_SIGNED_IN: Final = "nee, niemand heeft nagegaan wie dit is; er is geen handtekening"
NOT_YET: Final = "nog niet: ieder van hen moet dat doen met een eigen inlog"
ENTERED: Final = "ingevoerd door de gemeente"
CAME_BY: Final = {
    CaseChannel.PORTAL: "via het portaal",
    CaseChannel.LETTER: "per brief",
    CaseChannel.COUNTER: "aan de balie",
    CaseChannel.EMAIL: "per e-mail",
    CaseChannel.FORWARDED: "doorgestuurd door een andere organisatie",
}
CONTACT: Final = {
    PartyField.ADDRESS: "Adres",
    PartyField.EMAIL: "E-mailadres",
    PartyField.PHONE: "Telefoonnummer",
}


@dataclass(frozen=True, slots=True)
class Filing:
    """One form that was sent. `type` is the document type that the drawing names for it, if any; `by` the name of who sent it,
    `parties` whose answer it is: the first of one is who may read it again. `contact`: whether their contact details belong to it.
    `together`: others confirm it later, and read it then.
    """

    title: str
    type: str
    by: str
    answers: Sequence[FiledAnswer]
    files: Sequence[DocumentRow]
    received_on: date
    channel: str = ""
    parties: Sequence[Party] = ()
    contact: bool = False
    task_id: str | None = None
    delivery_id: int | None = None
    dossier_id: int | None = None
    facts: tuple[Line, ...] = ()
    together: bool = False


def file_words(work: UnitOfWork, case: Case, filing: Filing) -> FiledRow:
    """Freeze the words, store the rows of their document, and let a worker make its file."""
    entered = work.actor.kind == ActorKind.STAFF
    title = filing.title[:LONGEST_TITLE]
    words = FiledWords(
        title, _facts(work, case, filing, entered=entered), tuple(_contact(filing)) if filing.contact else (),
        tuple(filing.answers), tuple(FiledFile(one.file_name, one.size, one.sha256, one.reference) for one in filing.files),
    )  # fmt: skip
    kept = _kept_names(work, case, filing.parties)
    others = for_others(words, tuple(map(details_of, filing.parties)), kept)
    document = _document(work, case, filing, title, entered=entered)
    rows = [document]
    if others != words:
        document.personal = True
        rows.append(version_beside(document, kept=bool(kept), several=len(filing.parties) > 1 or filing.together))
    owner = filing.parties[0].id if len(filing.parties) == 1 else None
    filed = FiledRow(
        id=new_id(), case_id=case.id, document_id=document.id, task_id=filing.task_id, delivery_id=filing.delivery_id,
        party_id=owner, dossier_id=filing.dossier_id, entered_by=work.actor.subject if entered else None,
        received_on=filing.received_on, filed_at=work.now, title=document.title, words=words.stored(),
        others=others.stored() if others != words else None, body=words.as_text(), sha256=words.sha256(),
        answers=words.to_search(), confidential=_names_somebody_kept(work, case),
    )  # fmt: skip
    work.session.add_all(rows)
    work.session.flush()  # the original stands before its version and its words
    work.session.add(filed)
    work.audit(case.id, "filed", document=document.id, sha256=filed.sha256)
    work.enqueue(OutboxKind.FILED, f"filed:{filed.id}", {"filed": filed.id}, case.id)
    return filed


def _document(work: UnitOfWork, case: Case, filing: Filing, title: str, *, entered: bool) -> DocumentRow:
    """The row of the whole version: for who filed it, on the portal as soon as the case is."""
    kind = work.deployed(case.model_version_id).model.document_types.get(filing.type)
    reference = next_reference(work.session, case)
    origin = ORIGINS[work.actor.kind]
    if origin == DocumentOrigin.DEPARTMENT and filing.parties:
        origin = DocumentOrigin.PERSON
    owner = filing.parties[0].id if len(filing.parties) == 1 else None
    return DocumentRow(
        id=new_id(), case_id=case.id, reference=reference, type=kind.code if kind else FILED_TYPE,
        title=f"{title}, {ENTERED}" if entered else title, file_name=f"{reference}.pdf", media_type=PDF, size=0, sha256="",
        blob="", origin=origin, party_id=owner, confidentiality=kind.confidentiality if kind else case.confidentiality,
        audience=kind.audience if kind and origin == DocumentOrigin.DEPARTMENT else Audience.OWN, on_portal=owner is not None and origin in {DocumentOrigin.CITIZEN, DocumentOrigin.WORKER}, to_departments=[],
        added_at=work.now, added_by=work.actor.signed,
    )  # fmt: skip


def version_beside(document: DocumentRow, *, kept: bool, several: bool) -> DocumentRow:
    """The row of the version for other eyes: of nobody, and shown to nobody yet. It stays with the party when that one's name is
    kept: then only who reads that name sees it in a list. Several who filed together read this one: none sees the details of another.
    """
    reference = f"{document.reference}{VERSION}"
    return DocumentRow(
        id=new_id(), case_id=document.case_id, reference=reference, type=document.type,
        title=f"{document.title} ({FOR_OTHERS})", file_name=f"{reference}.pdf", media_type=PDF, size=0, sha256="", blob="",
        origin=document.origin, party_id=document.party_id if kept else None, confidentiality=document.confidentiality,
        audience=Audience.INITIATOR if several else Audience.NONE, on_portal=several, to_departments=[], redacts=document.id, added_at=document.added_at,
        added_by=document.added_by,
    )  # fmt: skip


def _facts(work: UnitOfWork, case: Case, filing: Filing, *, entered: bool) -> tuple[Line, ...]:
    came = f", {CAME_BY[CaseChannel(filing.channel)]}" if filing.channel in set(CaseChannel) else ""
    when = long_date(filing.received_on) if entered else long_moment(work.now)
    lines = [
        ("Zaak", f"{case.number} ({case.title})"),
        ("Van", ", ".join(party.name for party in filing.parties) or filing.by),
        ("Ontvangen", f"{when}{came}"),
    ]
    if entered:
        lines.append(
            ("Ingevoerd", f"{long_moment(work.now)}, door een medewerker van {settings_of(work).organisation}")
        )
    elif filing.parties and filing.by not in {party.name for party in filing.parties}:
        lines.append(("Ingevuld door", filing.by))
    if work.actor.is_visitor:
        lines.append(("Ingelogd", NOT_SIGNED_IN))
    return (*lines, *filing.facts)


def _contact(filing: Filing) -> list[Line]:
    several = len(filing.parties) > 1
    return [
        (f"{label} van {party.name}" if several else label, text)
        for party in filing.parties
        for name, label in CONTACT.items()
        if (text := getattr(party, name))
    ]


def details_of(party: Party) -> OwnDetails:
    return OwnDetails(party.email or "", party.phone or "", (party.address or "") if party.secret_address else "")


def _names_somebody_kept(work: UnitOfWork, case: Case) -> bool:
    """Whether answers in such a case may name somebody whose name stands in no table of words."""
    model = work.deployed(case.model_version_id).model
    return any(role.confidential for role in model.parties.values())


def _kept_names(work: UnitOfWork, case: Case, parties: Sequence[Party]) -> dict[str, str]:
    """The names that no other than who handles the case may read, each with what its role is called."""
    model = work.deployed(case.model_version_id).model
    kept = [party for party in parties if party.confidential]
    return {
        party.name: model.parties[party.role].title if party.role in model.parties else "Betrokkene" for party in kept
    }


def answers_to(
    work: UnitOfWork, deployed: Deployed, element: str, values: Mapping[str, Any], documents: Sequence[NewDocument],
    decisions: Sequence[SaidOfDecision] = (),
) -> tuple[FiledAnswer, ...]:  # fmt: skip
    """Everything that the form of an element asks, with what was answered."""
    files: dict[str, list[str]] = {}
    for one in documents:
        files.setdefault(one.field, []).append(one.upload.name)
    kinds = {str(one.get("type")) for one in components_of(deployed, element)}
    names = dict(departments(work.session)) if kinds & NAME_DEPARTMENTS else {}
    return answers_on(deployed, element, values, decisions=decisions, files=files, departments=names)


def type_of(work: UnitOfWork, case: Case, deployed: Deployed, element: str) -> str:
    """The document type of what is filed with a form: as the drawing says, else that of the files that the form asks.

    A delivery of documents says what its files are, and is none of them itself.
    """
    known = work.deployed(case.model_version_id).model.document_types
    pickers = (one for one in components_of(deployed, element) if one.get("type") == "filepicker")
    named = (deployed.model.elements[element].filed_type, *(str(one.get("documentType", "")) for one in pickers))
    return next((code for code in named if code in known), "")


def file_start(
    work: UnitOfWork, case: Case, deployed: Deployed, values: Mapping[str, Any], documents: Sequence[NewDocument],
    rows: Sequence[DocumentRow], parties: Sequence[Party], decisions: Sequence[SaidOfDecision], co_filers: Sequence[str] = (),
) -> None:  # fmt: skip
    """The filing that the case was started with, where the form stands in the lane of a citizen or a department; else nothing. `co_filers`: the
    names of who it is filed with, none of whom is a party yet.
    """
    start = next(
        (one for one in deployed.model.elements.values() if one.kind == ElementKind.START_EVENT and one.form), None
    )
    role = deployed.model.role_of(start.id) if start else None
    if start is None or role is None or role.side not in {Side.CITIZEN, Side.DEPARTMENT}:
        return
    filing = Filing(
        title=start.filed_as or case.title, type=type_of(work, case, deployed, start.id), by=work.actor.name,
        answers=answers_to(work, deployed, start.id, values, documents, decisions), files=rows,
        received_on=case.received_on, channel=case.channel, parties=[row for row in parties if row.filing], contact=True,
        facts=(*(("Gemachtigde", row.name) for row in parties if row.role == FixedRole.REPRESENTATIVE), *_with(co_filers)),
        together=bool(co_filers),
    )  # fmt: skip
    file_words(work, case, filing)


def _with(co_filers: Sequence[str]) -> tuple[Line, ...]:
    return (("Samen met", ", ".join(co_filers)), ("Bevestigd", NOT_YET)) if co_filers else ()


def file_answer(
    work: UnitOfWork, case: Case, deployed: Deployed, task: TaskRow, values: Mapping[str, Any],
    documents: Sequence[NewDocument], rows: Sequence[DocumentRow], *, party_id: int | None = None, by: str = "",
    delivery_id: int | None = None, dossier_id: int | None = None, more: Sequence[FiledAnswer] = (), facts: tuple[Line, ...] = (),
    received_on: date | None = None,
) -> FiledRow:  # fmt: skip
    """The answer to a task of a citizen or a department. `by`: its name; `more`: asked beside the form; `received_on`: if not as the task."""
    element = deployed.model.elements[task.element]
    filing = Filing(
        title=element.filed_as or f"Antwoord: {task.name}", type=type_of(work, case, deployed, task.element),
        by=by or work.actor.name, answers=(*answers_to(work, deployed, task.element, values, documents), *more), files=rows,
        received_on=received_on or task.received_on or work.today, parties=_whose(work, case, task, party_id), task_id=task.id,
        delivery_id=delivery_id, dossier_id=dossier_id, facts=facts,
    )  # fmt: skip
    return file_words(work, case, filing)


def _whose(work: UnitOfWork, case: Case, task: TaskRow, party_id: int | None) -> Sequence[Party]:
    """The party whose answer it is; of a task for a role the only one in it, if there is one."""
    known = party_id or task.party_id
    if known is not None:
        return [work.session.get_one(Party, known)]
    if task.party_role is None:
        return []
    found = work.session.scalars(select(Party).where(Party.case_id == case.id, Party.role == task.party_role)).all()
    return found if len(found) == 1 else []


def file_delivery(
    work: UnitOfWork, case: Case, delivery: Delivery, task: TaskRow | None, deployed: Deployed | None, values: Mapping[str, Any],
    documents: Sequence[NewDocument], rows: Sequence[DocumentRow], *, wanted: Sequence[Mapping[str, Any]], by: str,
) -> FiledRow:  # fmt: skip
    """A delivery of a department: what was asked, its remark and its files. Without a task it is a late supplement."""
    asked = [FiledAnswer(WANTED, "\n".join(_wanted(wanted, delivery)))] if wanted else []
    facts = _of_delivery(delivery)
    if task is None or deployed is None:
        filing = Filing(
            title=LATE, type="", by=by, answers=_remark(delivery), files=rows,
            received_on=work.today, delivery_id=delivery.id, dossier_id=delivery.dossier_id, facts=facts,
        )  # fmt: skip
        return file_words(work, case, filing)
    fields = {str(one.get("type")): str(one.get("key")) for one in components_of(deployed, task.element)}
    named = [replace(one, field=fields.get("documents-upload", one.field)) for one in documents]
    more = [] if REMARK in _keys(deployed, task.element) else _remark(delivery)
    return file_answer(
        work, case, deployed, task, {**values, REMARK: delivery.remark}, named, rows, by=by, delivery_id=delivery.id,
        dossier_id=delivery.dossier_id, more=[*asked, *more], facts=facts,
    )  # fmt: skip


def _of_delivery(delivery: Delivery) -> tuple[Line, ...]:
    who = (("Geleverd door", delivery.delivered_by),) if delivery.delivered_by else ()
    return ((RECEIPT, delivery.receipt), *who)


def _wanted(wanted: Sequence[Mapping[str, Any]], delivery: Delivery) -> list[str]:
    """The asked documents, each with the department's word on it."""
    if not told_from(delivery.said):
        return [str(one["description"]) for one in wanted]
    return [f"{one.description}: {one.in_words}" for one in told_from(delivery.said)]


def _remark(delivery: Delivery) -> list[FiledAnswer]:
    return [FiledAnswer("Opmerking", delivery.remark or NOTHING)]


def _keys(deployed: Deployed, element: str) -> set[str]:
    return {str(one.get("key")) for one in components_of(deployed, element)}
