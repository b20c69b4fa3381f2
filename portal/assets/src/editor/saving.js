// Saves the drawing two seconds after the last change, and at once when the page is left. A save says which save it builds on: who
// saved meanwhile is told, and both drawings stay. What cannot be sent stays in this browser.
import { button, make, say } from "./dom.js";

const REST = 2000;
const AGAIN = 15000;
const time = () => new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");

export class Saving {
  /** `xml()` gives the drawing as it is now. */
  constructor(status, notice, { address, token, revision, name, home, xml }) {
    this.status = status;
    this.notice = notice;
    this.address = address;
    this.token = token;
    this.revision = revision;
    this.name = name;
    this.home = home;
    this.xml = xml;
    this.changes = 0;
    this.saved = 0;
    window.addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.hidden && this.dirty && this.save());
  }

  get dirty() {
    return this.changes !== this.saved;
  }

  changed() {
    this.changes += 1;
    this.status.textContent = "Nog niet bewaard";
    this.later(REST);
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.save(), milliseconds);
  }

  /** Save now; true when the draft on the server is what stands on the screen. */
  async save(revision = this.revision) {
    if (!this.dirty) return true;
    if (this.sending) return this.sending.then(() => this.save());
    clearTimeout(this.timer);
    this.sending = this.send(revision);
    const done = await this.sending;
    this.sending = null;
    if (done && this.dirty) this.later(REST);
    return done;
  }

  async send(revision) {
    const count = this.changes;
    const drawing = await this.xml();
    this.status.textContent = "Bewaren...";
    let answer;
    try {
      answer = await fetch(this.address, {
        method: "POST",
        body: new URLSearchParams({ csrf: this.token, revision, drawing }),
        credentials: "same-origin",
        redirect: "manual",
      });
    } catch {
      return this.failed(drawing, "Geen verbinding. Uw tekening staat nog op dit scherm; wij proberen het opnieuw.");
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) return this.signedOut(drawing);
    const body = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
    if (answer.ok) return this.accepted(body, count);
    if (answer.status === 409) return this.changedMeanwhile(body, drawing);
    const sentence = body.sentence ?? `Bewaren lukte niet (${answer.status}).`;
    return this.failed(drawing, `${sentence} Uw tekening staat nog op dit scherm.`, answer.status);
  }

  /** A change that the server made and saved: `doing` lays it into the drawing, which is then as it was saved. */
  made(body, doing) {
    const clean = !this.dirty;
    doing();
    this.revision = body.revision;
    if (!clean) return;
    clearTimeout(this.timer);
    this.accepted(body, this.changes);
  }

  accepted(body, count) {
    this.revision = body.revision;
    this.saved = count;
    this.stopped = false;
    this.notice.replaceChildren();
    this.status.textContent = `Bewaard om ${time()} uur, bewaring ${body.number}`;
    this.onSaved?.();
    return true;
  }

  failed(drawing, sentence, status = 0) {
    this.status.textContent = "Niet bewaard";
    this.tell("warning", sentence, button("Nu opnieuw bewaren", () => this.save()), " ", this.download(drawing));
    if (!status || status === 429 || status >= 500) this.later(AGAIN);
    return false;
  }

  signedOut(drawing) {
    this.status.textContent = "Niet bewaard: u bent uitgelogd";
    const address = `/inloggen/medewerker?terug=${encodeURIComponent(this.home)}`;
    const link = make("a", { class: "nl-link", href: address, target: "_blank" }, "Log in, in een nieuw tabblad");
    this.tell("warning", "U bent uitgelogd. Uw tekening is niet weg: zij staat nog op dit scherm. Laat deze pagina open, log opnieuw in en druk dan op Nu bewaren.",
      link, " ", button("Nu bewaren", () => this.save()), " ", this.download(drawing));
    return false;
  }

  changedMeanwhile({ who, at, number, revision }, drawing) {
    this.stopped = true;
    this.status.textContent = `Niet bewaard: ${who} bewaarde intussen`;
    this.tell("warning", `${who} bewaarde om ${at} ook iets in dit ontwerp (bewaring ${number}). Beide tekeningen blijven bestaan. Kies welke de nieuwste wordt.`,
      button("Mijn tekening wordt de nieuwste", () => this.save(revision)), " ",
      button(`Die van ${who} openen`, () => this.openTheirs()), " ", this.download(drawing));
    return false;
  }

  openTheirs() {
    this.saved = this.changes;
    location.reload();
  }

  download(drawing) {
    return button("Download mijn tekening", () => {
      const address = URL.createObjectURL(new Blob([drawing], { type: "application/xml" }));
      make("a", { href: address, download: `${this.name}.bpmn` }).click();
      setTimeout(() => URL.revokeObjectURL(address), AGAIN);
    });
  }

  tell(kind, sentence, ...actions) {
    this.notice.replaceChildren(make("div", { class: `zs-alert zs-alert--${kind} ed-notice` },
      make("div", {}, make("p", {}, sentence), make("p", {}, ...actions))));
    say(sentence);
  }
}
