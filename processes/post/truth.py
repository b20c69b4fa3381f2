"""Whether a filled text says what is so: nothing empty, no past day as a promise, no document that its reader cannot see.

In: a template, the facts and what its reader sees; out: one Dutch sentence for each thing that is not so. A letter with
such a sentence is held (`send_notices` in `processes.post.notices`) until somebody mends it or sends it knowingly.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from engine import Model
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.post.plain_text import PROMISE
from processes.post.templates import Pointer, Template, filled, parse_template, split_template

LABELS: Final[Mapping[str, str]] = {  # names that are no value of the drawing, in words
    "case.received_on": "de dag van ontvangst",
    "decision.announced_on": "de dag waarop het besluit bekend is gemaakt",
    "decision.taken_on": "de dag van het besluit",
    "request.due": "de termijn van het verzoek",
    "recipient.name": "de naam van de ontvanger",
    "recipient.greeting": "de aanhef",
    "recipient.needs": "wat de ontvanger nodig heeft",
    "objector.names": "de naam van de indiener",
    "decisions": "het besluit waar het om gaat",
    "documents": "de gevraagde stukken",
    "inventory": "de inventaris",
    "result.name": "het resultaat",
    "result.explanation": "de uitleg van de beslissing",
}

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The circumstances of one reading: the day, what the reader sees (by document type), and the drawings with the
    titles of values, terms and document types: that of the process first, then that of the case.
    """

    today: date
    sees: Callable[[str], bool]
    models: tuple[Model, ...]


def untrue(template: bytes, facts: Facts, reading: Circumstances) -> list[str]:
    """A sentence for each thing that the text would say and that is not so, each once. Raises TemplateError."""
    head, body = split_template(template)
    return list(
        dict.fromkeys(found for part in (head, body) for found in _untrue(parse_template(part), facts, reading))
    )


def _untrue(template: Template, facts: Facts, reading: Circumstances) -> Iterator[str]:
    for said in template.said(facts):
        if isinstance(said, Pointer):
            unseen = (kind for kind in said.types if not reading.sees(kind))
            yield from (_unseen(kind, reading.models) for kind in unseen)
        elif not filled(said, facts).strip():
            yield f"In de tekst hoort {_label(said.name, reading.models)}, maar dat is leeg."
        elif PROMISE in said.filters and (day := _day(facts[said.name])) and day < reading.today:
            what = _label(said.name, reading.models)
            yield f"De tekst belooft iets voor {long_date(day)} ({what}). Die dag is voorbij."


def _unseen(kind: str, models: tuple[Model, ...]) -> str:
    declared = next((model.document_types[kind] for model in models if kind in model.document_types), None)
    title = declared.name if declared else kind
    return f"De tekst wijst naar een document van de soort '{title}', maar dat kan de ontvanger niet zien."


def _label(name: str, models: tuple[Model, ...]) -> str:
    if name in LABELS:
        return LABELS[name]
    for model in models:
        deadline = model.deadlines.get(name.removeprefix("deadline."))
        if deadline and name.startswith("deadline."):
            return f"de datum van '{deadline.title}'"
        value = model.values.get(name) or model.inputs.get(name) or model.outputs.get(name)
        if value:
            return f"'{value.title}'"
    return f"'{name}'"


def _day(value: Any) -> date | None:
    """A fact as a day, as the filter `promise` prints it."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        return local_date(value) if value.tzinfo else value.date()
    return value if isinstance(value, date) else None
