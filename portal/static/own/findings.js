// Gives each finding a button that shows its element in the drawing. Without this script the list says the same in words.
(() => {
  const place = document.querySelector("[data-drawing]");
  const live = document.getElementById("live");
  if (!place) return;

  function choose(viewer, finding, id) {
    const canvas = viewer.get("canvas");
    const shape = viewer.get("elementRegistry").get(id);
    for (const one of document.querySelectorAll("[data-chosen]")) {
      delete one.dataset.chosen;
      const before = one.querySelector("[data-element]").dataset.element;
      if (viewer.get("elementRegistry").get(before)) canvas.removeMarker(before, "drawing-chosen");
    }
    finding.dataset.chosen = "true";
    canvas.addMarker(id, "drawing-chosen");
    canvas.setRootElement(canvas.findRoot(id)); // a part that is folded has a page of its own
    const point = shape.waypoints ? shape.waypoints[0] : { x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 };
    const { width, height } = canvas.viewbox().outer;
    canvas.viewbox({ x: point.x - width / 2, y: point.y - height / 2, width, height });
    place.scrollIntoView({ block: "center" });
    if (live) live.textContent = `${finding.querySelector("[data-element]").textContent} is aangewezen in de tekening.`;
  }

  function improve(viewer) {
    const registry = viewer.get("elementRegistry");
    for (const name of document.querySelectorAll(".zs-finding [data-element]")) {
      const id = name.dataset.element;
      if (!registry.get(id)) continue;
      const finding = name.closest(".zs-finding");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "nl-button nl-button--secondary";
      button.textContent = "Toon in de tekening";
      button.setAttribute("aria-label", `Toon in de tekening: ${name.textContent}`);
      button.addEventListener("click", () => choose(viewer, finding, id));
      finding.append(button);
    }
  }

  if (place.viewer && place.dataset.ready) improve(place.viewer);
  else place.addEventListener("drawing-ready", () => improve(place.viewer), { once: true });
})();
