// Findings that have one right mending, mended in the drawing as a command: the edits of `zaakspoor lint --fix` that are about the
// drawing itself. What is mended in a setting or a letter is mended on the page of the findings.
import { typed } from "./places.js";

const JOINS = {
  "exclusive-joined-by-parallel": "bpmn:ExclusiveGateway",
  "parallel-joined-by-exclusive": "bpmn:ParallelGateway",
};

/** By code of a finding: (modeler, element) carries out its mending. */
const MENDINGS = {
  "default-with-condition": (modeler, flow) =>
    modeler.get("modeling").updateProperties(flow, { conditionExpression: undefined }),
  "gateway-without-default": (modeler, gateway) => {
    const [plain] = gateway.outgoing.filter((one) => typed(one, "SequenceFlow") && !one.businessObject.conditionExpression);
    modeler.get("modeling").updateProperties(gateway, { default: plain.businessObject });
  },
  "process-not-executable": (modeler, root) => modeler.get("modeling").updateProperties(root, { isExecutable: true }),
  ...Object.fromEntries(Object.entries(JOINS).map(([code, type]) =>
    [code, (modeler, gateway) => modeler.get("bpmnReplace").replaceElement(gateway, { type })])),
};

/** Whether a finding can be mended here: the server says that it has one mending, and it is about the drawing. */
export const canMend = (modeler, finding) => Boolean(finding.mending && MENDINGS[finding.code] && elementOf(modeler, finding));

/** The element of a finding after it was mended. */
export function mend(modeler, finding) {
  MENDINGS[finding.code](modeler, elementOf(modeler, finding));
  return elementOf(modeler, finding);
}

function elementOf(modeler, { element, code }) {
  if (code !== "process-not-executable") return modeler.get("elementRegistry").get(element);
  return modeler.get("canvas").getRootElements().find((one) => typed(one, "Process"));
}
