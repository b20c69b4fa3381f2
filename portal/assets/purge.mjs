// Leaves out of stylesheets of packages what no page of ours uses: rules for classes that stand nowhere in our templates and scripts,
// and tokens (custom properties) that nothing refers to. In: texts of CSS. Out: the same, shorter.
//
// PurgeCSS itself does not serve: it drops the focus ring, a rule of which every part is a pseudo-class inside `:where()`.
import postcss from "postcss";
import selectors from "postcss-selector-parser";

const WORD = /[A-Za-z_][\w-]*/g;
// a class that is put together, such as `nl-button--{{ kind }}`: every class that begins so counts
const BEGUN = /([A-Za-z_][\w-]*-)(?=\{\{|\{%|\$\{|["'] ?~|\{[a-z])/g;
const TOKEN = /--[\w-]+/g;
const REFERRED = /var\(\s*(--[\w-]+)/g;

// What our sources use: `words`, `begun` (beginnings of words), `tokens`. `sheets` are our own styles: of these only what they refer to.
export function used(sources, sheets) {
  const words = new Set(), begun = new Set(), tokens = new Set();
  for (const text of sources) {
    for (const [word] of text.matchAll(WORD)) words.add(word);
    for (const [, word] of text.matchAll(BEGUN)) begun.add(word);
    for (const [token] of text.matchAll(TOKEN)) tokens.add(token);
  }
  for (const text of sheets) for (const token of referred(text)) tokens.add(token);
  return { words, begun: [...begun], tokens };
}

// The stylesheets, in the order in which pages load them, without what is not used. Tokens of one may be referred to in another.
export function purge(texts, { words, begun, tokens }) {
  const known = (name) => words.has(name) || begun.some((start) => name.startsWith(start));
  const sheets = texts.map((text) => postcss.parse(text));
  for (const sheet of sheets) sheet.walkRules((rule) => withKnownClasses(rule, known));
  const wanted = referredTo(sheets, tokens);
  for (const sheet of sheets) {
    sheet.walkDecls(/^--/, (token) => wanted.has(token.prop) || token.remove());
    sheet.walk((node) => emptied(node));
  }
  return sheets.map(String);
}

function withKnownClasses(rule, known) {
  if (/keyframes$/.test(rule.parent.name ?? "")) return;
  rule.selector = selectors((list) => list.each((one) => classes(one).every(known) || one.remove())).processSync(rule.selector);
  if (!rule.selector) rule.remove();
}

// What stands inside `:not()`, `:is()`, `:has()` and `:where()` is never a reason to leave a rule out.
function classes(selector) {
  return selector.nodes.filter((node) => node.type === "class").map((node) => node.value);
}

// The tokens that are used here or by one that is used.
function referredTo(sheets, tokens) {
  const wanted = new Set(tokens), values = new Map();
  for (const sheet of sheets) {
    sheet.walkDecls(({ prop, value }) => {
      if (prop.startsWith("--")) values.set(prop, [...(values.get(prop) ?? []), ...referred(value)]);
      else for (const token of referred(value)) wanted.add(token);
    });
  }
  for (const token of wanted) for (const other of values.get(token) ?? []) wanted.add(other); // a Set also visits what is added meanwhile
  return wanted;
}

const referred = (text) => [...text.matchAll(REFERRED)].map(([, token]) => token);

function emptied(node) {
  if (node.nodes?.length !== 0) return;
  const above = node.parent;
  node.remove();
  if (above.type !== "root") emptied(above);
}
