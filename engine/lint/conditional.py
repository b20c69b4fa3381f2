"""Questions on a form that only count when something holds: `"conditional": {"hide": "=..."}`, as form-js writes it."""

from collections.abc import Iterator
from typing import Any

from engine.errors import ExpressionError
from engine.expressions import Expression, compile_expression
from engine.expressions.functions import WITH_CLOCK
from engine.form_parts import form_keys, read_form
from engine.lint.subject import Findings, Subject, error, warning
from engine.lint.wording import impossible_choices


def questions(subject: Subject) -> Findings:
    for name, data in subject.folder.forms.items():
        keys = form_keys(data)
        for component in _conditional(data):
            yield from _condition(f"forms/{name}", component, keys, subject)
        for component in _components(data):
            yield from _waits_for(f"forms/{name}", component, subject)


def _components(data: bytes) -> list[dict[str, Any]]:
    try:
        return read_form(data)
    except ValueError:  # a finding of its own
        return []


def _conditional(data: bytes) -> Iterator[dict[str, Any]]:
    yield from (component for component in _components(data) if component.get("conditional"))


def _waits_for(place: str, component: dict[str, Any], subject: Subject) -> Findings:
    """A question that cannot be answered before a day names a value that holds one."""
    name = component.get("notBefore")
    if name is None or (isinstance(name, str) and name in subject.values):
        return
    label = str(component.get("key") or "")[:60]
    message = f"De vraag `{label}` wacht op `{str(name)[:60]}`, dat geen waarde van dit zaaktype is."
    yield error(place, "unknown-name", f"{message} Declareer de waarde of verbeter de naam.")


def _condition(place: str, component: dict[str, Any], keys: frozenset[str], subject: Subject) -> Findings:
    label = str(component.get("key") or component.get("text") or "")[:60]
    expression = _read(component["conditional"])
    if isinstance(expression, str):
        yield error(place, "form-condition-broken", f"De voorwaarde bij `{label}` klopt niet. {expression}")
        return
    for name in sorted(expression.names - set(subject.values) - subject.answers):
        message = f"De voorwaarde bij `{label}` leest `{name[:60]}`, dat geen waarde van dit zaaktype is."
        yield error(place, "unknown-name", f"{message} Declareer de waarde of verbeter de naam.")
    yield from impossible_choices(place, expression.text, subject)
    if component.get("key") and expression.names & keys and not component.get("description"):
        message = f"`{label}` telt alleen soms mee, maar dat staat er niet bij."
        yield warning(place, "form-condition-unsaid", f"{message} Schrijf in `description` wanneer iemand dit invult.")


def _read(conditional: object) -> Expression | str:
    """The expression, or a sentence that says why there is none."""
    hide = conditional.get("hide") if isinstance(conditional, dict) else None
    if not isinstance(hide, str):
        return 'Schrijf "conditional": {"hide": "=..."}.'
    try:
        expression = compile_expression(hide)
    except ExpressionError as problem:
        return str(problem)
    if expression.repeats or expression.functions & WITH_CLOCK:
        return "Een vraag kan niet van de dag of de tijd afhangen. Gebruik alleen waarden van het zaaktype."
    return expression
