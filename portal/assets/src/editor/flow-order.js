// The steps of one plane in the order in which the case passes them: depth first, each step once, what is on its border
// right behind it. A merge without a name is called after what follows.
import { kindOf } from "./words.js";
import { typed } from "./places.js";

const flows = (node) => node.outgoing.filter((flow) => typed(flow, "SequenceFlow"));

export function inOrder(nodes) {
  const here = new Set(nodes);
  const steps = nodes.filter((node) => !node.host);
  const starts = steps.filter((node) => typed(node, "StartEvent"));
  const entries = [...starts, ...steps.filter((node) => !starts.includes(node) && !node.incoming.length), ...steps];
  const next = (node) => [node, ...(node.attachers ?? [])].flatMap((one) => flows(one).map((flow) => flow.target));
  const seen = new Set();
  const order = [];
  for (const entry of [...new Set(entries)].filter((node) => here.has(node))) {
    const part = [];
    const open = [[entry, 0]];
    if (seen.has(entry)) continue;
    seen.add(entry);
    while (open.length) {
      const top = open.at(-1);
      const target = next(top[0]).reverse()[top[1]];
      top[1] += 1;
      if (target === undefined) {
        part.unshift(top[0]);
        open.pop();
      } else if (here.has(target) && !seen.has(target)) {
        seen.add(target);
        open.push([target, 0]);
      }
    }
    order.push(...part);
  }
  return order.flatMap((node) => [node, ...(node.attachers ?? []).filter((one) => here.has(one))]);
}

/** The name on the page: its own, else one that is derived from what stands around it. */
export function nameOf(element) {
  const own = element.businessObject.name?.replace(/\s+/g, " ").trim();
  if (own) return own;
  if (typed(element, "TextAnnotation")) return element.businessObject.text?.replace(/\s+/g, " ") || "toelichting";
  if (typed(element, "SequenceFlow") && element.target) return `naar ${nearName(element.target)}`;
  if (!typed(element, "Gateway")) return kindOf(element);
  if (flows(element).length > 1) return `${kindOf(element)} na ${nearName(element.incoming[0]?.source)}`;
  return `samenkomst vóór ${nearName(element.outgoing[0]?.target)}`;
}

/** The name of a neighbour; through merges without a name that of what comes after them. */
function nearName(element) {
  let at = element;
  for (let steps = 0; at && steps < 5; steps += 1) {
    const own = at.businessObject.name?.replace(/\s+/g, " ").trim();
    if (own) return own;
    if (!typed(at, "Gateway") || at.outgoing.length !== 1) return kindOf(at);
    at = at.outgoing[0].target;
  }
  return at ? kindOf(at) : "niets";
}

/** What follows in words: "Daarna: ja: Horen; nee: Beslissen (terug)". */
export function onward(node, numbers) {
  const parts = flows(node).map((flow) => {
    const label = flow.businessObject.name?.replace(/\s+/g, " ").trim();
    const back = numbers.get(flow.target) <= numbers.get(node) ? " (terug)" : "";
    return `${label ? `${label}: ` : ""}${flow.target ? nameOf(flow.target) : "?"}${back}`;
  });
  return parts.length ? `Daarna: ${parts.join("; ")}` : "";
}
