// The drawing as a nested list of buttons in the order of the flow. Choosing here chooses on the canvas, and the other way round.
import { button, field, fill, make, select, textbox } from "./dom.js";
import { kindOf } from "./words.js";
import { inOrder, nameOf, onward } from "./flow-order.js";
import { rootOf, typed } from "./places.js";

const ALL = "";

export class Outline {
  /** `choose(element)` is called for the item that somebody presses. */
  constructor(place, modeler, { choose, begin, addLane, findings }) {
    this.addLane = addLane;
    this.modeler = modeler;
    this.choose = choose;
    this.begin = begin;
    this.findings = findings;
    this.registry = modeler.get("elementRegistry");
    this.canvas = modeler.get("canvas");
    const [filter, text] = field("Zoek een stap", textbox({ type: "search", autocomplete: "off", oninput: () => this.draw() }));
    this.text = text;
    this.lane = select([[ALL, "Alle banen"]], { onchange: () => this.draw() });
    [this.laneField] = field("Baan", this.lane);
    this.list = make("div", { class: "ed-list" });
    this.count = make("p", { class: "ed-hint", role: "status" });
    this.lanes = make("ul", { class: "ed-lanes" });
    place.append(filter, this.laneField, this.count, this.list,
      make("h3", { class: "nl-heading nl-heading--level-3" }, "Banen"), this.lanes, ...this.laneForm());
  }

  laneForm() {
    if (!this.addLane) return [];
    const [line, name] = field("Naam van de nieuwe baan", textbox({ autocomplete: "off" }));
    const form = make("form", { class: "ed-form", novalidate: true }, line,
      make("button", { class: "nl-button nl-button--secondary", type: "submit" }, "Voeg de baan toe"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.addLane(name.value.trim());
      name.value = "";
    });
    return [make("details", { class: "ed-act" }, make("summary", {}, "Baan toevoegen"), form)];
  }

  /** The list anew; what had the focus has it again. */
  draw() {
    const focused = document.activeElement?.dataset?.element;
    const roots = this.canvas.getRootElements().filter((root) => !root.id.endsWith("_plane"));
    this.fillLanes();
    this.shown = 0;
    this.numbers = new Map();
    this.list.replaceChildren(...roots.map((root) => this.plane(root)).filter(Boolean));
    const filtered = this.text.value || this.lane.value;
    this.count.textContent = filtered ? `${this.shown} van ${this.numbers.size} stappen` : "";
    this.mark();
    if (focused) this.list.querySelector(`[data-element="${CSS.escape(focused)}"]`)?.focus();
  }

  fillLanes() {
    const lanes = this.registry.filter((one) => typed(one, "Lane") && !one.labelTarget);
    const chosen = lanes.some((one) => one.id === this.lane.value) ? this.lane.value : ALL;
    fill(this.lane, [[ALL, "Alle banen"], ...lanes.map((one) => [one.id, nameOf(one)])], chosen);
    this.laneField.hidden = lanes.length < 2;
    this.lanes.replaceChildren(...lanes.map((lane) => make("li", {}, this.press(lane, make("span", {}, nameOf(lane))))));
  }

  nodesOf(root) {
    return this.registry.filter((one) => typed(one, "FlowNode") && one.parent && !one.labelTarget && rootOf(one) === root);
  }

  plane(root) {
    const nodes = this.nodesOf(root).filter((one) => !typed(one.parent, "SubProcess") || one.parent === root);
    if (!nodes.length) return this.begin ? button("Begin toevoegen", () => this.begin(root)) : make("p", {}, "Geen stappen.");
    return this.items(nodes);
  }

  items(nodes) {
    const order = inOrder(nodes);
    order.forEach((node) => this.numbers.set(node, this.numbers.size));
    const made = order.map((node) => this.item(node)).filter(Boolean);
    return made.length ? make("ol", {}, ...made) : null;
  }

  item(node) {
    const inside = this.inside(node);
    const lane = this.laneOf(node);
    const fits = this.fits(node, lane);
    if (!fits && !inside) return null;
    this.shown += fits ? 1 : 0;
    const wrong = this.findings?.(node.id) ?? 0;
    const words = [kindOf(node), lane && nameOf(lane)].filter(Boolean).join(" · ");
    const next = onward(node, this.numbers);
    const press = this.press(node,
      make("span", { class: "ed-item__name" }, nameOf(node)), " ",
      make("small", {}, words),
      wrong ? make("small", { class: "ed-item__wrong" }, ` ${wrong === 1 ? "1 bevinding" : `${wrong} bevindingen`}`) : null,
      next ? make("small", { class: "ed-item__next" }, next) : null);
    return make("li", { class: node.host ? "ed-on-border" : null }, press, inside);
  }

  press(element, ...words) {
    return make("button", { type: "button", class: "ed-item", "data-element": element.id, onclick: () => this.choose(element) }, ...words);
  }

  inside(node) {
    if (!typed(node, "SubProcess")) return null;
    const plane = this.canvas.findRoot(`${node.id}_plane`);
    const nodes = plane ? this.nodesOf(plane) : node.children.filter((one) => typed(one, "FlowNode") && !one.labelTarget);
    return nodes.length ? this.items(nodes) : null;
  }

  /** The lane that the step itself names, else the one in which it is drawn. */
  laneOf(node) {
    const own = (node.businessObject.extensionElements?.values ?? []).find((one) => one.$type === "case:Assignment")?.lane;
    const named = own && this.registry.get(own);
    if (named) return named;
    let at = node.host ?? node;
    while (rootOf(at).id.endsWith("_plane")) {
      const outer = this.registry.get(rootOf(at).id.slice(0, -"_plane".length));
      if (!outer) return null;
      at = outer;
    }
    return this.modeler.get("places").laneAt({ x: at.x + at.width / 2, y: at.y + at.height / 2 }, rootOf(at));
  }

  fits(node, lane) {
    const wanted = this.text.value.trim().toLowerCase();
    const text = `${nameOf(node)} ${kindOf(node)} ${node.id}`.toLowerCase();
    return text.includes(wanted) && (!this.lane.value || lane?.id === this.lane.value);
  }

  mark() {
    const chosen = new Set(this.modeler.get("selection").get().map((one) => one.id));
    for (const item of document.querySelectorAll(".ed-outline .ed-item")) {
      if (chosen.has(item.dataset.element)) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    }
    this.list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }
}
