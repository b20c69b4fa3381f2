// Moving a text annotation, also when room is made beside it, would take it out of the process and put it in the collaboration,
// where no process knows it: it stays where it is. This comes after the ordering of bpmn-js, which has another parent in mind.
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";

const AFTER_ORDERING = 500;
const NOTES = ["bpmn:TextAnnotation", "bpmn:Association", "bpmn:Group"];

export default class AnnotationsStay extends CommandInterceptor {
  constructor(eventBus) {
    super(eventBus);
    this.preExecute(["shape.move", "connection.move"], AFTER_ORDERING, ({ context }) => {
      const moved = context.shape ?? context.connection;
      const leaves = context.newParent?.type === "bpmn:Collaboration" && moved.parent?.type === "bpmn:Participant";
      if (NOTES.includes(moved.type) && leaves) {
        context.newParent = moved.parent;
        context.newParentIndex = undefined;
      }
    });
  }
}
AnnotationsStay.$inject = ["eventBus"];
