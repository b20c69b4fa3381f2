"""Whether the data of a running case fit a new version of its case type: terms, values, people, documents, open tasks.

What is only read further on (a condition, a letter) reads the values of the case by their codes, so a code that is in use may
not go or mean another kind of thing, and what the new version requires at a step that was done must be there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.form_parts import read_form
from engine.words import ElementKind, Side
from processes.execution.case_data import CaseData
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, DocumentRow, Instance, Party, TaskRow
from processes.storage.words import TaskState

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Around:
    """A case with what was read of it. `instances` are those that would move, `persons` all of one person each, also when they
    ended; `tasks` those of the instances that would move.
    """

    session: Session
    case: Case
    known: CaseData
    instances: Sequence[Instance]
    persons: Sequence[Instance]
    tasks: Sequence[TaskRow]


def data_misfits(around: Around, old: Deployed, new: Deployed, names: Names) -> Iterator[str]:
    """Sentences that say what does not fit. `names`: renamed elements, old id to new id."""
    for rule in RULES:
        yield from rule(around, old, new, names)


def called_misfits(around: Around, old: Deployed, new: Deployed, names: Names) -> Iterator[str]:
    """The same of a process that the case called: what it was given, what was filled in there, and whose its tasks are."""
    for rule in CALLED_RULES:
        yield from rule(around, old, new, names)


def _same_type(around: Around, old: Deployed, new: Deployed, names: Names) -> Iterator[str]:
    del old, names
    kind = new.model.case_type
    if kind is None or kind.identification != around.case.case_type:
        yield "De nieuwe versie is van een ander zaaktype."


def _terms(around: Around, old: Deployed, new: Deployed, names: Names) -> Iterator[str]:
    del names
    for code in around.known.deadlines():
        if code not in new.model.deadlines:
            title = old.model.deadlines[code].title if code in old.model.deadlines else code
            yield f"De termijn '{title}' van deze zaak bestaat niet meer."


def _values(around: Around, old: Deployed, new: Deployed, names: Names) -> Iterator[str]:
    del names
    for code, value in _held(around).items():
        was, now = old.model.values.get(code), new.model.values.get(code)
        if was is None or now is None:
            continue
        if (was.type, was.list) != (now.type, now.list):
            yield f"Het gegeven '{was.title}' is ingevuld en is nu van een ander soort."
        elif gone := {one.value for one in was.choices} - {one.value for one in now.choices}:
            chosen = value if isinstance(value, list) else [value]
            yield from (f"Bij '{was.title}' is '{one}' gekozen, en dat kan niet meer." for one in chosen if one in gone)


def _required(around: Around, old: Deployed, new: Deployed, names: Names) -> Iterator[str]:
    """The forms of steps that were done may require nothing now that they did not require then, unless it is filled in."""
    held = _held(around)
    done = {element.id for element in old.model.elements.values() if element.kind == ElementKind.START_EVENT}
    done |= {task.element for task in around.tasks if task.state == TaskState.DONE}
    for element in sorted(done):
        newly = _asked(new, names.get(element, element)) - _asked(old, element)
        for code in sorted(newly - held.keys()):
            yield f"De nieuwe versie heeft het gegeven '{new.model.values[code].title}' nodig, en dat is niet ingevuld."


def _asked(version: Deployed, element: str) -> frozenset[str]:
    """The codes of values that the form of this element always requires."""
    drawn = version.model.elements.get(element)
    data = version.folder.forms.get(drawn.form or "") if drawn else None
    parts = read_form(data) if data else []
    return frozenset(str(one.get("key")) for one in parts if _always_required(one)) & version.model.values.keys()


def _always_required(part: Mapping[str, Any]) -> bool:
    validate = part.get("validate")
    return isinstance(validate, dict) and bool(validate.get("required")) and not part.get("conditional")


def _given(around: Around, old: Deployed, new: Deployed, names: Names) -> Iterator[str]:
    """Its caller handed over what the old version asked for; nobody hands over more while it runs."""
    del names
    held = _held(around)
    for code, value in new.model.inputs.items():
        if code not in old.model.inputs and not value.optional and code not in held:
            yield f"De nieuwe versie krijgt '{value.title}' van de zaak, en dat is niet meegegeven."


def _people(around: Around, old: Deployed, new: Deployed, names: Names) -> Iterator[str]:
    del names
    gone = set(old.model.party_roles()) - set(new.model.party_roles())
    if not gone:
        return
    used = select(Party.role).where(Party.case_id == around.case.id, Party.left_on.is_(None)).distinct()
    for role in sorted(around.session.scalars(used)):
        if role in gone:
            title = old.model.parties[role].title if role in old.model.parties else role
            yield f"De rol '{title}' van een betrokkene bestaat niet meer."


def _documents(around: Around, old: Deployed, new: Deployed, names: Names) -> Iterator[str]:
    del names
    gone = old.model.document_types.keys() - new.model.document_types.keys()
    if not gone:
        return
    used = select(DocumentRow.type).where(DocumentRow.case_id == around.case.id, DocumentRow.type.in_(sorted(gone)))
    for code in sorted(around.session.scalars(used.distinct())):
        yield f"De documentsoort '{old.model.document_types[code].name}' van een stuk in deze zaak bestaat niet meer."


def _status(around: Around, old: Deployed, new: Deployed, names: Names) -> Iterator[str]:
    del names
    was = {one.code: one.name for one in old.model.statuses()}
    code = around.case.status
    if code in was and code not in {one.code for one in new.model.statuses()}:
        yield f"De status '{was[code]}' waarop de zaak staat, bestaat niet meer."


def _tasks(around: Around, old: Deployed, new: Deployed, names: Names) -> Iterator[str]:
    """An open task stays with whom it was given: another lane is another person."""
    del old
    for task in around.tasks:
        element = names.get(task.element, task.element)
        if task.state != TaskState.OPEN or element not in new.model.elements:
            continue  # what is gone is named by the engine
        role = new.model.role_of(element)
        if (role.side if role else Side.WORKER) != task.side:
            yield f"De taak '{task.name}' staat open en is nu van iemand anders."


def _held(around: Around) -> dict[str, Any]:
    """The values of the case itself, or of the process that it called, by code."""
    root = next((one for one in around.instances if one.element is None), None)
    return {code: value for code, value in around.known.values(root).items() if value is not None} if root else {}


RULES: Final[Sequence[Callable[[Around, Deployed, Deployed, Names], Iterator[str]]]] = (
    _same_type, _terms, _values, _required, _people, _documents, _status, _tasks,
)  # fmt: skip
CALLED_RULES: Final[Sequence[Callable[[Around, Deployed, Deployed, Names], Iterator[str]]]] = (
    _given, _values, _required, _tasks,
)  # fmt: skip
