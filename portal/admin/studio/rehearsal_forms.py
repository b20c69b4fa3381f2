"""The forms on the page of a rehearsal: of an open task, of the beginning, and the step that somebody makes with them.

A rehearsal makes up files, so that a question for a file asks for a name only. Names of own fields begin with `r-`, which no value of
a drawing does.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from engine import Model
from portal.forms import Component, Filled, FormSchema, ShownField, fields_for, lists_for, read_form
from portal.forms.schema import PLAIN
from portal.received import Received
from processes.base.actor import ActorKind, StaffRole
from processes.base.errors import Invalid
from processes.base.typed_values import read_date
from processes.execution.facts import to_fact
from processes.law.disclosure_grounds import GROUNDS, PUBLIC
from processes.reads.studio import Stage
from processes.rehearsal.departments import DEPARTMENTS
from processes.rehearsal.script_words import WHO
from processes.storage.words import DocumentState

Step = dict[str, Any]
NAMES: Final = tuple((one.code, one.name) for one in DEPARTMENTS)
FILES: Final = {"filepicker", "documents-upload"}
ASKED: Final = (
    PLAIN | FILES | {"text", "department", "departments", "decisions", "in-time", "outcomes", "result-explanation"}
)
PAPER, GROUND, PLACED = "r-public-", "r-ground-", "inventory"  # a question for each paper of an inventory
MADE_UP: Final = "Een repetitie verzint hier zelf iets: alle stukken liggen open en gelakte stukken worden gemaakt."
FILE_HINT: Final = "Verzin een naam, bijvoorbeeld brief.pdf. Zet komma's tussen meer namen."
LATEST_HOUR: Final = 9  # a rehearsal acts at nine o'clock
DAYS: Final = range(1, 3651)


@dataclass(frozen=True, slots=True)
class TaskForm:
    """The form of the task that somebody chose to do. `number` is its place among the open tasks; `who` whom to do it as."""

    number: int
    name: str
    who: tuple[tuple[str, str], ...]
    fields: Sequence[ShownField]
    judges: bool


def task_form(
    stage: Stage, view: Mapping[str, Any], number: int, typed: Received | None, errors: Mapping[str, str]
) -> TaskForm | None:
    """None when there is no such task."""
    if number >= len(view["tasks"]):
        return None
    task = view["tasks"][number]
    who = tuple((one, WHO.get(one, one)) for one in task["by"])
    found = stage.form(task["process"], task["element"])
    fields = _fields(*found, task["known"], view["decisions"], typed, errors) if found and not task["judges"] else ()
    return TaskForm(number, task["name"], who, [*fields, *_paper_fields(task["papers"], typed)], task["judges"])


def start_fields(stage: Stage, typed: Received | None, errors: Mapping[str, str]) -> Sequence[ShownField]:
    """The questions of the form with which a case of the draft begins, but those for a file: a rehearsal begins without."""
    found = stage.start_form()
    fields = _fields(*found, {}, (), typed, errors) if found else ()
    files = _file_keys(_schema(*found)[1]) if found else set()
    return [one for one in fields if one.name not in files]


def task_step(stage: Stage, task: Mapping[str, Any], decisions: Sequence[Sequence[str]], form: Received) -> Step:
    """The step that does a task as it was filled in. Raises Invalid."""
    by = form.one("r-by") if form.one("r-by") in task["by"] else task["by"][0]
    if task["judges"]:
        return _judged(form)
    found = stage.form(task["process"], task["element"])
    if found is None:
        return {"complete": task["element"], **_by(by)}
    schema, asked = _schema(*found)
    filled = read_form(schema, form, NAMES, _known(found[1], task["known"]))
    values, delivered = _values(asked, filled, decisions)
    values |= _papers(asked, task["papers"], form)
    if delivered is not None:
        remark = values.pop("remark", "")
        sent = {"files": delivered, **({"remark": remark} if remark else {})}
        return {"deliver": sent, **({"values": values} if values else {})}
    return {"complete": task["element"], **_by(by), **({"values": values} if values else {})}


def start_of(stage: Stage, form: Received) -> dict[str, Any]:
    """The beginning of a new rehearsal. Raises Invalid."""
    wrong: dict[str, str] = {}
    day = _day(form.one("r-on"), "r-on", wrong)
    found = stage.start_form()
    filled, asked = Filled(), FormSchema(())
    if found:
        schema, asked = _schema(*found)
        try:
            filled = read_form(schema, form, NAMES)
        except Invalid as error:
            wrong.update(error.fields)
    if wrong or day is None:
        raise Invalid(wrong)
    values = {code: value for code, value in _values(asked, filled, ())[0].items() if code not in _file_keys(asked)}
    decisions = [{name: value for name, value in _decision(one).items() if value} for one in filled.decisions]
    by = ActorKind.CITIZEN if form.one("r-by") == ActorKind.CITIZEN else StaffRole.WORKER
    return {"on": day, "by": str(by), **({"decisions": decisions} if decisions else {}), "values": values}


def time_step(form: Received, today: date) -> Step:
    """Some days, or until a day. Raises Invalid."""
    if form.one("r-how") == "until":
        wrong: dict[str, str] = {}
        day = _day(form.one("r-until"), "r-until", wrong)
        if day is not None and day <= today:
            wrong["r-until"] = "Kies een dag na vandaag in de repetitie: terug in de tijd kan niet."
        if wrong or day is None:
            raise Invalid(wrong)
        return {"until": day}
    days = form.one("r-days")
    if not (days.isascii() and days.isdigit() and len(days) < 5 and int(days) in DAYS):  # noqa: PLR2004 - ten years
        raise Invalid({"r-days": "Vul een aantal dagen in, van 1 tot en met 3650."})
    return {"wait": f"P{int(days)}D"}


def next_step(next_at: str) -> Step:
    """Until what happens next by itself has happened: a rehearsal acts at nine o'clock, what comes later counts the next day."""
    day = date.fromisoformat(next_at[:10])
    after = next_at[11:16] > f"{LATEST_HOUR:02}:00"
    return {"until": day + timedelta(days=after)}


