// @ts-check
/** What every part of the console knows: who sits here, the conversations, which one is in view, the line to the desk. */
import { Refused } from "../window/link.js";
import { Rows } from "./rows.js";
import { Signal } from "./signal.js";

/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {import("./shapes.js").Entered} Entered */

export class Workplace {
  rows = new Rows();
  /** @type {Map<string, import("./shapes.js").Seat>} */
  seats = new Map();
  /** @type {Entered | null} null until the desk has let us in */
  entered = null;
  /** The conversation in view; "" where none is. */
  talk = "";
  /** What the desk's clock is ahead of ours, in ms. */
  #ahead = 0;

  /** @type {Signal<Entered>} */
  onEntered = new Signal();
  /** @type {Signal<{row: Row, before: Row | undefined} | null>} one conversation changed; null: many */
  onRows = new Signal();
  /** @type {Signal<string>} another conversation is in view; carries the one before */
  onTalk = new Signal();
  /** @type {Signal<void>} */
  onSeats = new Signal();
  /** @type {Signal<{text: string, talk: string}>} a short word for the person who sits here, and a talk to go to */
  onHint = new Signal();

  /** @type {import("../window/link.js").Link | null} set by who opens it */
  line = null;

  /** The line to the desk. */
  link() {
    if (!this.line) throw new Error("the line is not open yet");
    return this.line;
  }

  get me() {
    return this.entered?.me ?? { id: "", name: "", role: "", leader: false, manages: false };
  }

  get limits() {
    return this.entered?.limits ?? null;
  }

  /** The conversation in view. */
  get row() {
    return this.rows.get(this.talk);
  }

  /** Whether this person holds the conversation in view. */
  get holds() {
    return this.isMine(this.row);
  }

  /** @param {Row | undefined} row */
  isMine(row) {
    return row?.holder === "agent" && row.agent?.id === this.me.id;
  }

  now() {
    return Date.now() + this.#ahead;
  }

  /** @param {Entered} entered */
  enter(entered) {
    this.entered = entered;
    this.#ahead = entered.now ? Date.parse(entered.now) - Date.now() : 0;
    this.rows.me = entered.me.id;
    this.rows.restart([...entered.mine, ...entered.queue], this.talk);
    this.seats = new Map(entered.seats.map((seat) => [seat.staff_id, seat]));
    this.onEntered.tell(entered);
    this.onSeats.tell();
    this.onRows.tell(null);
  }

  /** @param {Row} row */
  put(row) {
    const before = this.rows.get(row.id);
    if (this.rows.put(row)) this.onRows.tell({ row, before });
  }

  /** @param {Row[]} rows */
  putAll(rows) {
    for (const row of rows) this.rows.put(row);
    this.onRows.tell(null);
  }

  /** @param {import("./shapes.js").Seat} seat */
  putSeat(seat) {
    this.seats.set(seat.staff_id, seat);
    this.onSeats.tell();
  }

  /** @param {string} id "" puts the one in view away */
  show(id) {
    if (id === this.talk) return;
    const before = this.talk;
    this.talk = id;
    this.onTalk.tell(before);
  }

  /** @param {string} text @param {string} [talk] */
  hint(text, talk = "") {
    this.onHint.tell({ text, talk });
  }

  /**
   * @param {string} event
   * @param {object} data
   * @returns {Promise<any>} throws Refused
   */
  ask(event, data) {
    return this.link().ask(event, data);
  }

  /**
   * As `ask`, but a refusal is said to the person and gives null.
   * @param {string} event
   * @param {object} data
   * @returns {Promise<any>}
   */
  async act(event, data) {
    try {
      const answer = await this.ask(event, data);
      if (answer.row) this.put(answer.row);
      return answer;
    } catch (error) {
      this.hint(sayRefusal(error));
      return null;
    }
  }
}

/** @param {unknown} error */
export function sayRefusal(error) {
  if (error instanceof Refused && error.code === "taken" && error.facts.agent) {
    const agent = error.facts.agent;
    return `${agent.name ?? agent} 已经接待这位买家了`;
  }
  return error instanceof Refused && error.message ? error.message : "没有成功，请再试一次";
}
