// The settings of the case type at an element: HTML of the server, in which a form is sent without leaving the page. What the server
// made of it goes into the drawing as a command, so that there is one list to undo.
import { make, say } from "./dom.js";
import { typed } from "./places.js";

const REST = 120;
let asked = 0;
let timer;

/** Fill the place of an element, when it is still the one that is looked at after a short rest. */
export function fillSettings(page, element, place) {
  clearTimeout(timer);
  if (!typed(element, "FlowNode", "Lane") && !hasSentence(element)) return;
  timer = setTimeout(() => load(page, element, place), REST);
}

/** Whether it has a condition or a moment, which can be said in a sentence. */
const hasSentence = (element) => typed(element, "SequenceFlow")
  ? typed(element.source, "ExclusiveGateway", "InclusiveGateway")
  : Boolean(timerOf(element.businessObject));
const timerOf = (object) => object?.eventDefinitions?.find((one) => one.$type === "bpmn:TimerEventDefinition");

async function load(page, element, place) {
  asked += 1;
  const number = asked;
  const open = new Set([...place.querySelectorAll("details[open]")].map((one) => one.dataset.action));
  const wanted = [
    hasSentence(element) && sentenceOf(page, element),
    typed(element, "FlowNode", "Lane") && addressOf(page, element),
  ];
  const texts = await Promise.all(wanted.filter(Boolean).map(fetched));
  if (number !== asked || texts.includes(null) || place.contains(document.activeElement)) return;
  place.replaceChildren(...texts.flatMap(parsed));
  for (const one of place.querySelectorAll("details")) one.open = one.open || open.has(one.dataset.action);
  wire(page, element, place, place);
}

/** The HTML at an address; null when there is no answer. */
async function fetched(address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "manual" });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

const parsed = (text) =>
  [...new DOMParser().parseFromString(text, "text/html").body.children].map((one) => document.adoptNode(one));
const addressOf = (page, element) => `${page.data.settings}/${encodeURIComponent(element.id)}`;
const sentenceOf = (page, element) => `${page.data.sentences}/${encodeURIComponent(element.id)}/paneel`;

function wire(page, element, place, part) {
  for (const form of part.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(page, element, place, form, event.submitter);
    });
  }
}

async function send(page, element, place, form, button) {
  const data = new URLSearchParams(new FormData(form));
  if (button?.name) data.set(button.name, button.value);
  data.set("seen", page.saving.revision);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin", redirect: "manual" });
  } catch {
    return refused(form, "Geen verbinding. Wat u invulde staat er nog; probeer het opnieuw.");
  }
  if (answer.type === "opaqueredirect") return refused(form, "U bent uitgelogd. Log in een ander tabblad opnieuw in, en druk dan nog een keer.");
  const kind = answer.headers.get("content-type") ?? "";
  if (answer.ok && kind.includes("html")) return further(page, element, place, form, await answer.text());
  const body = kind.includes("json") ? await answer.json() : {};
  if (answer.status === 409) {
    page.saving.revision = body.revision;
    return refused(form, `${body.who} bewaarde om ${body.at} ook iets aan deze tekening. Bewaar nog een keer als uw instelling moet gelden.`);
  }
  if (!answer.ok) return refused(form, body.sentence ?? "Bewaren lukte niet. Probeer het nog een keer.");
  await layIn(page, element, body);
  // only who is still here gets the focus back
  if (place.contains(document.activeElement)) document.activeElement.blur();
  await load(page, element, place);
  if (document.activeElement === document.body) place.querySelector("details[open] summary, summary")?.focus();
  return say(`${body.words} Bewaring ${body.number}.`);
}

/** A sentence of which there is more to choose: its form again, with the focus on what is asked now. */
function further(page, element, place, form, text) {
  const [part] = parsed(text);
  part.open = true;
  form.closest("details[data-action=sentence]").replaceWith(part);
  wire(page, element, place, part);
  const empty = [...part.querySelectorAll("select")].find((one) => !one.value && one.required);
  (part.querySelector("[aria-invalid]") ?? empty ?? part.querySelector("summary")).focus();
  const told = part.querySelector("[role=status], [role=alert]");
  if (told) say(told.textContent);
}

function refused(form, sentence) {
  form.querySelector(".ed-refused")?.remove();
  form.prepend(make("p", { class: "zs-alert zs-alert--error ed-refused", role: "alert" }, sentence));
}

/** Put what the server has for this element in the drawing on the screen: its settings, condition and moment. */
export async function layIn(page, element, body) {
  const { modeler } = page;
  const { elementsById } = await modeler.get("moddle").fromXML(await page.fetched(page.data.source));
  const stored = elementsById[element.id];
  page.saving.made(body, () => {
    if (typed(element, "SequenceFlow")) layInFlow(modeler, element, stored);
    else if (!layInTimer(modeler, element, stored)) layInSettings(modeler, element, stored);
  });
  if (hasSentence(element)) page.chosen.again();
}

function layInSettings(modeler, element, stored) {
  const object = element.businessObject;
  let made;
  if (stored?.extensionElements?.values?.length) {
    // a list of its own: the element that was read would bring the namespaces of its file along
    made = modeler.get("bpmnFactory").create("bpmn:ExtensionElements", { values: [...stored.extensionElements.values] });
    made.$parent = object;
    for (const one of made.values) one.$parent = made;
  }
  const documentation = (stored?.documentation ?? []).map(({ text }) => {
    const one = modeler.get("bpmnFactory").create("bpmn:Documentation", { text });
    one.$parent = object;
    return one;
  });
  modeler.get("modeling").updateProperties(element, { extensionElements: made, documentation });
}

function layInFlow(modeler, flow, stored) {
  const body = stored?.conditionExpression?.body;
  if (body === flow.businessObject.conditionExpression?.body) return;
  const made = body ? modeler.get("bpmnFactory").create("bpmn:FormalExpression", { body }) : undefined;
  if (made) made.$parent = flow.businessObject;
  modeler.get("modeling").updateProperties(flow, { conditionExpression: made });
}

/** Whether the moment was another one. */
function layInTimer(modeler, element, stored) {
  const [here, there] = [timerOf(element.businessObject), timerOf(stored)];
  if (!here || !there) return false;
  const kinds = ["timeDuration", "timeDate", "timeCycle"];
  if (kinds.every((kind) => here.get(kind)?.body === there.get(kind)?.body)) return false;
  const properties = Object.fromEntries(kinds.map((kind) => {
    const body = there.get(kind)?.body;
    const made = body ? modeler.get("bpmnFactory").create("bpmn:FormalExpression", { body }) : undefined;
    if (made) made.$parent = here;
    return [kind, made];
  }));
  modeler.get("modeling").updateModdleProperties(element, here, properties);
  return true;
}
