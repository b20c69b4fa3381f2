// The editor of drawings; loaded only by the page that draws.
import { openEditor } from "./editor/page.js";

for (const place of document.querySelectorAll("[data-editor]")) openEditor(place);
