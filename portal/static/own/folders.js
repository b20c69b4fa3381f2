// A folder that is dropped on a field for files, or chosen in the field for folders beside it: all files in it are chosen in the field
// for files, where they are listed and large ones go by pieces. Without this script the field for folders sends them itself.
(() => {
  const fileOf = (entry) => new Promise((done, failed) => entry.file(done, failed));
  const someOf = (reader) => new Promise((done, failed) => reader.readEntries(done, failed));

  // A reader gives a part of a folder at a time, until it gives nothing more.
  const filesIn = async (entry) => {
    if (entry.isFile) return [await fileOf(entry)];
    const reader = entry.createReader();
    const found = [];
    for (let some = await someOf(reader); some.length; some = await someOf(reader)) {
      for (const one of some) found.push(...(await filesIn(one)));
    }
    return found;
  };

  addEventListener(
    "drop",
    async (event) => {
      const zone = event.target.closest?.(".zs-drop");
      const input = zone?.querySelector('input[type="file"]');
      const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
      if (!input?.multiple || !entries.some((entry) => entry.isDirectory)) return;
      event.preventDefault();
      event.stopPropagation();
      delete zone.dataset.over;
      const all = new DataTransfer();
      for (const file of input.files) all.items.add(file);
      for (const entry of entries) for (const file of await filesIn(entry)) all.items.add(file);
      input.files = all.files;
      input.dispatchEvent(new Event("change"));
    },
    true,
  );

  for (const folder of document.querySelectorAll("input[webkitdirectory]")) {
    const input = document.getElementById(folder.id.replace(/-map$/, ""));
    if (!input || input === folder) continue;
    folder.addEventListener("change", () => {
      const all = new DataTransfer();
      for (const file of [...input.files, ...folder.files]) all.items.add(file);
      folder.value = "";
      input.files = all.files;
      input.dispatchEvent(new Event("change"));
    });
  }
})();
