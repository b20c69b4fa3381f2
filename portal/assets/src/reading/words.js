// Texts of the viewer in Dutch, for who listens to the page. The package asks for them by these names.
const WORDS = {
  "pdfjs-page-landmark": { "aria-label": ({ page }) => `Pagina ${page}` },
  "pdfjs-page-canvas": { "aria-label": ({ page }) => `Pagina ${page} als beeld` },
};

function say(element) {
  const words = WORDS[element.dataset.l10nId] ?? {};
  const told = element.dataset.l10nArgs ? JSON.parse(element.dataset.l10nArgs) : {};
  for (const [name, text] of Object.entries(words)) element.setAttribute(name, text(told));
}

// What the viewer asks of a translator.
export const dutch = {
  getLanguage: () => "nl",
  getDirection: () => "ltr",
  get: async () => "",
  translate: async (place) => {
    for (const element of [place, ...place.querySelectorAll("[data-l10n-id]")]) say(element);
  },
  translateOnce: async (element) => say(element),
  pause() {},
  resume() {},
  async destroy() {},
};

export function pageWords(page, pages) {
  return `Pagina ${page} van ${pages}`;
}

export function foundWords({ current, total }, words) {
  if (!words) return "";
  if (!total) return `"${words}" niet gevonden`;
  return `${current} van ${total} keer "${words}"`;
}
