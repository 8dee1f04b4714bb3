// @ts-check
/** The messages of one conversation, strictly by seq and without gaps. What came too early waits. */

/** @typedef {import("./shapes.js").Message} Message */

export class Log {
  /** @type {Message[]} */
  messages = [];
  /** @type {Map<number, Message>} */
  #early = new Map();
  /** @type {number | null} the seq to show next; null until the first page is here */
  #next = null;

  get started() {
    return this.#next !== null;
  }

  get first() {
    return this.messages[0]?.seq ?? 1;
  }

  get last() {
    return (this.#next ?? 1) - 1;
  }

  /** Something newer is here, something between is missing. */
  get gap() {
    return this.started && this.#early.size > 0;
  }

  /**
   * @param {Message[]} page the newest page as the desk gave it on opening
   * @param {number} lastSeq the conversation's newest seq
   */
  start(page, lastSeq) {
    this.#next = page.length ? Math.min(...page.map((message) => message.seq)) : lastSeq + 1;
    return this.add(page);
  }

  /**
   * @param {Message[]} arrived in any order, with repeats
   * @returns {Message[]} those that can now be shown after the last one
   */
  add(arrived) {
    for (const message of arrived) {
      if (message.seq > this.last) this.#early.set(message.seq, message);
    }
    /** @type {Message[]} */
    const ready = [];
    if (this.#next === null) return ready;
    for (let message; (message = this.#early.get(this.#next)); this.#next += 1) {
      this.#early.delete(this.#next);
      ready.push(message);
    }
    this.messages.push(...ready);
    return ready;
  }

  /**
   * @param {Message[]} page a page of history
   * @returns {Message[]} those that join right before the first one, oldest first
   */
  addOlder(page) {
    const older = page.filter((message) => message.seq < this.first).sort((a, b) => a.seq - b.seq);
    if (older.at(-1)?.seq !== this.first - 1) return [];
    this.messages.unshift(...older);
    return older;
  }
}
