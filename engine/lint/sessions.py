"""Tasks that a session of a committee may plan: what the session fills in is asked there, and fits."""

from collections.abc import Iterator

from engine.expressions import compile_expression
from engine.form_parts import form_keys
from engine.lint.subject import Findings, Subject, error
from engine.model import Element, SessionPlan, Value
from engine.words import ValueType

TEXTS = ("room", "online", "chair", "members", "present")
FLAGS = ("public", "coming")
ASKED_ELSEWHERE = frozenset({*FLAGS, "present"})  # before it, of the parties, and when it was held


def sessions(subject: Subject) -> Findings:
    """Each `case:session`: its values are there and of the right type, its choices and button exist, `when` reads values alone."""
    for element in subject.elements():
        if element.session:
            for message in (*_values(element, element.session, subject), *_others(element.session, subject)):
                yield error(element.id, "session-misfit", message)


def _values(element: Element, plan: SessionPlan, subject: Subject) -> Iterator[str]:
    wanted = {
        "on": ValueType.DATETIME,
        "place": ValueType.CHOICE,
        **dict.fromkeys(TEXTS, ValueType.TEXT),
        **dict.fromkeys(FLAGS, ValueType.BOOLEAN),
    }
    asked = form_keys(subject.folder.forms.get(element.form or "", b""))
    for name, kind in wanted.items():
        code = getattr(plan, name)
        if code is None:
            continue
        value = subject.values.get(code)
        if value is None or value.type != kind or value.list:
            yield f'`{name}` van case:session noemt `{code[:60]}`. Kies één waarde met type="{kind}".'
        elif code not in asked and name not in ASKED_ELSEWHERE:
            yield f"De zitting vult `{code[:60]}` in, maar het formulier van deze taak vraagt het niet. Zet het erbij."


def _others(plan: SessionPlan, subject: Subject) -> Iterator[str]:
    for code in plan.needs:
        if code not in subject.values:
            yield f"`needs` van case:session noemt `{code[:60]}`, dat geen waarde is. Kies waarden die een partij invult."
    place = subject.values.get(plan.place or "")
    for choice in filter(None, (plan.building, plan.video)):
        if choice not in _choices(place):
            yield f"`{choice[:60]}` is geen keuze van de plaats. Kies uit: {', '.join(sorted(_choices(place))) or 'niets'}."
    if plan.place and not (plan.building or plan.video):
        yield "De zitting vult de plaats in, maar er staat niet welke keuze dat is. Vul `building` of `video` in."
    button = subject.model.on_demand.get(plan.move or "")
    if plan.move and (button is None or button.message is None):
        yield f"`move` noemt `{plan.move[:60]}`, dat geen knop met een bericht is. Kies zo'n knop."
    for name in sorted(compile_expression(plan.when).names - set(subject.values)) if plan.when else ():
        yield f"`when` van case:session leest `{name[:60]}`. Lees alleen waarden van de zaak."


def _choices(value: Value | None) -> frozenset[str]:
    return frozenset(choice.value for choice in value.choices) if value else frozenset()
