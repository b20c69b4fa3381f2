"""One model per rule: the accepted one with one text changed, and the finding that must come out."""

from dataclasses import replace

import pytest
from kit.sketches import ACCEPTED, Sketch, form

from engine import compile_model, read_model
from engine.lint import lint
from engine.model import Finding, LegalTerm

LAW = {
    "awb-7-10": LegalTerm(("bezwaar",), ("standard", "committee"), extends=True, consents=True),
    "awb-8-83": LegalTerm(("bezwaar", "voorlopige_voorziening")),
    "woo-4-4": LegalTerm(("woo",), extends=True),
}
RETENTION = {"13.1", "13.1.1"}
CALLED = Sketch(
    '<case:input code="department" title="Afdeling" type="text"/><case:output code="judged" title="Oordeel" type="text"/>',
    'startEvent A\nuserTask B :: <case:form schema="work.json"/>\nendEvent C\nA > B\nB > C',
    ACCEPTED.lane,
    "",
    {},
    {},
)
NEXT = CALLED.changed(
    "settings",
    "<case:input",
    '<case:caseType identification="beroep" title="Beroep" prefix="BRP"/><case:value code="before" title="Eerder" type="text"/>'
    '<case:value code="way" title="Weg" type="choice"><case:choice value="kort" title="Kort"/></case:value>'
    '<case:value code="own" title="Stuk" type="file"/><case:input',
)
LIBRARY = {name: read_model(one.drawing().encode()).model for name, one in (("vraag", CALLED), ("beroep", NEXT))}


def check(sketch: Sketch) -> list[Finding]:
    return lint(sketch.folder(), LIBRARY, law_rules=LAW, retention_rules=RETENTION)


def test_the_accepted_model_has_no_findings():
    assert check(ACCEPTED) == []


TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>P14D</bpmn:timeDuration></bpmn:timerEventDefinition>"
BLOCKS = "\n".join(
    f'parallelGateway S{n}\nparallelGateway J{n}\nuserTask A{n} :: <case:form schema="work.json"/>\n'
    f"S{n} > A{n}\nS{n} > J{n}\nA{n} > J{n}\n" + (f"J{n - 1} > S{n}" if n else "")
    for n in range(4)
)
PROCESS = "proef"
FOLLOWING = '<case:resultType code="good" description="Goed" retention="13.1" follow="beroep">'
FOLLOW = f"""{FOLLOWING}
 <case:retention rule="13.1.1" when="route == 'lang'"/><case:map value="grounds" to="before"/>
</case:resultType>"""
PUBLISHING = '<case:service operation="publish"><case:parameter name="documentType" value="\'letter\'"/></case:service>'
SUSPEND = '<case:deadlineAction deadline="decide" action="suspend" ground="awb-6-6"/>'
CONSENT = '<case:deadlineAction deadline="decide" action="consent" until="today()"/>'

OTHER_POOL = (
    '<bpmn:process id="other"><bpmn:task id="Pay"/></bpmn:process><bpmn:collaboration>'
    '<bpmn:participant id="P1" processRef="proef"/><bpmn:participant id="P2" processRef="other"/></bpmn:collaboration>'
)

