"""The case type that follows on a result: it exists, is a case type, and has a place for each value that goes along.

Looked at from both sides, so that neither can be changed into something that no longer fits the other.
"""

from dataclasses import dataclass

from engine.errors import ExpressionError
from engine.expressions import compile_expression
from engine.lint.subject import Findings, Subject, error, warning
from engine.model import Mapped, Model, ResultType, Value
from engine.words import FollowTo, ValueType

FACTS = {
    "case.number": ValueType.TEXT, "case.type": ValueType.TEXT, "case.channel": ValueType.TEXT, "case.received_on": ValueType.DATE,
    "case.registered_on": ValueType.DATE, "decision.announced_on": ValueType.DATE, "decision.taken_on": ValueType.DATE,
    "decision.department": ValueType.TEXT, "decision.missing": ValueType.BOOLEAN, "decision.late": ValueType.BOOLEAN,
    "decision.several": ValueType.BOOLEAN,
}  # fmt: skip
PLACES: dict[str, Value] = {  # places in the case that follows which are no values of it
    str(place): Value(place, place, ValueType.DATE if place.endswith("_on") else ValueType.TEXT) for place in FollowTo
}
OF_ITS_CASE = frozenset({ValueType.PARTY, ValueType.DECISION, ValueType.FILE})


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of an expression that is one name."""

    type: str
    list: bool = False
    choices: frozenset[str] = frozenset()


def follows(subject: Subject) -> Findings:
    """Findings about the case types that follow on the results of this drawing."""
    model = subject.model
    for kind in model.result_types.values():
        if kind.maps and kind.follow is None:
            message = f"Resultaat `{kind.code}` geeft waarden mee, maar er volgt geen zaak op. Vul follow in."
            yield error(model.process, "map-without-follow", message)
        elif kind.follow and (subject.library or kind.follow == model.process):
            target = model if kind.follow == model.process else subject.library.get(kind.follow)
            yield from _target(model.process, kind, model, target)


def followed(subject: Subject) -> Findings:
    """Findings about the values that other case types, which are in use, give along to a case of this one."""
    for other in subject.library.values():
        for kind in other.result_types.values():
            if kind.follow == subject.model.process and other.process != subject.model.process:
                yield from _target(subject.model.process, kind, other, subject.model)


def _target(place: str, kind: ResultType, source: Model, target: Model | None) -> Findings:
    if target is None:  # no error: two case types may follow each other, and one of them comes first
        message = f"Het zaaktype `{str(kind.follow)[:60]}` is er nog niet. Neem het in gebruik, of verbeter de naam."
        yield warning(place, "unknown-process", message)
    elif target.case_type is None:
        message = f"Op `{kind.code}` van `{source.process}` volgt `{target.process}`, maar dat is geen zaaktype."
        yield error(place, "follow-no-case-type", f"{message} Kies een zaaktype.")
    else:
        for one in kind.maps:
            yield from _map(place, one, source, target)


def _map(place: str, one: Mapped, source: Model, target: Model) -> Findings:
    there, here = target.values.get(one.to) or PLACES.get(one.to), _kind(one.value, source)
    told = f"`{source.process}` geeft `{one.value[:60]}` mee aan `{one.to}` van `{target.process}`"
    if there is None:
        message = f"{told}, maar die waarde is er niet. Voeg daar case:value toe, of verbeter de code."
        yield error(place, "follow-unknown-value", message)
    elif there.type in OF_ITS_CASE or (here and here.type in OF_ITS_CASE):
        message = f"{told}. Een partij, besluit of bestand hoort bij zijn eigen zaak en kan niet mee. Haal dit weg."
        yield error(place, "follow-wrong-type", message)
    elif here and not _fits(here, there):
        message = f"{told}, maar daar hoort {there.type}{' (een lijst)' if there.list else ''}. Maak beide gelijk."
        yield error(place, "follow-wrong-type", message)


def _kind(text: str, source: Model) -> Kind | None:
    """The type of an expression that is one name; None for any other, whose type shows only when a case ends."""
    try:
        names = compile_expression(text).names
    except ExpressionError:
        return None
    name = text.strip().removeprefix("=").strip()
    if name not in names:
        return None
    value = source.values.get(name)
    if value is None:
        known = "date" if name.startswith("deadline.") else FACTS.get(name)
        return Kind(known) if known else None
    return Kind(value.type, value.list, frozenset(choice.value for choice in value.choices))


def _fits(here: Kind, there: Value) -> bool:
    if here.list and not there.list:  # one value may go to a list
        return False
    if there.type == ValueType.CHOICE:
        return here.type == ValueType.CHOICE and here.choices <= {choice.value for choice in there.choices}
    return here.type == there.type or (here.type, there.type) == (ValueType.CHOICE, ValueType.TEXT)
