import library from "./library.js";
import { EventBus, LinkTarget, PDFFindController, PDFLinkService, PDFViewer } from "pdfjs-dist/legacy/web/pdf_viewer.mjs";
import { keepPlace, placeInAddress } from "./place.js";
import { MOST_PAGES, printAll } from "./printing.js";
import { dutch, foundWords, pageWords } from "./words.js";

const place = document.querySelector("[data-reading]");
if (place) show(place).catch((error) => fail(place, error));

// Nothing of a document runs: no scripts, no forms to send, no programs of other kinds (wasm), no text made into code.
function asked({ reading, parts }) {
  const base = new URL(parts, location.href).href;
  return {
    url: reading,
    disableRange: true,
    isEvalSupported: false,
    useWasm: false,
    enableXfa: false,
    wasmUrl: base,
    cMapUrl: `${base}cmaps/`,
    standardFontDataUrl: `${base}standard_fonts/`,
    maxImageSize: 60_000_000,
    stopAtErrors: false,
  };
}

async function show(root) {
  library.GlobalWorkerOptions.workerSrc = root.dataset.worker;
  const eventBus = new EventBus();
  const linkService = new PDFLinkService({ eventBus, externalLinkTarget: LinkTarget.BLANK, externalLinkRel: "noopener noreferrer nofollow" });
  const findController = new PDFFindController({ eventBus, linkService });
  const viewer = new PDFViewer({
    container: root.querySelector(".wb-read__pages"), eventBus, linkService, findController, l10n: dutch,
    annotationMode: library.AnnotationMode.ENABLE, annotationEditorMode: library.AnnotationEditorType.DISABLE, removePageBorders: true,
  });
  linkService.setViewer(viewer);
  const opened = await library.getDocument(asked(root.dataset)).promise;
  viewer.setDocument(opened);
  linkService.setDocument(opened, null);
  await new Promise((done) => eventBus.on("pagesinit", done, { once: true }));
  dutch.translate(root);
  eventBus.on("pagerendered", ({ source }) => dutch.translate(source.div));
  viewer.currentScaleValue = "page-width";
  viewer.currentPageNumber = placeInAddress(opened.numPages);
  tools(root, viewer, eventBus, opened);
  root.dataset.ready = "ja";
}

function tools(root, viewer, eventBus, opened) {
  const find = (name) => root.querySelector(`[data-tool="${name}"]`);
  const said = root.querySelector("[data-said]");
  find("page").max = opened.numPages;
  find("pages").textContent = `van ${opened.numPages}`;
  const turned = () => {
    find("page").value = viewer.currentPageNumber;
    find("back").disabled = viewer.currentPageNumber <= 1;
    find("on").disabled = viewer.currentPageNumber >= opened.numPages;
  };
  const go = (page) => { viewer.currentPageNumber = Math.min(Math.max(page || 1, 1), opened.numPages); };
  find("back").addEventListener("click", () => go(viewer.currentPageNumber - 1));
  find("on").addEventListener("click", () => go(viewer.currentPageNumber + 1));
  find("page").addEventListener("change", ({ target }) => go(Number(target.value)));
  find("zoom").addEventListener("change", ({ target }) => { viewer.currentScaleValue = target.value; });
  find("print").addEventListener("click", () => print(opened, said));
  eventBus.on("pagechanging", ({ pageNumber }) => {
    turned();
    keepPlace(pageNumber);
    said.textContent = pageWords(pageNumber, opened.numPages);
  });
  searching(find("words"), find("found"), eventBus);
  turned();
  root.querySelector("[role=toolbar]").hidden = false;
  window.addEventListener("resize", () => { viewer.currentScaleValue = find("zoom").value; });
}

function searching(field, found, eventBus) {
  const ask = (again, back) => eventBus.dispatch("find", {
    source: field, type: again ? "again" : "", query: field.value.trim(), caseSensitive: false, entireWord: false,
    highlightAll: true, findPrevious: back, matchDiacritics: false,
  });
  const tell = ({ matchesCount }) => { found.textContent = foundWords(matchesCount ?? { total: 0 }, field.value.trim()); };
  eventBus.on("updatefindcontrolstate", tell);
  eventBus.on("updatefindmatchescount", tell);
  field.addEventListener("input", () => ask(false, false));
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(true, event.submitter?.value === "terug");
  });
}

async function print(opened, said) {
  if (opened.numPages > MOST_PAGES) {
    said.textContent = `Dit document heeft meer dan ${MOST_PAGES} pagina's. Haal het bestand op en print het daar.`;
    return;
  }
  said.textContent = "De pagina's worden klaargezet voor de printer.";
  await printAll(opened);
  said.textContent = "";
}

// The server says in plain text why it made no readable copy.
async function fail(root, error) {
  const words = root.querySelector("[data-failed]");
  const answer = error?.status ? await fetch(root.dataset.reading).catch(() => null) : null;
  const plain = answer && !answer.ok && (answer.headers.get("content-type") ?? "").startsWith("text/plain");
  if (plain) words.textContent = await answer.text();
  else if (error?.name === "PasswordException") words.textContent = "Dit bestand opent alleen met een wachtwoord. Haal het op.";
  words.hidden = false;
  root.dataset.ready = "nee";
}
