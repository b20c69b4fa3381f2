// What is chosen: its name and settings, what is wrong with it, and everything that can be done with it, by keyboard too.
import { button, field, fill, make, say, select, textbox } from "./dom.js";
import { CoreFields } from "./core-fields.js";
import { canMend, mend } from "./mendings.js";
import { inOrder, nameOf } from "./flow-order.js";
import { between } from "./commands.js";
import { kindOf } from "./words.js";
import { kindsFor, ON_THE_BORDER, STEPS } from "./steps.js";
import { rootOf, typed } from "./places.js";

const flowsOf = (element) => (element.outgoing ?? []).filter((one) => typed(one, "SequenceFlow"));

export class Chosen {
  /** `go(element, { focus })` chooses an element; `findings(id)` gives its sentences; `settings(element, place)` fills in those of the server. */
  constructor(place, modeler, { go, findings, settings, writable }) {
    this.place = place;
    this.modeler = modeler;
    this.go = go;
    this.findings = findings;
    this.settings = settings;
    this.writable = writable;
    this.commands = writable ? modeler.get("commands") : null;
    this.fields = writable ? new CoreFields(modeler, () => this.again()) : null;
    this.empty();
  }

  empty() {
    this.element = null;
    this.place.replaceChildren(
      make("h2", { class: "nl-heading nl-heading--level-2", tabindex: "-1" }, "Niets gekozen"),
      make("p", { class: "ed-hint" }, "Kies een stap in de lijst of in de tekening."),
    );
  }

  focus() {
    this.place.querySelector("h2")?.focus();
  }

  show(elements) {
    if (elements.length > 1) return this.several(elements);
    if (!elements.length) return this.empty();
    const [element] = elements;
    const open = this.element === element ? this.openActions() : new Set();
    this.element = element;
    this.heading = make("h2", { class: "nl-heading nl-heading--level-2", tabindex: "-1" }, nameOf(element));
    this.troubles = make("div", {}, this.wrong(element));
    const parts = [make("p", { class: "ed-hint" }, this.whereabouts(element)), this.heading, this.troubles];
    if (this.writable) {
      parts.push(...this.fields.of(element));
      if (this.settingsOf !== element) this.settingsPlace = make("div", { class: "ed-settings" });
      this.settingsOf = element;
      parts.push(this.settingsPlace, this.arrows(element), this.actions(element, open));
      this.place.replaceChildren(...parts.filter(Boolean));
      this.fillSettings();
      return undefined;
    }
    this.place.replaceChildren(...parts.filter(Boolean));
    return undefined;
  }

  /** What a change may have touched, without the fields: somebody may be typing in one. */
  refresh() {
    if (!this.element) return;
    this.heading.textContent = nameOf(this.element);
    this.troubles.replaceChildren(...[this.wrong(this.element)].filter(Boolean));
  }

  /** Everything anew, with the focus on the same control. */
  again() {
    const controls = () => [...this.place.querySelectorAll("input, select, button, summary")];
    const number = controls().indexOf(document.activeElement);
    this.show([this.element]);
    controls()[number]?.focus();
  }

  /** The settings of the case type at the element, unless somebody is typing there. */
  fillSettings() {
    if (this.element && this.settingsPlace && !this.settingsPlace.contains(document.activeElement)) {
      this.settings?.(this.element, this.settingsPlace);
    }
  }

  openActions() {
    return new Set([...this.place.querySelectorAll("details[open]")].map((one) => one.dataset.action));
  }

  whereabouts(element) {
    const root = rootOf(element);
    const outer = root.id.endsWith("_plane") ? ` in deelproces ${root.businessObject.name ?? ""}` : "";
    return `${kindOf(element)}${outer}`;
  }

  wrong(element) {
    const sentences = this.findings(element.id);
    if (!sentences.length) return null;
    return make("ul", { class: "ed-wrong" },
      ...sentences.map((one) => make("li", { class: `ed-wrong--${one.severity}` },
        make("strong", {}, one.severity === "error" ? "Fout: " : "Let op: "), one.message, this.mending(one))));
  }

  mending(finding) {
    if (!this.writable || !canMend(this.modeler, finding)) return null;
    const press = () => {
      this.go(mend(this.modeler, finding), { focus: true });
      say(`Hersteld. ${finding.mending} Ongedaan maken kan.`);
    };
    return make("div", {}, button("Herstel dit", press), make("p", { class: "ed-hint" }, `Dan geldt: ${finding.mending}`));
  }

  arrows(element) {
    const flows = flowsOf(element);
    if (!flows.length) return null;
    return make("div", {}, make("h3", { class: "nl-heading nl-heading--level-3" }, "Pijlen hieruit"),
      make("ul", { class: "ed-arrows" }, ...flows.map((flow) => make("li", {},
        button(`${flow.businessObject.name ? `${flow.businessObject.name}: ` : ""}naar ${nameOf(flow.target)}`,
          () => this.go(flow, { focus: true }))))));
  }

