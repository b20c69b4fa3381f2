// A document is fetched, and counts as opened, only when somebody unfolds it: not with the page.
const show = (fold) => {
  if (!fold.open || fold.querySelector(".wb-preview__page")) return;
  const page = document.createElement(fold.dataset.kind === "img" ? "img" : "iframe");
  page.className = "wb-preview__page";
  page[page.localName === "img" ? "alt" : "title"] = fold.dataset.title;
  page.src = fold.dataset.src;
  fold.append(page);
};
for (const fold of document.querySelectorAll("details.wb-preview")) {
  fold.addEventListener("toggle", () => show(fold));
  show(fold);
}
