// Only what the profile runs is offered: in the palette, at an element, and among the kinds to change into.
// Providers of a lower priority see the entries of bpmn-js and leave out the others.

const PALETTE = [
  "hand-tool", "lasso-tool", "space-tool", "global-connect-tool", "tool-separator", "create.start-event",
  "create.intermediate-event", "create.end-event", "create.exclusive-gateway", "create.task",
  "create.subprocess-expanded",
];
const PAD = [
  "delete", "lane-insert-above", "lane-insert-below", "lane-divide-two", "lane-divide-three", "append.receive-task",
  "append.message-intermediate-event", "append.timer-intermediate-event", "append.signal-intermediate-event",
  "append.end-event", "append.gateway", "append.append-task", "append.intermediate-event", "append.text-annotation",
  "replace", "connect", "align-elements",
];
const REPLACE = [
  "none-start", "none-start-event", "none-intermediate-throw", "none-intermediate-throwing", "none-end", "none-end-event",
  "message-start", "timer-start",
  "message-intermediate-catch", "message-intermediate-throw", "timer-intermediate-catch", "signal-intermediate-catch",
  "signal-intermediate-throw", "message-end", "error-end", "signal-end", "terminate-end",
  "exclusive-gateway", "parallel-gateway", "inclusive-gateway", "event-based-gateway",
  "task", "user-task", "service-task", "send-task", "receive-task", "call-activity",
  "collapsed-subprocess", "expanded-subprocess", "subprocess",
  "message-boundary", "timer-boundary", "error-boundary", "signal-boundary",
  "non-interrupting-message-boundary", "non-interrupting-timer-boundary", "non-interrupting-signal-boundary",
  "sequence-flow", "default-flow",
].map((name) => `replace-with-${name}`);
const MARKERS = ["toggle-parallel-mi", "toggle-sequential-mi", "toggle-non-interrupting"];
const LATER = 400; // after the providers of bpmn-js, which register with 1000

const only = (allowed) => (entries) =>
  Object.fromEntries(Object.entries(entries).filter(([name]) => allowed.includes(name)));

export default function Offered(palette, contextPad, popupMenu) {
  palette.registerProvider(LATER, { getPaletteEntries: () => only(PALETTE) });
  contextPad.registerProvider(LATER, {
    getContextPadEntries: () => only(PAD),
    getMultiElementContextPadEntries: () => only(PAD),
  });
  popupMenu.registerProvider("bpmn-replace", LATER, {
    getPopupMenuEntries: () => only(REPLACE),
    getPopupMenuHeaderEntries: () => only(MARKERS),
  });
}
Offered.$inject = ["palette", "contextPad", "popupMenu"];
