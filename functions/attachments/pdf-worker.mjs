// Draws the pages of a PDF one by one, in a thread of its own that can be stopped however busy it is. Plain JavaScript: a
// thread is started from a file, also where the rest lies in a bundle.
import { parentPort, workerData } from "node:worker_threads";
import { PDFiumLibrary } from "@hyzyla/pdfium";

/** PDFium's kinds of page objects. */
const [text, form] = [1, 5];
/** Letters that the fonts of the library have: of a font that the file does not bring, no others can be drawn. */
const builtIn = /^[\s\u0020-\u024f\u2010-\u2026\u20ac\u2122]*$/;

const library = await PDFiumLibrary.init();
const paper = await library.loadDocument(workerData);
const { module } = library;

parentPort.on("message", async (asked) => {
  const page = paper.getPage(asked.page);
  if (!asked.width) {
    const { originalWidth: width, originalHeight: height } = page.getOriginalSize();
    parentPort.postMessage({ width, height, isWhole: fontsAreThere(page) });
    return;
  }
  const { width, height } = asked;
  const { data } = await page.render({ scale: 1, width, height, render: "bitmap", renderFormFields: true });
  parentPort.postMessage({ data, width, height }, [data.buffer]);
});
parentPort.postMessage({ pages: paper.getPageCount() });

/** Can every letter of a page be drawn? What a file neither brings nor the library has would be missing without a word. */
function fontsAreThere(page) {
  const letters = module._FPDFText_LoadPage(page.pageIdx);
  try {
    return drawable(page.pageIdx, letters, module._FPDFPage_CountObjects, module._FPDFPage_GetObject, 0);
  } finally {
    module._FPDFText_ClosePage(letters);
  }
}

function drawable(of, letters, count, get, depth) {
  for (let i = 0; i < count(of); i++) {
    const object = get(of, i);
    const kind = module._FPDFPageObj_GetType(object);
    if (kind === text && !isDrawable(object, letters)) return false;
    if (kind === form && (depth > 8 || !drawable(object, letters, countIn, getIn, depth + 1))) return false;
  }
  return true;
}
const countIn = (object) => module._FPDFFormObj_CountObjects(object);
const getIn = (object, i) => module._FPDFFormObj_GetObject(object, i);

function isDrawable(object, letters) {
  const font = module._FPDFTextObj_GetFont(object);
  if (module._FPDFFont_GetIsEmbedded(font) === 1) return true;
  const written = textOf(object, letters);
  return written !== "" && builtIn.test(written);
}

function textOf(object, letters) {
  const bytes = module._FPDFTextObj_GetText(object, letters, 0, 0);
  if (bytes <= 2) return "";
  const at = module.wasmExports.malloc(bytes);
  try {
    module._FPDFTextObj_GetText(object, letters, at, bytes);
    return new TextDecoder("utf-16le").decode(module.HEAPU8.slice(at, at + bytes - 2));
  } finally {
    module.wasmExports.free(at);
  }
}
