// Large files of a form go to the server by pieces (tus) while somebody fills in the rest, and go on after a bad connection.
// Nothing is kept in the browser: the page lists what is half in, and choosing the same file again goes on with it. The form names
// those that this page sent. Smaller files go along with the form itself, and so does everything where this script does not run.
import { Upload } from "tus-js-client";

const LARGE = 1_000_000; // bytes from which a file goes by itself
const PIECE = 50_000_000; // below what proxies take of one request
const WAITS = [0, 1000, 3000, 5000, 10_000, 20_000, 40_000]; // a lock of the server ends after half a minute
const LOOK = 1000;
const TUS = { "Tus-Resumable": "1.0.0" };
const SPOKEN = new Set(["failed", "ready"]);

const live = document.getElementById("live");
const say = live.dataset; // the words, in the language of the page
const tenths = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${tenths.format(bytes / 1e6)} MB`);

const sentence = (error) => {
  const answer = error?.originalResponse;
  const plain = answer?.getHeader("Content-Type")?.startsWith("text/plain");
  if (plain && answer.getBody()) return answer.getBody();
  return say.sayLost;
};

class Row {
  constructor(zone, file, list) {
    this.zone = zone;
    this.file = file;
    this.state = "sending";
    this.item = document.createElement("li");
    this.text = document.createElement("p");
    this.text.className = "nl-paragraph";
    this.bar = document.createElement("progress");
    this.bar.max = 100;
    this.bar.setAttribute("aria-label", `${say.sayProgress} ${file.name}`);
    this.again = this.button(say.sayAgain, () => this.start());
    this.away = this.button(say.sayAway, () => this.remove());
    this.item.append(this.text, this.bar, this.again, this.away);
    list.append(this.item);
  }

  button(label, press) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "nl-button nl-button--secondary";
    const whose = document.createElement("span");
    whose.className = "zs-hidden";
    whose.textContent = `: ${this.file.name}`;
    made.append(label, whose);
    made.addEventListener("click", press);
    return made;
  }

  get id() {
    return this.upload?.url?.split("/").pop();
  }

  say(state, words) {
    this.state = state;
    if (SPOKEN.has(state)) this.zone.speak(`${this.file.name} ${words}`);
    this.text.textContent = `${this.file.name} (${size(this.file.size)}): ${words}`;
    this.bar.hidden = state !== "sending";
    this.again.hidden = state !== "failed";
    this.zone.moved();
  }

  start(half) {
    const known = half ?? this.upload?.url;
    this.say("sending", known ? say.sayOn : say.sayBegins);
    this.upload = new Upload(this.file, {
      endpoint: this.zone.endpoint,
      uploadUrl: known ?? null,
      headers: this.zone.headers,
      chunkSize: PIECE,
      retryDelays: WAITS,
      storeFingerprintForResuming: false,
      metadata: { filename: this.file.name, field: this.zone.input.name, changed: String(this.file.lastModified) },
      onProgress: (sent, all) => {
        this.bar.value = Math.floor((sent / all) * 100);
      },
      onSuccess: () => this.look(),
      onError: (error) => this.say("failed", sentence(error)),
    });
    this.upload.start();
  }

  async look() {
    this.say("assembling", say.sayIn);
    while (this.state === "assembling") {
      const answer = await fetch(this.upload.url, { credentials: "same-origin", headers: TUS }).catch(() => null);
      if (answer?.status === 401) return this.say("failed", await answer.text());
      const found = answer?.ok ? await answer.json() : { state: "assembling" };
      if (this.state !== "assembling") return;
      if (found.state === "ready") this.say("ready", say.sayReady);
      else if (found.state === "gone") this.refuse(found.sentence);
      else await new Promise((done) => setTimeout(done, LOOK));
    }
  }

  refuse(words) {
    this.upload = null;
    this.say("failed", words);
    this.again.hidden = true;
  }

  remove() {
    const { url } = this.upload ?? {};
    this.state = "removed";
    this.upload?.abort();
    if (url) Upload.terminate(url, { headers: this.zone.headers, retryDelays: WAITS }).catch(() => {});
    this.item.remove();
    this.zone.rows.delete(this);
    this.zone.moved();
    this.zone.input.focus();
  }
}

class Zone {
  constructor(drop) {
    this.drop = drop;
    this.input = drop.querySelector('input[type="file"]');
    this.form = this.input.form;
    this.endpoint = drop.dataset.uploads;
    this.rows = new Set();
    this.list = document.createElement("ul");
    this.list.className = "zs-files zs-uploads";
    drop.append(this.list);
    this.input.addEventListener("change", () => this.choose());
    this.form.addEventListener("submit", (event) => this.hold(event), true);
    addEventListener("online", () => this.rows.forEach((row) => row.state === "failed" && row.upload && row.start()));
  }

  get headers() {
    return { "X-CSRF-Token": this.form.elements.csrf.value };
  }

  choose() {
    const files = [...this.input.files];
    const large = files.filter((file) => file.size >= LARGE);
    if (!large.length) return;
    const rest = new DataTransfer();
    files.filter((file) => file.size < LARGE).forEach((file) => rest.items.add(file));
    this.input.files = rest.files;
    this.input.required = false;
    this.input.dispatchEvent(new Event("change"));
    if (!this.input.multiple) this.rows.forEach((row) => row.remove());
    for (const file of large) {
      const row = new Row(this, file, this.list);
      this.rows.add(row);
      row.start(this.half(file));
    }
  }

  // the address of the same file that is half in, whose line then goes
  half(file) {
    for (const item of document.querySelectorAll('[data-upload][data-state="receiving"]')) {
      const { upload, name, size: bytes, changed, field } = item.dataset;
      if (field !== this.input.name || name !== file.name || Number(bytes) !== file.size || changed !== String(file.lastModified)) continue;
      item.remove();
      return `${this.endpoint.split("?")[0]}/${upload}`;
    }
    return undefined;
  }

  get busy() {
    return [...this.rows].filter((row) => row.state === "sending" || row.state === "assembling").length;
  }

  speak(words) {
    live.textContent = words;
  }

  // The form names the files that this page sent: the same form may stand open twice, for two cases.
  name() {
    for (const old of this.drop.querySelectorAll('input[name="groot"]')) old.remove();
    for (const { id } of this.rows) {
      const made = document.createElement("input");
      made.type = "hidden";
      made.name = "groot";
      made.value = id ?? "";
      this.drop.append(made);
    }
  }

  // The form waits for its large files: pressed once, it goes when all of them are in.
  hold(event) {
    if (!this.busy) return this.name();
    event.preventDefault();
    event.stopImmediatePropagation();
    this.pressed = event.submitter;
    this.speak(say.sayWait);
  }

  moved() {
    if (!this.pressed || this.busy) return;
    const { pressed } = this;
    this.pressed = null;
    if ([...this.rows].every((row) => row.state === "ready")) this.form.requestSubmit(pressed);
  }
}

for (const drop of document.querySelectorAll(".zs-drop[data-uploads]")) new Zone(drop);
