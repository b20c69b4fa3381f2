// The kinds of steps that can be added by name, each with what bpmn-js makes of it. The order is that of the list on the page.

const event = (type, kind, more = {}) => ({ type: `bpmn:${type}`, eventDefinitionType: `bpmn:${kind}EventDefinition`, ...more });

export const STEPS = new Map([
  ["user-task", ["Taak met een formulier", { type: "bpmn:UserTask" }]],
  ["send-task", ["Brief of mail", { type: "bpmn:SendTask" }]],
  ["service-task", ["Stap van het systeem", { type: "bpmn:ServiceTask" }]],
  ["call-activity", ["Ander proces", { type: "bpmn:CallActivity" }]],
  ["sub-process", ["Deelproces", { type: "bpmn:SubProcess", isExpanded: false }]],
  ["exclusive-gateway", ["Keuze: één weg", { type: "bpmn:ExclusiveGateway" }]],
  ["parallel-gateway", ["Tegelijk: alle wegen", { type: "bpmn:ParallelGateway" }]],
  ["inclusive-gateway", ["Eén of meer wegen", { type: "bpmn:InclusiveGateway" }]],
  ["event-gateway", ["Wachten op wat het eerst komt", { type: "bpmn:EventBasedGateway" }]],
  ["timer", ["Wachten op een moment", event("IntermediateCatchEvent", "Timer")]],
  ["message", ["Wachten op een bericht", event("IntermediateCatchEvent", "Message")]],
  ["signal", ["Wachten op een signaal", event("IntermediateCatchEvent", "Signal")]],
  ["throw", ["Gebeurtenis", { type: "bpmn:IntermediateThrowEvent" }]],
  ["throw-message", ["Bericht sturen", event("IntermediateThrowEvent", "Message")]],
  ["throw-signal", ["Signaal geven", event("IntermediateThrowEvent", "Signal")]],
  ["end", ["Einde", { type: "bpmn:EndEvent" }]],
  ["end-all", ["Einde van alles", event("EndEvent", "Terminate")]],
  ["end-error", ["Einde met een fout", event("EndEvent", "Error")]],
]);

export const ON_THE_BORDER = new Map([
  ["timer-on", ["Moment, de stap loopt door", event("BoundaryEvent", "Timer", { cancelActivity: false })]],
  ["timer-off", ["Moment, de stap stopt", event("BoundaryEvent", "Timer", { cancelActivity: true })]],
  ["message-on", ["Bericht, de stap loopt door", event("BoundaryEvent", "Message", { cancelActivity: false })]],
  ["message-off", ["Bericht, de stap stopt", event("BoundaryEvent", "Message", { cancelActivity: true })]],
  ["error-off", ["Fout, de stap stopt", event("BoundaryEvent", "Error", { cancelActivity: true })]],
  ["signal-off", ["Signaal, de stap stopt", event("BoundaryEvent", "Signal", { cancelActivity: true })]],
]);

const STARTS = new Map([
  ["start", ["Begin", { type: "bpmn:StartEvent" }]],
  ["start-message", ["Begin met een bericht", event("StartEvent", "Message")]],
  ["start-timer", ["Begin op een moment", event("StartEvent", "Timer")]],
]);
const FAMILIES = [
  ["bpmn:Activity", ["user-task", "send-task", "service-task", "call-activity"]],
  ["bpmn:Gateway", ["exclusive-gateway", "parallel-gateway", "inclusive-gateway", "event-gateway"]],
  ["bpmn:EndEvent", ["end", "end-all", "end-error"]],
  ["bpmn:IntermediateCatchEvent", ["timer", "message", "signal"]],
  ["bpmn:IntermediateThrowEvent", ["throw", "throw-message", "throw-signal"]],
];

/** The kinds that an element may become, with all that fits it kept; empty for one that has no other. */
export function kindsFor(element) {
  if (element.type === "bpmn:SubProcess") return new Map();
  if (element.type === "bpmn:BoundaryEvent") return ON_THE_BORDER;
  if (element.type === "bpmn:StartEvent") return STARTS;
  const family = FAMILIES.find(([type]) => element.businessObject.$instanceOf?.(type));
  return new Map((family?.[1] ?? []).map((kind) => [kind, STEPS.get(kind)]));
}

export const isEnd = (step) => STEPS.get(step)?.[1].type === "bpmn:EndEvent";
