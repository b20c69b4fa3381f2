// Who does a task inside a subprocess: lanes are drawn in the pool only, so the name of its lane stands at the task itself.
// The lane is the one that the task names (`case:assignment lane="..."`), else that of the subprocess around it.
const TASKS = new Set(["bpmn:UserTask", "bpmn:Task", "bpmn:ManualTask"]);

/** Put the labels anew: `modeler` is any viewer or modeler of bpmn-js. */
export function labelLanes(modeler) {
  const [overlays, registry] = [modeler.get("overlays"), modeler.get("elementRegistry")];
  overlays.remove({ type: "lane" });
  const lanes = registry.filter((one) => one.type === "bpmn:Lane").map((one) => one.businessObject);
  for (const element of registry.filter((one) => TASKS.has(one.type) && one.businessObject.$parent?.$type === "bpmn:SubProcess")) {
    const name = laneOf(element.businessObject, lanes)?.name;
    if (name) overlays.add(element, "lane", { position: { bottom: 9, left: 8 }, html: label(name) });
  }
}

function laneOf(task, lanes) {
  const assignment = task.extensionElements?.values?.find((one) => one.$type.toLowerCase() === "case:assignment");
  const own = assignment && lanes.find((one) => one.id === (assignment.lane ?? assignment.$attrs?.lane));
  if (own) return own;
  let around = task;
  while (around.$parent?.$type === "bpmn:SubProcess") around = around.$parent;
  // of lanes in a lane the inner one names it, which comes after the outer one
  return lanes.filter((one) => one.flowNodeRef?.includes(around)).at(-1);
}

function label(name) {
  const made = document.createElement("div");
  made.className = "drawing-lane";
  made.textContent = name;
  return made;
}