# code, element, part of the sketch, text, its replacement
RULES = [
    # elements that cannot run
    ("not-executable", "Publish", "body", "serviceTask Publish", "scriptTask Publish"),
    ("not-executable", "Phone", "body", "userTask Phone", "businessRuleTask Phone"),
    ("message-missing", "Phone", "body", "userTask Phone", "receiveTask Phone"),
    ("message-missing", "Phone", "body", "userTask Phone", 'receiveTask Phone messageRef="M9"'),
    ("setting-misplaced", "Phone", "body", "userTask Phone", 'receiveTask Phone messageRef="M1"'),
    ("task-without-form", "Phone", "body", 'userTask Phone :: <case:form schema="work.json"/>', "manualTask Phone"),
    ("not-executable", "Phone", "body", "userTask Phone", "adHocSubProcess Phone"),
    ("not-executable", "Phone", "body", "userTask Phone", "transaction Phone"),
    ("not-executable", "Choose", "body", "exclusiveGateway Choose", "complexGateway Choose"),
    ("not-executable", "Hear", "body", "subProcess Hear {", 'subProcess Hear triggeredByEvent="true" {'),
    ("not-executable", "Pause", "body", TIMER, "<bpmn:linkEventDefinition/>"),
    ("not-executable", "Pause", "body", TIMER, "<bpmn:conditionalEventDefinition/>"),
    ("not-executable", "Pause", "body", f" ;; {TIMER}", ""),
    ("not-executable", "Pause", "body", TIMER, TIMER + TIMER),
    ("not-executable", "HearBegin", "body", "startEvent HearBegin", f"startEvent HearBegin ;; {TIMER}"),
    ("data-not-read", "D1", "body", "sendTask Tell", "dataObject D1\nsendTask Tell"),
    ("not-executable", "Phone", "body", "<bpmn:multiInstanceLoopCharacteristics>", "<bpmn:standardLoopCharacteristics/><bpmn:multiInstanceLoopCharacteristics>"),
    ("reserved-id", "Root", "body", "Publish", "Root"),
    ("reserved-id", "proef.EndJoin", "body", "Publish", "proef.EndJoin"),
    ("vendor-extension", "Tell", "body", "sendTask Tell", 'sendTask Tell camunda:asyncBefore="true"'),
    # the file
    ("process-not-executable", PROCESS, "process", 'isExecutable="true"', 'isExecutable="false"'),
    ("several-processes", "other", "outside", "<bpmn:message", '<bpmn:process id="other" isExecutable="true"/><bpmn:message'),
    ("several-pools", "", "outside", "<bpmn:message", f"{OTHER_POOL}<bpmn:message"),
    ("process-id", "other", "process", 'id="proef"', 'id="other"'),
    ("process-id", "Proef 1", "process", 'id="proef"', 'id="Proef 1"'),
    ("duplicate-id", "Tell", "body", "sendTask Tell", 'sendTask Tell :: <case:mail template="brief" to="parties"/>\nsendTask Tell'),
    # sessions of a committee
    ("session-misfit", "Work", "body", '<case:assignment role="worker"/>', '<case:assignment role="worker"/><case:session on="grounds"/>'),
    ("session-misfit", "Work", "body", '<case:assignment role="worker"/>', '<case:assignment role="worker"/><case:session on="nowhere" move="more"/>'),
    # structure
    ("dangling-flow", "Tell_Nowhere", "body", "Tell > Done", "Tell > Done\nTell > Nowhere"),
    ("dangling-flow", "Nowhere_Tell", "body", "Tell > Done", "Tell > Done\nNowhere > Tell"),
    ("dangling-boundary", "Remind", "body", 'Remind attachedToRef="Work"', 'Remind attachedToRef="Nowhere"'),
    ("dangling-boundary", "Remind", "body", 'Remind attachedToRef="Work"', 'Remind attachedToRef="Again"'),
    ("flow-crosses", "Decide_HearEnd", "body", "Decide > Tell", "Decide > Tell\nDecide > HearEnd"),
    ("no-start", PROCESS, "body", "startEvent Begin", "intermediateThrowEvent Begin"),
    ("no-start", "Hear", "body", "startEvent HearBegin", "intermediateThrowEvent HearBegin"),
    ("several-starts", "Second", "body", "Begin > Receipt", "startEvent Second\nSecond > Receipt\nBegin > Receipt"),
    ("flow-into-start", "Begin", "body", "Choose > Again", "Choose > Begin"),
    ("no-end", "Hear", "body", "endEvent HearEnd", "intermediateThrowEvent HearEnd"),
    ("flow-out-of-end", "Done", "body", "Tell > Done", "Tell > Done\nDone > Again"),
    ("unreachable", "Reminder", "body", "Remind > Reminder", "Reminder > Reminded"),
    ("no-way-to-end", "Begin", "body", "Tell > Done", "Tell > Again"),
    ("no-way-to-end", "Tell", "body", "Tell > Done", "Again > Done"),
    ("implicit-split", "Tell", "body", "Tell > Done", "Tell > Done\nTell > Again"),
    ("too-many-elements", PROCESS, "body", "Tell > Done", "Tell > Done\n" + "\n".join(f"endEvent X{n}" for n in range(300))),
    # gateways
    ("gateway-without-default", "Choose", "body", "Choose >> Merge", "Choose > Merge ? true"),
    ("condition-missing", "Choose_Split", "body", " ? route == 'lang'", ""),
    ("condition-misplaced", "Tell_Done", "body", "Tell > Done", "Tell > Done ? true"),
    ("default-with-condition", "Choose_Merge", "body", "Choose >> Merge", "Choose >> Merge ? true"),
    ("condition-broken", "Choose_Split", "body", "route == 'lang'", "route = 'lang'"),
    ("condition-broken", "Choose_Split", "body", "route == 'lang'", "__import__('os').system('id')"),
    ("condition-broken", "Choose_Split", "body", "route == 'lang'", "9**9**9"),
    ("condition-broken", "Choose_Split", "body", "route == 'lang'", "repeat(today(), days(1))"),
    ("unknown-name", "Choose_Split", "body", "route == 'lang'", "rout == 'lang'"),
    ("unknown-name", "Choose_Split", "body", "route == 'lang'", "deadline.other == today()"),
    ("unknown-name", "Choose_Split", "body", "route == 'lang'", "request.due == today()"),
    ("unknown-choice", "Choose_Split", "body", "route == 'lang'", "route == 'langs'"),
    ("unknown-choice", "Choose_Split", "body", "route == 'lang'", "route not in ['langs', 'kort']"),
    ("unknown-choice", PROCESS, "settings", "if route == 'lang'", "if 'langs' != route"),
    ("value-never-filled", "Choose_Again", "forms", '"grounds"', '"people"'),
    ("event-gateway", "Choose", "body", "exclusiveGateway Choose", "eventBasedGateway Choose"),
    ("parallel-joined-by-exclusive", "Join", "body", "parallelGateway Join", "exclusiveGateway Join"),
    ("exclusive-joined-by-parallel", "Merge", "body", "exclusiveGateway Merge", "parallelGateway Merge"),
    ("parallel-joined-by-exclusive", "Hear", "body", "Ask > Join\nPhone > Join\nJoin > Hear", "Ask > Hear\nPhone > Hear\nJoin > Hear"),
    ("can-get-stuck", "Join", "body", "Phone > Join", "exclusiveGateway Early\nPhone > Early\nEarly >> Join\nEarly > Done ? route == 'lang'"),
    ("parallel-loop-entry", "Again", "body", "exclusiveGateway Again", "parallelGateway Again"),
    ("too-many-parallel-blocks", "J2", "body", "Publish > Pause", f"{BLOCKS}\nPublish > S0\nJ3 > Pause"),
    ("loop-without-wait", "Again", "body", "userTask Work ::", 'sendTask Work :: <case:mail template="brief" to="parties"/>'),
    # timers and repeats
    ("timer-empty", "Pause", "body", "<bpmn:timeDuration>P14D</bpmn:timeDuration>", ""),
    ("timer-broken", "Pause", "body", "P14D", "14 dagen"),
    ("timer-broken", "Pause", "body", "P14D", "__import__('os')"),
    ("unknown-name", "Pause", "body", "P14D", "request.due"),
    ("cycle-misplaced", "Remind", "body", 'attachedToRef="Work" cancelActivity="false" ;; <bpmn:timer', 'attachedToRef="Work" ;; <bpmn:timer'),
    ("multi-instance-empty", "Phone", "body", "<bpmn:loopCardinality>len(people)</bpmn:loopCardinality>", ""),
    ("unknown-name", "Phone", "body", "len(people)", "len(nobody)"),
    ("unknown-name", "Phone", "body", "<bpmn:loopCardinality>len(people)</bpmn:loopCardinality>", "<bpmn:loopDataInputRef>route</bpmn:loopDataInputRef>"),
    # people and forms
    ("task-without-role", "Work", "lane", '<case:role side="committee"/>', ""),
    ("task-without-form", "Hearing", "body", 'Hearing :: <case:form schema="work.json"/>', "Hearing"),
    ("unknown-form", "Begin", "body", "start.json", "begin.json"),
    ("unknown-element", "Decide", "body", 'notSameAs="Work"', 'notSameAs="Nobody"'),
    ("committee-without-lane", PROCESS, "lane", "committee", "worker"),
    ("form-broken", "forms/start.json", "forms", '"components": [{"type": "text"', '"components": {"type": "text"'),
    ("form-unknown-component", "forms/start.json", "forms", "textarea", "iframe"),
    ("form-unknown-value", "forms/start.json", "forms", '"grounds"', '"reasons"'),
    ("form-type-mismatch", "forms/start.json", "forms", "textarea", "number"),
    ("form-without-label", "forms/start.json", "forms", ', "label": "Redenen"', ""),
    ("form-unknown-choice", "forms/work.json", "forms", '"kort"', '"anders"'),
    ("form-without-choices", "forms/start.json", "forms", '"textarea"', '"radio", "validate": {"required": true}'),
    ("unknown-document-type", "Begin", "body", 'schema="start.json"', 'schema="start.json" documentType="other"'),
    ("unknown-document-type", "forms/work.json", "forms", '"letter"', '"other"'),
    ("form-condition-broken", "forms/work.json", "forms", "=route != 'lang'", "=route = 'lang'"),
    ("form-condition-broken", "forms/work.json", "forms", "=route != 'lang'", "=today() == today()"),
    ("form-condition-broken", "forms/work.json", "forms", '"hide"', '"show"'),
    ("form-condition-unsaid", "forms/work.json", "forms", ', "description": "Alleen bij de lange route."', ""),
    ("unknown-name", "forms/work.json", "forms", "=route != 'lang'", "=rout != 'lang'"),
    ("unknown-name", "forms/work.json", "forms", "=route != 'lang'", "=decision.missing"),
    ("unknown-choice", "forms/work.json", "forms", "=route != 'lang'", "=route != 'langs'"),
    # mails
    ("mail-missing", "Tell", "body", "sendTask Tell ::", "sendTask Tell ;; <!-- -->"),
    ("unknown-mail", "Receipt", "body", 'template="brief"', 'template="anders"'),
    ("unknown-mail", PROCESS, "settings", 'mail="brief"', 'mail="anders"'),
    ("person-without-party", "Lane", "lane", 'side="committee"', 'side="department" link="person"'),
    ("person-without-party", "Lane", "lane", 'side="committee"', 'side="department" link="person" party="nobody"'),
    ("person-without-party", "Lane", "lane", 'side="committee"', 'side="worker" link="person" party="third_party"'),
    ("unknown-party", "Decide", "body", 'notSameAs="Work"', 'notSameAs="Work" notParty="nobody"'),
    ("unknown-recipient", "Receipt", "body", 'to="parties"', 'to="everybody"'),
    ("unknown-document-type", "Receipt", "body", 'documentType="letter"', 'documentType="other"'),
    ("unknown-document-type", "Receipt", "body", 'documentType="letter"', 'documentType="letter" enclose="letter other"'),
    ("enclosure-not-formal", "Reminder", "body", 'to="department" documentType', 'to="department" enclose="letter" documentType'),
    ("draft-not-formal", "Reminder", "body", 'to="department" documentType', 'to="department" edit="true" documentType'),
    ("mail-without-subject", "mails/brief.txt", "mails", "Onderwerp: Zaak", "Zaak"),
    ("mail-without-subject", "mails/brief.txt", "mails", "\n\nBeste", "\nBeste"),
    ("mail-empty", "mails/vraag.txt", "mails", "Uiterlijk {{ request.due | promise }}.", ""),
    ("letter-may-be-empty", "Receipt", "mails", "{% if grounds %}x{% endif %}", "{{ grounds }}"),
    ("letter-points-nowhere", "Receipt", "mails", "{% if grounds %}x{% endif %}", "{% documents letter %}"),
    ("letter-points-nowhere", "Receipt", "mails", "{% if grounds %}x{% endif %}", "{% documents nothing %}"),
    ("pointer-without-mark", "mails/brief.txt", "mails", "x{% endif %}", "x{% endif %} Zie bij Documenten."),
    ("one-decision-only", "mails/brief.txt", "mails", "x{% endif %}", "x{% endif %} Dit besluit van ons:\n{{ decisions }}"),
    ("promise-without-mark", "mails/vraag.txt", "mails", "| promise", "| date"),
    ("template-unknown-name", "mails/brief.txt", "mails", "case.number", "case.numbr"),
    ("template-unknown-name", "mails/brief.txt", "mails", "case.number", "request.due"),
    ("template-filter", "mails/brief.txt", "mails", "| upper", "| tojson"),
    ("template-filter-kind", "mails/brief.txt", "mails", "| upper", "| date"),
    ("template-filter-kind", "mails/vraag.txt", "mails", "| promise", "| lower | promise"),
    ("template-filter-kind", "Begin", "body", 'order="10"/>', 'order="10"><case:next>{{ grounds | date }}</case:next></case:status>'),
    ("translation-other-places", "Begin", "body", 'order="10"/>', 'order="10"><case:next>U hoort van ons.</case:next><case:translation lang="en" of="next" text="{{ grounds }}"/></case:status>'),
    ("relative-day", "mails/brief.txt", "mails", "x{% endif %}", "x{% endif %} Wij bellen u morgen."),
    ("relative-day", "Begin", "body", 'order="10"/>', 'order="10"><case:next>Wij bellen u deze week.</case:next></case:status>'),
    ("template-broken", "mails/brief.txt", "mails", "recipient.name", "recipient.name.upper()"),
    ("template-broken", "mails/brief.txt", "mails", "{% if grounds %}", "{% for x in range(9) %}"),
    ("template-broken", "mails/brief.txt", "mails", "{% endif %}", ""),
    ("template-broken", "mails/brief.txt", "mails", "{% endif %}", "{% endif %}{# x #}"),
    ("template-broken", "mails/brief.txt", "mails", "Onderwerp: Zaak", "Onderwerp: {% if grounds %}Zaak"),
    ("template-unknown-name", "Begin", "body", 'order="10"/>', 'order="10"><case:next>{{ nothing }}</case:next></case:status>'),
    # settings
    ("unknown-setting", "Begin", "body", '<case:form schema="start.json"/>', '<case:from schema="start.json"/>'),
    ("setting-misplaced", "Tell", "body", "sendTask Tell ::", 'sendTask Tell :: <case:form schema="work.json"/>'),
    ("unknown-attribute", "Decide", "body", 'notSameAs="Work"', 'sameAs="Work"'),
    ("missing-attribute", "Ask", "body", ' term="P10D" mail="vraag"><case:document ', ' mail="vraag"><case:document '),
    ("missing-attribute", PROCESS, "settings", 'prefix="PRF"', ""),
    ("bad-value", "Lane", "lane", "committee", "visitor"),
    ("bad-value", PROCESS, "settings", 'term="P10D"', 'term="10 dagen"'),
    ("bad-value", "Begin", "body", 'order="10"', 'order="tien"'),
    ("bad-value", PROCESS, "settings", 'from="decision.announced_on"', 'from="9**9**9"'),
    ("bad-value", PROCESS, "settings", 'code="grounds"', 'code="from"'),
    ("unknown-name", PROCESS, "settings", "decision.announced_on", "decision.announced"),
    ("duplicate-setting", "Begin", "body", '<case:form schema="start.json"/>', '<case:form schema="start.json"/>' * 2),
    ("duplicate-code", PROCESS, "settings", 'code="people"', 'code="grounds"'),
    ("duplicate-code", PROCESS, "settings", 'value="lang"', 'value="kort"'),
    ("choice-without-options", PROCESS, "settings", '<case:choice value="good" title="Goed"/>', ""),
    ("deadline-without-length", PROCESS, "settings", 'rule="awb-7-10"', 'rule="awb-7-10" duration="P6W"'),
    ("on-demand-without-target", PROCESS, "settings", 'label="Verlengen" message="longer"', 'label="Verlengen"'),
    ("service-missing", "Publish", "body", "serviceTask Publish ::", "serviceTask Publish ;; <!-- -->"),
    ("unknown-operation", "Publish", "body", 'operation="publish"', 'operation="shred"'),
    ("service-parameter", "Publish", "body", 'name="documentType"', 'name="kind"'),
    ("unknown-document-type", "Publish", "body", "'letter'", "'other'"),
    ("unknown-deadline", "Extend", "body", 'deadline="decide"', 'deadline="other"'),
    ("unknown-law-rule", PROCESS, "settings", "awb-7-10", "awb-7-11"),
    ("unknown-retention-rule", PROCESS, "settings", 'retention="13.1"', 'retention="99"'),
    ("unknown-retention-rule", PROCESS, "settings", FOLLOW, f'{FOLLOWING}<case:retention rule="99" when="true"/></case:resultType>'),
    ("unknown-name", PROCESS, "settings", FOLLOW, f'{FOLLOWING}<case:retention rule="13.1" when="ernstig"/></case:resultType>'),
    # what follows on a result
    ("checklist-point", PROCESS, "settings", FOLLOW, f'{FOLLOW}<case:checklistPoint code="who" title="{"x" * 301}"/>'),
    ("checklist-long", PROCESS, "settings", FOLLOW, FOLLOW + "".join(f'<case:checklistPoint code="c{at}" title="Punt {at}"/>' for at in range(41))),
    ("follow-no-case-type", PROCESS, "settings", 'follow="beroep"', 'follow="vraag"'),
    ("map-without-follow", PROCESS, "settings", FOLLOW, '<case:resultType code="good" description="Goed" retention="13.1"><case:map value="grounds" to="before"/></case:resultType>'),
    ("follow-unknown-value", PROCESS, "settings", FOLLOW, f'{FOLLOWING}<case:map value="grounds" to="later"/></case:resultType>'),
    ("follow-wrong-type", PROCESS, "settings", FOLLOW, f'{FOLLOWING}<case:map value="deadline.decide" to="before"/></case:resultType>'),
    ("follow-wrong-type", PROCESS, "settings", FOLLOW, f'{FOLLOWING}<case:map value="people" to="before"/></case:resultType>'),
    ("follow-wrong-type", PROCESS, "settings", FOLLOW, f'{FOLLOWING}<case:map value="route" to="way"/></case:resultType>'),
    ("follow-wrong-type", PROCESS, "settings", FOLLOW, f'{FOLLOWING}<case:map value="grounds" to="own"/></case:resultType>'),
    ("unknown-name", PROCESS, "settings", FOLLOW, f'{FOLLOWING}<case:map value="reden" to="before"/></case:resultType>'),
    ("unknown-relation", "Publish", "body", PUBLISHING, '<case:service operation="tell_related"><case:parameter name="kind" value="\'familie\'"/><case:parameter name="text" value="grounds"/></case:service>'),
    ("unknown-result-type", PROCESS, "settings", 'until="Decide" result="good"', 'until="Decide" result="bad"'),
    ("unknown-result-type", "Done", "body", '<case:result value="verdict"/>', '<case:result type="bad"/>'),
    ("unknown-result-type", "Done", "body", 'value="verdict"', 'value="route"'),
    ("unknown-value", "Done", "body", 'value="verdict"', 'value="grounds"'),
    ("unknown-element", PROCESS, "settings", 'until="Decide"', 'until="Nobody"'),
    ("unknown-element", PROCESS, "settings", 'publishedFrom="Receipt"', 'publishedFrom="Nobody"'),
    ("status-conflict", "Done", "body", 'code="done" name="Klaar"', 'code="deciding" name="Klaar"'),
    # calls and messages
    ("call-without-process", "Ask", "body", ' calledElement="vraag"', ""),
    ("call-itself", "Ask", "body", 'calledElement="vraag"', 'calledElement="proef"'),
    ("unknown-process", "Ask", "body", 'calledElement="vraag"', 'calledElement="other"'),
    ("unknown-process", PROCESS, "settings", 'follow="beroep"', 'follow="other"'),
    ("unknown-process", PROCESS, "settings", 'supplement="vraag"', 'supplement="other"'),
    ("call-contract", "Ask", "settings", 'code="department" title="Afdeling" type="text"', 'code="department" title="Afdeling" type="number"'),
    ("message-missing", "Longer", "body", 'messageRef="M1"', ""),
    ("message-missing", "Longer", "body", 'messageRef="M1"', 'messageRef="M9"'),
    ("unknown-message", PROCESS, "settings", 'message="longer"', 'message="shorter"'),
    # the course of a case
    ("status-order", "Decide", "body", 'order="20"', 'order="5"'),
    ("end-without-result", "Done", "body", '<case:result value="verdict"/>', ""),
    ("formal-step-without-notice", "Extend", "body", 'Extended :: <case:mail template="brief" to="parties" formal="true"', 'Extended :: <case:mail template="brief" to="parties"'),
    ("formal-step-without-notice", "Done", "body", 'action="meet" on="sent"/><case:mail template="brief" to="parties" formal="true"', 'action="meet"/><case:mail template="brief" to="parties"'),
    ("formal-step-without-notice", "Extend", "body", 'Extended :: <case:mail template="brief" to="parties"', 'Extended :: <case:mail template="brief" to="initiator"'),
    ("formal-step-without-notice", "Phone", "body", "userTask Phone ::", f"userTask Phone :: {CONSENT}"),
    ("formal-step-without-notice", "Phone", "body", "userTask Phone ::", f"userTask Phone :: {SUSPEND}"),
    ("withdrawal-after-decision", PROCESS, "settings", 'until="Decide"', 'until="Done"'),
    ("together-by-nobody", PROCESS, "settings", ' procedure="bezwaar"', ' portal="false" filedTogether="true" procedure="bezwaar"'),
    # the law
    ("procedure-missing", PROCESS, "settings", ' procedure="bezwaar"', ""),
    ("law-rule-misfit", PROCESS, "settings", 'procedure="bezwaar"', 'procedure="klacht"'),
    ("law-rule-misfit", PROCESS, "settings", "awb-7-10", "woo-4-4"),
    ("unknown-variant", PROCESS, "settings", "else 'standard'", "else 'normal'"),
    ("unknown-variant", PROCESS, "settings", "awb-7-10", "woo-4-4"),
    ("extension-unknown", "Extend", "settings", "awb-7-10", "awb-8-83"),
    ("consent-without-date", "Work", "body", "userTask Work ::", 'userTask Work :: <case:deadlineAction deadline="decide" action="consent"/>'),
    ("suspension-without-resume", "Reminder", "body", "sendTask Reminder ::", f"sendTask Reminder :: {SUSPEND}"),
    ("term-before-sending", "Tell", "body", 'action="meet" on="sent"', 'action="meet"'),
    ("term-before-sending", "Tell", "body", 'action="meet" on="sent"/>', f'action="meet" on="sent"/>{SUSPEND}'),
    ("met-before-notice", "Decide", "body", '<case:assignment role="worker" notSameAs="Work"/>', '<case:assignment role="worker" notSameAs="Work"/><case:deadlineAction deadline="decide" action="meet" at="leave"/>'),
    ("met-before-done", "Phone", "body", "userTask Phone ::", 'userTask Phone :: <case:deadlineAction deadline="decide" action="start"/><case:deadlineAction deadline="decide" action="meet"/>'),
    ("sent-without-notice", "Tell", "body", 'to="parties" formal="true" documentType="letter"', 'to="parties" documentType="letter"'),
    ("fact-day-misfit", "Tell", "body", 'action="meet" on="sent"', 'action="extend" on="sent"'),
    ("fact-day-misfit", "Tell", "body", 'action="meet" on="sent"', 'action="meet" at="leave" on="sent"'),
    ("fact-day-misfit", "Tell", "body", 'action="meet" on="sent"', 'action="suspend" on="received"'),
    ("bad-value", "Tell", "body", 'action="meet" on="sent"', 'action="meet" on="post"'),
    ("day-is-no-date", "Tell", "body", 'action="meet" on="sent"', 'action="meet" day="grounds"'),
    ("day-is-no-date", "Tell", "body", 'action="meet" on="sent"', 'action="meet" day="never"'),
    ("deadline-never-met", "Begin", "body", '<case:deadlineAction deadline="decide" action="meet" on="sent"/>', ""),
    ("deadline-never-started", "Extend", "body", '<case:deadlineAction deadline="decide" action="start"/>', ""),
    ("citizen-task-without-term", "Work", "lane", "committee", "citizen"),
    ("unknown-retention-rule", PROCESS, "settings", 'rule="13.1.1"', 'rule="99"'),
    ("unknown-name", PROCESS, "settings", "when=\"route == 'lang'\"", 'when="rout"'),
    ("unknown-choice", PROCESS, "settings", "when=\"route == 'lang'\"", "when=\"route == 'langs'\""),
    ("unknown-name", PROCESS, "settings", '<case:map value="grounds"', '<case:map value="ground"'),
]  # fmt: skip


