// Prints the pages of a document: each is drawn once, as large as a printer needs, in a part of the page that only printers show.
const DOTS = 150 / 72; // of a printer, for each point of the document
export const MOST_PAGES = 80; // all of them are in memory at once

async function drawn(document_, number) {
  const page = await document_.getPage(number);
  const viewport = page.getViewport({ scale: DOTS });
  const canvas = document.createElement("canvas");
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await page.render({ canvas, viewport, intent: "print" }).promise;
  return canvas;
}

export async function printAll(document_) {
  const place = document.createElement("div");
  place.className = "wb-print";
  for (let number = 1; number <= document_.numPages; number += 1) place.append(await drawn(document_, number));
  document.body.append(place);
  document.documentElement.classList.add("wb-printing");
  const over = () => {
    document.documentElement.classList.remove("wb-printing");
    place.remove();
  };
  window.addEventListener("afterprint", over, { once: true });
  window.print();
}
