// Single keys of the workbench. The page says that they are on (`data-keys`); where one types, and with Ctrl, Alt or Meta, they do nothing.
// What a key does in a row stands at its link or button (`data-key`): it works for the row in hand, the one with the focus.
(() => {
  const dialog = document.querySelector("dialog[data-keys]");
  if (!dialog) return;
  const STEPS = { j: 1, k: -1 };
  const ROW = "tr, li, .wb-judged";
  const PLACES = { c: "/werk/nieuw", l: "/werk", t: "/telefoon", n: "/tijdlijn" };
  const PAPERS = ".wb-judged details.wb-preview > summary, [data-beside] a";
  const TYPED = 'input:not([type="checkbox"], [type="radio"]), select, textarea, [contenteditable]';

  function titles() {
    const judged = [...document.querySelectorAll("main .wb-judged")];
    const lines = judged.length ? judged : [...document.querySelectorAll("main tr, main li")];
    const place = judged.length ? "a, summary, input" : 'a[href^="/werk/taken/"], a[href^="/werk/zaken/"]';
    return lines.map((row) => row.querySelector(place)).filter((link) => link?.offsetParent);
  }

  const inHand = () => document.activeElement.closest(`main :is(${ROW})`);

  function move(step) {
    const links = titles();
    const row = inHand();
    const at = links.findIndex((link) => row?.contains(link));
    const to = at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step;
    links[Math.min(Math.max(to, 0), links.length - 1)]?.focus();
    return links.length > 0;
  }

  function click(found) {
    found?.click();
    return Boolean(found);
  }

  function focus(found) {
    found?.focus();
    return Boolean(found);
  }

  // accepted: on to the next document, and after the last to the button; refused: why
  function judge(word) {
    const all = [...document.querySelectorAll("main .wb-judged")];
    const document_ = inHand()?.closest(".wb-judged") ?? all.find((one) => !one.querySelector('input[type="radio"]:checked'));
    if (!click(document_?.querySelector(`input[type="radio"][value="${word}"]`))) return false;
    const next = all[all.indexOf(document_) + 1]?.querySelector("a, summary, input") ?? document.querySelector(".wb-submit button");
    return focus(word === "refused" ? document_.querySelector(".wb-why input, .wb-why textarea") : next);
  }

  const judged = { y: "accepted", w: "refused" };

  // a note is written where one is: else on the timeline
  function place(key) {
    const field = document.getElementById("field-text-note");
    if (key === "n" && field) return focus(field);
    const link = document.querySelector(`a[href$="${PLACES[key]}"]`);
    if (key === "n" && link) return location.assign(`${link.href}#field-text-note`), true;
    return click(link);
  }

  function pressed(key) {
    if (key === "?") return dialog.showModal(), true;
    if (key === "/") return focus(document.querySelector("#search-all, #field-zoek"));
    if (key in STEPS) return click(document.querySelector(`[data-key="${key}"]`)) || move(STEPS[key]);
    if (key === "o") return focus(titles()[0]);
    if (key === "f") return focus(document.querySelector("main form.wb-filters :is(select, input)"));
    if (/^[1-5]$/.test(key)) return click(document.querySelectorAll(PAPERS)[key - 1]);
    if (key === "x") return click(inHand()?.querySelector('input[type="checkbox"]'));
    if (key in judged && judge(judged[key])) return true;
    const of_row = inHand()?.querySelector(`[data-key="${key}"]`);
    const of_page = [...document.querySelectorAll(`main [data-key="${key}"]`)].find((one) => !one.closest("tr, li"));
    return click(of_row ?? of_page) || (key in PLACES && place(key));
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.closest(TYPED) || dialog.open || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (pressed(event.key.toLowerCase())) event.preventDefault();
  });
  dialog.querySelector("button").addEventListener("click", () => dialog.close());

  // a link to a field is there to type in it
  if (location.hash.startsWith("#field-")) document.getElementById(location.hash.slice(1))?.focus();
})();
