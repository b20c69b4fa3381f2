"""A case type folder in a few lines of text, and one that has no findings.

A line is an element (`kind Id attributes :: settings ;; BPMN inside`), a flow (`A > B`, `A > B ? condition`,
`A >> B` for the default), or the bounds of a subprocess (`subProcess Id {` and `}`).
"""

import json
import re
from dataclasses import dataclass, replace

from engine.model import Folder

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/x" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:case="urn:zaakspoor:bpmn:1.0" id="Definitions">'
)
FLOW = re.compile(r"(\S+) (>>?) (\S+)(?: \? (.*))?")


@dataclass(frozen=True)
class Sketch:
    settings: str
    body: str
    lane: str
    outside: str
    forms: dict
    mails: dict
    process: str = 'id="proef" name="Proef" isExecutable="true"'
    diagram: bool = True

    def folder(self) -> Folder:
        forms = {name: text.encode() for name, text in self.forms.items()}
        mails = {name: text.encode() for name, text in self.mails.items()}
        return Folder("proef", self.drawing().encode(), forms, mails)

    def drawing(self) -> str:
        lines = [line.strip() for line in self.body.splitlines() if line.strip()]
        defaults = dict(match.group(1, 3) for line in lines if (match := FLOW.fullmatch(line)) and match[2] == ">>")
        inside = "".join(_line(line, defaults) for line in lines)
        ids = re.findall(r"<bpmn:(?!sequenceFlow|message|signal|error)\w+ id=\"([^\"]+)\"", inside)
        refs = "".join(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in ids)
        lanes = (
            f'<bpmn:laneSet><bpmn:lane id="Lane" name="Baan">{_extension(self.lane)}{refs}</bpmn:lane></bpmn:laneSet>'
        )
        process = f"<bpmn:process {self.process}>{_extension(self.settings)}{lanes}{inside}</bpmn:process>"
        return f"{HEAD}{process}{self.outside}{self._picture(ids, inside)}</bpmn:definitions>"

    def _picture(self, ids, inside):
        if not self.diagram:
            return ""
        shapes = "".join(
            f'<bpmndi:BPMNShape bpmnElement="{node}"><dc:Bounds x="{150 * at}" y="0" width="100" height="80"/>'
            "</bpmndi:BPMNShape>"
            for at, node in enumerate(ids)
        )
        flows = re.findall(r"<bpmn:sequenceFlow id=\"([^\"]+)\"", inside)
        points = '<di:waypoint x="0" y="0"/><di:waypoint x="1" y="1"/>'
        edges = "".join(f'<bpmndi:BPMNEdge bpmnElement="{flow}">{points}</bpmndi:BPMNEdge>' for flow in flows)
        return f"<bpmndi:BPMNDiagram><bpmndi:BPMNPlane>{shapes}{edges}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"

    def changed(self, part: str, old: str, new: str) -> "Sketch":
        """With one text replaced in one part; the old text must be there."""
        before = getattr(self, part)
        if isinstance(before, dict):
            assert any(old in text for text in before.values()), old
            return replace(self, **{part: {name: text.replace(old, new) for name, text in before.items()}})
        assert old in str(before), old
        return replace(self, **{part: before.replace(old, new)})


def _line(line: str, defaults: dict) -> str:
    if line == "}":
        return "</bpmn:subProcess>"
    if flow := FLOW.fullmatch(line):
        source, _, target, condition = flow.groups()
        inner = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
        ends = f'sourceRef="{source}" targetRef="{target}"'
        return f'<bpmn:sequenceFlow id="{source}_{target}" {ends}>{inner}</bpmn:sequenceFlow>'
    rest, _, raw = line.partition(" ;; ")
    rest, _, settings = rest.partition(" :: ")
    opens = rest.endswith("{")
    kind, name, *attributes = rest.removesuffix("{").strip().split(" ", 2)
    default = f' default="{name}_{defaults[name]}"' if name in defaults else ""
    start = f'<bpmn:{kind} id="{name}"{default} {" ".join(attributes)}>{_extension(settings)}{raw}'
    return start if opens else f"{start}</bpmn:{kind}>"


def _extension(settings: str) -> str:
    return f"<bpmn:extensionElements>{settings}</bpmn:extensionElements>" if settings else ""


def form(*components: dict) -> str:
    return json.dumps({"type": "default", "components": list(components)})


