// Single keys of the workbench. The page says that they are on (`data-keys`); in a field, and with Ctrl, Alt or Meta, they do nothing.
(() => {
  const dialog = document.querySelector("dialog[data-keys]");
  if (!dialog) return;
  const NEXT = { j: 1, k: -1 };

  function rows() {
    const found = [...document.querySelectorAll("main tr, main li")].map((row) =>
      row.querySelector('a[href^="/werk/taken/"], a[href^="/werk/zaken/"]'),
    );
    return found.filter((link) => link && link.offsetParent);
  }

  function move(step) {
    const links = rows();
    if (!links.length) return;
    const row = document.activeElement.closest("tr, li");
    const at = links.findIndex((link) => row && row.contains(link));
    const to = at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step;
    links[Math.min(Math.max(to, 0), links.length - 1)].focus();
  }

  function go(key) {
    const found = document.querySelector(`[data-key="${key}"]`) || (key in PLACES && document.querySelector(`a[href$="${PLACES[key]}"]`));
    if (!found) return false;
    if (found.matches("a, button")) found.click();
    else found.focus();
    return true;
  }

  const PLACES = { c: "/werk/nieuw", v: "/werk", t: "/telefoon", n: "/tijdlijn" };

  function pressed(key) {
    if (key === "?") return dialog.showModal(), true;
    if (key === "/") return document.getElementById("search-all")?.focus(), true;
    if (key in NEXT) return go(key) || (move(NEXT[key]), true);
    if (key === "o") return rows()[0]?.focus(), true;
    return key in PLACES && go(key);
  }

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, select, textarea, [contenteditable]");
    if (field || dialog.open || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (pressed(event.key.toLowerCase())) event.preventDefault();
  });
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
})();
