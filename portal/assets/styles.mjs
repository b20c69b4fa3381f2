// The styles of the design system: its components, and the tokens of each theme in a sheet of its own, with what our pages use of them.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { build } from "esbuild";
import { purge, used } from "./purge.mjs";

const SHEETS = ["design-system", "voorbeeld-theme", "ma-theme"];
const THEMES = "voorbeeld-theme ma-theme"; // the classes that the setting `theme` puts on a page
const SOURCES = { "../templates": [".html"], "../static/own": [".js"], src: [".js"] }; // where classes are named: no code names any
const OWN = { "../static/own": [".css"], src: [".css"] };

export async function styles(common) {
  await build({ ...common, entryPoints: [...SHEETS.map((name) => `src/${name}.css`), "src/fonts.css"] });
  const files = SHEETS.map((name) => join(common.outdir, `${name}.css`));
  const built = await Promise.all(files.map((name) => readFile(name, "utf8")));
  const own = (await texts(OWN)).filter(([name]) => !SHEETS.includes(basename(name, ".css"))).map(([, text]) => text);
  const shorter = purge(built, used([...(await texts(SOURCES)).map(([, text]) => text), THEMES], own));
  await Promise.all(files.map((name, at) => writeFile(name, shorter[at] + licences(built[at]))));
}

// where the licences stand, as esbuild writes it under a sheet
const licences = (sheet) => sheet.match(/\/\*! For license [^*]*\*\/\s*$/)?.[0] ?? "";

async function texts(places) {
  const found = [];
  for (const [folder, endings] of Object.entries(places)) {
    for (const one of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const name = join(one.parentPath ?? one.path, one.name);
      if (one.isFile() && endings.includes(extname(name)) && !/node_modules|static\/built/.test(name)) found.push([name, await readFile(name, "utf8")]);
    }
  }
  return found;
}