SETTINGS = """
<case:caseType identification="proef" title="Proef" prefix="PRF" procedure="bezwaar" publishedFrom="Receipt" supplement="vraag"/>
<case:value code="grounds" title="Redenen" type="text"/>
<case:value code="route" title="Route" type="choice">
 <case:choice value="kort" title="Kort"/><case:choice value="lang" title="Lang"/>
</case:value>
<case:value code="verdict" title="Oordeel" type="choice"><case:choice value="good" title="Goed"/></case:value>
<case:value code="department" title="Afdeling" type="text"/>
<case:value code="why_long" title="Waarom lang" type="text"/>
<case:value code="people" title="Mensen" type="text" list="true"/>
<case:deadline code="decide" title="Beslissen" rule="awb-7-10" variant="'committee' if route == 'lang' else 'standard'"
  from="decision.announced_on" warnings="P14D P7D"/>
<case:documentType code="letter" name="Brief"/>
<case:resultType code="good" description="Goed" retention="13.1" follow="beroep">
 <case:retention rule="13.1.1" when="route == 'lang'"/><case:map value="grounds" to="before"/>
</case:resultType>
<case:onDemand code="more" label="Meer stukken" process="vraag">
 <case:documentRequest department="department" term="P10D" mail="vraag"/>
</case:onDemand>
<case:onDemand code="longer" label="Verlengen" message="longer"/>
<case:withdrawal by="citizen worker" until="Decide" result="good" mail="brief">
 <case:status code="withdrawn" name="Ingetrokken" order="90"/>
</case:withdrawal>
"""
LANE = '<case:role side="committee"/>'
OUTSIDE = '<bpmn:message id="M1" name="longer"/><bpmn:error id="E1" name="mis"/>'
BODY = """
startEvent Begin :: <case:form schema="start.json"/><case:deadlineAction deadline="decide" action="start"/><case:status code="received" name="Ontvangen" order="10"/>
sendTask Receipt :: <case:mail template="brief" to="parties" formal="true" documentType="letter"/>
exclusiveGateway Again
userTask Work :: <case:form schema="work.json"/><case:assignment role="worker"/>
boundaryEvent Remind attachedToRef="Work" cancelActivity="false" ;; <bpmn:timerEventDefinition><bpmn:timeCycle>repeat(deadline.decide, days(7))</bpmn:timeCycle></bpmn:timerEventDefinition>
sendTask Reminder :: <case:mail template="brief" to="department" documentType="letter"/>
endEvent Reminded
boundaryEvent Longer attachedToRef="Work" cancelActivity="false" ;; <bpmn:messageEventDefinition messageRef="M1"/>
userTask Extend :: <case:form schema="work.json"/><case:deadlineAction deadline="decide" action="extend" at="leave"/>
sendTask Extended :: <case:mail template="brief" to="parties" formal="true" documentType="letter"/>
endEvent Longered
exclusiveGateway Choose
parallelGateway Split
callActivity Ask calledElement="vraag" :: <case:documentRequest department="department" term="P10D" mail="vraag"><case:document type="letter" description="Brief"/></case:documentRequest>
userTask Phone ;; <bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>len(people)</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>
parallelGateway Join
subProcess Hear {
startEvent HearBegin
userTask Hearing :: <case:form schema="work.json"/>
endEvent HearEnd
HearBegin > Hearing
Hearing > HearEnd
}
exclusiveGateway Merge
serviceTask Publish :: <case:service operation="publish"><case:parameter name="documentType" value="'letter'"/></case:service>
intermediateCatchEvent Pause ;; <bpmn:timerEventDefinition><bpmn:timeDuration>P14D</bpmn:timeDuration></bpmn:timerEventDefinition>
userTask Decide :: <case:form schema="work.json"/><case:assignment role="worker" notSameAs="Work"/><case:status code="deciding" name="Beslissen" order="20"/>
sendTask Tell :: <case:deadlineAction deadline="decide" action="meet" on="sent"/><case:mail template="brief" to="parties" formal="true" documentType="letter"/>
endEvent Done :: <case:result value="verdict"/><case:status code="done" name="Klaar" order="30"/>
Begin > Receipt
Receipt > Again
Again > Work
Remind > Reminder
Reminder > Reminded
Longer > Extend
Extend > Extended
Extended > Longered
Work > Choose
Choose > Again ? empty(grounds)
Choose > Split ? route == 'lang'
Choose >> Merge
Split > Ask
Split > Phone
Ask > Join
Phone > Join
Join > Hear
Hear > Merge
Merge > Publish
Publish > Pause
Pause > Decide
Decide > Tell
Tell > Done
"""
BODY = BODY.replace(  # a task by telephone has a form too; it would make that line unreadable
    "userTask Phone ;;", 'userTask Phone :: <case:form schema="work.json"/> ;;'
)
FORMS = {
    "start.json": form(
        {"type": "text", "text": "Vertel."},
        {"type": "textarea", "key": "grounds", "label": "Redenen"},
        {"type": "checklist", "key": "people", "label": "Mensen"},
    ),
    "work.json": form(
        {"type": "radio", "key": "route", "label": "Route", "values": [{"value": "kort"}, {"value": "lang"}]},
        {"type": "select", "key": "verdict", "label": "Oordeel"},
        {"type": "department", "key": "department", "label": "Afdeling", "documentType": "letter"},
        {
            "type": "textarea",
            "key": "why_long",
            "label": "Waarom lang",
            "description": "Alleen bij de lange route.",
            "conditional": {"hide": "=route != 'lang'"},
        },
    ),
}
MAILS = {
    "brief.txt": "Onderwerp: Zaak {{ case.number }}\n\nBeste {{ recipient.name | upper }},\n{% if grounds %}x{% endif %}\n{{ remedy.bezwaar }}\n",
    "vraag.txt": "Onderwerp: Stukken\n\nUiterlijk {{ request.due | promise }}.\n",
}
ACCEPTED = Sketch(SETTINGS, BODY, LANE, OUTSIDE, FORMS, MAILS)