  actions(element, open) {
    if (typed(element, "SequenceFlow")) return this.flowActions(element, open);
    if (!typed(element, "FlowNode")) return typed(element, "TextAnnotation", "Association", "Lane") ? this.removing([element], open) : null;
    const ends = typed(element, "EndEvent");
    const act = [
      !ends && this.adding(element, open),
      !ends && this.branching(element, open),
      !ends && this.connecting(element, open),
      typed(element, "Activity") && this.bordering(element, open),
      this.replacing(element, open),
      this.lanes(element, open),
      !ends && !typed(element, "StartEvent") && this.folding(element, open),
      this.opening(element),
      this.removing([element], open),
    ];
    return make("div", { class: "ed-actions" }, make("h3", { class: "nl-heading nl-heading--level-3" }, "Doen"), ...act.filter(Boolean));
  }

  flowActions(flow, open) {
    const [line, target] = this.targets("Naar", flow.source, [flow.target]);
    const redirect = this.action("redirect", "Naar een andere stap laten gaan", open, [line], () => {
      const next = this.find(target.value);
      if (!next) return null;
      this.commands.redirect(flow, next);
      return [flow, `De pijl gaat nu naar ${nameOf(next)}.`];
    });
    return make("div", { class: "ed-actions" }, redirect, this.removing([flow], open));
  }

