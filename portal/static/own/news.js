// Keeps the counters in the bar right while the page stands open. Only a page that is seen listens.
(() => {
  const bar = document.querySelector("[data-stream]");
  if (!bar || !window.EventSource) return;
  const links = {
    messages: bar.querySelector('a[href="/werk/berichten"]'),
    news: bar.querySelector('a[href="/werk/nieuws"]'),
  };
  const title = document.title;
  let line = null;
  let over = false;
  let shown = Object.values(links).reduce((sum, link) => sum + counted(link), 0);

  function counted(link) {
    const found = link.textContent.match(/\((\d+)\)/);
    return found ? Number(found[1]) : 0;
  }

  function show(counts) {
    for (const [name, link] of Object.entries(links)) {
      const bare = link.textContent.replace(/\s*\(\d+\)/, "");
      link.textContent = counts[name] ? `${bare} (${counts[name]})` : bare;
    }
    const sum = counts.messages + counts.news;
    if (sum > shown) {
      document.getElementById("live").textContent = `Ongelezen: ${counts.messages} berichten, ${counts.news} keer nieuws.`;
    }
    shown = sum;
    tell();
  }

  function tell() {
    document.title = shown ? `(${shown}) ${title}` : title;
  }

  function listen() {
    if (over || line || document.hidden) return;
    line = new EventSource(bar.dataset.stream);
    line.onmessage = (event) => show(JSON.parse(event.data));
    line.addEventListener("einde", () => { over = true; stop(); });
  }

  function stop() {
    if (line) line.close();
    line = null;
  }

  tell();
  listen();
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", listen);
})();
