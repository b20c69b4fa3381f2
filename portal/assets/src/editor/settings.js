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
  if (!typed(element, "FlowNode", "Lane")) return;
  timer = setTimeout(() => load(page, element, place), REST);
}

async function load(page, element, place) {
  asked += 1;
  const number = asked;
  const open = new Set([...place.querySelectorAll("details[open]")].map((one) => one.dataset.action));
  let answer;
  try {
    answer = await fetch(addressOf(page, element), { credentials: "same-origin", redirect: "manual" });
  } catch {
    return;
  }
  const text = answer.ok ? await answer.text() : "";
  if (number !== asked || !answer.ok || place.contains(document.activeElement)) return;
  const parsed = new DOMParser().parseFromString(text, "text/html");
  place.replaceChildren(...[...parsed.body.children].map((one) => document.adoptNode(one)));
  for (const one of place.querySelectorAll("details")) one.open = open.has(one.dataset.action);
  for (const form of place.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(page, element, place, form, event.submitter);
    });
  }
}

const addressOf = (page, element) => `${page.data.settings}/${encodeURIComponent(element.id)}`;

async function send(page, element, place, form, button) {
  const data = new URLSearchParams(new FormData(form));
  if (button?.name) data.set(button.name, button.value);
  data.set("seen", page.saving.revision);
  let answer;
  try {
    answer = await fetch(addressOf(page, element), { method: "POST", body: data, credentials: "same-origin", redirect: "manual" });
  } catch {
    return refused(form, "Geen verbinding. Wat u invulde staat er nog; probeer het opnieuw.");
  }
  if (answer.type === "opaqueredirect") return refused(form, "U bent uitgelogd. Log in een ander tabblad opnieuw in, en druk dan nog een keer.");
  const body = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
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

function refused(form, sentence) {
  form.querySelector(".ed-refused")?.remove();
  form.prepend(make("p", { class: "zs-alert zs-alert--error ed-refused", role: "alert" }, sentence));
}

/** Put the settings that the server has for this element in the drawing on the screen. */
async function layIn(page, element, body) {
  const modeler = page.modeler;
  const { elementsById } = await modeler.get("moddle").fromXML(await page.fetched(page.data.source));
  const stored = elementsById[element.id]?.extensionElements;
  const object = element.businessObject;
  let made;
  if (stored?.values?.length) {
    // a list of its own: the element that was read would bring the namespaces of its file along
    made = modeler.get("bpmnFactory").create("bpmn:ExtensionElements", { values: [...stored.values] });
    made.$parent = object;
    for (const one of made.values) one.$parent = made;
  }
  page.saving.made(body, () => modeler.get("modeling").updateProperties(element, { extensionElements: made }));
}
