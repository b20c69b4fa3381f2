"""First and other choices in a played case: every step that somebody could do now, as a rehearsal has it, the likeliest first.

What a form asks is answered with made-up values: of a question with choices the first one, and then each other one; of the rest only
what must be filled in.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from engine import Folder, Model
from engine.words import ElementKind
from portal.admin.studio.rehearsal_forms import next_step
from portal.forms import Component, FormSchema
from portal.forms.conditions import uncounted
from processes.base.actor import ActorKind, StaffRole
from processes.execution.facts import to_fact
from processes.rehearsal.departments import DEPARTMENTS
from processes.rehearsal.exploring import Choice
from processes.storage.words import DocumentState

BEGIN: Final = date(2026, 3, 2)
TEXT: Final = "Een verzonnen antwoord."
FILE: Final = "verzonnen.pdf"
AHEAD: Final = timedelta(days=14)  # where a form asks for a moment, such as that of a hearing
PUBLIC: Final = ({"public": "geheel"}, {"public": "deels", "grounds": ["5.1-2-e"]})
FILES: Final = {"filepicker", "documents-upload"}
OWN: Final = {"inventory", "outcomes", "result-explanation", "department", "departments"}
MOST: Final = 40  # other choices of one task
Values = dict[str, Any]


class FirstChoices:
    """The choices of the portal's forms, for the process that plays (Chooser of processes.rehearsal.exploring)."""

    def start(self, folder: Folder, model: Model) -> dict[str, Any]:
        """The beginning of a case, where no rehearsal has one: with first choices everywhere."""
        starts = (one for one in model.elements.values() if one.kind == ElementKind.START_EVENT and one.form)
        form = next((folder.forms.get(one.form or "") for one in starts), None)
        schema = _schema(form, model) if form else FormSchema(())
        given = {"taken_on": BEGIN, "announced_on": BEGIN, "subject": TEXT, "department": DEPARTMENTS[0].code}
        asked = any(one.type == "decisions" for one in schema.components)
        values = _counted(schema, _first(schema, BEGIN, ()), {})
        decisions = {"decisions": [{"number": "VERZONNEN-1", **given}]} if asked else {}
        return {"on": BEGIN, "by": str(StaffRole.WORKER), **decisions, "values": values}

    def choices(
        self, view: Mapping[str, Any], forms: Mapping[str, tuple[bytes, Model]], wished: Mapping[str, Any]
    ) -> list[Choice]:
        """`view`: what everybody sees now (PlayView); `forms`: the form of an open task with its drawing, by place of the task; `wished`:
        answers to prefer (Seek).
        """
        firsts, others = list[Choice](), list[Choice]()
        for at, task in enumerate(view["tasks"]):
            first, *rest = _task(view, task, forms.get(str(at)), wished)
            firsts.append(first)
            others += rest[:MOST]
        return [
            *firsts,
            *_next(view),
            *others,
            *({"press": code} for code, _label in view["buttons"]),
            *_withdraw(view),
        ]


def _next(view: Mapping[str, Any]) -> Iterator[Choice]:
    if view["next_at"]:
        yield next_step(view["next_at"])


def _withdraw(view: Mapping[str, Any]) -> Iterator[Choice]:
    if view["may_withdraw"]:
        yield {"withdraw": str(ActorKind.CITIZEN)}


def _task(
    view: Mapping[str, Any], task: Mapping[str, Any], found: tuple[bytes, Model] | None, wished: Mapping[str, Any]
) -> list[Choice]:
    """The ways to do one task; never none."""
    if task["judges"]:
        refused = {"judge": str(DocumentState.REFUSED), "reason": "Dit is niet het goede stuk."}
        return [{"judge": str(DocumentState.ACCEPTED)}, refused]
    by = {} if task["by"][0] == StaffRole.WORKER else {"by": task["by"][0]}
    if found is None:
        return [{"complete": task["element"], **by}]
    schema, today = _schema(*found), date.fromisoformat(view["today"])
    known = {code: to_fact(schema.values[code], one) for code, one in task["known"].items() if code in schema.values}
    first = _first(schema, today, task["papers"], view["decisions"], wished)
    ways = (_counted(schema, one, known) for one in (first, *_others(schema, first, task["papers"], view["decisions"])))
    return list({str(one): one for one in (_done(schema, task["element"], by, values) for values in ways)}.values())


