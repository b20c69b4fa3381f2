// The page that draws: the canvas, the outline, what is chosen, the findings and saving, tied together.
import Modeler from "bpmn-js/lib/Modeler";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import Minimap from "diagram-js-minimap";
import AnnotationsStay from "./annotations.js";
import Commands from "./commands.js";
import Offered from "./offered.js";
import Places, { rootOf } from "./places.js";
import ReadableIds from "./ids.js";
import SettingsKept from "./settings-kept.js";
import { Chosen } from "./chosen.js";
import { Findings } from "./findings.js";
import { Outline } from "./outline.js";
import { Saving } from "./saving.js";
import { descriptors, unkept, warningsInWords } from "./reading.js";
import { fillSettings } from "./settings.js";
import { labelLanes } from "../lane-labels.js";
import { make, say } from "./dom.js";
import { dutchWords, translate, unknownWords } from "./words.js";

const PALETTE = 100; // the room that the palette takes on the left
const EDGE = 20;

const words = { translate: ["value", translate] };
const ours = {
  __init__: ["annotationsStay", "commands", "offered", "readableIds", "settingsKept"],
  annotationsStay: ["type", AnnotationsStay],
  commands: ["type", Commands],
  offered: ["type", Offered],
  readableIds: ["type", ReadableIds],
  settingsKept: ["type", SettingsKept],
};
const places = { places: ["type", Places] };
const readingPlaces = { places: ["type", Places], modeling: ["value", null], spaceTool: ["value", null] };

class Page {
  constructor(place) {
    this.place = place;
    this.data = place.dataset;
    this.at = (name) => place.querySelector(`[data-${name}]`);
  }

  async open() {
    const [vocabulary, drawing] = await Promise.all([this.fetched(this.data.vocabulary), this.fetched(this.data.source)]);
    this.vocabulary = JSON.parse(vocabulary);
    await this.show(drawing);
    this.place.dataset.ready = "true";
  }

  async fetched(address) {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "manual" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.text();
  }

  options() {
    return {
      container: this.at("canvas"),
      moddleExtensions: descriptors(this.vocabulary.descriptor),
      settingHosts: this.vocabulary.hosts,
    };
  }

  /** The drawing to edit, or to look at with the reasons when saving would lose something of it. */
  async show(xml) {
    let reasons = unkept(xml);
    if (!reasons.length) {
      this.modeler = new Modeler({ ...this.options(), additionalModules: [words, places, ours, Minimap] });
      const { warnings } = await this.modeler.importXML(xml);
      reasons = warningsInWords(warnings);
    }
    if (reasons.length) await this.onlyRead(xml, reasons);
    this.writable = !reasons.length;
    this.wire();
  }

  async onlyRead(xml, reasons) {
    this.modeler?.destroy();
    this.modeler = new NavigatedViewer({ ...this.options(), additionalModules: [words, readingPlaces] });
    await this.modeler.importXML(xml);
    this.at("notice").replaceChildren(make("div", { class: "zs-alert zs-alert--warning ed-notice" },
      make("div", {}, make("p", {}, "U kunt deze tekening hier bekijken, maar niet veranderen: bij het bewaren zou iets verdwijnen."),
        make("ul", {}, ...reasons.slice(0, 5).map((reason) => make("li", {}, reason))))));
    for (const one of this.place.querySelectorAll("[data-writing]")) one.hidden = true;
  }

  wire() {
    const go = (element, options) => this.go(element, options);
    const findings = (id) => this.findings?.at(id) ?? [];
    this.outline = new Outline(this.at("outline"), this.modeler, {
      choose: (element) => go(element, { focus: true }),
      begin: this.writable && ((root) => go(this.modeler.get("commands").begin(root, ""), { focus: true })),
      addLane: this.writable && ((name) => {
        const root = this.modeler.get("canvas").getRootElements().find((one) => !one.id.endsWith("_plane"));
        go(this.modeler.get("commands").addLane(root, name), { focus: true });
      }),
      findings: (id) => findings(id).length,
    });
    const settings = this.data.settings && ((element, place) => fillSettings(this, element, place));
    this.chosen = new Chosen(this.at("chosen"), this.modeler, { go, findings, settings, writable: this.writable });
    if (this.writable) this.wireWriting();
    const bus = this.modeler.get("eventBus");
    bus.on("selection.changed", ({ newSelection }) => this.selected(newSelection));
    bus.on("root.set", () => this.findings?.mark());
    this.nameCanvas();
    this.drawn();
    this.frame();
  }

