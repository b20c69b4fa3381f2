// What is wrong with the drawing while somebody draws: asked 400 ms after the last change, shown at the element and as a list.
// Requests are numbered: only the answer to the latest one counts.
import { canMend, mend } from "./mendings.js";
import { button, make, say } from "./dom.js";

const REST = 400;

export class Findings {
  /** `xml()` gives the drawing as it is now; `go(id)` chooses an element; `changed()` is called when there are other findings. */
  constructor(place, status, modeler, { address, token, xml, go, changed }) {
    this.place = place;
    this.status = status;
    this.modeler = modeler;
    this.address = address;
    this.token = token;
    this.xml = xml;
    this.go = go;
    this.changed = changed;
    this.number = 0;
    this.found = [];
    this.marked = [];
  }

  soon() {
    this.changedAt = performance.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), REST);
  }

  async ask() {
    this.number += 1;
    const number = this.number;
    const asked = this.changedAt;
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        body: new URLSearchParams({ csrf: this.token, drawing: await this.xml() }),
        credentials: "same-origin",
        redirect: "manual",
      });
      if (number !== this.number) return;
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (number === this.number) this.show(found.findings, asked && performance.now() - asked);
    } catch {
      if (number === this.number) this.status.textContent = "Nakijken lukte niet. Na uw volgende verandering proberen wij het opnieuw.";
    }
  }

  at(id) {
    return this.found.filter((one) => one.element === id);
  }

  show(found, after) {
    this.found = found;
    const seconds = after && (after / 1000).toFixed(1).replace(".", ",");
    this.place.dataset.milliseconds = Math.round(after ?? 0);
    const errors = found.filter((one) => one.severity === "error").length;
    const count = found.length ? `${errors} ${errors === 1 ? "fout" : "fouten"}, ${found.length - errors} om na te kijken` : "Geen bevindingen";
    this.status.textContent = `${count}. Nagekeken${seconds ? ` ${seconds} seconde na uw laatste verandering` : ""}.`;
    this.place.replaceChildren(...found.map((one) => this.line(one)));
    this.mark();
    this.changed();
  }

  line(finding) {
    const { element, severity, place, message } = finding;
    const known = this.modeler.get("elementRegistry").get(element);
    const word = make("span", { class: `nl-data-badge zs-badge zs-badge--${severity}` }, severity === "error" ? "Fout" : "Let op");
    const where = known ? button(place, () => this.go(element), { class: "ed-link" }) : make("strong", {}, place);
    const press = () => {
      mend(this.modeler, finding);
      this.status.focus();
      say(`Hersteld. ${finding.mending} Ongedaan maken kan.`);
    };
    const fix = canMend(this.modeler, finding) ? button("Herstel dit", press, { "aria-label": `Herstel dit: ${message}` }) : null;
    return make("li", {}, word, " ", where, " ", make("span", {}, message), fix && " ", fix);
  }

  /** The findings on the canvas: a colour around the element and a mark that says how many. */
  mark() {
    const [canvas, overlays, registry] = ["canvas", "overlays", "elementRegistry"].map((name) => this.modeler.get(name));
    overlays.remove({ type: "finding" });
    for (const [id, marker] of this.marked) if (registry.get(id)) canvas.removeMarker(id, marker);
    this.marked = [];
    for (const id of new Set(this.found.map((one) => one.element))) {
      const element = registry.get(id);
      if (!element || element === canvas.getRootElement()) continue;
      const here = this.at(id);
      const kind = here.some((one) => one.severity === "error") ? "error" : "warning";
      canvas.addMarker(id, `drawing-${kind}`);
      this.marked.push([id, `drawing-${kind}`]);
      if (element.waypoints && !element.label) continue;
      const note = make("div", { class: `drawing-note drawing-note--${kind}`, title: here.map((one) => one.message).join("\n") }, String(here.length));
      overlays.add(id, "finding", { position: { top: -12, right: 12 }, html: note });
    }
  }
}
