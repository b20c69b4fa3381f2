// Builds what the pages load from packages: the design system with its themes, and the viewer of drawings.
// Own styles and scripts stand in portal/static/own and need no build.
import { build } from "esbuild";

const common = {
  bundle: true,
  minify: true,
  outdir: "../static/built",
  logLevel: "warning",
  legalComments: "linked",
  loader: { ".woff": "file", ".woff2": "file", ".ttf": "file", ".eot": "file", ".svg": "file" },
  assetNames: "assets/[name]-[hash]",
};

await build({ ...common, entryPoints: ["src/design-system.css", "src/fonts.css"] });
await build({
  ...common,
  entryPoints: ["src/drawing.js", "src/drawing.css"],
  format: "iife",
  target: ["es2022"],
});
console.log("portal/static/built is up to date");
