"""A drawing compiled once per deployed version: specs that every instance shares and nothing changes.

Bytes and the settings read from them go in, a Compiled comes out. Raises UnreadableModel or ExpressionError.
"""

# ruff: noqa: ARG002 - the hooks of the library are its private methods, and their signatures are given
# mypy: disable-error-code="misc,no-any-return,no-untyped-call"
# (the library has no types)

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.parser import event_parsers, task_parsers
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import first, full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.data_spec import DataObject
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import ErrorEventDefinition, SignalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition, TerminateEventDefinition

from engine.errors import EngineError, ExpressionError, UnreadableModel
from engine.expressions import compile_expression, parse_timer
from engine.kernel import events, joins, loops, nodes
from engine.kernel.safe_xml import parse_xml
from engine.model import Element, Model
from engine.words import ElementKind, EventKind, TimerKind

KNOWN_EVENTS = (
    NoneEventDefinition,
    TerminateEventDefinition,
    events.ElementTimer,
    MessageEventDefinition,
    SignalEventDefinition,
    ErrorEventDefinition,
)


@dataclass(frozen=True, eq=False)
class Compiled:
    model: Model
    spec: Any
    subprocesses: Mapping[str, Any]


def compile_model(drawing: bytes, model: Model) -> Compiled:
    parser = Parser()
    try:
        parser.add_bpmn_xml(parse_xml(drawing))
        spec = parser.get_spec(model.process)
        subprocesses = parser.get_subprocess_specs(model.process)
    except ValidationException as error:
        # the library wraps what our own parsers raise; the sentence of the cause is the better one
        cause = error.__context__
        if isinstance(cause, EngineError):
            raise cause from None
        where = f"Onderdeel {error.id} klopt niet: controleer zijn pijlen en instellingen." if error.id else ""
        raise UnreadableModel(where) from error
    for process in (spec, *subprocesses.values()):
        _finish(process, model)
    return Compiled(model, spec, subprocesses)


def _finish(process: Any, model: Model) -> None:
    for spec in process.task_specs.values():
        if isinstance(spec, nodes.Node):
            spec.ways = tuple(way for way in spec.outputs if way is not process.end)
            spec.arrows = nodes.arrows_to(spec.ways)
            spec.instance = spec.name.endswith(" [child]")
            for condition, _ in getattr(spec, "cond_task_specs", ()):
                if condition is not None:
                    _check(spec, condition.args[0])
            _refuse(spec, model.elements.get(spec.bpmn_id or ""))


def _refuse(spec: Any, element: Element | None) -> None:
    """Raises UnreadableModel for an element that would wait for ever, or that does not say what to do."""
    if isinstance(spec, nodes.ServiceTask) and (element is None or element.service is None):
        raise UnreadableModel(f"Geef servicetaak {spec.bpmn_id} een bewerking (case:service).")
    if isinstance(spec, events.EventGateway):
        if not all(_can_race(way) for way in spec.outputs):
            raise UnreadableModel(f"Zet na {spec.bpmn_id} alleen gebeurtenissen die op iets wachten.")
        return
    definition = getattr(spec, "event_definition", None)
    if definition is not None and type(definition) not in KNOWN_EVENTS:
        raise UnreadableModel(f"Gebeurtenis {spec.bpmn_id} is van een soort die we niet kennen.")


def _can_race(way: Any) -> bool:
    return isinstance(way, events.Catching) and not isinstance(way.event_definition, NoneEventDefinition)


def _check(spec: Any, text: str) -> None:
    try:
        compile_expression(text)
    except ExpressionError as error:
        raise ExpressionError(f"({spec.bpmn_id})", *error.args) from error


class Plain(TaskParser):
    """Data associations of the drawing are notes for people: the facts come from outside. (In the library a reference
    that leads nowhere keeps the parser busy for ever.)
    """

    def parse_incoming_data_references(self) -> list[Any]:
        return []

    def parse_outgoing_data_references(self) -> list[Any]:
        return []

    def parse_io_spec(self) -> None:
        return None


class ActivityParser(Plain):
    """Boundary events hang in a Guard, loops are ours."""

    STANDARD_LOOP_CLASS = loops.ConditionLoop
    PARALLEL_MI_CLASS = loops.ParallelLoop
    SEQUENTIAL_MI_CLASS = loops.SequentialLoop

    def _add_boundary_event(self, children: list[Any]) -> Any:
        guard = events.Guard(self.spec, f"{self.bpmn_id}.BoundaryEventSplit", lane=self.task.lane)
        guard.connect(self.task)
        for event in children:
            guard.connect(self.process_parser.parse_node(event))
        return guard


class SubProcessParser(ActivityParser, task_parsers.SubWorkflowParser):
    pass


class CallParser(ActivityParser, task_parsers.CallActivityParser):
    pass


class SendParser(ActivityParser, event_parsers.SendTaskParser):
    pass


class ReceiveParser(ActivityParser, event_parsers.ReceiveTaskParser):
    pass


