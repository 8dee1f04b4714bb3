// @ts-check
/** Messages that were taken back, and the notices that say so. */

/** @typedef {import("./shapes.js").Message} Message */

/** @param {Message} message @returns {number[]} the messages that this one takes back, by seq */
export function takenBackBy(message) {
  if (message.kind !== "recall") return [];
  return message.cards.flatMap((card) => (card.kind === "recall" ? [card.seq] : []));
}

/** Empties what was taken back after it had come. @param {Message[]} messages all, by seq and without gaps */
export function applyRecalls(messages) {
  const first = messages[0]?.seq ?? 0;
  for (const seq of messages.flatMap(takenBackBy)) {
    const gone = messages[seq - first];
    if (gone) Object.assign(gone, { recalled: true, text: "", cards: [], picture: null });
  }
}

/**
 * A notice says nothing where the message that it speaks of is here and says so itself.
 * @param {Message} message
 * @param {number} first the oldest seq that is here
 */
export function isShown(message, first) {
  const gone = takenBackBy(message);
  return !gone.length || gone.some((seq) => seq < first);
}
