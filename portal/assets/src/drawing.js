// Shows a drawing in every element with data-drawing (the address of the BPMN file).
// Findings and states come as JSON in a <script type="application/json" id="..."> named by data-marks:
// [{"element": "Activity_1", "kind": "error" | "warning" | "current" | "done" | "added" | "removed" | "changed" | "within" | "heat-1" to "heat-3", "message": "...", "sign": "12"}]
// `sign` is what its note shows, where the kind has no sign of its own; "heat" is how much waits there.
// A mark of kind "within" is shown at a part that is folded, and at no other: of an open one everything can be seen.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { labelLanes } from "./lane-labels.js";

const HEAT = "heat-";
const SIGNS = { error: "!", added: "+", removed: "−", changed: "~", within: "…" };

function marksOf(place) {
  const source = place.dataset.marks && document.getElementById(place.dataset.marks);
  return source ? JSON.parse(source.textContent) : [];
}

// Where the sign of an arrow stands: on the middle of its longest piece, seen from the left upper corner of all of it.
function middle({ waypoints }) {
  const left = Math.min(...waypoints.map(({ x }) => x));
  const top = Math.min(...waypoints.map(({ y }) => y));
  const pieces = waypoints.slice(1).map((end, at) => [waypoints[at], end]);
  const [from, to] = pieces.reduce((one, other) => (length(other) > length(one) ? other : one));
  return { left: (from.x + to.x) / 2 - left - 12, top: (from.y + to.y) / 2 - top - 12 };
}

function length([from, to]) {
  return Math.hypot(to.x - from.x, to.y - from.y);
}

function mark(viewer, marks) {
  const canvas = viewer.get("canvas");
  const overlays = viewer.get("overlays");
  const registry = viewer.get("elementRegistry");
  for (const { element, kind, message, sign } of marks) {
    const shape = registry.get(element);
    if (!shape || (kind === "within" && !shape.collapsed)) continue;
    canvas.addMarker(element, `drawing-${kind}`);
    if (!message) continue;
    const note = document.createElement("div");
    note.className = `drawing-note drawing-note--${kind}`;
    note.textContent = sign ?? SIGNS[kind] ?? "?";
    note.title = message;
    overlays.add(element, { position: shape.waypoints ? middle(shape) : { top: -12, right: 12 }, html: note });
  }
}

// The parts that are folded around an element, the outermost first: each is drawn on a page of its own.
function foldedAround(viewer, element) {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  const found = [];
  let shape = registry.get(element);
  while (shape) {
    const part = registry.get(canvas.findRoot(shape)?.businessObject?.id);
    if (!part?.collapsed || part === shape) break;
    found.unshift(part);
    shape = part;
  }
  return found;
}

// How much waits in a part that is folded stands at the part too, before all other marks: who looks at the whole sees where to look further.
function withSums(viewer, marks) {
  const sums = new Map();
  for (const { element, kind, sign } of marks) {
    if (!kind.startsWith(HEAT)) continue;
    for (const part of foldedAround(viewer, element)) {
      const known = sums.get(part) ?? { count: 0, warmth: 0 };
      sums.set(part, { count: known.count + Number(sign), warmth: Math.max(known.warmth, Number(kind.slice(HEAT.length))) });
    }
  }
  const folded = [...sums].map(([part, { count, warmth }]) => ({
    element: part.id, kind: `${HEAT}${warmth}`, sign: String(count), message: `Samen in het deel ${part.businessObject.name ?? ""}: ${count}`,
  }));
  return [...folded, ...marks];
}

// The page with the first marked element, for a part that is folded has one of its own: the whole of it, in the middle.
function frame(viewer, marks) {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  const first = marks.map((one) => registry.get(one.element)).find((one) => one && one.width);
  if (first) canvas.setRootElement(canvas.findRoot(first));
  canvas.zoom("fit-viewport", "auto");
}

// Buttons to come nearer, for a large drawing is small when all of it is in sight. What is chosen or marked first comes to the middle.
// The page keeps their place free (the element right behind the drawing): a page that shifts under a hand gets the wrong press.
function controls(place, viewer, marks) {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  const nearer = (times) => {
    const marked = marks.map((one) => registry.get(one.element)).find((one) => one && one.width && canvas.findRoot(one) === canvas.getRootElement());
    const whole = canvas.viewbox();
    const seen = marked && marked.x < whole.x + whole.width && marked.x + marked.width > whole.x;
    canvas.zoom(canvas.zoom() * times);
    if (!seen || times < 1) return;
    const { width, height } = canvas.viewbox();
    canvas.viewbox({ x: marked.x + marked.width / 2 - width / 2, y: marked.y + marked.height / 2 - height / 2, width, height });
  };
  for (const [text, act] of [["Dichterbij", () => nearer(1.5)], ["Verder weg", () => nearer(1 / 1.5)], ["Alles in beeld", () => frame(viewer, marks)]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "nl-button nl-button--subtle";
    button.textContent = text;
    button.addEventListener("click", act);
    place.nextElementSibling.append(button);
  }
}

async function show(place) {
  const viewer = new NavigatedViewer({ container: place });
  try {
    const answer = await fetch(place.dataset.drawing, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    await viewer.importXML(await answer.text());
    const marks = withSums(viewer, marksOf(place));
    frame(viewer, marks);
    mark(viewer, marks);
    labelLanes(viewer);
    controls(place, viewer, marks);
    place.dataset.ready = "true";
    place.viewer = viewer; // for scripts of a page that point at an element
    place.dispatchEvent(new Event("drawing-ready"));
  } catch {
    viewer.destroy();
    place.textContent = "De tekening kon niet worden getoond. De lijst op deze pagina zegt hetzelfde in woorden.";
  }
}

for (const place of document.querySelectorAll("[data-drawing]")) show(place);
