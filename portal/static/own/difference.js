// Ties the sentences of a difference to the drawings that show it: a button at each sentence, and what an element has to say when it
// is clicked. Without this script the sentences say the same.
(() => {
  const whole = document.querySelector(".zs-difference");
  if (!whole || !whole.querySelector("[data-drawing]")) return;
  const said = whole.querySelector(".zs-difference__said");
  const lines = [...whole.querySelectorAll(".zs-change")];
  const words = (list) => (list ? list.split(" ") : []);

  function choose(viewer, chosen, id) {
    const canvas = viewer.get("canvas");
    for (const line of lines) line.toggleAttribute("data-chosen", chosen.includes(line));
    viewer.get("elementRegistry").forEach((one) => canvas.removeMarker(one, "drawing-chosen"));
    canvas.addMarker(id, "drawing-chosen");
  }

  function point(place, viewer, line, id) {
    const canvas = viewer.get("canvas");
    const shape = viewer.get("elementRegistry").get(id);
    choose(viewer, [line], id);
    canvas.setRootElement(canvas.findRoot(id)); // a part that is folded has a page of its own
    const at = shape.waypoints ? shape.waypoints[0] : { x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 };
    const { width, height } = canvas.viewbox().outer;
    canvas.viewbox({ x: at.x - width / 2, y: at.y - height / 2, width, height });
    place.scrollIntoView({ block: "center" });
    tell([line]);
  }

  function tell(chosen) {
    said.replaceChildren(
      ...chosen.map((line) => {
        const told = document.createElement("p");
        told.textContent = line.querySelector(".zs-change__text").textContent;
        return told;
      }),
    );
  }

  function tie(place) {
    const viewer = place.viewer;
    const registry = viewer.get("elementRegistry");
    const mine = lines.filter((line) => line.dataset.shownBy === (place.dataset.marks === "difference-old-marks" ? "old" : "new"));
    for (const line of mine) {
      const id = words(line.dataset.drawn).find((one) => registry.get(one));
      if (!id) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "nl-button nl-button--secondary";
      button.textContent = "Toon in de tekening";
      button.setAttribute("aria-label", `Toon in de tekening: ${line.querySelector(".zs-change__text").textContent}`);
      button.addEventListener("click", () => point(place, viewer, line, id));
      line.querySelector(".zs-change__said").append(" ", button);
    }
    viewer.get("eventBus").on("element.click", ({ element }) => {
      const id = (element.labelTarget ?? element).id;
      const about = mine.filter((line) => words(line.dataset.drawn).includes(id));
      const inside = mine.filter((line) => words(line.dataset.around).includes(id));
      const chosen = about.length || !element.collapsed ? about : inside;
      if (!chosen.length) return;
      choose(viewer, chosen, id);
      tell(chosen);
    });
  }

  for (const place of whole.querySelectorAll("[data-drawing]")) {
    if (place.viewer && place.dataset.ready) tie(place);
    else place.addEventListener("drawing-ready", () => tie(place), { once: true });
  }
})();
