"""Service tasks: the operations that Zaakspoor offers to a drawing. Each runs in the transaction that reached it."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import aliased

from engine import Complete, Fact, ServiceAsked, ServiceDropped, compile_expression
from engine.words import Audience
from processes.access.visibility import taking_part
from processes.base.errors import NotNow
from processes.effects.disclosing import file_inventory, release
from processes.effects.following import follow
from processes.effects.giving import give
from processes.effects.inspection import open_papers
from processes.effects.parts import begin_part, decide_part, end_part
from processes.effects.persons import persons_in, share
from processes.effects.publishing import record_publication
from processes.effects.withdrawing import withdraw_by_answer
from processes.execution.asking_again import changed_for, mark_asked
from processes.execution.case_execution import CaseExecution
from processes.execution.hidden import say_hidden
from processes.execution.inspecting import is_withheld
from processes.execution.parts import in_part
from processes.execution.relations import related_to
from processes.execution.values import store_values
from processes.storage.departments import standing_for_each
from processes.storage.tables import CaseRelation, DefaultNotice, DocumentRow, Instance, Party
from processes.storage.words import DocumentOrigin, DocumentState, HiddenState, OutboxKind, PartyKind, PostChannel

Parameters = Mapping[str, Fact]
Operation = Callable[[CaseExecution, Instance, Parameters], None]


def asked(run: CaseExecution, instance: Instance, effect: ServiceAsked) -> None:
    """Carry out the operation and let the token go on. Raises NotNow for an operation that does not exist."""
    operation = OPERATIONS.get(effect.service.operation)
    if operation is None:
        raise NotNow(f"De bewerking '{effect.service.operation}' bestaat niet.")
    facts = run.facts(instance)
    parameters = {
        name: compile_expression(text).evaluate(facts, run.work.now) for name, text in effect.service.parameters.items()
    }
    operation(run, instance, parameters)
    run.ask(instance, Complete(effect.task))


def dropped(run: CaseExecution, instance: Instance, effect: ServiceDropped) -> None:
    """Something interrupted the task while its answer was still in the queue."""
    run.unask(instance, Complete(effect.task))


def publish(run: CaseExecution, parameters: Parameters) -> None:
    """Tick "Tonen op portaal" for every accepted document of one type, or of several (their codes with spaces); of one with contact
    details all parties get the version for others. Never what somebody keeps back (Awb 7:4, sixth paragraph).
    """
    mine = (*_accepted(run, str(parameters["documentType"])),)
    judged = run.work.session.scalars(select(DocumentRow).where(*mine, DocumentRow.inspection.is_not(None)))
    kept_back = [row for row in judged if is_withheld(row)]
    mine = (*mine, DocumentRow.id.not_in([row.id for row in kept_back]))
    _say_kept_back(run, kept_back)
    say_hidden(run, run.work.session.scalars(select(DocumentRow).where(*mine, DocumentRow.hidden == HiddenState.FOUND)))
    run.work.session.execute(update(DocumentRow).where(*mine).values(on_portal=True, shows_at=None))
    whole = aliased(DocumentRow)
    beside = select(whole.id).where(whole.case_id == run.case.id, whole.personal)
    versions = update(DocumentRow).where(*mine, DocumentRow.redacts.in_(beside))
    run.work.session.execute(versions.values(audience=Audience.PARTIES))


def _say_kept_back(run: CaseExecution, rows: Sequence[DocumentRow]) -> None:
    if rows:
        names = ", ".join(f"{row.title} ({row.reference})" for row in rows)
        run.work.system_note(run.case.id, f"Niet op het portaal gezet, want achtergehouden: {names}.")


def publish_newest(run: CaseExecution, instance: Instance, parameters: Parameters) -> None:
    """Tick "Tonen op portaal" for what was last added of each type: of a decision that was written again, not the draft.

    Files that were added together belong together. Letters that the system made do not count. A part decision has files of its
    own. What somebody keeps back is not shown.
    """
    part = run.part(instance)
    rows = run.work.session.scalars(
        select(DocumentRow).where(
            *_accepted(run, str(parameters["documentType"])), DocumentRow.origin != DocumentOrigin.SYSTEM, in_part(part)
        )
    ).all()
    _say_kept_back(run, [row for row in rows if is_withheld(row)])
    rows = [row for row in rows if not is_withheld(row)]
    newest = {kind: max(row.added_at for row in rows if row.type == kind) for kind in {row.type for row in rows}}
    for row in rows:
        row.on_portal = row.on_portal or row.added_at == newest[row.type]
    say_hidden(run, [row for row in rows if row.on_portal])


def _accepted(run: CaseExecution, types: str) -> tuple[ColumnElement[bool], ...]:
    accepted = DocumentRow.state == DocumentState.ACCEPTED
    return (DocumentRow.case_id == run.case.id, DocumentRow.type.in_(types.split()), accepted)


def open_inspection(run: CaseExecution, parameters: Parameters) -> None:
    """Every paper of these types (`documentType`, several with spaces) lies open to all parties from today (Awb 7:4)."""
    open_papers(run, str(parameters["documentType"]).split())


def note(run: CaseExecution, parameters: Parameters) -> None:
    """An internal note on the timeline of staff."""
    run.work.system_note(run.case.id, str(parameters["text"]))


def tell_related(run: CaseExecution, parameters: Parameters) -> None:
    """Note a text here, and as news for the handlers of every case that is of this `kind` for this one."""
    work, text = run.work, str(parameters["text"])
    others = work.session.execute(related_to(run.case.id).where(CaseRelation.kind == parameters["kind"])).all()
    if not others:
        text += " (Niemand is gewaarschuwd: er is geen zaak van deze soort gekoppeld.)"
    row = work.system_note(run.case.id, text)
    work.session.flush()
    for _, other in others:
        work.enqueue(OutboxKind.TELL, f"tell:{row.id}:{other.id}", {"note": row.id, "other": other.id}, run.case.id)


def list_parties(run: CaseExecution, parameters: Parameters) -> None:
    """Put the ids of everybody in a role (`role`) in a value of the case (`into`), for a step that is done for each."""
    found = run.work.session.scalars(taking_part(run.case.id, {str(parameters["role"])})).all()
    store_values(run, run.root_instance(), {str(parameters["into"]): [party.id for party in found]})


def list_new_parties(run: CaseExecution, parameters: Parameters) -> None:
    """Put the ids of who is new in a role (`role`) in a value of the case (`into`), and add them to the list of who was listed
    before (`asked`): for a question that is asked once of each, however often the drawing comes here (Woo 4.4(3)).
    """
    before: Fact = run.facts(run.root_instance()).get(str(parameters["asked"]))
    earlier = list(before) if isinstance(before, list | tuple) else []
    found = run.work.session.scalars(taking_part(run.case.id, {str(parameters["role"])})).all()
    new = [party.id for party in found if party.id not in earlier]
    mark_asked(run, set(new))
    values = {str(parameters["into"]): new, str(parameters["asked"]): [*earlier, *new]}
    store_values(run, run.root_instance(), values)


def list_changed_parties(run: CaseExecution, parameters: Parameters) -> None:
    """Put the ids of who was asked for a view, in a role (`role`), and of whom more becomes public since, in a value of the case
    (`into`): a worker says who of them is asked again (Woo 4.4(3)).
    """
    there = {party.id for party in run.work.session.scalars(taking_part(run.case.id, {str(parameters["role"])}))}
    changed = [party for party in changed_for(run.work.session, run.case.id) if party in there]
    store_values(run, run.root_instance(), {str(parameters["into"]): changed})


def add_organisation(run: CaseExecution, parameters: Parameters) -> None:
    """Add another organisation (`name`, `address`) as a party in a role (`role`), to which the case is sent on by post
    (Awb 2:3, 6:15; Woo 4.2). Who is in that role already keeps it, with this name and address.
    """
    role = str(parameters["role"])
    row = run.work.session.scalar(select(Party).where(Party.case_id == run.case.id, Party.role == role).limit(1))
    if row is None:
        row = Party(
            case_id=run.case.id, role=role, kind=PartyKind.COMPANY, channel=PostChannel.POST, filing=False,
            secret_address=False, deceased=False, confidential=False, name="",
        )  # fmt: skip
        run.work.session.add(row)
    row.name, row.address = str(parameters["name"] or ""), str(parameters["address"] or "") or None
    run.work.session.flush()
    run.work.audit(run.case.id, "add_party", party=row.id, role=role)


def give_to_department(run: CaseExecution, parameters: Parameters) -> None:
    """Give each department (`department`, one code or several) every accepted document of one type (`documentType`), of one with
    contact details the version for others. Raises NotNow without a department.
    """
    documents = run.work.session.scalars(_for_others(run, parameters["documentType"])).all()
    say_hidden(run, documents)
    for department in standing_for_each(run.work.session, parameters["department"]):
        for document in documents:
            give(run.work, run.case, document, department)


def share_documents(run: CaseExecution, parameters: Parameters) -> None:
    """Let everybody in a role (`party`) read the accepted documents of one type, behind the own link (Awb 9:9).

    A letter is for its addressee alone: it holds an address. Of a document with contact details it is the version for others.
    """
    accepted = _for_others(run, parameters["documentType"]).where(DocumentRow.origin != DocumentOrigin.SYSTEM)
    documents = run.work.session.scalars(accepted).all()
    say_hidden(run, documents)
    for person in persons_in(run.work, run.case, str(parameters["party"])):
        for document in documents:
            share(run.work, run.case, document, person)


def _for_others(run: CaseExecution, kind: Fact) -> Select[DocumentRow]:
    """The accepted documents of a type that others may read; a version for others has the type of its original."""
    mine = (DocumentRow.case_id == run.case.id, DocumentRow.type == kind)
    readable = (DocumentRow.state == DocumentState.ACCEPTED, ~DocumentRow.personal)
    return select(DocumentRow).where(*mine, *readable).order_by(DocumentRow.id)


def begin_next_case(run: CaseExecution, parameters: Parameters) -> None:
    """Begin the case that follows on a result (`result`) now, while this one goes on: a court's term does not wait for it."""
    kind = run.root.model.result_types.get(str(parameters["result"]))
    if kind is None:
        raise NotNow("Dit resultaat bestaat niet in dit zaaktype.")
    follow(run, kind, run.facts(run.root_instance()))