def _done(schema: FormSchema, element: str, by: Values, values: Values) -> Choice:
    told = {"values": values} if values else {}
    if any(one.type == "documents-upload" for one in schema.components):
        return {"deliver": {"files": [FILE]}, **told}
    return {"complete": element, **by, **told}


def _schema(form: bytes, model: Model) -> FormSchema:
    return FormSchema.parse(form, {**model.inputs, **model.outputs, **model.values})


def _counted(schema: FormSchema, values: Values, known: Mapping[str, Any]) -> Values:
    """Without the answers to questions that do not count."""
    return {code: one for code, one in values.items() if code not in uncounted(schema, values, known)}


def _first(
    schema: FormSchema, today: date, papers: Sequence[str], decisions: Sequence[Sequence[str]] = (),
    wished: Mapping[str, Any] | None = None,
) -> Values:  # fmt: skip
    """The first answer to each question, of those that are wished where there is one."""
    answers = {one.key: _answers(one, today, papers, decisions) for one in schema.components if one.key}
    chosen = {key: _preferred(found, (wished or {}).get(key)) for key, found in answers.items() if found}
    return {key: answer for key, answer in chosen.items() if answer is not None}


def _preferred(answers: list[Any], wish: Mapping[str, Sequence[Any]] | None) -> Any:
    def allowed(answer: Any) -> bool:
        said = False if answer is None else answer
        return said in wish["wanted"] if wish and wish["wanted"] else not wish or said not in wish["unwanted"]

    return next(filter(allowed, answers), answers[0])


def _others(
    schema: FormSchema, first: Values, papers: Sequence[str], decisions: Sequence[Sequence[str]]
) -> Iterator[Values]:
    """With one answer changed."""
    for one in schema.components:
        for answer in _answers(one, BEGIN, papers, decisions)[1:] if one.key else ():
            yield {**first, one.key: answer}


def _answers(one: Component, today: date, papers: Sequence[str], decisions: Sequence[Sequence[str]]) -> list[Any]:
    """The answers to one question; None is none at all."""
    if one.type in OWN:
        return _own_answers(one, papers, decisions)
    if one.type == "checkbox":
        return [True] if one.required else [None, True]
    if one.choices:
        chosen = [choice.value == "ja" if one.is_yes_no else choice.value for choice in one.choices]
        return [[value] for value in chosen] if one.is_list or one.type == "checklist" else chosen
    return [_made_up(one, today)] if one.required else []


def _own_answers(one: Component, papers: Sequence[str], decisions: Sequence[Sequence[str]]) -> list[Any]:
    """The answers to a question of a kind of its own."""
    answers: dict[str, list[Any]] = {
        "inventory": [dict.fromkeys(papers, answer) for answer in PUBLIC] if papers else [],
        "outcomes": [{number: choice.value for number, _subject in decisions} for choice in one.choices if decisions],
        "result-explanation": [TEXT],
        "department": [DEPARTMENTS[0].code],
        "departments": [[DEPARTMENTS[0].code]],
    }
    return answers[one.type]


def _made_up(one: Component, today: date) -> Any:
    if one.type in FILES:
        return [FILE] if one.type == "filepicker" else None
    if one.type == "number":
        return 1
    if one.type == "datetime":
        moment = datetime.combine(today + AHEAD, time(10)).strftime("%Y-%m-%dT%H:%M")
        return moment if one.subtype == "datetime" else today
    if one.type in {"textfield", "textarea"}:
        return [TEXT] if one.is_list else TEXT
    return None
