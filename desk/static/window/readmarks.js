// @ts-check
/** 已读 and 未读 under what the buyer said last, while a person holds the talk. */
import { make } from "./dom.js";

/** @typedef {import("./shapes.js").Message} Message */

/**
 * The buyer's newest message; where nobody has read that yet, also the newest read one since the shop last spoke.
 * @param {Message[]} messages by seq
 * @param {number} read the newest seq that an agent has read
 * @returns {Map<number, boolean>} whether it was read, by seq
 */
export function findMarks(messages, read) {
  const newest = messages.findLast(({ direction }) => direction === "buyer");
  if (!newest) return new Map();
  const marks = new Map([[newest.seq, newest.seq <= read]]);
  const answered = messages.findLast(({ direction, seq }) => seq < newest.seq && (direction === "agent" || direction === "bot"));
  const before = messages.findLast(({ direction, seq }) => direction === "buyer" && seq <= read);
  if (before && before.seq > (answered?.seq ?? 0)) marks.set(before.seq, true);
  return marks;
}

export class ReadMarks {
  #read = 0;
  #served = false;
  /** @type {Map<number, HTMLElement>} */
  #shown = new Map();

  /**
   * @param {() => Message[]} messages
   * @param {(seq: number) => HTMLElement | undefined} rowOf
   */
  constructor(messages, rowOf) {
    this.messages = messages;
    this.rowOf = rowOf;
  }

  /** @param {number} seq an agent has read up to there */
  hear(seq) {
    this.#read = Math.max(this.#read, seq);
    this.show();
  }

  /** @param {boolean} served whether a person holds the talk */
  serve(served) {
    this.#served = served;
    this.show();
  }

  /** After anything changed. Who answers has read what stands above. */
  show() {
    const messages = this.messages();
    this.#read = Math.max(this.#read, messages.findLast(({ direction }) => direction === "agent")?.seq ?? 0);
    const marks = this.#served ? findMarks(messages, this.#read) : new Map();
    for (const [seq, mark] of this.#shown) {
      if (marks.has(seq)) continue;
      mark.remove();
      this.#shown.delete(seq);
    }
    for (const [seq, read] of marks) this.#mark(seq, read);
  }

  /** @param {number} seq @param {boolean} read */
  #mark(seq, read) {
    const mark = this.#shown.get(seq) ?? make("p", "read-mark");
    mark.setAttribute("aria-live", "off"); // the talk around it is read out as it grows, this is not worth it
    const text = read ? "已读" : "未读";
    if (mark.textContent !== text) mark.textContent = text;
    mark.classList.toggle("read", read);
    const place = this.rowOf(seq)?.querySelector(".stack");
    if (!place || mark.parentElement === place) return;
    place.append(mark);
    this.#shown.set(seq, mark);
  }
}
