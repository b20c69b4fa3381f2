"""A drawing of somebody else as a plain graph that the steps of adopting change, and what they say of it.

`scope` is the id of the subprocess in which something stands, empty at the top; `pool` the process that it came from. Ids are those of
the file until `names` gives readable ones.
"""

from collections import UserDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from engine.words import ElementKind


class OnlyDrawn(StrEnum):
    """Words of BPMN files that this engine does not run: kinds of events, and parts of a file that are no step."""

    NONE = "none"
    CANCEL = "cancel"
    LINK = "link"
    SEQUENCE_FLOW = "sequenceFlow"
    ANNOTATION = "textAnnotation"
    ASSOCIATION = "association"
    SHAPE = "BPMNShape"
    EDGE = "BPMNEdge"


CATCHES = frozenset({ElementKind.INTERMEDIATE_CATCH_EVENT, ElementKind.BOUNDARY_EVENT})
THROWS = frozenset({ElementKind.INTERMEDIATE_THROW_EVENT, ElementKind.END_EVENT, ElementKind.SEND_TASK})
GATEWAYS = frozenset(
    {
        ElementKind.EXCLUSIVE_GATEWAY,
        ElementKind.PARALLEL_GATEWAY,
        ElementKind.INCLUSIVE_GATEWAY,
        ElementKind.EVENT_BASED_GATEWAY,
        ElementKind.COMPLEX_GATEWAY,
    }
)
TASKS = frozenset(
    {
        ElementKind.TASK,
        ElementKind.USER_TASK,
        ElementKind.MANUAL_TASK,
        ElementKind.SCRIPT_TASK,
        ElementKind.BUSINESS_RULE_TASK,
        ElementKind.SERVICE_TASK,
        ElementKind.SEND_TASK,
        ElementKind.RECEIVE_TASK,
        ElementKind.CALL_ACTIVITY,
    }
)
SCOPES = frozenset({ElementKind.SUB_PROCESS, ElementKind.TRANSACTION, ElementKind.AD_HOC_SUB_PROCESS})
COMPENSATION, EVENT_SUBPROCESS = "compensatie", "gebeurtenis-deelproces"
EVENTS = frozenset(
    {
        ElementKind.START_EVENT,
        ElementKind.END_EVENT,
        ElementKind.INTERMEDIATE_CATCH_EVENT,
        ElementKind.INTERMEDIATE_THROW_EVENT,
        ElementKind.BOUNDARY_EVENT,
    }
)
NAMELESS: dict[str, str] = {
    **dict.fromkeys(GATEWAYS, "een gateway"), **dict.fromkeys(TASKS, "een taak"), **dict.fromkeys(SCOPES, "een deelproces"),
    **dict.fromkeys(EVENTS, "een gebeurtenis"), ElementKind.START_EVENT: "een begin", ElementKind.END_EVENT: "een einde",
}  # fmt: skip
NODES = GATEWAYS | TASKS | SCOPES | EVENTS


@dataclass(slots=True)
class ForeignEvent:
    """`kind`: the local name without `EventDefinition`; `timer`: timeDate, timeDuration or timeCycle with its `text`."""

    kind: str
    timer: str = ""
    text: str = ""
    name: str = ""


@dataclass(slots=True)
class ForeignNode:
    id: str
    kind: str
    name: str = ""
    scope: str = ""
    pool: str = ""
    lane: str = ""
    events: list[ForeignEvent] = field(default_factory=list)
    attached_to: str = ""
    interrupting: bool = True
    default: str = ""
    words: str = ""  # what its maker wrote about it
    repeated: str = ""  # how: multi, sequential or loop
    aside: str = ""  # why it is not part of the course: COMPENSATION or EVENT_SUBPROCESS
    called: str = ""  # the process that a call activity names
    asks: list["AskedWay"] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)  # by the name of the setting, its XML


@dataclass(slots=True)
class ForeignFlow:
    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""


class Flows(UserDict[str, ForeignFlow]):
    """Arrows by id, in the order of the file, found by their ends too. An end is changed by `lead` alone."""

    def __init__(self, flows: Mapping[str, ForeignFlow] = MappingProxyType({})) -> None:
        self._by_ends: tuple[dict[str, list[ForeignFlow]], dict[str, list[ForeignFlow]]] | None = None
        super().__init__(flows)

    def __setitem__(self, key: str, flow: ForeignFlow) -> None:
        self._by_ends = None
        super().__setitem__(key, flow)

    def __delitem__(self, key: str) -> None:
        self._by_ends = None
        super().__delitem__(key)

    def out(self, node: str) -> list[ForeignFlow]:
        return list(self._ends()[0].get(node, ()))

    def into(self, node: str) -> list[ForeignFlow]:
        return list(self._ends()[1].get(node, ()))

    def lead(self, flow: ForeignFlow, *, source: str = "", target: str = "") -> None:
        """Give an arrow another beginning or end."""
        flow.source, flow.target = source or flow.source, target or flow.target
        self._by_ends = None

    def _ends(self) -> tuple[dict[str, list[ForeignFlow]], dict[str, list[ForeignFlow]]]:
        if self._by_ends is None:
            self._by_ends = ({}, {})
            for flow in self.values():
                self._by_ends[0].setdefault(flow.source, []).append(flow)
                self._by_ends[1].setdefault(flow.target, []).append(flow)
        return self._by_ends


