"""Service tasks: the operations that Zaakspoor offers to a drawing. Each runs in the transaction that reached it."""

from collections.abc import Callable, Mapping

from sqlalchemy import select, update

from engine import Complete, Fact, ServiceAsked, compile_expression
from processes.corridor.advance import Run
from processes.corridor.persons import persons_in, share
from processes.corridor.values import store_values
from processes.database.tables import DocumentRow, Instance, NoteRow, Party
from processes.errors import NotNow

Parameters = Mapping[str, Fact]


def asked(run: Run, instance: Instance, effect: ServiceAsked) -> None:
    """Carry out the operation and let the token go on. Raises NotNow for an operation that does not exist."""
    operation = OPERATIONS.get(effect.service.operation)
    if operation is None:
        raise NotNow(f"De bewerking '{effect.service.operation}' bestaat niet.")
    facts = run.facts(instance)
    parameters = {
        name: compile_expression(text).evaluate(facts, run.work.now) for name, text in effect.service.parameters.items()
    }
    operation(run, parameters)
    run.ask(instance, Complete(effect.task))


def publish(run: Run, parameters: Parameters) -> None:
    """Tick "Tonen op portaal" for every accepted document of one type."""
    run.work.session.execute(
        update(DocumentRow)
        .where(
            DocumentRow.case_id == run.case.id,
            DocumentRow.type == parameters["documentType"],
            DocumentRow.state == "accepted",
        )
        .values(on_portal=True)
    )


def note(run: Run, parameters: Parameters) -> None:
    """An internal note on the timeline of staff."""
    run.work.session.add(
        NoteRow(case_id=run.case.id, kind="note", author="Zaakspoor", text=str(parameters["text"]), at=run.work.now)
    )


def list_parties(run: Run, parameters: Parameters) -> None:
    """Put the ids of everybody in a role (`role`) in a value of the case (`into`), for a step that is done for each."""
    mine = (Party.case_id == run.case.id, Party.role == parameters["role"])
    ids = run.work.session.scalars(select(Party.id).where(*mine).order_by(Party.id)).all()
    store_values(run, run.root_instance(), {str(parameters["into"]): list(ids)})


def share_documents(run: Run, parameters: Parameters) -> None:
    """Let everybody in a role (`party`) read the accepted documents of one type, behind the own link (Awb 9:9).

    A letter is for its addressee alone: it holds an address.
    """
    mine = (DocumentRow.case_id == run.case.id, DocumentRow.type == parameters["documentType"])
    accepted = select(DocumentRow).where(*mine, DocumentRow.state == "accepted", DocumentRow.origin != "system")
    accepted = accepted.order_by(DocumentRow.id)
    documents = run.work.session.scalars(accepted).all()
    for person in persons_in(run.work, run.case, str(parameters["party"])):
        for document in documents:
            share(run.work, run.case, document, person)


OPERATIONS: dict[str, Callable[[Run, Parameters], None]] = {
    "publish": publish,
    "note": note,
    "list_parties": list_parties,
    "share": share_documents,
}