@pytest.mark.parametrize(("code", "element", "part", "old", "new"), RULES)
def test_finding(code, element, part, old, new):
    findings = check(ACCEPTED.changed(part, old, new))
    assert (element, code) in {(finding.element, finding.code) for finding in findings}, findings
    assert all(finding.message.endswith((".", "?")) and len(finding.message) < 600 for finding in findings)


# what no change of a text in the sketch can show: a change of the XML itself
XML = [
    ("missing-id", "sendTask", '<bpmn:sendTask id="Tell"', "<bpmn:sendTask"),
    ("dangling-lane", "Lane", "<bpmn:flowNodeRef>Tell<", "<bpmn:flowNodeRef>Nowhere<"),
    ("diagram", "Tell", '<bpmndi:BPMNShape bpmnElement="Tell"', '<bpmndi:BPMNShape bpmnElement="Gone"'),
    ("diagram", "Tell_Done", '<bpmndi:BPMNEdge bpmnElement="Tell_Done"', '<bpmndi:BPMNEdge bpmnElement="Gone"'),
    ("diagram", "Begin", 'bpmnElement="Begin"><dc:Bounds x="0"', 'bpmnElement="Begin"><dc:Bounds x="nan"'),
    ("overlap", "Receipt", '<dc:Bounds x="150" y="0"', '<dc:Bounds x="10" y="0"'),
    ("vendor-extension", "proef", "<case:caseType", "<camunda:properties/><case:caseType"),
]


