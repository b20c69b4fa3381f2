// Warns two minutes before the session ends, and prolongs it without leaving the page.
(() => {
  const bar = document.getElementById("session-warning");
  if (!bar) return;
  const button = bar.querySelector("button");
  const text = bar.querySelector("p");
  let timers = [];

  function plan(seconds) {
    timers.forEach(clearTimeout);
    bar.hidden = true;
    timers = [
      setTimeout(warn, Math.max(0, seconds - 120) * 1000),
      setTimeout(over, seconds * 1000),
    ];
  }

  function warn() {
    text.textContent = "U wordt over twee minuten uitgelogd. Wilt u ingelogd blijven?";
    bar.hidden = false;
  }

  function over() {
    text.textContent = "U bent uitgelogd. Wat u heeft ingevuld gaat niet verloren: verstuur het, log opnieuw in en ga verder.";
    button.hidden = true;
  }

  button.addEventListener("click", async () => {
    const answer = await fetch(bar.dataset.renew, {
      method: "POST",
      body: new URLSearchParams({ csrf: bar.dataset.csrf }),
      credentials: "same-origin",
    }).catch(() => null);
    const left = answer && answer.ok && !answer.redirected ? (await answer.json()).seconds : null;
    if (left) plan(left);
    else text.textContent = "Het lukte niet om ingelogd te blijven. Probeer het nog een keer.";
  });
  plan(Number(bar.dataset.seconds));
})();
