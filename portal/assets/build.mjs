// Builds what the pages load from packages: the design system with its themes, the viewer of drawings, the editor of
// drawings, the sender of large files, and the reader of PDF. Own styles and scripts stand in portal/static/own and need no build;
// they only get a compressed copy beside them, as all texts here do.
import { cp, readFile } from "node:fs/promises";
import { build } from "esbuild";
import { pack } from "./pack.mjs";
import { styles } from "./styles.mjs";

// The policy of our pages allows no style attribute in HTML. The icons of these two features have one in every line; the same
// names are attributes of SVG. When the package writes its icons in another way, the build stops, so that somebody looks.
const ICONS = /(Align|Distribute)ElementsIcons\.js$/;
const STYLED = / style="([a-z-]+:[^";]+;?)+"/g;

const styleless = {
  name: "icons-without-style",
  setup(builder) {
    let met = 0;
    builder.onLoad({ filter: ICONS }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replace(STYLED, (style) =>
        style.slice(' style="'.length, -1).split(";").filter(Boolean).map((rule) => ` ${rule.replace(":", '="')}"`).join(""));
      if (contents === text || contents.includes("style=")) throw new Error(`${path}: de iconen zijn anders geschreven; kijk in build.mjs`);
      met += 1;
      return { contents, loader: "js" };
    });
    builder.onEnd(() => {
      if (met !== 2) throw new Error(`build.mjs kent twee bestanden met iconen, gevonden: ${met}`);
    });
  },
};

const common = {
  bundle: true,
  minify: true,
  outdir: "../static/built",
  logLevel: "warning",
  legalComments: "linked",
  loader: { ".woff": "file", ".woff2": "file", ".ttf": "file", ".eot": "file", ".svg": "file", ".gif": "file" },
  assetNames: "assets/[name]-[hash]",
};

await styles(common);
await build({
  ...common,
  entryPoints: ["src/drawing.js", "src/drawing.css"],
  format: "iife",
  target: ["es2022"],
});
await build({ ...common, entryPoints: ["src/uploads.js"], format: "iife", target: ["es2022"] });
await build({
  ...common,
  entryPoints: ["src/editor.js", "src/editor.css"],
  format: "iife",
  target: ["es2022"],
  plugins: [styleless],
});
await build({ ...common, entryPoints: ["src/reading.js", "src/reading.css"], format: "esm", target: ["es2022"], external: ["canvas"] });

// What the reader of PDF fetches while it reads, from our own host: its worker, tables of signs, the fonts that a file may leave out, and
// a decoder of pictures in plain JavaScript (our policy runs no wasm). Each with its licence.
const PDFJS = "node_modules/pdfjs-dist";
for (const part of ["LICENSE", "cmaps", "standard_fonts"]) await cp(`${PDFJS}/${part}`, `../static/built/pdfjs/${part}`, { recursive: true });
await cp(`${PDFJS}/legacy/build/pdf.worker.min.mjs`, "../static/built/pdfjs/pdf.worker.js");
for (const part of ["openjpeg_nowasm_fallback.js", "LICENSE_OPENJPEG", "LICENSE_PDFJS_OPENJPEG"]) {
  await cp(`${PDFJS}/wasm/${part}`, `../static/built/pdfjs/${part}`);
}
await pack();
console.log("portal/static/built is up to date");
