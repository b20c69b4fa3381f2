// Shows a drawing in every element with data-drawing (the address of the BPMN file).
// Findings and states come as JSON in a <script type="application/json" id="..."> named by data-marks:
// [{"element": "Activity_1", "kind": "error" | "warning" | "current" | "done", "message": "..."}]
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const READABLE = 0.7;

function marksOf(place) {
  const source = place.dataset.marks && document.getElementById(place.dataset.marks);
  return source ? JSON.parse(source.textContent) : [];
}

function mark(viewer, marks) {
  const canvas = viewer.get("canvas");
  const overlays = viewer.get("overlays");
  const registry = viewer.get("elementRegistry");
  for (const { element, kind, message } of marks) {
    if (!registry.get(element)) continue;
    canvas.addMarker(element, `drawing-${kind}`);
    if (!message) continue;
    const note = document.createElement("div");
    note.className = `drawing-note drawing-note--${kind}`;
    note.textContent = kind === "error" ? "!" : "?";
    note.title = message;
    overlays.add(element, { position: { top: -12, right: 12 }, html: note });
  }
}

// The page with the first marked element, for a part that is folded has one of its own: the whole of it when it can still be read at
// that size, else that element, else the left side.
function frame(viewer, marks) {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  const first = marks.map((one) => registry.get(one.element)).find((one) => one && one.width);
  if (first) canvas.setRootElement(canvas.findRoot(first));
  if (canvas.zoom("fit-viewport", "auto") >= READABLE) return;
  const { inner, outer } = canvas.viewbox();
  const centre = first ? first.x + first.width / 2 : inner.x + outer.width / READABLE / 2;
  const width = outer.width / READABLE;
  const height = outer.height / READABLE;
  const middle = first ? first.y + first.height / 2 : inner.y + inner.height / 2;
  canvas.viewbox({ x: Math.max(inner.x - 20, centre - width / 2), y: middle - height / 2, width, height });
}

async function show(place) {
  const viewer = new NavigatedViewer({ container: place });
  try {
    const answer = await fetch(place.dataset.drawing, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    await viewer.importXML(await answer.text());
    const marks = marksOf(place);
    frame(viewer, marks);
    mark(viewer, marks);
    place.dataset.ready = "true";
    place.viewer = viewer; // for scripts of a page that point at an element
    place.dispatchEvent(new Event("drawing-ready"));
  } catch {
    viewer.destroy();
    place.textContent = "De tekening kon niet worden getoond. De lijst op deze pagina zegt hetzelfde in woorden.";
  }
}

for (const place of document.querySelectorAll("[data-drawing]")) show(place);
