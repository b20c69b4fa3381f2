"""With whom somebody files (C2): the rows of name and mail address on the form, read, checked, added and taken away without a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portal.citizen.answers import Answer
from portal.citizen.mandates import AsksPeople, mandate_of
from portal.drafts import STEP
from portal.received import Received
from processes.base.actor import Actor
from processes.base.written import OwnWords, listed
from processes.execution.co_filers import MOST, PLACE, NamedPerson, named_wrong

TOGETHER: Final = "samen"  # of the field `voor`: filed with others
MORE: Final = "nog-iemand"  # the value of the button that gives another row
AWAY: Final = "mede-weg-"  # before the number of the row that a button takes away
NAME, EMAIL = "name", "email"


@dataclass(frozen=True, slots=True)
class TypedPerson:
    """A row as it stands on the page; `number` counts from 0."""

    number: int
    name: str
    email: str


def may_name(page: AsksPeople, actor: Actor) -> bool:
    """Whether the form asks who files along: where the case type has it, of who is signed in for themselves or the own company."""
    return page.together and not page.visitor and mandate_of(actor) is None


def files_together(page: AsksPeople, actor: Actor, form: Received) -> bool:
    return may_name(page, actor) and form.one("voor") == TOGETHER


def rows_in(form: Received | None) -> list[TypedPerson]:
    """Every row that was on the page, also an empty one."""
    if form is None:
        return []
    numbers = (
        at for at in range(MOST + 1) if f"{PLACE}-{at}-{NAME}" in form.fields or f"{PLACE}-{at}-{EMAIL}" in form.fields
    )
    return [TypedPerson(at, form.one(f"{PLACE}-{at}-{NAME}"), form.one(f"{PLACE}-{at}-{EMAIL}")) for at in numbers]


def shown_rows(form: Received | None) -> list[TypedPerson]:
    """The rows to show: at least one."""
    return rows_in(form) or [TypedPerson(0, "", "")]


def named_in(page: AsksPeople, actor: Actor, form: Received) -> tuple[NamedPerson, ...]:
    """The people who file along; nobody where the form does not ask it, or somebody files alone."""
    return _people(_filled(form)) if files_together(page, actor, form) else ()


def together_wrong(form: Received, me: str) -> dict[str, str]:
    """One sentence for each field that is not right, by its place on the page; `me`: the name of who files."""
    rows = _filled(form)
    return {_on_page(name, rows): sentence for name, sentence in named_wrong(_people(rows), me).items()}


def fields_together(form: Received) -> dict[str, str]:
    """The field of the page for each field of the action, which counts without empty rows."""
    rows = _filled(form)
    names = (f"{PLACE}-{at}-{part}" for at in range(len(rows)) for part in (NAME, EMAIL))
    return {name: _on_page(name, rows) for name in names}


def together_answers(page: AsksPeople, actor: Actor, form: Received) -> list[Answer]:
    """Those who file along, in words, for who looks everything over."""
    return [
        ("Voor wie", "voor uzelf, samen met anderen"),
        ("Samen met", listed([OwnWords(_in_words(person)) for person in named_in(page, actor, form)])),
    ]


def with_other_rows(page: AsksPeople, actor: Actor, form: Received) -> Received | None:
    """The form after a button for one more row or one less; None for any other button."""
    step = form.one(STEP)
    if not may_name(page, actor) or not (step == MORE or step.startswith(AWAY)):
        return None
    rows = [row for row in rows_in(form) if step != f"{AWAY}{row.number}"]
    if step == MORE and len(rows) < MOST:
        rows.append(TypedPerson(len(rows), "", ""))
    kept = {name: values for name, values in form.fields.items() if not name.startswith(f"{PLACE}-") and name != STEP}
    for at, row in enumerate(rows):
        kept |= {f"{PLACE}-{at}-{NAME}": [row.name], f"{PLACE}-{at}-{EMAIL}": [row.email]}
    return Received(kept)


def _filled(form: Received) -> list[TypedPerson]:
    return [row for row in rows_in(form) if row.name or row.email]


def _people(rows: Sequence[TypedPerson]) -> tuple[NamedPerson, ...]:
    return tuple(NamedPerson(row.name, row.email) for row in rows)


def _on_page(name: str, rows: Sequence[TypedPerson]) -> str:
    """The same field as the page numbers it."""
    place, at, part = name.split("-")
    return f"{place}-{rows[int(at)].number}-{part}" if int(at) < len(rows) else name


def _in_words(person: NamedPerson) -> str:
    return f"{person.name} ({person.email})" if person.email else person.name
