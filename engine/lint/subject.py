"""The input of every rule: one case type folder, read, with its graph and the names that facts may have.

A rule is a function from a Subject to findings. `step` and `back` follow flows, and from an activity to the boundary
events on it; they stay inside one scope, for flows that cross are refused by a rule of their own. `onward` and `before` do the
same through the borders of subprocesses: what a case meets on its way, and what it met.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from engine.drawing import Drawing, DrawnNode, SequenceFlow
from engine.form_parts import asked_of_each
from engine.lint.onward import onward_links
from engine.model import Element, Finding, Folder, LegalTerm, Model, Value
from engine.vocabulary import NODES
from engine.words import ElementKind, Severity, ValueType

ANSWERS = "answers."  # before a code: what everybody answered, as a list
ITEM = "item"  # what one of several is for: an input of what is called, a name in its document request
T = TypeVar("T")
Findings = Iterator[Finding]
Links = Mapping[str, tuple[str, ...]]

LONGEST_ID = 200  # a page shows it; no tool makes longer ones
CASE_FACTS = ("case.number", "case.type", "case.received_on", "case.registered_on", "case.channel")
DECISION_FACTS = (
    "decision.announced_on",
    "decision.taken_on",
    "decision.department",
    "decision.missing",
    "decision.late",
    "decision.several",
)
REQUEST_FACTS = ("request.due", "request.department", "request.delivered", "request.refused", "request.asked_at")
DAY_FACTS = (
    "case.received_on",
    "case.registered_on",
    "decision.announced_on",
    "decision.taken_on",
    "request.due",
    "request.asked_at",
    "withdrawal.received_on",  # in mails alone
    "part.announced_on",
    "part.release_on",
)
PART_FACTS = ("part.number", "part.announced_on", "part.release_on")  # of a process that takes a part decision
PARTS_FACTS = ("parts.open",)  # of a case type: its part decisions that still go on
PARALLEL = frozenset({ElementKind.PARALLEL_GATEWAY, ElementKind.INCLUSIVE_GATEWAY})
DAYS = frozenset({ValueType.DATE, ValueType.DATETIME})
THROWS = frozenset({ElementKind.END_EVENT, ElementKind.INTERMEDIATE_THROW_EVENT, ElementKind.SEND_TASK})
WAITS = frozenset(
    {
        ElementKind.USER_TASK,
        ElementKind.RECEIVE_TASK,
        ElementKind.CALL_ACTIVITY,
        ElementKind.INTERMEDIATE_CATCH_EVENT,
        ElementKind.EVENT_BASED_GATEWAY,
        ElementKind.BOUNDARY_EVENT,
    }
)


@dataclass(frozen=True, slots=True)
class Subject:
    folder: Folder
    model: Model
    drawing: Drawing
    library: Mapping[str, Model]
    law_rules: Mapping[str, LegalTerm] | None
    retention_rules: Collection[str] | None
    formats: Collection[str] | None
    outgoing: Mapping[str, tuple[SequenceFlow, ...]] = field(default_factory=dict)
    incoming: Mapping[str, tuple[SequenceFlow, ...]] = field(default_factory=dict)
    boundaries: Links = field(default_factory=dict)
    step: Links = field(default_factory=dict)
    back: Links = field(default_factory=dict)
    onward: Links = field(default_factory=dict)
    before: Links = field(default_factory=dict)

    @property
    def values(self) -> Mapping[str, Value]:
        """Declared values; for a called process its inputs and outputs are values too."""
        return {**self.model.inputs, **self.model.outputs, **self.model.values}

    @property
    def answers(self) -> frozenset[str]:
        """The names of what everybody answered to a task with `answers="each"`."""
        return frozenset(
            f"{ANSWERS}{code}" for codes in asked_of_each(self.folder, self.model).values() for code in codes
        )

    @property
    def facts(self) -> frozenset[str]:
        """Every name that an expression may read."""
        names = {*self.values, *CASE_FACTS, *DECISION_FACTS, *(f"deadline.{code}" for code in self.model.deadlines)}
        names |= self.answers
        if self.model.case_type:
            return frozenset(names.union(PARTS_FACTS))
        takes_part = any(one.service and one.service.operation == "begin_part" for one in self.model.elements.values())
        return frozenset(names.union(REQUEST_FACTS, PART_FACTS if takes_part else ()))

    @property
    def days(self) -> frozenset[str]:
        """The names of an expression or text that hold one day or moment."""
        dated = {code for code, value in self.values.items() if value.type in DAYS and not value.list}
        terms = (f"deadline.{code}{end}" for code in self.model.deadlines for end in ("", ".resumed"))
        return frozenset(dated.union(DAY_FACTS, terms))

    @property
    def nodes(self) -> Mapping[str, DrawnNode]:
        return self.drawing.nodes

    def elements(self) -> Iterable[Element]:
        return self.model.elements.values()

    def of_kind(self, *kinds: str) -> Iterator[DrawnNode]:
        return (node for node in self.nodes.values() if node.kind in kinds)

    def begins(self) -> list[str]:
        """Where a case begins: not the begins of subprocesses."""
        return [node.id for node in self.of_kind(ElementKind.START_EVENT) if node.scope == self.drawing.process]

    def splits(self) -> Iterator[DrawnNode]:
        """Parallel and inclusive gateways that send a token along more than one flow."""
        return (node for node in self.of_kind(*PARALLEL) if len(self.outgoing.get(node.id, ())) > 1)

    def foreign(self, node: str) -> bool:
        """Whether the node is of a kind that we do not run: that is one finding and enough, and other rules let it pass."""
        return self.nodes[node].kind not in NODES

    def is_join(self, node: str) -> bool:
        return self.nodes[node].kind in PARALLEL and len(self.incoming.get(node, ())) > 1


def build_subject(
    folder: Folder,
    model: Model,
    drawing: Drawing,
    library: Mapping[str, Model],
    law_rules: Mapping[str, LegalTerm] | None = None,
    retention_rules: Collection[str] | None = None,
    formats: Collection[str] | None = None,
) -> Subject:
    """Follow every flow once, so that the rules need not."""
    inside = [
        flow
        for flow in drawing.flows.values()
        if flow.source in drawing.nodes
        and flow.target in drawing.nodes
        and drawing.nodes[flow.source].scope == drawing.nodes[flow.target].scope
    ]
    attached = [node for node in drawing.nodes.values() if node.attached_to in drawing.nodes]
    links = [(flow.source, flow.target) for flow in inside]
    links += [(str(node.attached_to), node.id) for node in attached]
    course = list(onward_links(drawing.nodes, inside, WAITS))
    return Subject(
        folder=folder,
        model=model,
        drawing=drawing,
        library=library,
        law_rules=law_rules,
        retention_rules=retention_rules,
        formats=formats,
        outgoing=_group((flow.source, flow) for flow in inside),
        incoming=_group((flow.target, flow) for flow in inside),
        boundaries=_group((str(node.attached_to), node.id) for node in attached),
        step=_group(links),
        back=_group((target, source) for source, target in links),
        onward=_group(course),
        before=_group((target, source) for source, target in course),
    )


def reach(starts: Iterable[str], links: Links, *, stop: Callable[[str], bool] = lambda _node: False) -> set[str]:
    """Every node on the way from `starts`, these included; nodes where `stop` holds are entered but not left."""
    seen = set(starts)
    todo = list(seen)
    while todo:
        node = todo.pop()
        if stop(node):
            continue
        fresh = [target for target in links.get(node, ()) if target not in seen]
        seen.update(fresh)
        todo.extend(fresh)
    return seen


def error(element: str, code: str, message: str) -> Finding:
    return Finding(element[:LONGEST_ID], Severity.ERROR, code, message)


def warning(element: str, code: str, message: str) -> Finding:
    return Finding(element[:LONGEST_ID], Severity.WARNING, code, message)


def called_by(node: DrawnNode) -> str:
    """The name of this element in a finding: its own name, or else its id, in quotes and at most 60 characters."""
    return f"'{(node.name or node.id)[:60]}'"


def _group(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for key, item in pairs:
        found[key].append(item)
    return {key: tuple(items) for key, items in found.items()}
