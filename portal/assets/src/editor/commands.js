// What a person does to a drawing, each as one step to undo. The outline and the buttons at an element call these.
import { isEnd, ON_THE_BORDER, STEPS } from "./steps.js";
import { GAP, middle, rootOf, typed } from "./places.js";

const TOGETHER = "zaakspoor.together";
const FRAME_NAME = 30; // the strip with the name of the frame
const FLOW = { type: "bpmn:SequenceFlow" };

class Together {
  preExecute(context) {
    context.result = context.doing();
  }
}

export default class Commands {
  constructor(commandStack, elementFactory, modeling, places, autoPlace, rules, canvas, elementRegistry) {
    this.commandStack = commandStack;
    this.elementFactory = elementFactory;
    this.modeling = modeling;
    this.places = places;
    this.autoPlace = autoPlace;
    this.rules = rules;
    this.canvas = canvas;
    this.elementRegistry = elementRegistry;
    commandStack.registerHandler(TOGETHER, Together);
  }

  together(doing) {
    const context = { doing };
    this.commandStack.execute(TOGETHER, context);
    return context.result;
  }

  /** A step after `source`, in the middle of `flow` when it has one. */
  insertAfter(source, step, name, flow = source.outgoing.find((one) => typed(one, "SequenceFlow"))) {
    return this.together(() => {
      const shape = this.elementFactory.createShape({ ...STEPS.get(step)[1] });
      const box = this.places.after(source, shape);
      const made = this.put(shape, box, source, name);
      if (!flow) {
        this.modeling.connect(source, made, FLOW);
        return made;
      }
      const next = flow.target;
      this.modeling.reconnectEnd(flow, made, middle(made));
      if (!isEnd(step)) this.modeling.connect(made, next, FLOW);
      return made;
    });
  }

  /** Another way out of `source`; a choice is drawn first where a step goes on in one way. */
  branch(source, step, name, target) {
    return this.together(() => {
      let choice = source;
      if (!typed(source, "Gateway")) {
        const main = source.outgoing.find((one) => typed(one, "SequenceFlow"));
        choice = this.insertAfter(source, "exclusive-gateway", "", main);
        const onward = choice.outgoing[0];
        if (onward) this.modeling.updateProperties(choice, { default: onward.businessObject });
      }
      const shape = this.elementFactory.createShape({ ...STEPS.get(step)[1] });
      const { x, y } = middle(choice);
      const wanted = { x: x + choice.width / 2 + GAP, y: y + 60, width: shape.width, height: shape.height };
      const made = this.put(shape, this.places.below(choice, wanted), choice, name);
      this.modeling.connect(choice, made, FLOW);
      if (target && !isEnd(step)) this.arrow(made, target);
      return made;
    });
  }

  /** An event on the border of a step, at its lower side. */
  onBorder(host, kind, name) {
    return this.together(() => {
      const shape = this.elementFactory.createShape({ ...ON_THE_BORDER.get(kind)[1] });
      const taken = (host.attachers ?? []).map((one) => one.x + one.width / 2);
      const spots = [0.75, 0.25, 0.5].map((part) => host.x + host.width * part);
      const x = spots.find((spot) => !taken.some((one) => Math.abs(one - spot) < 20)) ?? spots[0];
      const made = this.modeling.createShape(shape, { x, y: host.y + host.height }, host, { attach: true });
      if (name) this.modeling.updateLabel(made, name);
      return made;
    });
  }

  begin(root, name) {
    return this.together(() => {
      const shape = this.elementFactory.createShape({ type: "bpmn:StartEvent" });
      const parent = this.places.all(root).find((one) => typed(one, "Participant")) ?? root;
      const lane = this.places.lanes(root)[0] ?? (parent === root ? null : parent);
      const position = lane ? { x: lane.x + 80, y: lane.y + lane.height / 2 } : { x: 180, y: 160 };
      const made = this.modeling.createShape(shape, position, parent);
      if (name) this.modeling.updateLabel(made, name);
      return made;
    });
  }

  /** A lane under the others; the first one comes in a frame around everything that is drawn. */
  addLane(root, name) {
    return this.together(() => {
      const frame = this.places.all(root).find((one) => typed(one, "Participant")) ?? this.frame(root);
      const lanes = this.places.lanes(rootOf(frame));
      const inside = { x: frame.x + FRAME_NAME, y: frame.y, width: frame.width - FRAME_NAME, height: frame.height };
      const made = lanes.length
        ? this.modeling.addLane(lanes.at(-1), "bottom")
        : this.modeling.createShape({ type: "bpmn:Lane", isHorizontal: true }, inside, frame);
      if (name) this.modeling.updateLabel(made, name);
      return made;
    });
  }

  frame(root) {
    const drawn = this.places.others(root);
    const left = Math.min(160, ...drawn.map((one) => one.x)) - 80;
    const top = Math.min(120, ...drawn.map((one) => one.y)) - 50;
    const right = Math.max(700, ...drawn.map((one) => one.x + one.width)) + 60;
    const bottom = Math.max(250, ...drawn.map((one) => one.y + one.height)) + 50;
    const shape = this.elementFactory.createParticipantShape({ type: "bpmn:Participant" });
    shape.width = right - left;
    shape.height = bottom - top;
    const made = this.modeling.createShape(shape, { x: (left + right) / 2, y: (top + bottom) / 2 }, root);
    const process = made.businessObject.processRef;
    if (process?.name) this.modeling.updateLabel(made, process.name);
    return made;
  }

  canConnect(source, target) {
    const allowed = this.rules.allowed("connection.create", { source, target });
    return Boolean(allowed) && allowed.type === FLOW.type;
  }

