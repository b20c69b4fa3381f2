// Making room moves text annotations out of the process and into the collaboration, where no process knows them: put back.
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";

export default class AnnotationsStay extends CommandInterceptor {
  constructor(eventBus, elementRegistry, modeling) {
    super(eventBus);
    const artifacts = () => elementRegistry.filter((one) => one.type === "bpmn:TextAnnotation" || one.type === "bpmn:Association");
    this.preExecute("spaceTool", ({ context }) => {
      context.homes = new Map(artifacts().map((one) => [one, [one.parent, one.businessObject.$parent]]));
    });
    this.postExecuted("spaceTool", ({ context }) => {
      for (const [one, [home]] of context.homes) {
        if (one.parent === home) continue;
        if (one.waypoints) modeling.moveConnection(one, { x: 0, y: 0 }, home);
        else modeling.moveShape(one, { x: 0, y: 0 }, home);
      }
    });
  }
}
AnnotationsStay.$inject = ["eventBus", "elementRegistry", "modeling"];
