// The settings of the case type at an element: HTML of the server, in which a form is sent without leaving the page. The answer holds
// the settings of the element as they are now; they go into the drawing as a command, so that there is one list to undo.
import { make, say } from "./dom.js";

export async function fillSettings(page, element, place) {
  place.replaceChildren(make("p", { class: "ed-hint" }, "Instellingen laden..."));
}