  connect(source, target) {
    return this.together(() => this.arrow(source, target));
  }

  /** An arrow; one that goes back runs under both steps, where it is seen apart from the way there. */
  arrow(source, target) {
    const made = this.modeling.connect(source, target, FLOW);
    if (source.host || target.x + target.width > source.x) return made;
    const low = Math.max(source.y + source.height, target.y + target.height) + 20;
    const [from, to] = [middle(source).x, middle(target).x];
    this.modeling.updateWaypoints(made, [
      { x: from, y: source.y + source.height }, { x: from, y: low }, { x: to, y: low }, { x: to, y: target.y + target.height },
    ]);
    return made;
  }

  redirect(flow, target) {
    this.together(() => this.modeling.reconnectEnd(flow, target, middle(target)));
  }

  toLane(shape, lane) {
    this.together(() => {
      const box = this.places.inLane(shape, lane);
      this.modeling.moveElements([shape], { x: 0, y: box.y - shape.y }, shape.parent);
    });
  }

  /** Removes a step; `next` is where the arrows to it go from now on. */
  remove(elements, next) {
    this.together(() => {
      const gone = new Set(elements);
      const incoming = elements.flatMap((one) => [...(one.incoming ?? [])]).filter((flow) => !gone.has(flow.source));
      if (next) incoming.forEach((flow) => this.modeling.reconnectEnd(flow, next, middle(next)));
      this.modeling.removeElements(elements);
    });
  }

  /** One collapsed subprocess in the place of these steps, with a begin and an end inside. Null when it cannot be. */
  intoSubprocess(chosen, name) {
    const steps = withBorders(chosen.filter((one) => typed(one, "FlowNode")));
    const inside = new Set(steps);
    const across = (list) => steps.flatMap((one) => [...one[list]]).filter((flow) => typed(flow, "SequenceFlow"));
    const incoming = across("incoming").filter((flow) => !inside.has(flow.source));
    const outgoing = across("outgoing").filter((flow) => !inside.has(flow.target));
    if (!steps.length || incoming.length !== 1 || outgoing.length !== 1) return null;
    const [enters, leaves] = [incoming[0], outgoing[0]];
    const [first, last] = [enters.target, leaves.source];
    return this.together(() => {
      const shape = this.elementFactory.createShape({ type: "bpmn:SubProcess", isExpanded: false });
      const made = this.modeling.createShape(shape, middle(first), first.parent);
      this.modeling.reconnectEnd(enters, made, middle(made));
      this.modeling.reconnectStart(leaves, made, middle(made));
      const plane = this.canvas.findRoot(`${made.id}_plane`);
      const moved = steps.filter((one) => !one.host);
      const left = Math.min(...moved.map((one) => one.x));
      const top = Math.min(...moved.map((one) => one.y));
      this.modeling.moveElements(moved, { x: 260 - left, y: 120 - top }, plane, { autoResize: false });
      const start = this.put(this.elementFactory.createShape({ type: "bpmn:StartEvent" }), boxBefore(first), first, "");
      this.modeling.connect(start, first, FLOW);
      const end = this.put(this.elementFactory.createShape({ type: "bpmn:EndEvent" }), boxAfter(last), last, "");
      this.modeling.connect(last, end, FLOW);
      if (name) this.modeling.updateLabel(made, name);
      return made;
    });
  }

  put(shape, box, beside, name) {
    const centre = { x: box.x + shape.width / 2, y: box.y + shape.height / 2 };
    const made = this.modeling.createShape(shape, centre, beside.host?.parent ?? beside.parent);
    if (name) this.modeling.updateLabel(made, name);
    if (typed(made, "SubProcess")) this.beginAndEnd(made);
    return made;
  }

  /** A new subprocess is empty: a begin and an end make it one that runs. */
  beginAndEnd(subprocess) {
    const plane = this.canvas.findRoot(`${subprocess.id}_plane`);
    if (!plane) return;
    const start = this.modeling.createShape({ type: "bpmn:StartEvent" }, { x: 180, y: 160 }, plane);
    const end = this.modeling.createShape({ type: "bpmn:EndEvent" }, { x: 320, y: 160 }, plane);
    this.modeling.connect(start, end, FLOW);
  }
}
Commands.$inject = [
  "commandStack", "elementFactory", "modeling", "places", "autoPlace", "rules", "canvas", "elementRegistry",
];

const withBorders = (steps) => [...new Set(steps.flatMap((one) => [one.host ?? one, ...((one.host ?? one).attachers ?? [])]))];
const boxBefore = (step) => ({ x: step.x - GAP - 36, y: middle(step).y - 18 });
const boxAfter = (step) => ({ x: step.x + step.width + GAP, y: middle(step).y - 18 });

/** The elements on the ways from one step to another, both among them. */
export function between(first, last) {
  const reach = (from, list, end, other) => {
    const seen = new Set([from]);
    const open = [from];
    while (open.length) {
      const at = open.pop();
      if (at === end) continue;
      const nodes = [at, ...(at.attachers ?? [])];
      const next = nodes.flatMap((node) => node[list].map((flow) => flow[other]));
      for (const one of next.map((node) => (list === "incoming" ? node.host ?? node : node)).filter(Boolean)) {
        if (!seen.has(one) && rootOf(one) === rootOf(first)) {
          seen.add(one);
          open.push(one);
        }
      }
    }
    return seen;
  };
  const forward = reach(first, "outgoing", last, "target");
  const backward = reach(last, "incoming", first, "source");
  return [...forward].filter((one) => backward.has(one));
}