  wireWriting() {
    const { data } = this;
    const xml = async () => (await this.modeler.saveXML({ format: true })).xml;
    const token = data.csrf;
    this.saving = new Saving(this.at("saved"), this.at("notice"), {
      address: data.save, token, revision: data.revision, name: data.name, home: data.home, xml,
    });
    this.findings = new Findings(this.at("findings"), this.at("checked"), this.modeler, {
      address: data.check, token, xml,
      go: (id) => this.go(this.modeler.get("elementRegistry").get(id), { focus: true }),
      changed: () => {
        this.outline.draw();
        this.chosen.refresh();
      },
    });
    this.saving.onSaved = () => this.chosen.fillSettings();
    this.modeler.get("eventBus").on("commandStack.changed", ({ trigger }) => {
      this.buttons();
      if (trigger === "clear") return;
      this.saving.changed();
      this.findings.soon();
      this.drawn();
    });
    this.at("undo").addEventListener("click", () => this.step("undo"));
    this.at("redo").addEventListener("click", () => this.step("redo"));
    document.addEventListener("keydown", (event) => this.key(event));
    this.buttons();
    this.findings.ask();
  }

  step(way) {
    const stack = this.modeler.get("commandStack");
    if (way === "undo" ? !stack.canUndo() : !stack.canRedo()) return;
    stack[way]();
    say(way === "undo" ? "Ongedaan gemaakt." : "Opnieuw gedaan.");
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.defaultPrevented || event.target.closest("input, textarea, select, svg, [data-canvas]")) return;
    const letter = event.key.toLowerCase();
    if (letter !== "z" && letter !== "y") return;
    event.preventDefault();
    this.step(letter === "y" || event.shiftKey ? "redo" : "undo");
  }

  buttons() {
    const stack = this.modeler.get("commandStack");
    this.at("undo").setAttribute("aria-disabled", String(!stack.canUndo()));
    this.at("redo").setAttribute("aria-disabled", String(!stack.canRedo()));
  }

  drawn() {
    this.outline.draw();
    labelLanes(this.modeler);
    const chosen = this.modeler.get("selection").get().filter((one) => !one.labelTarget);
    const typing = document.activeElement?.closest("[data-chosen]");
    if (typing && chosen.length === 1 && chosen[0] === this.chosen.element) this.chosen.refresh();
    else this.chosen.show(chosen);
  }

  selected(elements) {
    const chosen = elements.map((one) => one.labelTarget ?? one);
    this.chosen.show([...new Set(chosen)]);
    this.outline.mark();
  }

  /** Chooses an element, on its own plane, in sight. `focus`: the heading of what is chosen gets the focus. */
  go(element, { focus = false } = {}) {
    const canvas = this.modeler.get("canvas");
    const selection = this.modeler.get("selection");
    if (!element) {
      selection.select(null);
      this.chosen.show([]);
    } else {
      if (canvas.getRootElement() !== rootOf(element)) canvas.setRootElement(rootOf(element));
      if (selection.isSelected(element) && selection.get().length === 1) this.selected([element]);
      else selection.select(element);
      canvas.scrollToElement(element, { top: 120, bottom: 120, left: 200, right: 200 });
    }
    if (focus) this.chosen.focus();
  }

  nameCanvas() {
    const svg = this.at("canvas").querySelector("svg[tabindex]");
    svg?.setAttribute("role", "application");
    svg?.setAttribute("aria-label", "Tekening. Met het toetsenbord werkt de lijst met stappen hiernaast gemakkelijker.");
  }

  /** The whole drawing in the middle of what the palette leaves free. */
  frame() {
    const canvas = this.modeler.get("canvas");
    const { inner, outer } = canvas.viewbox();
    const beside = this.writable ? PALETTE : 0;
    const free = { width: outer.width - beside - 2 * EDGE, height: outer.height - 2 * EDGE };
    const scale = Math.min(1, free.width / inner.width, free.height / inner.height);
    canvas.viewbox({
      x: inner.x + inner.width / 2 - (beside + EDGE + free.width / 2) / scale,
      y: inner.y + inner.height / 2 - outer.height / 2 / scale,
      width: outer.width / scale,
      height: outer.height / scale,
    });
  }
}

export async function openEditor(place) {
  const page = new Page(place);
  place.editor = page; // tests look here
  page.unknownWords = unknownWords;
  page.dutchWords = dutchWords;
  try {
    await page.open();
  } catch (error) {
    console.error(error);
    page.at("notice").replaceChildren(make("p", { class: "zs-alert zs-alert--error ed-notice" },
      "De tekening kon niet worden geopend. Laad de pagina opnieuw, of gebruik de andere pagina's van dit ontwerp."));
  }
}