@dataclass(slots=True)
class AskedWay:
    """A question on a form: which way to go. `several`: more than one way may be taken."""

    code: str
    title: str
    options: list[tuple[str, str]]  # code, words
    several: bool = False


@dataclass(slots=True)
class ForeignPool:
    id: str  # of its process
    name: str
    lanes: list[tuple[str, str]] = field(default_factory=list)  # id, name; innermost lanes


@dataclass(frozen=True, slots=True)
class AdoptingQuestion:
    """Something that a person has to say. `options`: code and words, the first is the proposal; none: a text is asked, `proposal` stands in it."""

    code: str
    element: str
    sentence: str
    options: tuple[tuple[str, str], ...] = ()
    proposal: str = ""


@dataclass(slots=True)
class ForeignGraph:
    name: str = ""
    nodes: dict[str, ForeignNode] = field(default_factory=dict)
    flows: Flows = field(default_factory=Flows)
    pools: dict[str, ForeignPool] = field(default_factory=dict)
    messages: list[tuple[str, str, str]] = field(default_factory=list)  # from, to (node or pool), name
    mended: list[str] = field(default_factory=list)  # sentences: what was changed, and what is not in the new drawing
    questions: list[AdoptingQuestion] = field(default_factory=list)
    buttons: dict[str, str] = field(default_factory=dict)  # the name of a message and the words on its button
    answers: dict[str, str] = field(default_factory=dict)  # to questions, by code

    def out(self, node: str) -> list[ForeignFlow]:
        return self.flows.out(node)

    def into(self, node: str) -> list[ForeignFlow]:
        return self.flows.into(node)

    def inside(self, scope: str) -> list[ForeignNode]:
        return [node for node in self.nodes.values() if node.scope == scope]

    def scopes(self) -> Iterator[str]:
        yield ""
        yield from (node.id for node in list(self.nodes.values()) if node.kind in SCOPES)

    def say(self, sentence: str) -> None:
        sentence = sentence[:1].upper() + sentence[1:]
        if sentence not in self.mended:
            self.mended.append(sentence)

    def ask(self, question: AdoptingQuestion) -> str:
        """The answer: what was given, else the proposal."""
        if all(one.code != question.code for one in self.questions):
            self.questions.append(question)
        given = self.answers.get(question.code, "")
        known = [code for code, _ in question.options]
        if known:
            return given if given in known else known[0]
        return given or question.proposal

    def fresh(self, wanted: str) -> str:
        """An id that is free: of a new node or flow."""
        taken = self.nodes.keys() | self.flows.keys()
        return next(name for name in (wanted, *(f"{wanted}_{n}" for n in range(2, 100_000))) if name not in taken)

    def add(self, kind: str, wanted: str, like: ForeignNode, name: str = "") -> ForeignNode:
        """A new node in the scope and lane of another."""
        node = ForeignNode(self.fresh(wanted), kind, name, like.scope, like.pool, like.lane)
        self.nodes[node.id] = node
        return node

    def link(self, source: str, target: str, name: str = "", condition: str = "") -> ForeignFlow:
        flow = ForeignFlow(self.fresh(f"{source}_{target}"), source, target, name, condition)
        self.flows[flow.id] = flow
        return flow

    def drop(self, node: str) -> None:
        """A node with everything in it, on it and its arrows."""
        gone = {node}
        while True:
            more = {one.id for one in self.nodes.values() if one.scope in gone or one.attached_to in gone} - gone
            if not more:
                break
            gone |= more
        self.nodes = {key: one for key, one in self.nodes.items() if key not in gone}
        kept = (one for one in self.flows.values() if one.source not in gone and one.target not in gone)
        self.flows = Flows({one.id: one for one in kept})
        self.messages = [one for one in self.messages if not gone & set(one[:2])]

    def words_of(self, node: ForeignNode) -> str:
        """Its name in quotes, or what it is when it has none: ids of other tools say nothing to a person."""
        return f"'{node.name[:60]}'" if node.name else f"{NAMELESS.get(node.kind, 'een stap')} zonder naam"

    def called(self, kind: str, node: ForeignNode) -> str:
        """The same with the kind before a name, as in `gateway 'Akkoord?'`."""
        return f"{kind} {self.words_of(node)}" if node.name else self.words_of(node)
