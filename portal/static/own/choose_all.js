// A tick above the list chooses every case of the page, or none. Without script each row has its own.
(() => {
  for (const all of document.querySelectorAll("[data-choose-all]")) {
    const rows = () => document.querySelectorAll(`input[type=checkbox][name="${all.dataset.chooseAll}"]`);
    all.closest("[hidden]")?.removeAttribute("hidden");
    all.addEventListener("change", () => rows().forEach((one) => { one.checked = all.checked; }));
    rows().forEach((one) => one.addEventListener("change", () => { all.checked = [...rows()].every((row) => row.checked); }));
  }
})();
