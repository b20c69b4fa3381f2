"""Small drawings from lines of text, and a player that saves and loads between any two steps.

Lines: `start s`, `user a`, `user a * 3` (multi-instance, `*1` one by one), `xor x`, `and p`, `or o`, `race g`, `call c other`,
`catch w timeDate 2026-05-01`, `catch w message hello`, `boundary b a timeCycle R/P7D` (`boundary! b ...` interrupts),
`end e`, `terminate t`, `fail f code` (an error end), `sub s {` ... `}`; flows: `a > b > c`, `x > a if cond`, `x > b else`.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from engine.kernel.running import advance, compile_model, start, start_alone
from engine.model import CaseType, Element, Model, Service
from engine.steps import Cancel, Complete, Fire, Lapse, Refresh, Send, TaskClosed, TaskOpened

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CODES = {"error": ' errorCode="{}"'}
KINDS = {
    "start": "startEvent",
    "user": "userTask",
    "task": "task",
    "service": "serviceTask",
    "send": "sendTask",
    "call": "callActivity",
    "receive": "receiveTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "race": "eventBasedGateway",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "throw!": "intermediateThrowEvent",  # its message is kept until somebody waits for it
    "boundary": "boundaryEvent",
    "boundary!": "boundaryEvent",
    "end": "endEvent",
    "terminate": "endEvent",
    "fail": "endEvent",
    "sub": "subProcess",
}


class Drawing:
    def __init__(self, text, settings=None, process="proces"):
        self.process, self.settings = process, settings or {}
        self.elements, self.names, self.flows = {}, {}, 0
        lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
        body = self.block(lines)
        heads = "".join(
            f'<bpmn:{kind} id="{kind}_{name}" name="{name}"{CODES.get(kind, "").format(name)}/>'
            for kind, name in self.names
        )
        self.xml = (
            f'<bpmn:definitions xmlns:bpmn="{BPMN}" targetNamespace="t">{heads}'
            f'<bpmn:process id="{process}" isExecutable="true">{body}</bpmn:process></bpmn:definitions>'
        ).encode()

    def block(self, lines):
        nodes, flows, defaults = [], [], {}
        while lines:
            line = lines.pop(0)
            if line == "}":
                break
            if " > " in line:
                flows += self.flow(line, defaults)
            else:
                nodes.append(self.node(line, lines))
        return "".join(
            node.replace("\1", f" default={quoteattr(defaults[key])}" if key in defaults else "") for key, node in nodes
        ) + "".join(flows)

    def flow(self, line, defaults):
        path, _, condition = line.partition(" if ")
        default = path.endswith(" else")
        names = path.removesuffix(" else").split(" > ")
        made = []
        for source, target in pairwise(names):
            self.flows += 1
            key = f"f{self.flows}"
            if default:
                defaults[source] = key
            inner = f"<bpmn:conditionExpression>{escape(condition)}</bpmn:conditionExpression>" if condition else ""
            made.append(
                f'<bpmn:sequenceFlow id="{key}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'
            )
        return made

    def node(self, line, lines):
        words = line.split(" ")
        kind, key, rest = words[0], words[1], words[2:]
        attributes, inner = "", ""
        if kind.startswith("boundary"):
            attributes = f' attachedToRef="{rest.pop(0)}" cancelActivity="{str(kind.endswith("!")).lower()}"'
        if kind == "call":
            attributes += f' calledElement="{rest.pop(0) if rest else "other"}"'
        if kind == "sub":
            rest.remove("{")
            inner = self.block(lines)
        inner += self.detail(kind, rest)
        if kind == "receive":
            attributes += f' messageRef="message_{rest[1]}"'
            inner = ""
        tag = KINDS[kind]
        extra = dict(self.settings.get(key, {}))
        if kind == "throw!":
            extra["keep"] = True
        if kind == "service":
            extra.setdefault("service", Service("note"))
        self.elements[key] = Element(key, tag, **extra)
        return key, f'<bpmn:{tag} id="{key}" name={quoteattr(key.upper())}{attributes}\1>{inner}</bpmn:{tag}>'

    def detail(self, kind, rest):
        if kind == "terminate":
            return "<bpmn:terminateEventDefinition/>"
        if kind == "fail":
            rest = ["error", *rest]
        if not rest:
            return ""
        what, text = rest[0], " ".join(rest[1:])
        if what in ("timeDate", "timeDuration", "timeCycle"):
            return f"<bpmn:timerEventDefinition><bpmn:{what}>{escape(text)}</bpmn:{what}></bpmn:timerEventDefinition>"
        if what in ("message", "signal", "error"):
            self.names[what, text] = True
            return (
                f'<bpmn:{what}EventDefinition {what}Ref="{what}_{text}"/>' if text else f"<bpmn:{what}EventDefinition/>"
            )
        if what == "while":
            return f"<bpmn:standardLoopCharacteristics><bpmn:loopCondition>{escape(text)}</bpmn:loopCondition></bpmn:standardLoopCharacteristics>"
        assert what in ("*", "*1", "*in"), rest
        text, _, until = text.partition(" until ")
        until = f"<bpmn:completionCondition>{escape(until)}</bpmn:completionCondition>" if until else ""
        inner = f"<bpmn:loopDataInputRef>{text}</bpmn:loopDataInputRef>" if what == "*in" else ""
        inner = inner or f"<bpmn:loopCardinality>{escape(text)}</bpmn:loopCardinality>"
        sequential = str(what == "*1").lower()
        name = "multiInstanceLoopCharacteristics"
        return f'<bpmn:{name} isSequential="{sequential}">{inner}{until}</bpmn:{name}>'

    @property
    def model(self):
        empty = {}
        return Model(
            self.process, self.process, CaseType("t", "T", "T"), empty, empty, empty, empty, empty, empty, None, empty, empty,
            self.elements,
        )  # fmt: skip

    def compiled(self):
        return compile_model(self.xml, self.model)


class Play:
    """One instance. Compiles afresh for every step unless told not to: nothing may hide in the process."""

    def __init__(self, text, facts=None, *, settings=None, start_event=None, now=NOW, fresh=True, alone=None):
        self.drawing = text if isinstance(text, Drawing) else Drawing(text, settings)
        self.facts, self.now, self.fresh = dict(facts or {}), now, fresh
        self.compiled = self.drawing.compiled()
        self.tasks, self.closed, self.log = [], [], []
        begun = start(self.compiled, self.facts, now, start_event=start_event) if alone is None else None
        self.take(begun or start_alone(self.compiled, alone, self.facts, now))

    def take(self, outcome):
        self.state, self.step = outcome.state, outcome.step
        self.effects = outcome.step.effects
        for effect in self.effects:
            if type(effect).__name__ in ("TaskOpened", "ServiceAsked", "ChildAsked", "EachAsked"):
                self.tasks.append((effect.task, effect.element))
            if isinstance(effect, TaskClosed) or type(effect).__name__ in ("ChildDropped", "ServiceDropped"):
                self.tasks = [t for t in self.tasks if t[0] != effect.task]
        self.log += self.effects
        return self

    def do(self, command, **facts):
        self.facts |= facts
        compiled = self.drawing.compiled() if self.fresh else self.compiled
        return self.take(advance(compiled, self.state, command, self.facts, self.now))

    def done(self, element, **facts):
        task = next(t for t in self.tasks if t[1] == element)
        self.do(Complete(task[0]), **facts)
        self.tasks = [t for t in self.tasks if t != task]
        return self

    def lapse(self, element, event):
        """Nobody answered a task that was asked of each: the event on its border ended the last of them."""
        task = next(t for t in self.tasks if t[1] == element)
        return self.do(Lapse(task[0], event))

    def send(self, name, **facts):
        return self.do(Send(name), **facts)

    def fire(self, **later):
        self.now += timedelta(**later)
        return self.do(Fire())

    def refresh(self, **facts):
        return self.do(Refresh(), **{name.replace("__", "."): value for name, value in facts.items()})

    def cancel(self):
        return self.do(Cancel())

    @property
    def open(self):
        return sorted(element for _, element in self.tasks)

    @property
    def said(self):
        return [say(effect) for effect in self.effects]

    def count(self, word):
        return Counter(say(effect) for effect in self.log)[word]


def say(effect):
    """An effect as two words."""
    name = type(effect).__name__
    if isinstance(effect, TaskClosed):
        return f"{'cancelled' if effect.cancelled else 'closed'} {effect.element}"
    verbs = {
        "Passed": f"passed {effect.element}",
        "StatusReached": f"status {getattr(effect, 'status', None) and effect.status.code}",
        "DeadlineTouched": f"deadline {getattr(effect, 'action', None) and effect.action.action}",
        "MailAsked": f"mail {effect.element}",
        "ServiceAsked": f"service {effect.element}",
        "ChildAsked": f"child {effect.element}",
        "EachAsked": f"each {effect.element}",
        "Lapsed": f"lapsed {effect.element}",
        "ChildDropped": f"dropped {effect.element}",
        "ServiceDropped": f"dropped {effect.element}",
        "ResultReached": f"result {getattr(effect, 'type', None)}",
    }
    return f"opened {effect.element}" if isinstance(effect, TaskOpened) else verbs[name]
