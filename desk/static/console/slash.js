// @ts-check
/** Where in a text a quick phrase is being called. No page needed. */

/** A Chinese IME turns the slash key into 、 or ／: they call as well. After a comma or stop no space is needed. */
const CALL = /(^|[\s，。！？；：、,!?;~～…])([/／]|(?<=^|\s)、)([^\s/／]{0,20})$/u;

/**
 * @param {string} text
 * @param {number} cursor
 * @returns {{start: number, end: number, words: string} | null} the piece that a phrase would replace
 */
export function findCall(text, cursor) {
  const found = CALL.exec(text.slice(0, cursor));
  if (!found) return null;
  const start = found.index + found[1].length;
  return { start, end: cursor, words: found[3] };
}
