// @ts-check
/** What the talk shows, in order: days, messages, and between them what only colleagues see. No page needed. */
import { sayDay } from "../window/times.js";

/** @typedef {import("./shapes.js").Message} Message */
/** @typedef {import("./shapes.js").Note} Note */
/** @typedef {import("./shapes.js").Handover} Handover */
/**
 * @typedef {{kind: "day", key: string, text: string}
 *   | {kind: "message", key: string, message: Message}
 *   | {kind: "note", key: string, note: Note}
 *   | {kind: "handover", key: string, handover: Handover}} Entry
 */

/**
 * Notes and hand-overs older than the first message read so far wait until the messages around them are read too.
 * @param {Message[]} messages by seq
 * @param {Note[]} notes
 * @param {Handover[]} handovers
 * @param {Date} [present]
 * @returns {Entry[]}
 */
export function makeEntries(messages, notes, handovers, present = new Date()) {
  const from = messages.length && messages[0].seq > 1 ? messages[0].at : "";
  /** @type {{at: string, entry: Entry}[]} */
  const inner = [
    ...handovers.map((handover) => ({ at: handover.at, entry: /** @type {Entry} */ ({ kind: "handover", key: `h${handover.epoch}`, handover }) })),
    ...notes.map((note) => ({ at: note.at, entry: /** @type {Entry} */ ({ kind: "note", key: `n${note.number}`, note }) })),
  ];
  const between = inner.filter((each) => each.at >= from).sort((a, b) => a.at.localeCompare(b.at));
  /** @type {Entry[]} */
  const entries = [];
  let day = "";
  /** @param {string} at @param {Entry} entry */
  const add = (at, entry) => {
    const text = sayDay(at, present);
    if (text !== day) entries.push({ kind: "day", key: `day before ${entry.key}`, text });
    day = text;
    entries.push(entry);
  };
  for (const message of messages) {
    while (between.length && between[0].at < message.at) {
      const next = between.shift();
      if (next) add(next.at, next.entry);
    }
    if (message.kind !== "recall") add(message.at, { kind: "message", key: `m${message.seq}`, message });
  }
  for (const next of between) add(next.at, next.entry);
  return entries;
}