@pytest.mark.parametrize(("code", "element", "old", "new"), XML)
def test_finding_in_the_xml(code, element, old, new):
    drawing = ACCEPTED.drawing()
    assert old in drawing
    findings = check_drawing(drawing.replace(old, new))
    assert any(finding.element.startswith(element) and finding.code == code for finding in findings), findings


LATER = [
    ("Choose_Again", "body", "empty(grounds)", "empty(reasons)"),
    ("Phone", "body", "len(people)", "len(reasons)"),
    ("Ask", "body", '<case:documentRequest department="department"', '<case:documentRequest department="reasons"'),
]


@pytest.mark.parametrize(("element", "part", "old", "new"), LATER)
def test_a_value_that_only_a_later_form_fills(element, part, old, new):
    sketch = ACCEPTED.changed(
        "settings",
        '<case:value code="people"',
        '<case:value code="reasons" title="W" type="text"/><case:value code="people"',
    )
    sketch = sketch.changed(
        "body", 'Decide :: <case:form schema="work.json"/>', 'Decide :: <case:form schema="late.json"/>'
    )
    sketch = replace(
        sketch, forms={**ACCEPTED.forms, "late.json": form({"type": "textarea", "key": "reasons", "label": "W"})}
    )
    assert check(sketch) == []
    findings = check(sketch.changed(part, old, new))
    assert [(finding.element, finding.code) for finding in findings] == [(element, "value-filled-later")]


