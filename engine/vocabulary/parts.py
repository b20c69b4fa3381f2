"""The parts of the vocabulary: an attribute, a setting (`Shape`), the pages that show them, and the elements they stand on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.vocabulary.kinds import TextKind
from engine.words import ElementKind

PROCESS = frozenset({"process"})
LANE = frozenset({"lane"})
INSIDE: frozenset[str] = frozenset()  # stands in another setting only
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
NODES = ACTIVITIES | EVENTS | GATEWAYS
# a task without a kind and one that is done by hand are done by a person, who says so when it is done
READ_AS: Mapping[str, ElementKind] = {
    ElementKind.TASK: ElementKind.USER_TASK,
    ElementKind.MANUAL_TASK: ElementKind.USER_TASK,
}


class PageGroup(StrEnum):
    """The pages on which an administrator finds the settings, by their Dutch title, in the order of the menu."""

    GENERAL = "Algemeen"
    STATUSES = "Statussen"
    TERMS = "Termijnen"
    REQUESTS = "Verzoeken en herinneringen"
    POST = "Brieven en mails"
    FORMS = "Formulieren"
    DOCUMENTS = "Documentsoorten"
    RESULTS = "Resultaten en bewaren"
    PEOPLE = "Rollen en taken"
    BUTTONS = "Knoppen en intrekken"


class Reference(StrEnum):
    """The things that an attribute may name, so that a page can offer those that there are.

    A word that is the name of a setting means the codes that this setting declares in the same drawing.
    """

    DEADLINE = "deadline"
    DOCUMENT_TYPE = "documentType"
    RESULT_TYPE = "resultType"
    PARTY = "party"
    BUTTON = "onDemand"
    VALUE = "value"
    ELEMENT = "element"  # the id of a flow node
    LANE = "lane"  # the id of a lane
    MESSAGE = "message"  # the name of a BPMN message of the drawing
    PROCESS = "process"  # another drawing of this installation
    MAIL = "mail"  # a file in mails/, without `.txt`
    FORM = "form"  # a file in forms/
    LAW_RULE = "lawRule"
    RETENTION_RULE = "retentionRule"
    OPERATION = "operation"  # one of those that docs/bpmn-profile.md names
    RECIPIENT = "recipient"  # a word of Recipient, or the code of a party
    FILE_FORMAT = "format"
    TASK_ROLE = "role"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute. `field`: its name in `engine.model`; `label` and `help`: its Dutch name, and what people will see of it.

    `default` is what counts when it is not there, as it would be written; `options` are the words that a page offers:
    for a choice there are no others.
    """

    kind: TextKind
    field: str
    label: str
    help: str
    required: bool = False
    default: str = ""
    refers: Reference | None = None
    suggests: tuple[StrEnum, ...] = ()

    @property
    def options(self) -> tuple[StrEnum, ...]:
        return self.kind.options or self.suggests


@dataclass(frozen=True, slots=True)
class Shape:
    """One setting. `hosts`: local names of what it stands on, none for one that only stands in another; `children`: what may
    stand in it; `many`: it may stand there more than once; `text`: it holds a text and nothing else.

    `exactly_one`: of these attributes there must be one and no more. `titled`: the attribute that names it on a list.
    `translated`: the attributes and texts in it that citizens or departments read, which may be there in another language too.
    """

    hosts: frozenset[str]
    label: str
    help: str
    group: PageGroup
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    children: tuple[str, ...] = ()
    many: bool = False
    text: bool = False
    exactly_one: tuple[str, ...] = ()
    titled: str = ""
    translated: tuple[str, ...] = ()


def hosts_of(shape: Shape) -> tuple[str, ...]:
    """Every element that the setting may stand on, those too that are read as another."""
    return tuple(sorted({*shape.hosts, *(drawn for drawn, read_as in READ_AS.items() if read_as in shape.hosts)}))


def must(kind: TextKind, field: str, label: str, help: str, refers: Reference | None = None) -> Attribute:
    """An attribute that has to be there."""
    return Attribute(kind, field, label, help, required=True, refers=refers)


def may(
    kind: TextKind,
    field: str,
    label: str,
    help: str,
    default: str = "",
    refers: Reference | None = None,
    suggests: tuple[StrEnum, ...] = (),
) -> Attribute:
    """An attribute that may be left out."""
    return Attribute(kind, field, label, help, default=default, refers=refers, suggests=suggests)
