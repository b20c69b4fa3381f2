// A document of the case opens beside the form of a task, so that nothing typed is left behind. With a new tab or without scripts it is a page.
// Where there is room it stands at the top of what is beside the form, and goes along with it; on a telephone it opens below its link.
const wide = window.matchMedia("(min-width: 60rem)");

for (const list of document.querySelectorAll("[data-beside]")) {
  const columns = list.closest(".zs-columns");
  let opened;

  const close = () => {
    opened?.place.remove();
    columns.classList.remove("wb-beside-open");
    opened?.link.focus();
    opened = undefined;
  };

  const open = (link) => {
    if (opened) close();
    const place = document.createElement("div");
    const shut = document.createElement("button");
    const frame = document.createElement("iframe");
    place.className = "wb-beside";
    shut.type = "button";
    shut.className = "nl-button nl-button--secondary";
    shut.textContent = `Sluit ${link.textContent}`;
    shut.addEventListener("click", close);
    frame.title = link.textContent;
    frame.src = `${link.href}&naast=ja`;
    place.append(shut, frame);
    if (wide.matches) list.closest("aside").prepend(place);
    else link.closest("li").append(place);
    columns.classList.add("wb-beside-open");
    opened = { place, link };
    shut.focus();
    place.scrollIntoView({ block: "nearest" });
  };

  list.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="/werk/documenten/"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
}