FILE_READ = [  # element, part, text, its replacement
    ("Choose_Again", "body", "empty(grounds)", "not empty(proof)"),
    ("Phone", "body", "len(people)", "len(proof)"),
    ("Remind", "body", "repeat(deadline.decide, days(7))", "repeat(deadline.decide, days(7) if empty(proof) else days(2))"),
    (PROCESS, "settings", "route == 'lang'", "not empty(proof)"),
    ("forms/work.json", "forms", "=route != 'lang'", "=empty(proof)"),
    ("mails/brief.txt", "mails", "{% if grounds %}", "{% if proof %}"),
    ("mails/brief.txt", "mails", "{% if grounds %}x", "{% if grounds %}{{ proof }}"),
    ("Begin", "body", 'order="10"/>', 'order="10"><case:next>{% if proof %}x{% endif %}</case:next></case:status>'),
]  # fmt: skip


@pytest.mark.parametrize(("element", "part", "old", "new"), FILE_READ)
def test_j3_a_file_is_never_read_as_a_value(element, part, old, new):
    """A form makes a document of it and the value stays empty, so the condition never holds; the finding says what to read."""
    sketch = ACCEPTED.changed(
        "settings",
        '<case:value code="people"',
        '<case:value code="proof" title="Bewijs" type="file" list="true"/><case:value code="people"',
    )
    sketch = replace(
        sketch,
        forms={
            **sketch.forms,
            "start.json": form(
                {"type": "filepicker", "key": "proof", "label": "Bewijs", "documentType": "letter"},
                {"type": "textarea", "key": "grounds", "label": "Redenen"},
                {"type": "checklist", "key": "people", "label": "Mensen"},
            ),
        },
    )
    assert check(sketch) == []
    found = [one for one in check(sketch.changed(part, old, new)) if one.code == "file-read-as-value"]
    assert element in {one.element for one in found}
    assert all("Lees" in one.message or "lees" in one.message or "sees." in one.message for one in found)


