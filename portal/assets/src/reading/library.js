// The viewer of the package finds its library by this name: this module comes before it.
import * as library from "pdfjs-dist/legacy/build/pdf.mjs";

globalThis.pdfjsLib = library;
export default library;
