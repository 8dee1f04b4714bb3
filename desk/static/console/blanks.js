// @ts-check
/** Blanks in a text that a person must fill before a buyer may read it. No page needed. */

const BLANK = /\*{2,}|\{[^{}]*\}|[（(]合适的?表情[）)]/gu;
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
  return [...text.matchAll(BLANK)].map((found) => {
    const [start, end] = [found.index, found.index + found[0].length];
    return { start, end, name: nameOf(text, start, end), face: /^[（(]/u.test(found[0]) };
  });
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
