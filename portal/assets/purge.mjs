// Leaves out of a stylesheet of packages what no page of ours uses: rules for classes that stand nowhere in our templates, scripts and
// code, and tokens (custom properties) that nothing refers to. In: text of CSS as esbuild writes it, minified. Out: the same, shorter.
//
// A class that a template puts together, such as `nl-button--{{ kind }}`, counts for every class that begins so. What stands inside
// `:not()`, `:is()`, `:has()` and `:where()` is never a reason to leave a rule out.

const WORD = /[A-Za-z_][\w-]*/g;
const BEGUN = /([A-Za-z_][\w-]*-)(?=\{\{|\{%|\$\{|["'] ?~|\{[a-z])/g;
const TOKEN = /--[\w-]+/g;
const REFERRED = /var\(\s*(--[\w-]+)/g;
const GROUPS = new Set(["media", "supports", "layer", "container"]);

// What our sources use: `words`, `begun` (beginnings of words), `tokens`. `sheets` are our own styles: of these only what they refer to.
export function used(sources, sheets) {
  const words = new Set(), begun = new Set(), tokens = new Set();
  for (const text of sources) {
    for (const [word] of text.matchAll(WORD)) words.add(word);
    for (const [, word] of text.matchAll(BEGUN)) begun.add(word);
    for (const [token] of text.matchAll(TOKEN)) tokens.add(token);
  }
  for (const text of sheets) for (const [, token] of text.matchAll(REFERRED)) tokens.add(token);
  return { words, begun: [...begun], tokens };
}

// The stylesheets, in the order in which pages load them, without what is not used. Tokens of one may be referred to in another.
export function purge(texts, { words, begun, tokens }) {
  const known = (name) => words.has(name) || begun.some((start) => name.startsWith(start));
  const sheets = texts.map((text) => kept(parsed(text), known));
  const wanted = new Set(tokens), values = new Map();
  for (const sheet of sheets) {
    eachDeclaration(sheet, (name, value) => {
      if (name.startsWith("--")) values.set(name, [...(values.get(name) ?? []), value]);
      else for (const [, token] of value.matchAll(REFERRED)) wanted.add(token);
    });
  }
  for (const token of wanted) {
    // a Set also visits what is added meanwhile
    for (const value of values.get(token) ?? []) for (const [, other] of value.matchAll(REFERRED)) wanted.add(other);
  }
  return sheets.map((sheet) => written(sheet, (name) => !name.startsWith("--") || wanted.has(name)));
}

// A block is { head, parts }, where a part is a text (a declaration, or a statement such as @import) or a block.
function parsed(text) {
  const root = { head: "", parts: [] }, open = [root];
  let start = 0, round = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"' || sign === "'") {
      for (at += 1; text[at] !== sign; at += 1) if (text[at] === "\\") at += 1;
    } else if (sign === "/" && text[at + 1] === "*") {
      at = text.indexOf("*/", at + 2) + 1;
      if (!text.slice(start, at).trimStart().startsWith("/*")) continue;
      start = at + 1;
    } else if (sign === "\\") at += 1;
    else if (sign === "(") round += 1;
    else if (sign === ")") round -= 1;
    else if (round === 0 && (sign === "{" || sign === "}" || sign === ";")) {
      const piece = text.slice(start, at).trim();
      start = at + 1;
      if (sign === "{") {
        const block = { head: piece, parts: [] };
        open.at(-1).parts.push(block);
        open.push(block);
      } else {
        if (piece) open.at(-1).parts.push(piece);
        if (sign === "}") open.pop();
      }
    }
  }
  if (open.length !== 1 || round !== 0) throw new Error("purge.mjs kan dit stijlblad niet lezen");
  return root;
}

function kept(block, known) {
  const parts = block.parts.flatMap((part) => {
    if (typeof part === "string") return [part];
    const rule = part.head.match(/^@([\w-]+)/)?.[1];
    if (rule && !GROUPS.has(rule)) return [part];
    const head = rule ? part.head : selectors(part.head).filter((one) => classes(one).every(known)).join(",");
    const inner = head ? kept({ head, parts: part.parts }, known) : null;
    return inner?.parts.length ? [inner] : [];
  });
  return { head: block.head, parts };
}

function selectors(head) {
  const found = [];
  let start = 0, depth = 0;
  for (let at = 0; at < head.length; at += 1) {
    if (head[at] === "\\") at += 1;
    else if ("([".includes(head[at])) depth += 1;
    else if (")]".includes(head[at])) depth -= 1;
    else if (head[at] === "," && depth === 0) {
      found.push(head.slice(start, at));
      start = at + 1;
    }
  }
  return [...found, head.slice(start)];
}

function classes(selector) {
  let outside = selector.replace(/\[[^\]]*\]/g, "");
  for (let before = ""; before !== outside; ) [before, outside] = [outside, outside.replace(/\([^()]*\)/g, "")];
  return [...outside.matchAll(/\.([A-Za-z_][\w-]*)/g)].map(([, name]) => name);
}

function eachDeclaration(block, told) {
  for (const part of block.parts) {
    if (typeof part !== "string") eachDeclaration(part, told);
    else if (part.includes(":")) told(part.slice(0, part.indexOf(":")).trim(), part.slice(part.indexOf(":") + 1));
  }
}

function written(block, wanted) {
  const inner = block.parts
    .map((part) => {
      if (typeof part !== "string") return written(part, wanted);
      return wanted(part.split(":", 1)[0].trim()) ? `${part};` : "";
    })
    .join("");
  if (!block.head) return inner;
  return inner ? `${block.head}{${inner.replace(/;$/, "")}}` : "";
}
