// @ts-check
/** The conversation in view: its log kept gapless through breaks, notes and hand-overs beside it, the last ones kept. */
import { Talk } from "../window/talk.js";
import { applyRecalls } from "../window/recalls.js";
import { makeEntries } from "./entries.js";
import { Signal } from "./signal.js";
import { Timeline } from "./timeline.js";
import { sayRefusal } from "./workplace.js";

/** @typedef {import("./shapes.js").Message} Message */
/** @typedef {import("./shapes.js").Note} Note */
/** @typedef {import("./shapes.js").Handover} Handover */
/** @typedef {import("./shapes.js").Row} Row */

const KEPT = 30;
const READ_AFTER_MS = 150;

/** What is known of one conversation. */
class Known {
  /** @type {Map<number, Note>} */
  notes = new Map();
  /** @type {Map<number, Handover>} */
  handovers = new Map();
  read = 0;

  /** @param {Talk} talk */
  constructor(talk) {
    this.talk = talk;
  }

  /** @returns {Message[]} */
  get messages() {
    return /** @type {any} */ (this.talk.log.messages);
  }
}

export class TalkView {
  /** @type {Map<string, Known>} the one looked at last stands last */
  #known = new Map();
  #readTimer = 0;
  /** @type {Signal<Known>} the conversation in view has been read from the desk, or has something new */
  onNews = new Signal();
  /** @type {Signal<{talk: string, messages: Message[]}>} messages that came while one looked */
  onHeard = new Signal();
  /** @type {Signal<{talk: string, draft: string}>} */
  onDraft = new Signal();

  /** @param {import("./workplace.js").Workplace} place */
  constructor(place) {
    this.place = place;
    this.timeline = new Timeline({
      older: () => void this.now?.talk.readOlder(),
      reading: () => this.#markRead(),
      recall: (message) => void place.act("recall", { talk: message.talk, seq: message.seq }),
      recallable: (message) => this.#recallable(message),
    });
    place.onTalk.on((before) => void this.#turnTo(before));
    place.onRows.on((news) => news?.row.id === place.talk && this.#paint());
    document.addEventListener("visibilitychange", () => this.#markRead());
    window.addEventListener("focus", () => this.#markRead());
  }

  get now() {
    return this.#known.get(this.place.talk);
  }

  /** @param {string} id */
  #get(id) {
    const known = this.#known.get(id) ?? this.#make(id);
    this.#known.delete(id);
    this.#known.set(id, known);
    if (this.#known.size > KEPT) this.#known.delete(this.#known.keys().next().value ?? "");
    return known;
  }

  /** @param {string} id */
  #make(id) {
    const known = new Known(
      new Talk({
        ask: (event, data) => this.place.ask(event, { talk: id, ...data }),
        prepend: () => this.#paint(),
        append: (arrived) => {
          const messages = /** @type {Message[]} */ (/** @type {unknown} */ (arrived));
          applyRecalls(/** @type {any} */ (known.messages));
          this.onHeard.tell({ talk: id, messages });
          if (id !== this.place.talk) return;
          if (messages.some((message) => message.direction === "buyer")) this.timeline.showTyping("");
          this.timeline.hearFresh(messages.length);
          this.#paint();
        },
      }),
    );
    return known;
  }

  /** @param {string} before */
  async #turnTo(before) {
    if (before) this.place.link().tell("leave", { talk: before });
    this.timeline.clear();
    if (!this.place.talk) return;
    this.#get(this.place.talk);
    this.#paint();
    this.timeline.toEnd();
    await this.look();
  }

  /** Reads the conversation in view, and from now on hears of it; again after each break of the line. */
  async look() {
    const id = this.place.talk;
    if (!id) return;
    const known = this.#get(id);
    try {
      const looked = await this.place.ask("look", { talk: id });
      for (const note of looked.notes) known.notes.set(note.number, note);
      for (const handover of looked.handovers) known.handovers.set(handover.epoch, handover);
      this.place.put(looked.row);
      this.onDraft.tell({ talk: id, draft: looked.draft ?? "" });
      await known.talk.take({ ...looked, last_seq: looked.row.last_seq });
      this.#paint();
    } catch (error) {
      if (id !== this.place.talk || !this.place.link().connected) return;
      this.place.hint(sayRefusal(error));
      if (!this.place.row) this.place.show("");
    }
  }

  /** @param {Message} message */
  hear(message) {
    this.#known.get(message.talk)?.talk.hear(/** @type {any} */ (message));
  }

  /** @param {Note} note */
  hearNote(note) {
    this.#known.get(note.talk)?.notes.set(note.number, note);
    if (note.talk === this.place.talk) this.#paint();
  }

  /** @param {Handover & {talk: string}} handover */
  hearHandover(handover) {
    this.#known.get(handover.talk)?.handovers.set(handover.epoch, handover);
    if (handover.talk === this.place.talk) this.#paint();
  }

  /** @param {{talk: string, buyer: number}} news */
  hearRead({ talk, buyer }) {
    const row = this.place.rows.get(talk);
    if (row && row.buyer_read < buyer) this.place.put({ ...row, buyer_read: buyer });
  }

  /** @param {{talk: string, who: string, name: string, text?: string}} sign */
  hearTyping({ talk, who, name, text }) {
    if (talk !== this.place.talk) return;
    this.timeline.showTyping(name || { buyer: "买家", bot: "机器人", agent: "同事" }[who] || "对方", text);
  }

  #paint() {
    const { now: known, place } = this;
    if (!known) return;
    for (const message of known.messages) message.mine = message.author_id === place.me.id;
    const entries = makeEntries(known.messages, [...known.notes.values()], [...known.handovers.values()]);
    this.timeline.show(entries, { nick: place.row?.nick ?? "买家", buyerRead: place.row?.buyer_read ?? 0 });
    this.onNews.tell(known);
  }

  /** Only who holds it reads it in the buyer's sight. */
  #markRead() {
    clearTimeout(this.#readTimer);
    this.#readTimer = window.setTimeout(() => {
      const { now: known, place } = this;
      const row = place.row;
      if (!known || !row || !place.holds || document.hidden || !document.hasFocus() || !this.timeline.atEnd) return;
      const seq = known.talk.log.last;
      if (!seq || (seq <= known.read && !row.unread)) return;
      known.read = seq;
      this.place.link().tell("read", { talk: row.id, seq });
      if (row.unread) place.put({ ...row, unread: 0 });
    }, READ_AFTER_MS);
  }

  /** @param {Message} message */
  #recallable(message) {
    if (!message.mine || message.direction !== "agent" || !this.place.holds) return 0;
    return Date.parse(message.at) + (this.place.limits?.recall_seconds ?? 0) * 1000 - this.place.now();
  }
}

/** @typedef {InstanceType<typeof Known>} KnownTalk */
