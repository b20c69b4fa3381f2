// Small helpers for elements of the page. Nothing of a drawing is ever read as HTML.

/** An element: `make("p", { class: "x" }, "text", child)`; `on...` are listeners, null and false leave an attribute out. */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

let count = 0;
export const freshId = (word) => `ed-${word}-${(count += 1)}`;

/** A labelled field: [the element to put on the page, its control]. */
export function field(label, control, hint) {
  const id = control.id || freshId("field");
  control.id = id;
  const parts = [make("label", { class: "utrecht-form-label", for: id }, label)];
  if (hint) {
    parts.push(make("p", { class: "ed-hint", id: `${id}-hint` }, hint));
    control.setAttribute("aria-describedby", `${id}-hint`);
  }
  return [make("div", { class: "ed-field" }, ...parts, control), control];
}

export const textbox = (attributes = {}) => make("input", { class: "utrecht-textbox", type: "text", ...attributes });
export const button = (text, onclick, attributes = {}) =>
  make("button", { class: "nl-button nl-button--secondary", type: "button", onclick, ...attributes }, text);

/** A list to choose from: pairs of value and text. */
export function select(options, attributes = {}, chosen = undefined) {
  const made = make("select", { class: "utrecht-select utrecht-select--html-select", ...attributes });
  return fill(made, options, chosen);
}

/** Other options in a list; `chosen` is the value that it shows, the first without it. */
export function fill(list, options, chosen = options[0]?.[0]) {
  list.replaceChildren(...options.map(([value, text]) => make("option", { value }, text)));
  list.value = chosen;
  return list;
}

/** Says a sentence to who uses a screen reader, and to who looks at the line under the heading. */
export function say(sentence) {
  const live = document.getElementById("live");
  if (live) live.textContent = sentence;
}