def _fields(
    source: bytes, model: Model, stored: Mapping[str, Any], decisions: Sequence[Sequence[str]], typed: Received | None,
    errors: Mapping[str, str],
) -> Sequence[ShownField]:  # fmt: skip
    schema, _ = _schema(source, model)
    outcomes = [
        {"id": at, "subject": subject, "number": number, "chosen": ""}
        for at, (number, subject) in enumerate(decisions, start=1)
    ]
    extras = {**lists_for(NAMES, model.document_types), "outcomes": outcomes}
    return fields_for(schema, _known(model, stored), errors, typed=typed, extras=extras)


def _schema(source: bytes, model: Model) -> tuple[FormSchema, FormSchema]:
    """The form as it is asked here, and as it is drawn."""
    drawn = FormSchema.parse(source, {**model.inputs, **model.outputs, **model.values})
    return replace(drawn, components=tuple(map(_asked_here, drawn.components))), drawn


def _asked_here(one: Component) -> Component:
    if one.type in FILES:
        return replace(one, type="textfield", description=FILE_HINT, value=None, required=False)
    if one.type not in ASKED:
        return Component("text", text=one.label if one.type == PLACED else f"{one.label}: {MADE_UP}")
    return replace(one, type="radio") if one.type == "in-time" else one


def _file_keys(drawn: FormSchema) -> set[str]:
    return {one.key for one in drawn.components if one.type in FILES}


def _known(model: Model, stored: Mapping[str, Any]) -> dict[str, Any]:
    values = {**model.inputs, **model.outputs, **model.values}
    return {code: to_fact(values[code], one) for code, one in stored.items() if code in values}


def _values(
    drawn: FormSchema, filled: Filled, decisions: Sequence[Sequence[str]]
) -> tuple[dict[str, Any], list[str] | None]:
    """The values of a step, and the names of files that are delivered; None for a form that delivers none."""
    values: dict[str, Any] = {}
    delivered: list[str] | None = None
    for one in drawn.components:
        found = filled.explanation if one.type == "result-explanation" else filled.values.get(one.key)
        if one.type in FILES:
            names = [name.strip() for name in re.split(r"[,\n]", str(found or "")) if name.strip()]
            if one.type == "documents-upload":
                delivered = names
            elif names:
                values[one.key] = names
        elif one.type == "outcomes":
            chosen = {decisions[at - 1][0]: word for at, word in filled.outcomes.items() if 0 < at <= len(decisions)}
            values.update({one.key: chosen} if chosen else {})
        elif one.key and found is not None and found != []:
            values[one.key] = found
    return values, delivered


def _paper_fields(papers: Sequence[str], typed: Received | None) -> Iterator[ShownField]:
    """For each paper whether it becomes public, and the ground when it does not; what is not chosen stays as it was."""
    for at, title in enumerate(papers):
        for name, label, choices in (
            (f"{PAPER}{at}", f"{title}: openbaar?", tuple(PUBLIC.items())),
            (
                f"{GROUND}{at}",
                f"{title}: waarom niet (helemaal)?",
                tuple((code, one.title) for code, one in GROUNDS.items()),
            ),
        ):
            value = typed.one(name) if typed else ""
            yield ShownField("select", name, label, "", False, value, None, choices, {}, typed)


def _papers(drawn: FormSchema, papers: Sequence[str], form: Received) -> dict[str, Any]:
    component = next((one for one in drawn.components if one.type == PLACED), None)
    if component is None:
        return {}
    chosen = {title: (form.one(f"{PAPER}{at}"), form.one(f"{GROUND}{at}")) for at, title in enumerate(papers)}
    said = {
        title: {"public": public, **({"grounds": [ground]} if ground else {})}
        for title, (public, ground) in chosen.items()
        if public in PUBLIC and ground in {"", *GROUNDS}
    }
    return {component.key: said} if said else {}


def _decision(one: Any) -> dict[str, Any]:
    return {
        "number": one.number, "taken_on": one.taken_on, "announced_on": one.announced_on, "department": one.department,
        "subject": one.subject, "missing": one.missing,
    }  # fmt: skip


def _judged(form: Received) -> Step:
    if form.one("r-judge") == DocumentState.REFUSED:
        if not form.one("r-reason"):
            raise Invalid({"r-reason": "Vul in wat er niet goed is."})
        return {"judge": str(DocumentState.REFUSED), "reason": form.one("r-reason")}
    return {"judge": str(DocumentState.ACCEPTED)}


def _by(who: str) -> Step:
    return {} if who == StaffRole.WORKER else {"by": str(who)}


def _day(text: str, name: str, wrong: dict[str, str]) -> date | None:
    try:
        return read_date(text)
    except ValueError as error:
        wrong[name] = str(error)
        return None