def test_what_a_called_process_hands_back_fills_a_value():
    """Here it comes too late: the choice is made before the call."""
    sketch = ACCEPTED.changed(
        "settings",
        '<case:value code="people"',
        '<case:value code="judged" title="O" type="text"/><case:value code="people"',
    )
    findings = check(sketch.changed("body", "Choose > Again ? empty(grounds)", "Choose > Again ? empty(judged)"))
    assert [finding.code for finding in findings] == ["value-filled-later"]


@pytest.mark.parametrize("procedure", ["beroep", "voorlopige_voorziening", "advies"])
def test_where_the_municipality_does_not_decide_no_notice_is_missed(procedure):
    untold = ACCEPTED.changed(
        "body",
        'action="meet" on="sent"/><case:mail template="brief" to="parties" formal="true"',
        'action="meet"/><case:mail template="brief" to="parties"',
    )
    findings = check(untold.changed("settings", 'procedure="bezwaar"', f'procedure="{procedure}"'))
    assert {finding.code for finding in findings} == {"law-rule-misfit"}


def test_a_case_type_that_is_not_there_yet_is_a_warning_for_two_may_follow_each_other():
    findings = check(ACCEPTED.changed("settings", 'follow="beroep"', 'follow="other"'))
    assert [(finding.severity, finding.code) for finding in findings] == [("warning", "unknown-process")]


