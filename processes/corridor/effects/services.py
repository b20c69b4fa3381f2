"""Service tasks: the operations that Zaakspoor offers to a drawing. Each runs in the transaction that reached it."""

from collections.abc import Callable, Mapping

from sqlalchemy import update

from engine import Complete, Fact, ServiceAsked, compile_expression
from processes.corridor.advance import Run
from processes.database.tables import DocumentRow, Instance, NoteRow
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


OPERATIONS: dict[str, Callable[[Run, Parameters], None]] = {"publish": publish, "note": note}