class TimerParser(Plain, event_parsers.EventDefinitionParser):
    """A timer is named by its element and holds our own rule."""

    def parse_timer_event(self, event: Any) -> events.ElementTimer:
        for kind in TimerKind:
            node = first(self.xpath(f".//bpmn:{kind}"))
            if node is not None:
                return events.ElementTimer(self.bpmn_id, self._rule(node.text or "", kind))
        raise UnreadableModel(f"Geef timer {self.bpmn_id} een datum, een duur of een herhaling.")

    def _rule(self, text: str, kind: TimerKind) -> Any:
        try:
            return parse_timer(text, kind)
        except ExpressionError as error:
            raise ExpressionError(f"({self.bpmn_id})", *error.args) from error


class StartParser(TimerParser, event_parsers.StartEventParser):
    pass


class CatchParser(TimerParser, event_parsers.IntermediateCatchEventParser):
    pass


class BoundaryParser(TimerParser, event_parsers.BoundaryEventParser):
    pass


class ThrowParser(Plain, event_parsers.IntermediateThrowEventParser):
    pass


class GatewayParser(Plain, task_parsers.GatewayParser):
    pass


class ConditionParser(Plain, task_parsers.ConditionalGatewayParser):
    pass


class RaceParser(Plain, event_parsers.EventBasedGatewayParser):
    pass


class EndParser(Plain, event_parsers.EndEventParser):
    def create_task(self) -> Any:
        definition = self.get_event_definition(
            [
                event_parsers.MESSAGE_EVENT_XPATH,
                event_parsers.SIGNAL_EVENT_XPATH,  # the library forgets it here
                event_parsers.ERROR_EVENT_XPATH,
                event_parsers.TERMINATION_EVENT_XPATH,
            ]
        )
        task = self._create_task(definition)
        task.connect(self.spec.end)
        return task


class OneProcess(ProcessParser):
    """Start events stay side by side: whoever starts an instance chooses one."""

    def parse_data_object(self, obj: Any) -> Any:
        return DataObject(obj.get("id"))

    def add_tasks(self) -> None:
        starts = self.xpath("./bpmn:startEvent")
        if not starts:
            raise UnreadableModel(f"Geef {self.bpmn_id} een startgebeurtenis.")
        for node in starts:
            self.parse_node(node)


class Parser(BpmnParser):
    """Knows the elements of the profile and no others: no script ever runs."""

    def _add_messages(self, bpmn: Any) -> None:
        self.messages |= _named(bpmn, EventKind.MESSAGE)

    def _add_signals(self, bpmn: Any) -> None:
        self.signals |= _named(bpmn, EventKind.SIGNAL)

    def _add_data_stores(self, bpmn: Any) -> None:
        """Leaves data stores out: they mean nothing here, and the library refuses each one that it has no class for."""

    def _add_correlations(self, bpmn: Any) -> None:
        """A message is meant for one case already."""

    PROCESS_PARSER_CLASS = OneProcess
    PARSER_CLASSES = {  # noqa: RUF012 - the library's own shape
        full_tag(ElementKind.START_EVENT): (StartParser, events.StartEvent),
        full_tag(ElementKind.END_EVENT): (EndParser, events.EndEvent),
        full_tag(ElementKind.USER_TASK): (ActivityParser, nodes.UserTask),
        full_tag(ElementKind.TASK): (ActivityParser, nodes.UserTask),
        full_tag(ElementKind.MANUAL_TASK): (ActivityParser, nodes.UserTask),
        full_tag(ElementKind.SERVICE_TASK): (ActivityParser, nodes.ServiceTask),
        full_tag(ElementKind.SEND_TASK): (SendParser, events.SendTask),
        full_tag(ElementKind.RECEIVE_TASK): (ReceiveParser, events.ReceiveTask),
        full_tag(ElementKind.CALL_ACTIVITY): (CallParser, nodes.CallActivity),
        full_tag(ElementKind.SUB_PROCESS): (SubProcessParser, nodes.SubProcess),
        full_tag(ElementKind.EXCLUSIVE_GATEWAY): (ConditionParser, nodes.ExclusiveGateway),
        full_tag(ElementKind.PARALLEL_GATEWAY): (GatewayParser, joins.ParallelGateway),
        full_tag(ElementKind.INCLUSIVE_GATEWAY): (ConditionParser, joins.InclusiveGateway),
        full_tag(ElementKind.EVENT_BASED_GATEWAY): (RaceParser, events.EventGateway),
        full_tag(ElementKind.INTERMEDIATE_CATCH_EVENT): (CatchParser, events.CatchEvent),
        full_tag(ElementKind.INTERMEDIATE_THROW_EVENT): (ThrowParser, events.ThrowEvent),
        full_tag(ElementKind.BOUNDARY_EVENT): (BoundaryParser, events.BoundaryEvent),
    }


def _named(bpmn: Any, tag: str) -> dict[str, str]:
    """Names by id; the id itself where the drawing gives no name."""
    return {node.get("id"): node.get("name") or node.get("id") for node in bpmn.iter(full_tag(tag))}
