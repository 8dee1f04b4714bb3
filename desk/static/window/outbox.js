// @ts-check
/**
 * What was sent in a talk and the desk has not confirmed. One after the other, each under the id it was born with, so a
 * second try never becomes a second message. Every item lies in localStorage under its own key: tabs do not
 * overwrite each other, and a reload loses nothing.
 */
import { makeId } from "./dom.js";
import { Refused } from "./link.js";
import { keep, keysWith, recall } from "./memory.js";

/** @typedef {import("./shapes.js").Pending} Pending */
/** @typedef {import("./shapes.js").Message} Message */

export const SHELF = "xiaoer.outbox.";

export class Outbox {
  /** @type {Map<string, Pending>} oldest first */
  #items = new Map();
  #shelf = "";
  #busy = false;

  /**
   * @param {(item: Pending) => Promise<Message | null>} deliver throws Refused
   * @param {(item: Pending) => void} onChange shown anew
   * @param {(item: Pending, message: Message | null) => void} onDelivered
   */
  constructor(deliver, onChange, onDelivered) {
    this.deliver = deliver;
    this.onChange = onChange;
    this.onDelivered = onDelivered;
  }

  /**
   * Now it is known whose talk this is: takes up what an earlier visit left.
   * @param {string} conversation
   */
  settleIn(conversation) {
    const shelf = `${SHELF}${conversation}.`;
    if (this.#shelf === shelf) return;
    this.#shelf = shelf;
    const typedBefore = [...this.#items.values()];
    const left = keysWith(shelf).map((key) => readItem(recall(key))).filter((item) => item !== null);
    left.sort((a, b) => a.at.localeCompare(b.at));
    this.#items = new Map([...left, ...typedBefore].map((item) => [item.id, item]));
    for (const item of this.#items.values()) this.#note(item);
  }

  /**
   * @param {import("./shapes.js").Body} body
   * @param {import("./shapes.js").Shown} shown
   */
  put(body, shown) {
    /** @type {Pending} */
    const item = { id: makeId(), at: new Date().toISOString(), state: "waiting", why: "", body, shown };
    this.#items.set(item.id, item);
    this.#note(item);
    void this.pump();
  }

  /** @param {string} id */
  retry(id) {
    const item = this.#items.get(id);
    if (!item || item.state !== "failed") return;
    item.state = "waiting";
    this.#note(item);
    void this.pump();
  }

  /** The desk has it, whichever way we heard. @param {string | null} id @param {Message | null} message */
  confirm(id, message) {
    const item = id ? this.#items.get(id) : undefined;
    if (!item) return;
    this.#items.delete(item.id);
    if (this.#shelf) keep(this.#shelf + item.id, null);
    this.onDelivered(item, message);
  }

  /** Takes back what the desk refused. @param {string} id @returns {Pending | undefined} */
  drop(id) {
    const item = this.#items.get(id);
    this.confirm(id, null);
    return item;
  }

  /** Sends what waits, until the line breaks. */
  async pump() {
    if (this.#busy || !this.#shelf) return;
    this.#busy = true;
    try {
      for (let item; (item = this.#nextWaiting()); ) {
        if (!(await this.#deliverOne(item))) break;
      }
    } finally {
      this.#busy = false;
    }
  }

  /** @param {Pending} item @returns {Promise<boolean>} whether the line still stands */
  async #deliverOne(item) {
    try {
      this.confirm(item.id, await this.deliver(item));
      return true;
    } catch (error) {
      const refused = error instanceof Refused ? error : new Refused("broken", "没有成功，请再试一次");
      if (refused.code === "offline") return false;
      if (this.#items.has(item.id)) {
        item.state = "failed";
        item.why = refused.message;
        item.code = refused.code;
        this.#note(item);
      }
      return true;
    }
  }

  #nextWaiting() {
    return [...this.#items.values()].find((item) => item.state === "waiting");
  }

  /** @param {Pending} item */
  #note(item) {
    if (this.#shelf) keep(this.#shelf + item.id, JSON.stringify(item));
    this.onChange(item);
  }
}

/** @param {string | null} text @returns {Pending | null} */
function readItem(text) {
  try {
    const item = JSON.parse(text ?? "");
    return typeof item?.id === "string" && item.body && item.shown ? item : null;
  } catch {
    return null;
  }
}
