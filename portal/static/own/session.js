// Warns two minutes before the session ends, and prolongs it without leaving the page, or says that it cannot be prolonged any more. The
// page has the words, in its language.
(() => {
  const bar = document.getElementById("session-warning");
  if (!bar) return;
  const button = bar.querySelector("button");
  const text = bar.querySelector("p");
  let timers = [];
  let last = bar.dataset.last === "true";

  function plan(seconds) {
    timers.forEach(clearTimeout);
    bar.hidden = true;
    timers = [
      setTimeout(warn, Math.max(0, seconds - 120) * 1000),
      setTimeout(over, seconds * 1000),
    ];
  }

  function warn() {
    text.textContent = last ? bar.dataset.sayLast : bar.dataset.saySoon;
    button.hidden = last;
    bar.hidden = false;
  }

  function over() {
    text.textContent = bar.dataset.sayOver;
    button.hidden = true;
  }

  button.addEventListener("click", async () => {
    const answer = await fetch(bar.dataset.renew, {
      method: "POST",
      body: new URLSearchParams({ csrf: bar.dataset.csrf }),
      credentials: "same-origin",
    }).catch(() => null);
    const told = answer && answer.ok && !answer.redirected ? await answer.json() : null;
    if (told) {
      last = told.last;
      plan(told.seconds);
    } else text.textContent = bar.dataset.sayFailed;
  });
  plan(Number(bar.dataset.seconds));
})();
