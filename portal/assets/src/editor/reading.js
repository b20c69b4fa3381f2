// Reading a drawing without losing any of it: the descriptors that moddle gets, and the reasons not to edit.
import bpmn from "bpmn-moddle/resources/bpmn/json/bpmn.json";

/**
 * bpmn with `loopDataInputRef` as plain text: it holds the code of a value, which is no element that it could point at. And
 * `isSequential` without a default, which would not be written.
 */
function withoutLostReferences() {
  const patched = structuredClone(bpmn);
  const loop = patched.types.find((type) => type.name === "MultiInstanceLoopCharacteristics");
  const collection = loop.properties.find((property) => property.name === "loopDataInputRef");
  delete collection.isReference;
  delete loop.properties.find((property) => property.name === "isSequential").default;
  collection.type = "String";
  return patched;
}

export const descriptors = (vocabulary) => ({ bpmn: withoutLostReferences(), case: vocabulary });

/** What saving would lose, found before reading: sentences, none when all of it can be kept. */
export function unkept(xml) {
  const parsed = new DOMParser().parseFromString(xml, "text/xml");
  if (parsed.querySelector("parsererror")) return ["Deze tekening is geen goed XML-bestand."];
  const kinds = { 8: "een opmerking", 7: "een opdracht voor een ander programma", 4: "tekst in een CDATA-blok" };
  const walker = parsed.createTreeWalker(parsed, NodeFilter.SHOW_ALL);
  const found = new Set();
  while (walker.nextNode()) {
    const word = kinds[walker.currentNode.nodeType];
    if (word) found.add(`Er staat ${word} in het bestand: "${walker.currentNode.nodeValue.trim().slice(0, 80)}".`);
  }
  return [...found];
}

/** The warnings of reading as sentences. */
export const warningsInWords = (warnings) =>
  warnings.map((warning) => `Een onderdeel is hier niet bekend: ${warning.message.split("\n")[0].slice(0, 200)}`);