  /** One thing to do: a summary that opens its fields. `doing` gives what to choose next and what to say, or null. */
  action(name, title, open, fields, doing, text = title) {
    const form = make("form", { class: "ed-form", novalidate: true }, ...fields,
      make("button", { class: "nl-button nl-button--primary", type: "submit" }, text));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const done = doing();
      if (!done) return say("Dit kan hier niet.");
      const [next, sentence] = done;
      this.go(next, { focus: true, fresh: true });
      return say(sentence);
    });
    return make("details", { class: "ed-act", "data-action": name, open: open.has(name) }, make("summary", {}, title), form);
  }

  step(steps, label = "Soort") {
    return field(label, select([...steps].map(([value, [text]]) => [value, text])));
  }

  adding(element, open) {
    const [kindLine, kind] = this.step(STEPS);
    const [nameLine, name] = field("Naam van de nieuwe stap", textbox({ autocomplete: "off" }));
    const flows = flowsOf(element);
    const [whereLine, where] = field("Op de pijl", select(flows.map((flow) => [flow.id, nameOf(flow)])));
    const fields = flows.length > 1 ? [kindLine, nameLine, whereLine] : [kindLine, nameLine];
    return this.action("add", "Stap erna", open, fields, () => {
      const flow = this.modeler.get("elementRegistry").get(where.value) ?? flows[0];
      const made = this.commands.insertAfter(element, kind.value, name.value.trim(), flow);
      return [made, `${nameOf(made)} staat na ${nameOf(element)}.`];
    }, "Voeg toe");
  }

  branching(element, open) {
    const [kindLine, kind] = this.step(STEPS, "Eerste stap van de tak");
    const [nameLine, name] = field("Naam van de nieuwe stap", textbox({ autocomplete: "off" }));
    const [nextLine, next] = this.targets("Daarna naar", element, [element], "Nog niets");
    return this.action("branch", "Tak", open, [kindLine, nameLine, nextLine], () => {
      const made = this.commands.branch(element, kind.value, name.value.trim(), this.find(next.value));
      return [made, `Er is een tak met ${nameOf(made)}.`];
    }, "Maak de tak");
  }

  connecting(element, open) {
    const [line, target] = this.targets("Naar", element, [element]);
    return this.action("connect", "Verbind", open, [line], () => {
      const next = this.find(target.value);
      if (!next || !this.commands.canConnect(element, next)) return null;
      const made = this.commands.connect(element, next);
      return [made, `${nameOf(element)} gaat nu ook naar ${nameOf(next)}.`];
    }, "Trek de pijl");
  }

  bordering(element, open) {
    const [kindLine, kind] = this.step(ON_THE_BORDER);
    const [nameLine, name] = field("Naam van de nieuwe stap", textbox({ autocomplete: "off" }));
    return this.action("border", "Gebeurtenis op de rand", open, [kindLine, nameLine], () => {
      const made = this.commands.onBorder(element, kind.value, name.value.trim());
      return [made, `${nameOf(made)} staat op de rand van ${nameOf(element)}.`];
    }, "Voeg toe");
  }

  /** Another kind of step: its name, arrows and every setting that fits stay. */
  replacing(element, open) {
    const kinds = kindsFor(element);
    if (kinds.size < 2) return null;
    const [line, kind] = this.step(kinds);
    return this.action("kind", "Ander soort", open, [line], () => {
      const [text, target] = kinds.get(kind.value);
      const made = this.modeler.get("bpmnReplace").replaceElement(element, { ...target });
      return [made, `${nameOf(made)} is nu: ${text}.`];
    }, "Verander het soort");
  }

  lanes(element, open) {
    const places = this.modeler.get("places");
    const here = places.laneAt({ x: element.x + element.width / 2, y: element.y + element.height / 2 }, rootOf(element));
    const others = places.lanes(rootOf(element)).filter((lane) => lane !== here);
    if (element.host || !here || !others.length) return null;
    const [line, lane] = field("Baan", select(others.map((one) => [one.id, nameOf(one)])));
    return this.action("lane", "Naar een andere baan", open, [line], () => {
      const wanted = this.modeler.get("elementRegistry").get(lane.value);
      this.commands.toLane(element, wanted);
      return [element, `${nameOf(element)} staat nu in ${nameOf(wanted)}.`];
    }, "Verplaats");
  }

  folding(element, open) {
    const ends = this.nodes(element).filter((one) => one !== element && !typed(one, "StartEvent", "EndEvent") && !one.host);
    const [lastLine, last] = field("Tot en met", select([[element.id, nameOf(element)], ...ends.map((one) => [one.id, nameOf(one)])]));
    const [nameLine, name] = field("Naam van het deelproces", textbox({ autocomplete: "off" }));
    return this.action("fold", "Deelproces hiervan maken", open, [lastLine, nameLine], () => {
      const made = this.commands.intoSubprocess(between(element, this.find(last.value)), name.value.trim());
      return made && [made, `${nameOf(made)} is een deelproces.`];
    }, "Maak het deelproces");
  }

  opening(element) {
    const plane = typed(element, "SubProcess") && this.modeler.get("canvas").findRoot(`${element.id}_plane`);
    if (!plane) return null;
    return button("Open dit deelproces", () => {
      this.modeler.get("canvas").setRootElement(plane);
      say(`U ziet nu het deelproces ${nameOf(element)}.`);
    });
  }

  /** Removing; of a step with several ways on it asks where the arrows to it go from now on. */
  removing(elements, open) {
    const [element] = elements;
    const flows = typed(element, "FlowNode") ? flowsOf(element) : [];
    const asks = flows.length > 1 && element.incoming?.length;
    const targets = [...new Set(flows.map((flow) => flow.target))];
    const choices = [["", "Haal die pijlen ook weg"], ...targets.map((one) => [one.id, nameOf(one)])];
    const [line, next] = field("De pijlen naar deze stap gaan dan naar", select(choices));
    return this.action("remove", "Verwijder", open, asks ? [line] : [], () => {
      const where = asks ? this.find(next.value) : null;
      const after = where ?? element.source ?? element.incoming?.[0]?.source ?? null;
      const name = nameOf(element);
      this.commands.remove(elements, where);
      return [after && this.find(after.id), `${name} is verwijderd. Ongedaan maken kan.`];
    });
  }

  several(elements) {
    this.element = null;
    const steps = elements.filter((one) => typed(one, "FlowNode"));
    const parts = [make("h2", { class: "nl-heading nl-heading--level-2", tabindex: "-1" }, `${elements.length} onderdelen gekozen`)];
    if (this.writable && steps.length) {
      const [line, name] = field("Naam van het deelproces", textbox({ autocomplete: "off" }));
      parts.push(this.action("fold", "Deelproces hiervan maken", new Set(["fold"]), [line], () => {
        const made = this.commands.intoSubprocess(steps, name.value.trim());
        return made && [made, `${nameOf(made)} is een deelproces.`];
      }), make("p", { class: "ed-hint" }, "Dat kan als er één pijl in gaat en één pijl uit."), this.removing(elements, new Set()));
    }
    this.place.replaceChildren(...parts);
  }

  nodes(element) {
    const root = rootOf(element);
    const here = this.modeler.get("elementRegistry").filter((one) => typed(one, "FlowNode") && one.parent && !one.labelTarget && rootOf(one) === root);
    return inOrder(here.filter((one) => one.parent === (element.host ?? element).parent));
  }

  /** A list of steps to go to, with a field that narrows it: a drawing may have more than a hundred. */
  targets(label, element, without, none) {
    const steps = this.nodes(element).filter((one) => !without.includes(one) && !typed(one, "StartEvent", "BoundaryEvent"));
    const all = [...(none ? [["", none]] : []), ...steps.map((one) => [one.id, nameOf(one)])];
    const list = select(all);
    const [searchLine, search] = field(`${label}: zoek`, textbox({ type: "search", autocomplete: "off" }));
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLowerCase();
      fill(list, all.filter(([value, text]) => !value || text.toLowerCase().includes(wanted)));
    });
    const [line] = field(label, list);
    return [make("div", {}, all.length > 12 ? searchLine : null, line), list];
  }

  find(id) {
    return id ? this.modeler.get("elementRegistry").get(id) ?? null : null;
  }
}
