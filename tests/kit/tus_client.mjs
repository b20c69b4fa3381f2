// tus-js-client itself, as one closed and opened browser after the other: `cut` sends until so many bytes are on their way and
// drops the line, `go` goes on with what the server has. In: JSON as the only argument. Out: one line of JSON.
import { createRequire } from "node:module";
import process from "node:process";

const told = JSON.parse(process.argv[2]);
const { Upload } = createRequire(`${told.packages}/package.json`)("tus-js-client");
const body = Buffer.alloc(told.size, "x");
body.write("%PDF-1.7\n");
const begun = [];

let said = false;
const say = (found) => {
  if (said) return; // more progress may come before the process ends
  said = true;
  process.stdout.write(`${JSON.stringify({ ...found, begun })}\n`, () => process.exit(0));
};

const upload = new Upload(body, {
  endpoint: told.endpoint,
  uploadUrl: told.url ?? null,
  headers: { Origin: told.origin, "X-CSRF-Token": told.csrf, ...(told.host ? { Host: told.host } : {}) },
  chunkSize: told.piece ?? Infinity,
  uploadSize: told.size,
  retryDelays: [200, 500, 1000, 2000, 5000, 20_000, 20_000],
  metadata: { filename: "groot.pdf", field: "files", changed: "1" },
  onBeforeRequest: (request) => {
    const offset = request.getHeader("Upload-Offset");
    if (offset !== undefined) begun.push(Number(offset));
  },
  onProgress: (sent) => {
    if (told.until && sent >= told.until) say({ url: upload.url, sent }); // the process ends, and with it the line
  },
  onSuccess: () => say({ url: upload.url, done: true }),
  onError: (error) => say({ error: String(error), answer: error.originalResponse?.getBody() ?? null }),
});
upload.start();
