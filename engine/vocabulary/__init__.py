"""The vocabulary of drawings: every `case:` setting, its attributes, and the Dutch words in which people read of them.

It is the one table. The reader and the linter of drawings read from it, and from it are made the fields of the pages, the
descriptor of the editor (`moddle_descriptor`) and the tables of docs/bpmn-profile.md. An element or attribute that
is not here is refused. The order of `SHAPES` and of the attributes is the order in which a drawing is written.
"""

from collections.abc import Mapping

from engine.vocabulary.case_type import BUTTONS, CASE_TYPE, CHECKLIST, ENDS, PROCEDURE, RESULTS
from engine.vocabulary.course import CALENDAR, DEADLINE_ACTIONS, STATUSES, TERMS
from engine.vocabulary.kinds import KindName, TextKind
from engine.vocabulary.moddle import descriptor_of
from engine.vocabulary.parts import (
    ACTIVITIES,
    EVENTS,
    GATEWAYS,
    NODES,
    READ_AS,
    Attribute,
    PageGroup,
    Reference,
    Shape,
    hosts_of,
)
from engine.vocabulary.people import LANES, PARTIES, SERVICES, SESSIONS, TASKS
from engine.vocabulary.post import DOCUMENT_TYPES, KEEPING, POST, REQUESTS
from engine.vocabulary.translations import TRANSLATED_OF_ELEMENT, TRANSLATIONS
from engine.vocabulary.values import FORMS, OUTPUTS, VALUES
from engine.vocabulary.words import ELEMENTS, OPTIONS, option_word

__all__ = [
    "ACTIVITIES",
    "CALENDAR",
    "CASE",
    "ELEMENTS",
    "EVENTS",
    "GATEWAYS",
    "NODES",
    "OPTIONS",
    "PROCEDURE",
    "READ_AS",
    "SHAPES",
    "TRANSLATED_OF_ELEMENT",
    "Attribute",
    "KindName",
    "PageGroup",
    "Reference",
    "Shape",
    "TextKind",
    "hosts_of",
    "moddle_descriptor",
    "option_word",
    "shapes_on",
]

CASE = "urn:zaakspoor:bpmn:1.0"
SHAPES: Mapping[str, Shape] = {
    **CASE_TYPE,
    **PARTIES,
    **VALUES,
    **TERMS,
    **DOCUMENT_TYPES,
    **RESULTS,
    **BUTTONS,
    **CHECKLIST,
    **OUTPUTS,
    **LANES,
    **FORMS,
    **TASKS,
    **SESSIONS,
    **REQUESTS,
    **SERVICES,
    **POST,
    **KEEPING,
    **ENDS,
    **STATUSES,
    **DEADLINE_ACTIONS,
    **TRANSLATIONS,
}


def shapes_on(host: str) -> tuple[str, ...]:
    """The settings that fit an element with this local name (`userTask`, `process`, `lane`), in their order."""
    read_as = READ_AS.get(host, host)
    return tuple(name for name, shape in SHAPES.items() if read_as in shape.hosts)


def moddle_descriptor() -> dict[str, object]:
    """The settings as bpmn-js has to know them to keep them: see `engine.vocabulary.moddle`."""
    return descriptor_of(SHAPES, CASE)
