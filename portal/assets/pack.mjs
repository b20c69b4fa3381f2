// Compresses every text that the portal serves, once, when it is built: static/built/packed/<first half of the SHA-256 of the text>.br
// and .gz. They are found by the content, so that a text that changed since is served as it is and never as it was (`portal/assets.py`).
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const STATIC = "../static", PACKED = join(STATIC, "built/packed");
const TEXTS = new Set([".css", ".js", ".svg", ".ttf", ".txt"]);
const SMALLEST = 256; // bytes; below that the headers of an answer weigh more
const squeezed = { ".br": promisify(brotliCompress), ".gz": promisify(gzip) };
const options = {
  ".br": { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } },
  ".gz": { level: constants.Z_BEST_COMPRESSION },
};

export async function pack() {
  await mkdir(PACKED, { recursive: true });
  const entries = await readdir(STATIC, { recursive: true, withFileTypes: true });
  const texts = entries.filter((one) => one.isFile() && TEXTS.has(extname(one.name)));
  await Promise.all(texts.map(async (one) => packed(await readFile(join(one.parentPath ?? one.path, one.name)))));
}

async function packed(content) {
  if (content.length < SMALLEST) return;
  const name = createHash("sha256").update(content).digest("hex").slice(0, 32);
  for (const ending of [".br", ".gz"]) {
    const smaller = await squeezed[ending](content, options[ending]);
    if (smaller.length < content.length) await writeFile(join(PACKED, name + ending), smaller);
  }
}
