// Improves file fields inside .zs-drop: dropping, the list of chosen files, and progress while sending.
(() => {
  const tenths = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${tenths.format(bytes / 1e6)} MB`);

  for (const zone of document.querySelectorAll(".zs-drop")) {
    const input = zone.querySelector('input[type="file"]');
    if (!input) continue;
    const list = document.createElement("ul");
    list.className = "zs-files";
    list.setAttribute("aria-live", "polite");
    zone.append(list);

    const show = () => {
      list.replaceChildren(
        ...[...input.files].map((file) => {
          const item = document.createElement("li");
          item.textContent = `${file.name} (${size(file.size)})`;
          return item;
        }),
      );
    };
    input.addEventListener("change", show);
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.dataset.over = "true";
    });
    zone.addEventListener("dragleave", () => delete zone.dataset.over);
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      delete zone.dataset.over;
      const all = new DataTransfer();
      const wanted = input.multiple ? [...input.files, ...event.dataTransfer.files] : [...event.dataTransfer.files].slice(0, 1);
      wanted.forEach((file) => all.items.add(file));
      input.files = all.files;
      input.dispatchEvent(new Event("change"));
    });
  }

  // The browser itself sends the form; while it does, the button says so and cannot be pressed twice.
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", () => {
      const button = form.querySelector('button[type="submit"]');
      const live = document.getElementById("live");
      const withFiles = [...form.querySelectorAll('input[type="file"]')].some((input) => input.files.length);
      if (live) live.textContent = withFiles ? live.dataset.sayFiles : live.dataset.saySending;
      if (withFiles && form.querySelector(".zs-drop")) form.querySelector(".zs-drop").append(document.createElement("progress"));
      setTimeout(() => button && (button.disabled = true), 0);
    });
  }
  // A page that comes back from the browser's memory must be usable again.
  addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("form[data-once] button[type=submit]")) button.disabled = false;
  });
})();