def record_default_notice(run: CaseExecution, parameters: Parameters) -> None:
    """Record that this case came in as a notice of default for one of its deadlines (`deadline`), on the day of receipt."""
    work, case = run.work, run.case
    filing = select(Party.id).where(Party.case_id == case.id, Party.filing).order_by(Party.id).limit(1)
    work.session.add(
        DefaultNotice(
            case_id=case.id, deadline=str(parameters["deadline"]), received_on=case.received_on,
            party_id=work.session.scalar(filing), recorded_at=work.now, recorded_by=work.actor.subject,
        )
    )  # fmt: skip


def _for_case(operation: Callable[[CaseExecution, Parameters], None]) -> Operation:
    """An operation on the case, whichever of its processes asks for it."""

    @wraps(operation)
    def carry_out(run: CaseExecution, instance: Instance, parameters: Parameters) -> None:
        del instance
        operation(run, parameters)

    return carry_out


OF_CASE: dict[str, Callable[[CaseExecution, Parameters], None]] = {
    "publish": publish,
    "add_organisation": add_organisation,
    "open_inspection": open_inspection,
    "note": note,
    "list_parties": list_parties,
    "list_new_parties": list_new_parties,
    "list_changed_parties": list_changed_parties,
    "give_to_department": give_to_department,
    "tell_related": tell_related,
    "share": share_documents,
    "withdraw_parties": withdraw_by_answer,
    "begin_next_case": begin_next_case,
    "record_default_notice": record_default_notice,
}

# what a process does with the documents of its own: of the part decision that it takes, or else of the case
OF_PROCESS: dict[str, Operation] = {
    "publish_newest": publish_newest,
    "file_inventory": file_inventory,
    "release": release,
    "record_publication": record_publication,
    "begin_part": begin_part,
    "decide_part": decide_part,
    "end_part": end_part,
}

OPERATIONS: dict[str, Operation] = {**{name: _for_case(one) for name, one in OF_CASE.items()}, **OF_PROCESS}