FITTING = f"""{FOLLOWING}<case:retention rule="13.1" when="route == 'lang'"/><case:map value="route" to="before"/>"""
FITTING += '<case:map value="case.number" to="before"/><case:map value="len(people)" to="before"/></case:resultType>'


def test_what_fits_goes_along():
    assert check(ACCEPTED.changed("settings", FOLLOW, FITTING)) == []


def test_the_case_type_that_follows_is_looked_at_too():
    """A value that another case type gives along may not go, and needs no form to fill it."""
    before = read_model(ACCEPTED.changed("settings", FOLLOW, FITTING).drawing().encode()).model
    library = {**LIBRARY, "proef": replace(before, process="eerder")}
    library["proef"] = replace(
        library["proef"], result_types={"good": replace(before.result_types["good"], follow="proef")}
    )
    own = ACCEPTED.changed(
        "settings",
        '<case:value code="people"',
        '<case:value code="before" title="E" type="text"/><case:value code="people"',
    )
    own = own.changed("body", "Choose > Again ? empty(grounds)", "Choose > Again ? empty(before)")
    known = {"law_rules": LAW, "retention_rules": RETENTION}
    assert lint(own.folder(), library, **known) == []
    findings = lint(ACCEPTED.folder(), library, **known)
    assert {finding.code for finding in findings} == {"follow-unknown-value"}


def test_s16_a_value_that_another_case_type_gives_to_the_original_only_is_told_so_in_a_copy():
    """Once, with who gives it to whom; no form has to ask it."""
    given = '<case:value code="before" title="E" type="text"/><case:value code="people"'
    own = ACCEPTED.changed("settings", '<case:value code="people"', given)
    own = own.changed("body", "Choose > Again ? empty(grounds)", "Choose > Again ? empty(before)")
    here = read_model(own.drawing().encode()).model
    giver = read_model(ACCEPTED.changed("settings", FOLLOW, FITTING).drawing().encode()).model
    result = replace(giver.result_types["good"], follow="origineel")
    library = {
        **LIBRARY,
        "eerder": replace(giver, process="eerder", name="Eerder", result_types={"good": result}),
        "origineel": replace(here, process="origineel", name="Origineel"),
    }
    found = lint(own.folder(), library, law_rules=LAW, retention_rules=RETENTION)
    (told,) = [one for one in found if one.code == "value-never-filled"]
    assert "Alleen 'Eerder' vult dat in, en geeft het aan een zaak van 'Origineel'." in told.message
    assert "dan hoeft u niets te doen" in told.message
    library["origineel"] = replace(library["origineel"], values={})
    (told,) = [
        one for one in lint(own.folder(), library, law_rules=LAW, retention_rules=RETENTION) if "before" in one.message
    ]
    assert "Zet het op een formulier" in told.message, "a value of the same name that is another one"


def test_a_mail_that_is_no_text():
    folder = replace(ACCEPTED.folder(), mails={"brief.txt": b"\xff", "vraag.txt": b"Onderwerp: x\n\n" + b"x" * 70_000})
    findings = lint(folder, LIBRARY)
    assert [finding.element for finding in findings if finding.code == "mail-broken"] == [
        "mails/brief.txt",
        "mails/vraag.txt",
    ]


def test_what_is_accepted_can_be_compiled():
    drawing = ACCEPTED.drawing().encode()
    reading = read_model(drawing)
    assert reading.model is not None
    assert compile_model(drawing, reading.model).model is reading.model


def test_no_picture_at_all_is_one_finding():
    findings = check(replace(ACCEPTED, diagram=False))
    assert [(finding.element, finding.code) for finding in findings] == [("proef", "diagram")]


