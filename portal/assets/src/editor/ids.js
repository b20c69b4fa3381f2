// A new element gets a readable id from its first name, once: in the same command, so that undoing takes both back.
// An id that came with the drawing never changes: `publishedFrom`, `until`, `notSameAs` and running cases name it.
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";

const MADE = /_[0-9a-z]{7}$/;
const LONGEST = 40;

export function readable(name) {
  const words = name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words.map((word) => word[0].toUpperCase() + word.slice(1)).join("").slice(0, LONGEST);
  return /^[A-Za-z]/.test(joined) ? joined : joined && `Stap${joined}`;
}

export default class ReadableIds extends CommandInterceptor {
  constructor(eventBus, moddle, injector) {
    super(eventBus);
    this.known = new Set();
    eventBus.on("import.done", () => {
      this.known = new Set(injector.get("elementRegistry").getAll().map((element) => element.id));
    });
    this.postExecuted("element.updateLabel", ({ context }) => {
      const { element } = context;
      const target = element.labelTarget ?? element;
      this.name(target, injector.get("modeling"), moddle);
    });
    this.postExecuted("elements.paste", () => {
      const modeling = injector.get("modeling");
      injector.get("elementRegistry").forEach((element) => this.name(element, modeling, moddle));
    });
  }

  name(element, modeling, moddle) {
    const object = element.businessObject;
    if (!object?.$instanceOf?.("bpmn:FlowNode") && !object?.$instanceOf?.("bpmn:Lane")) return;
    if (element.labelTarget || this.known.has(element.id) || !MADE.test(element.id) || !object.name) return;
    const wanted = readable(object.name);
    if (!wanted) return;
    modeling.updateProperties(element, { id: this.free(wanted, moddle) });
  }

  free(wanted, moddle) {
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? wanted : `${wanted}${number}`;
      // names that the engine gives to steps of its own
      if (!moddle.ids.assigned(id) && !["Start", "End", "Root"].includes(id)) return id;
    }
  }
}
ReadableIds.$inject = ["eventBus", "moddle", "injector"];
