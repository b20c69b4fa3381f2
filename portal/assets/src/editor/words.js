// The Dutch words of the editor: every text of bpmn-js that can reach the screen, and the names of kinds.
// The keys are the texts of bpmn-js; a key that is missing is kept in `unknownWords`, and a test wants none there.

const WORDS = {
  "Activate hand tool": "Schuif het beeld",
  "Activate lasso tool": "Kies met een kader",
  "Activate create/remove space tool": "Maak of verwijder ruimte",
  "Activate global connect tool": "Trek een pijl",
  "Add lane above": "Baan erboven",
  "Add lane below": "Baan eronder",
  "Add text annotation": "Schrijf er een toelichting bij",
  "Align elements": "Zet op een lijn",
  "Align elements left": "Links op een lijn",
  "Align elements center": "In het midden op een lijn",
  "Align elements right": "Rechts op een lijn",
  "Align elements top": "Boven op een lijn",
  "Align elements middle": "Halverwege op een lijn",
  "Align elements bottom": "Onder op een lijn",
  "Append end event": "Einde erna",
  "Append gateway": "Keuze erna",
  "Append intermediate/boundary event": "Gebeurtenis erna",
  "Append message intermediate catch event": "Wachten op een bericht erna",
  "Append receive task": "Taak die op een bericht wacht erna",
  "Append signal intermediate catch event": "Wachten op een signaal erna",
  "Append task": "Taak erna",
  "Append timer intermediate catch event": "Wachten op een moment erna",
  "Business rule task": "Taak met regels",
  "Call activity": "Ander proces",
  "Change element": "Verander de soort",
  "Close minimap": "Minikaart dicht",
  "Conditional flow": "Pijl met een voorwaarde",
  "Connect to other element": "Verbind met een ander onderdeel",
  "Connect using association": "Verbind de toelichting",
  "Create end event": "Einde",
  "Create gateway": "Keuze",
  "Create intermediate/boundary event": "Gebeurtenis",
  "Create pool/participant": "Kader met banen",
  "Create start event": "Begin",
  "Create task": "Taak",
  "Create expanded sub-process": "Deelproces",
  "Default flow": "Pijl voor alle andere gevallen",
  Delete: "Verwijder",
  "Distribute elements horizontally": "Verdeel naast elkaar",
  "Distribute elements vertically": "Verdeel onder elkaar",
  "Divide into three lanes": "Verdeel in drie banen",
  "Divide into two lanes": "Verdeel in twee banen",
  "End event": "Einde",
  "Error boundary event": "Fout",
  "Error end event": "Einde met een fout",
  "Event-based gateway": "Wachten op wat het eerst komt",
  "Exclusive gateway": "Keuze: één weg",
  "Inclusive gateway": "Eén of meer wegen",
  "Intermediate throw event": "Gebeurtenis",
  "Manual task": "Handmatige taak",
  "Message boundary event": "Bericht",
  "Message boundary event (non-interrupting)": "Bericht, de stap loopt door",
  "Message end event": "Einde met een bericht",
  "Message intermediate catch event": "Wachten op een bericht",
  "Message intermediate throw event": "Bericht sturen",
  "Message start event": "Begin met een bericht",
  "Open minimap": "Minikaart open",
  "Open {element}": "Open {element}",
  "Parallel gateway": "Tegelijk: alle wegen",
  "Parallel multi-instance": "Voor ieder uit een lijst, tegelijk",
  "Receive task": "Taak die op een bericht wacht",
  "Search in diagram": "Zoek in de tekening",
  "Send task": "Brief of mail",
  "Sequence flow": "Gewone pijl",
  "Sequential multi-instance": "Voor ieder uit een lijst, na elkaar",
  "Service task": "Stap van het systeem",
  "Signal boundary event": "Signaal",
  "Signal boundary event (non-interrupting)": "Signaal, de stap loopt door",
  "Signal end event": "Einde met een signaal",
  "Signal intermediate catch event": "Wachten op een signaal",
  "Signal intermediate throw event": "Signaal geven",
  "Start event": "Begin",
  "Sub-process": "Deelproces",
  "Sub-process (collapsed)": "Deelproces, dicht",
  "Sub-process (expanded)": "Deelproces, open",
  Task: "Taak",
  "Terminate end event": "Einde van alles",
  "Timer boundary event": "Moment",
  "Timer boundary event (non-interrupting)": "Moment, de stap loopt door",
  "Timer intermediate catch event": "Wachten op een moment",
  "Timer start event": "Begin op een moment",
  "Toggle non-interrupting": "De stap loopt door",
  "User task": "Taak met een formulier",
  "flow elements must be children of pools/participants": "Teken stappen binnen een kader",
  "Data object must be placed within a pool/participant.": "Zet gegevens binnen een kader",
};

export const unknownWords = new Set();
export const dutchWords = Object.values(WORDS);

// the words of bpmn-js that stand only in menus which are not offered here
const NEVER_SHOWN = /compensation|conditional|complex|ad-hoc|transaction|escalation|link|event sub-process|script|data|group|cancel|participant multiplicity|loop|^signal start|^empty pool|^expanded pool|data input/i;

export function translate(template, replacements = {}) {
  const found = WORDS[template];
  if (found === undefined && !NEVER_SHOWN.test(template)) unknownWords.add(template);
  return (found ?? template).replace(/{([^}]+)}/g, (_, key) => replacements[key] ?? "");
}

const KINDS = {
  StartEvent: "begin",
  EndEvent: "einde",
  UserTask: "taak",
  Task: "taak",
  ManualTask: "taak",
  SendTask: "brief of mail",
  ReceiveTask: "wacht op een bericht",
  ServiceTask: "stap van het systeem",
  CallActivity: "ander proces",
  SubProcess: "deelproces",
  ExclusiveGateway: "keuze",
  ParallelGateway: "tegelijk",
  InclusiveGateway: "één of meer wegen",
  EventBasedGateway: "wat het eerst komt",
  IntermediateThrowEvent: "gebeurtenis",
  IntermediateCatchEvent: "wacht",
  BoundaryEvent: "op de rand",
  SequenceFlow: "pijl",
  Lane: "baan",
  Participant: "kader",
  TextAnnotation: "toelichting",
  Association: "verbinding met een toelichting",
  Process: "proces",
  Collaboration: "tekening",
  MessageFlow: "berichtpijl",
};
const EVENTS = { Timer: "moment", Message: "bericht", Signal: "signaal", Error: "fout", Terminate: "einde van alles" };

/** The kind of an element in Dutch: "taak", "op de rand: moment". */
export function kindOf(element) {
  const object = element.businessObject;
  const kind = KINDS[object.$type.slice("bpmn:".length)] ?? object.$type;
  const event = object.eventDefinitions?.[0]?.$type.slice("bpmn:".length, -"EventDefinition".length);
  return event ? `${kind}: ${EVENTS[event] ?? event}` : kind;
}