def test_all_findings_come_at_once_errors_first_in_the_order_of_the_drawing():
    sketch = ACCEPTED.changed("body", 'order="20"', 'order="5"').changed("body", " ? route == 'lang'", "")
    sketch = sketch.changed("body", 'template="brief"', 'template="anders"').changed("body", "P14D", "ooit eens")
    found = [(finding.severity, finding.code, finding.element) for finding in check(sketch)]
    mails = [("error", "unknown-mail", place) for place in ("Receipt", "Reminder", "Extended")]
    assert found == [
        *mails,
        ("error", "timer-broken", "Pause"),
        ("error", "unknown-mail", "Tell"),
        ("error", "condition-missing", "Choose_Split"),
        ("warning", "status-order", "Decide"),
    ]


def test_a_process_that_is_called_reads_its_request_and_needs_no_result():
    sketch = replace(CALLED, settings="", forms=ACCEPTED.forms).changed("body", "B > C", f"{REMINDER}B > C")
    codes = [finding.code for finding in check(replace(sketch, forms={"work.json": form()}, mails=ASKING))]
    assert codes == ["reminder-without-escalation"]


def test_a_reminder_that_also_reaches_the_manager_is_fine():
    told = REMINDER.replace(
        "R > E", 'sendTask M :: <case:mail template="vraag" to="department_manager"/>\nR > M\nM > E'
    )
    sketch = replace(CALLED, settings="", forms={"work.json": form()}, mails=ASKING)
    assert check(sketch.changed("body", "B > C", f"{told}B > C")) == []


def test_a_branch_beside_the_case_needs_no_result():
    """A split of which one branch waits for a message for as long as the case runs."""
    side = 'parallelGateway Side\nintermediateCatchEvent Heard ;; <bpmn:messageEventDefinition messageRef="M1"/>\n'
    side += "endEvent HeardEnd\nBegin > Side\nSide > Heard\nHeard > HeardEnd\nSide > Receipt"
    assert check(ACCEPTED.changed("body", "Begin > Receipt", side)) == []


def test_without_a_library_calls_are_not_judged():
    folder = ACCEPTED.changed("body", 'calledElement="vraag"', 'calledElement="elders"').folder()
    assert lint(folder) == []


def test_a_call_that_comes_back_by_way_of_another_process():
    model = read_model(ACCEPTED.drawing().encode()).model
    other = replace(model, process="vraag", elements={"X": replace(model.elements["Ask"], called="proef")})
    findings = lint(ACCEPTED.folder(), {"vraag": other, "beroep": other})
    assert ("Ask", "call-itself") in {(finding.element, finding.code) for finding in findings}


PERSON = ACCEPTED.changed("lane", 'side="committee"', 'side="department" link="person" party="third_party"')
PUBLISH = 'operation="publish"><case:parameter name="documentType" value="\'letter\'"/>'


@pytest.mark.parametrize(
    ("sketch", "party", "found"),
    [(PERSON, "third_party", False), (PERSON, "objector", True), (ACCEPTED, "third_party", True)],
)
def test_documents_are_shared_only_with_who_has_a_link_of_their_own(sketch, party, found):
    share = f'operation="share"><case:parameter name="party" value="\'{party}\'"/>{PUBLISH.partition(">")[2]}'
    codes = {(finding.element, finding.code) for finding in check(sketch.changed("body", PUBLISH, share))}
    assert (("Publish", "unknown-party") in codes) == found


def test_one_person_delivers_no_documents_as_a_department_does():
    files = '<case:value code="files" title="Stukken" type="file" list="true"/><case:value code="grounds"'
    asking = replace(PERSON.changed("settings", '<case:value code="grounds"', files), forms={
        **PERSON.forms, "work.json": form({"type": "documents-upload", "key": "files", "label": "Stukken"}),
    })  # fmt: skip
    assert ("Work", "person-cannot-deliver") in {(finding.element, finding.code) for finding in check(asking)}


def test_a_type_that_depends_is_not_judged_as_a_fixed_one():
    two = "'letter' if empty(grounds) else 'letter'"
    assert check(ACCEPTED.changed("body", "value=\"'letter'\"", f'value="{two}"')) == []


def test_what_a_service_fills_is_filled():
    listed = 'operation="list_parties"><case:parameter name="role" value="\'objector\'"/>'
    listed += '<case:parameter name="into" value="\'everybody\'"/>'
    value = '<case:value code="everybody" title="Allen" type="party" list="true"/><case:value code="grounds"'
    sketch = ACCEPTED.changed("settings", '<case:value code="grounds"', value).changed("body", PUBLISH, listed)
    body = sketch.body.replace(
        "Publish > Pause", "exclusiveGateway Any\nPublish > Any\nAny > Decide ? empty(everybody)\nAny >> Pause"
    )
    assert "value-never-filled" not in {finding.code for finding in check(replace(sketch, body=body))}


def check_drawing(drawing: str) -> list[Finding]:
    folder = replace(ACCEPTED.folder(), drawing=drawing.encode())
    return lint(folder, LIBRARY, law_rules=LAW, retention_rules=RETENTION)


ASKING = {"vraag.txt": ACCEPTED.mails["vraag.txt"]}
REMINDER = (
    'boundaryEvent T attachedToRef="B" cancelActivity="false" ;; <bpmn:timerEventDefinition><bpmn:timeDate>'
    "request.due + days(1)</bpmn:timeDate></bpmn:timerEventDefinition>\n"
    'sendTask R :: <case:mail template="vraag" to="department"/>\nendEvent E\nT > R\nR > E\n'
)
