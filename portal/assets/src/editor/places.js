// Where a new step goes: next to its predecessor, free of what stands there, with room made where there is none.

export const GAP = 50;
const MARGIN = 15;

export const middle = (shape) => ({ x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 });
export const typed = (element, ...types) => types.some((type) => element.businessObject?.$instanceOf?.(`bpmn:${type}`));

export default class Places {
  constructor(canvas, elementRegistry, modeling, spaceTool) {
    this.canvas = canvas;
    this.elementRegistry = elementRegistry;
    this.modeling = modeling;
    this.spaceTool = spaceTool;
  }

  /** Every step drawn on the same plane, with labels and texts: what a new step may not stand on. */
  others(root, without = []) {
    return this.all(root).filter(
      (one) => !one.waypoints && !without.includes(one) && !typed(one, "Lane", "Participant") && one.type !== "label"
        && !(typed(one, "SubProcess") && one.children?.length && one.di.isExpanded),
    );
  }

  all(root) {
    return this.elementRegistry.filter((one) => one !== root && rootOf(one) === root);
  }

  isFree(box, root, without) {
    return !this.others(root, without).some(
      (one) => one.x < box.x + box.width + MARGIN && box.x - MARGIN < one.x + one.width
        && one.y < box.y + box.height + MARGIN && box.y - MARGIN < one.y + one.height,
    );
  }

  /** Makes `size` of room to the right of x ("e") or below y ("s") on the plane of an element. */
  makeRoom(element, direction, start, size) {
    const axis = direction === "e" ? "x" : "y";
    const { movingShapes, resizingShapes } = this.spaceTool.calculateAdjustments(this.all(rootOf(element)), axis, size, start);
    const delta = { x: 0, y: 0, [axis]: size };
    this.modeling.createSpace(movingShapes, resizingShapes, delta, direction, start);
  }

  /** The box for a step of this size to the right of `source`; what stood there moves aside. */
  after(source, { width, height }) {
    const root = rootOf(source);
    const onBorder = source.host;
    const right = source.x + source.width;
    const box = { x: right + GAP, y: middle(source).y - height / 2, width, height };
    if (onBorder) box.y = onBorder.y + onBorder.height + GAP;
    if (onBorder && !this.isFree(box, root, [])) return this.below(source, box);
    const withGap = { ...box, width: width + GAP - MARGIN };
    if (!this.isFree(withGap, root, [source])) this.makeRoom(source, "e", right + 5, width + 2 * GAP);
    return box;
  }

  /** The first free place under a box within its lane; the lane grows when it is full. */
  below(source, box) {
    const root = rootOf(source);
    const lane = this.laneAt(middle(source.host ?? source), root);
    const end = lane ? lane.y + lane.height - MARGIN : Infinity;
    const tries = Array.from({ length: 60 }, (_, number) => ({ ...box, y: box.y + 10 * number }));
    const found = tries.find((one) => one.y + one.height <= end && this.isFree(one, root, []));
    return found ?? this.atTheEnd(lane, box, source);
  }

  atTheEnd(lane, box, element) {
    const y = lane.y + lane.height;
    this.makeRoom(element, "s", y - 2, box.height + 2 * MARGIN);
    return { ...box, y: y + MARGIN - 5 };
  }

  /** The place in another lane straight above or below. */
  inLane(shape, lane) {
    const box = { x: shape.x, y: lane.y + MARGIN, width: shape.width, height: shape.height };
    const steps = Math.max(0, Math.floor((lane.height - shape.height - 2 * MARGIN) / 10));
    const centre = lane.y + lane.height / 2 - shape.height / 2;
    const tries = Array.from({ length: steps + 1 }, (_, number) => ({ ...box, y: box.y + 10 * number }))
      .sort((one, other) => Math.abs(one.y - centre) - Math.abs(other.y - centre));
    return tries.find((one) => this.isFree(one, rootOf(shape), [shape, ...(shape.attachers ?? [])]))
      ?? this.atTheEnd(lane, box, shape);
  }

  lanes(root) {
    const found = this.all(root).filter((one) => typed(one, "Lane") && !one.children?.some((child) => typed(child, "Lane")));
    return found.sort((one, other) => one.y - other.y);
  }

  laneAt(point, root) {
    return this.lanes(root).find((lane) => lane.y <= point.y && point.y <= lane.y + lane.height);
  }
}
Places.$inject = ["canvas", "elementRegistry", "modeling", "spaceTool"];

/** The plane on which an element is drawn. */
export function rootOf(element) {
  let at = element;
  while (at.parent) at = at.parent;
  return at;
}
