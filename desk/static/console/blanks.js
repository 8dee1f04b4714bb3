// @ts-check
/** Blanks in a text that a person must fill before a buyer may read it. No page needed. */

const BLANK = /\*{2,}|\{[^{}]*\}|[（(]合适的?表情[）)]/gu;
/** Hidden data as the desk shows it: no blank. */
const HIDDEN = /\d\*{2,}\d|\*{4}\d{2,4}[\dXx]?|(?<=[区县市省旗州])\*{4}|(?:收[件货]人|姓名|名字)[：:是为]{0,2}\s?[一-鿿]\*\*/gu;
const SMILE = /[（(]笑脸表情[）)]/gu;

/**
 * @typedef {object} Blank
 * @property {number} start
 * @property {number} end
 * @property {string} name what belongs here, as far as the text says it
 * @property {boolean} face a face belongs here
 */

/** @param {string} text @returns {Blank[]} */
export function findBlanks(text) {
  const hidden = [...text.matchAll(HIDDEN)].map((found) => [found.index, found.index + found[0].length]);
  return [...text.matchAll(BLANK)]
    .map((found) => ({ start: found.index, end: found.index + found[0].length, face: /^[（(]/u.test(found[0]) }))
    .filter(({ start, end }) => !hidden.some(([from, to]) => from <= start && end <= to))
    .map((blank) => ({ ...blank, name: nameOf(text, blank.start, blank.end) }));
}

/** {快递} says it; around *** stand the words: 满▢元. @param {string} text @param {number} start @param {number} end */
function nameOf(text, start, end) {
  const blank = text.slice(start, end);
  if (blank.startsWith("{")) return blank.slice(1, -1);
  if (!blank.startsWith("*")) return "表情";
  const before = /[^\s*，。！？、,.!?~～]{0,2}$/u.exec(text.slice(0, start))?.[0] ?? "";
  const after = /^[^\s*，。！？、,.!?~～]{0,2}/u.exec(text.slice(end))?.[0] ?? "";
  return `${before}▢${after}`;
}

/**
 * The one after the selection, or before it; around the end it starts over.
 * @param {string} text
 * @param {{start: number, end: number}} selection
 * @param {1 | -1} step
 * @returns {Blank | null}
 */
export function nextBlank(text, selection, step) {
  const blanks = findBlanks(text);
  if (!blanks.length) return null;
  if (step > 0) return blanks.find((blank) => blank.start >= selection.end && blank.end > selection.end) ?? blanks[0];
  return blanks.findLast((blank) => blank.end <= selection.start && blank.start < selection.start) ?? blanks[blanks.length - 1];
}

/** The marker for a smile is one. @param {string} text */
export function putSmiles(text) {
  return text.replace(SMILE, "😊");
}
