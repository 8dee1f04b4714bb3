// @ts-check
/** Keeps the log, the line and the screen together: opening, catching up, reading history. */
import { Log } from "./log.js";

const PAGE = 30;

/** @typedef {import("./shapes.js").Message} Message */

export class Talk {
  log = new Log();
  #filling = false;
  #reading = false;

  /**
   * @param {object} does
   * @param {(event: string, data: object) => Promise<any>} does.ask throws when the line breaks
   * @param {(messages: Message[], all: Message[]) => void} does.append
   * @param {(messages: Message[], all: Message[]) => void} does.prepend
   */
  constructor(does) {
    this.does = does;
  }

  /** After each connection: everything after the last seq, however much it is. @param {object} who */
  async open(who) {
    const since = this.log.started ? this.log.last : 0;
    /** @type {import("./shapes.js").Opened & import("./shapes.js").Holder} */
    const opened = await this.does.ask("open", { ...who, since });
    return opened;
  }

  /** @param {import("./shapes.js").Opened} opened */
  async take(opened) {
    if (this.log.started) this.#show(this.log.add(opened.messages));
    else this.#show(this.log.start(opened.messages, opened.last_seq));
    await this.#fillTo(opened.last_seq);
  }

  /** @param {Message} message */
  hear(message) {
    this.#show(this.log.add([message]));
    if (this.log.gap) void this.#fillTo(message.seq).catch(() => undefined);
  }

  /** A page of older messages, asked for once at a time. */
  async readOlder() {
    if (this.#reading || !this.log.started || this.log.first <= 1) return;
    this.#reading = true;
    try {
      const page = await this.does.ask("fetch", { before: this.log.first, limit: PAGE });
      const older = this.log.addOlder(page.messages);
      if (older.length) this.does.prepend(older, this.log.messages);
    } catch {
      // scrolling up again asks again
    } finally {
      this.#reading = false;
    }
  }

  /** @param {number} seq */
  async #fillTo(seq) {
    if (this.#filling) return;
    this.#filling = true;
    try {
      while (this.log.last < seq || this.log.gap) {
        const before = this.log.last;
        const page = await this.does.ask("fetch", { after: before });
        this.#show(this.log.add(page.messages));
        if (this.log.last === before) break;
      }
    } finally {
      this.#filling = false;
    }
  }

  /** @param {Message[]} ready */
  #show(ready) {
    if (ready.length) this.does.append(ready, this.log.messages);
  }
}
