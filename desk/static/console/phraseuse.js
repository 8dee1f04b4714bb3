// @ts-check
/** Which of the phrases that were inserted are still in the text that is sent. No page needed. */

/** @typedef {import("./shapes.js").PhraseUsed} PhraseUsed */

const BLANKS = /\*{2,}|\{[^{}]*\}|[（(][^）)]*表情[）)]/u;
const SHORTEST = 2;

/** @param {PhraseUsed[]} inserted @param {string} text @returns {PhraseUsed[]} each code once */
export function stillUsed(inserted, text) {
  const kept = inserted.filter((phrase) =>
    phrase.text.split(BLANKS).some((piece) => sentences(piece).some((sentence) => text.includes(sentence))),
  );
  return [...new Map(kept.map((phrase) => [phrase.code, phrase])).values()];
}

/** @param {string} piece */
function sentences(piece) {
  return piece.split(/[，。！？,!?\n]/u).map((each) => each.trim()).filter((each) => each.length >= SHORTEST);
}
