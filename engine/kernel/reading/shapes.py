"""Every setting that a drawing may carry: on what it stands, its attributes, and what may stand inside.

The table is the profile: an element or attribute that is not here is refused. Python names are those of the
dataclasses in `engine.model`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.kernel.reading.kinds import (
    Kind,
    code,
    commas,
    days,
    duration,
    expression,
    flag,
    number,
    one_of,
    place,
    process,
    text,
    words,
)
from engine.words import (
    Answers,
    ButtonShown,
    Confidentiality,
    Confirmation,
    Counting,
    DeadlineVerb,
    ElementKind,
    FactDay,
    LinkTo,
    MainCaseRule,
    Occasion,
    Procedure,
    SeenBy,
    Side,
    ValueType,
)

CONFIDENTIALITY = one_of(*Confidentiality)
PROCEDURE = one_of(*Procedure)
CALENDAR = one_of(*Counting)
VALUE_TYPE = one_of(*ValueType)
ACTIVITIES = frozenset(
    {
        ElementKind.USER_TASK,
        ElementKind.SERVICE_TASK,
        ElementKind.SEND_TASK,
        ElementKind.RECEIVE_TASK,
        ElementKind.CALL_ACTIVITY,
        ElementKind.SUB_PROCESS,
    }
)
EVENTS = frozenset(
    {
        ElementKind.START_EVENT,
        ElementKind.END_EVENT,
        ElementKind.INTERMEDIATE_CATCH_EVENT,
        ElementKind.INTERMEDIATE_THROW_EVENT,
        ElementKind.BOUNDARY_EVENT,
    }
)
GATEWAYS = frozenset(
    {
        ElementKind.EXCLUSIVE_GATEWAY,
        ElementKind.PARALLEL_GATEWAY,
        ElementKind.INCLUSIVE_GATEWAY,
        ElementKind.EVENT_BASED_GATEWAY,
    }
)
# a task without a kind and one that is done by hand are done by a person, who says so when it is done
READ_AS: Mapping[str, ElementKind] = {
    ElementKind.TASK: ElementKind.USER_TASK,
    ElementKind.MANUAL_TASK: ElementKind.USER_TASK,
}
NODES = ACTIVITIES | EVENTS | GATEWAYS
PROCESS = frozenset({"process"})


@dataclass(frozen=True, slots=True)
class Attribute:
    kind: Kind
    field: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """`hosts`: local names of what it stands on; `many`: it may stand there more than once."""

    hosts: frozenset[str]
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    children: frozenset[str] = frozenset()
    many: bool = False
    text: bool = False


def _need(kind: Kind, name: str) -> Attribute:
    return Attribute(kind, name, required=True)


def _may(kind: Kind, name: str) -> Attribute:
    return Attribute(kind, name)


VALUE = {
    "code": _need(code, "code"),
    "title": _need(text, "title"),
    "type": _need(VALUE_TYPE, "type"),
    "list": _may(flag, "list"),
}
CHOICES = frozenset({"choice"})

SHAPES: Mapping[str, Shape] = {
    "caseType": Shape(
        PROCESS,
        {
            "identification": _need(process, "identification"),
            "title": _need(text, "title"),
            "prefix": _need(text, "prefix"),
            "synonyms": _may(commas, "synonyms"),
            "confidentiality": _may(CONFIDENTIALITY, "confidentiality"),
            "portal": _may(flag, "portal"),
            "publishedFrom": _may(text, "published_from"),
            "departmentClosesAfter": _may(duration, "department_closes_after"),
            "selectielijst": _may(text, "selectielijst"),
            "supplement": _may(process, "supplement"),
            "procedure": _may(PROCEDURE, "procedure"),
            "mainCase": _may(one_of(*MainCaseRule), "main_case"),
        },
    ),
    "party": Shape(
        PROCESS,
        {
            "code": _need(code, "code"),
            "title": _need(text, "title"),
            "initiator": _may(flag, "initiator"),
            "confidential": _may(flag, "confidential"),
        },
        many=True,
    ),
    "value": Shape(PROCESS, {**VALUE, "confidential": _may(flag, "confidential")}, CHOICES, many=True),
    "input": Shape(PROCESS, {**VALUE, "optional": _may(flag, "optional")}, CHOICES, many=True),
    "output": Shape(PROCESS, VALUE, CHOICES, many=True),
    "choice": Shape(frozenset(), {"value": _need(text, "value"), "title": _need(text, "title")}, many=True),
    "deadline": Shape(
        PROCESS,
        {
            "code": _need(code, "code"),
            "title": _need(text, "title"),
            "rule": _may(text, "rule"),
            "variant": _may(expression, "variant"),
            "duration": _may(days, "duration"),
            "length": _may(expression, "length"),
            "perDay": _may(expression, "per_day"),
            "atMost": _may(expression, "at_most"),
            "calendar": _may(CALENDAR, "calendar"),
            "from": _may(expression, "start_from"),
            "warnings": _may(words(days), "warnings"),
        },
        many=True,
    ),
    "documentType": Shape(
        PROCESS,
        {
            "code": _need(code, "code"),
            "name": _need(text, "name"),
            "confidentiality": _may(CONFIDENTIALITY, "confidentiality"),
            "seenBy": _may(words(one_of(*SeenBy)), "seen_by"),
            "formats": _may(words(code), "formats"),
            "maxMegabytes": _may(number, "max_megabytes"),
            "citizenMayAdd": _may(flag, "citizen_may_add"),
            "archive": _may(flag, "archive"),
        },
        many=True,
    ),
    "resultType": Shape(
        PROCESS,
        {
            "code": _need(code, "code"),
            "description": _need(text, "description"),
            "retention": _need(text, "retention"),
            "follow": _may(process, "follow"),
        },
        frozenset({"retention", "map"}),
        many=True,
    ),
    "retention": Shape(frozenset(), {"rule": _need(text, "rule"), "when": _need(expression, "when")}, many=True),
    "map": Shape(frozenset(), {"value": _need(expression, "value"), "to": _need(place, "to")}, many=True),
    "onDemand": Shape(
        PROCESS,
        {
            "code": _need(code, "code"),
            "label": _need(text, "label"),
            "when": _may(one_of(*ButtonShown), "when"),
            "process": _may(process, "process"),
            "message": _may(text, "message"),
        },
        frozenset({"documentRequest"}),
        many=True,
    ),
    "withdrawal": Shape(
        PROCESS,
        {
            "by": _need(words(one_of(Side.CITIZEN, Side.WORKER)), "by"),
            "until": _need(text, "until"),
            "confirm": _may(one_of(*Confirmation), "confirm"),
            "result": _need(code, "result"),
            "mail": _may(text, "mail"),
        },
        frozenset({"status"}),
    ),
    "role": Shape(
        frozenset({"lane"}),
        {
            "side": _need(one_of(*Side), "side"),
            "party": _may(code, "party"),
            "link": _may(one_of(*LinkTo), "link"),
            "generic": _may(text, "generic"),
        },
    ),
    "status": Shape(
        NODES,
        {
            "code": _need(code, "code"),
            "name": _need(text, "name"),
            "order": _need(number, "order"),
            "visible": _may(flag, "visible"),
            "notify": _may(flag, "notify"),
        },
        frozenset({"explanation", "next"}),
    ),
    "explanation": Shape(frozenset(), text=True),
    "next": Shape(frozenset(), text=True),
    "deadlineAction": Shape(
        NODES,
        {
            "deadline": _need(code, "deadline"),
            "action": _need(one_of(*DeadlineVerb), "action"),
            "ground": _may(text, "ground"),
            "at": _may(one_of(*Occasion), "at"),
            "until": _may(expression, "until"),
            "on": _may(one_of(*FactDay), "on"),
            "day": _may(code, "day"),
        },
        many=True,
    ),
    "documentRequest": Shape(
        frozenset({ElementKind.CALL_ACTIVITY}),
        {
            "department": _need(expression, "department"),
            "term": _need(duration, "term"),
            "calendar": _may(CALENDAR, "calendar"),
            "mail": _need(text, "mail"),
            "partyFields": _may(words(text), "party_fields"),
            "withFiled": _may(flag, "with_filed"),
        },
        frozenset({"document"}),
    ),
    "document": Shape(
        frozenset(),
        {
            "type": _need(code, "type"),
            "description": _need(text, "description"),
            "required": _may(flag, "required"),
        },
        many=True,
    ),
    "mail": Shape(
        frozenset({ElementKind.SEND_TASK, ElementKind.INTERMEDIATE_THROW_EVENT, ElementKind.END_EVENT}),
        {
            "template": _need(text, "template"),
            "to": _need(code, "to"),
            "formal": _may(flag, "formal"),
            "documentType": _may(code, "document_type"),
            "enclose": _may(words(code), "enclose"),
        },
    ),
    "service": Shape(
        frozenset({ElementKind.SERVICE_TASK}), {"operation": _need(code, "operation")}, frozenset({"parameter"})
    ),
    "parameter": Shape(frozenset(), {"name": _need(text, "name"), "value": _need(expression, "value")}, many=True),
    "form": Shape(
        frozenset({ElementKind.START_EVENT, ElementKind.USER_TASK}),
        {
            "schema": _need(text, "schema"),
            "filedAs": _may(text, "filed_as"),
            "documentType": _may(code, "document_type"),
        },
    ),
    "assignment": Shape(
        frozenset({ElementKind.USER_TASK}),
        {
            "role": _need(code, "role"),
            "notSameAs": _may(text, "not_same_as"),
            "notDecider": _may(flag, "not_decider"),
            "notParty": _may(code, "not_party"),
            "mandate": _may(flag, "mandate"),
            "body": _may(code, "body"),
            "takenBy": _may(code, "taken_by"),
            "takenOn": _may(code, "taken_on"),
            "leadTime": _may(duration, "lead_time"),
            "calendar": _may(CALENDAR, "calendar"),
            "answers": _may(one_of(*Answers), "answers"),
            "also": _may(words(code), "also"),
        },
    ),
    "result": Shape(frozenset({ElementKind.END_EVENT}), {"type": _may(code, "type"), "value": _may(code, "value")}),
}
