// The settings of BPMN itself at an element: name, condition, moment, message, called process, repetition. Those of the case
// type (`case:`) come from the server. Every change is a command, so that undoing takes it back.
import { field, make, select, textbox } from "./dom.js";
import { typed } from "./places.js";

const TIMERS = [
  ["timeDuration", "na een duur"],
  ["timeDate", "op een datum"],
  ["timeCycle", "steeds opnieuw"],
];
const NAMED = { "bpmn:MessageEventDefinition": ["messageRef", "bpmn:Message", "Naam van het bericht"],
  "bpmn:SignalEventDefinition": ["signalRef", "bpmn:Signal", "Naam van het signaal"],
  "bpmn:ErrorEventDefinition": ["errorRef", "bpmn:Error", "Naam van de fout"] };

export class CoreFields {
  /** `again()` draws the fields anew, where a change asks for other ones. */
  constructor(modeler, again) {
    this.again = again;
    this.modeling = modeler.get("modeling");
    this.factory = modeler.get("bpmnFactory");
    this.moddle = modeler.get("moddle");
    this.modeler = modeler;
  }

  /** The fields of one element. */
  of(element) {
    const object = element.businessObject;
    return [
      this.name(element),
      typed(element, "SequenceFlow") && this.condition(element),
      ...(object.eventDefinitions ?? []).map((definition) => this.event(element, definition)),
      typed(element, "ReceiveTask") && this.named(element, object, ...NAMED["bpmn:MessageEventDefinition"]),
      typed(element, "CallActivity") && this.plain(element, "calledElement", "Naam van het proces dat begint", "Zoals stukkenverzoek."),
      typed(element, "Activity") && this.repetition(element),
    ].flat().filter(Boolean);
  }

  name(element) {
    const text = typed(element, "TextAnnotation") ? element.businessObject.text : element.businessObject.name;
    const change = (value) => this.modeling.updateLabel(element, value);
    return this.input("Naam", text, change);
  }

  input(label, value, change, hint, attributes = {}) {
    const control = textbox({ value: value ?? "", autocomplete: "off", spellcheck: "true", ...attributes });
    control.addEventListener("change", () => change(control.value.trim()));
    return field(label, control, hint)[0];
  }

  plain(element, property, label, hint) {
    const change = (value) => this.modeling.updateProperties(element, { [property]: value || undefined });
    return this.input(label, element.businessObject.get(property), change, hint, { spellcheck: "false" });
  }

  condition(flow) {
    if (!typed(flow.source, "ExclusiveGateway", "InclusiveGateway")) return null;
    const source = flow.source.businessObject;
    const isDefault = source.default === flow.businessObject;
    const mark = make("input", { type: "checkbox", checked: isDefault });
    mark.addEventListener("change", () => {
      this.modeling.updateProperties(flow.source, { default: mark.checked ? flow.businessObject : undefined });
      this.again();
    });
    const tick = make("label", { class: "ed-tick" }, mark, " Deze pijl geldt als geen andere past");
    if (isDefault) return [tick];
    const change = (body) => this.modeling.updateProperties(flow, { conditionExpression: body ? this.expression(body) : undefined });
    const hint = "Bijvoorbeeld: route == 'commissie'";
    return [this.input("Deze weg geldt als", flow.businessObject.conditionExpression?.body, change, hint, { spellcheck: "false" }), tick];
  }

  expression(body, parent) {
    const made = this.factory.create("bpmn:FormalExpression", { body });
    if (parent) made.$parent = parent;
    return made;
  }

  event(element, definition) {
    const border = typed(element, "BoundaryEvent") && definition.$type !== "bpmn:ErrorEventDefinition";
    const stops = border && this.stops(element);
    if (definition.$type === "bpmn:TimerEventDefinition") return [...this.timer(element, definition), stops];
    const named = NAMED[definition.$type];
    return [named && this.named(element, definition, ...named), stops];
  }

  stops(element) {
    const mark = make("input", { type: "checkbox", checked: element.businessObject.cancelActivity !== false });
    mark.addEventListener("change", () => this.modeling.updateProperties(element, { cancelActivity: mark.checked }));
    return make("label", { class: "ed-tick" }, mark, " De stap stopt hierdoor");
  }

  timer(element, definition) {
    const kind = TIMERS.find(([name]) => definition.get(name))?.[0] ?? "timeDuration";
    const choice = select(TIMERS, {}, kind);
    const body = textbox({ value: definition.get(kind)?.body ?? "", spellcheck: "false", autocomplete: "off" });
    const change = () => {
      const properties = Object.fromEntries(TIMERS.map(([name]) => [name, undefined]));
      if (body.value.trim()) properties[choice.value] = this.expression(body.value.trim(), definition);
      this.modeling.updateModdleProperties(element, definition, properties);
    };
    choice.addEventListener("change", () => body.value.trim() && change());
    body.addEventListener("change", change);
    const hint = "Bijvoorbeeld: 'P7D' voor zeven dagen, of request.due - days(2)";
    return [field("Soort moment", choice)[0], field("Moment", body, hint)[0]];
  }

  /** A message, signal or error is an element of the file that others with the same name share. */
  named(element, holder, property, type, label) {
    const change = (name) => {
      const known = this.modeler.getDefinitions();
      const found = known.rootElements.find((one) => one.$type === type && one.name === name);
      const made = found ?? this.factory.create(type, type === "bpmn:Error" ? { name, errorCode: name } : { name });
      if (name && !found) {
        made.$parent = known;
        this.modeling.updateModdleProperties(element, known, { rootElements: [...known.rootElements, made] });
      }
      this.modeling.updateModdleProperties(element, holder, { [property]: name ? made : undefined });
    };
    return this.input(label, holder.get(property)?.name, change, "", { spellcheck: "false" });
  }

  repetition(element) {
    const loop = element.businessObject.loopCharacteristics;
    const change = (code) => {
      if (!code) return this.modeling.updateProperties(element, { loopCharacteristics: undefined });
      if (loop) return this.modeling.updateModdleProperties(element, loop, { loopDataInputRef: code });
      const made = this.factory.create("bpmn:MultiInstanceLoopCharacteristics", { loopDataInputRef: code });
      made.$parent = element.businessObject;
      return this.modeling.updateProperties(element, { loopCharacteristics: made });
    };
    const hint = "De code van een waarde die een lijst is. Leeg: de stap gebeurt één keer.";
    const input = this.input("Voor ieder uit de lijst", loop?.loopDataInputRef, change, hint, { spellcheck: "false" });
    return typed(element, "CallActivity", "SubProcess") || loop ? input : null;
  }
}
