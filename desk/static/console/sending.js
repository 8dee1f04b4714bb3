// @ts-check
/** What goes to buyers: for each conversation an outbox of its own, so a slow one holds up no other. */
import { makeId } from "../window/dom.js";
import { Refused } from "../window/link.js";
import { keysWith } from "../window/memory.js";
import { Outbox, SHELF } from "../window/outbox.js";
import { makePending } from "./bubbles.js";

/** @typedef {import("../window/shapes.js").Pending} Pending */
/** @typedef {import("../window/shapes.js").Body} Body */
/** @typedef {import("../window/shapes.js").Shown} Shown */
/** @typedef {import("./shapes.js").Finding} Finding */

export class Sending {
  /** @type {Map<string, Outbox>} */
  #boxes = new Map();
  /** @type {Map<string, Map<string, Pending>>} by conversation: what waits, as it was last shown */
  #waiting = new Map();
  /** @type {Map<string, Finding[]>} by item */
  #findings = new Map();

  /**
   * @param {import("./workplace.js").Workplace} place
   * @param {import("./talkview.js").TalkView} view
   * @param {(item: Pending, findings: Finding[]) => boolean} onSpeech what was refused may go back into the field: true
   * @param {() => void} onFailed a conversation has something that did not go out, or has no more
   */
  constructor(place, view, onSpeech, onFailed) {
    this.place = place;
    this.onFailed = onFailed;
    this.view = view;
    this.onSpeech = onSpeech;
    place.onEntered.on(() => this.#resume());
    place.onTalk.on(() => queueMicrotask(() => this.#showAll()));
    view.onHeard.on(({ talk, messages }) => {
      for (const message of messages) this.#boxes.get(talk)?.confirm(message.client_msg_id, null);
    });
  }

  /** Whether something did not go out and waits for the person. @param {string} talk */
  hasFailed(talk) {
    return [...(this.#waiting.get(talk)?.values() ?? [])].some((item) => item.state === "failed");
  }

  /** @param {string} talk @param {Body} body @param {Shown} shown */
  put(talk, body, shown) {
    this.#box(talk).put({ ...body, talk }, shown);
  }

  /** What earlier visits left is sent now; so is what waited for the line. */
  #resume() {
    const shelf = `${SHELF}${this.place.me.id}.`;
    const talks = new Set(keysWith(shelf).map((key) => key.slice(shelf.length).split(".")[0]));
    for (const talk of new Set([...talks, ...this.#boxes.keys()])) void this.#box(talk).pump();
  }

  /** @param {string} talk */
  #box(talk) {
    const known = this.#boxes.get(talk);
    if (known) return known;
    const box = new Outbox(
      (item) => this.#deliver(talk, item),
      (item) => this.#note(talk, item),
      (item, message) => {
        this.#waiting.get(talk)?.delete(item.id);
        this.#findings.delete(item.id);
        if (item.state === "failed") this.onFailed();
        if (talk === this.place.talk) this.view.timeline.dropPending(item.id);
        if (message) this.view.hear(/** @type {any} */ (message));
      },
    );
    this.#boxes.set(talk, box);
    box.settleIn(`${this.place.me.id}.${talk}`);
    return box;
  }

  /** @param {string} talk @param {Pending} item */
  async #deliver(talk, { id, body }) {
    const attached = (body.attached ?? []).map((picture) => picture.id);
    try {
      return (await this.place.ask("send", { phrases: [], anyway: false, ...body, attached, talk, client_msg_id: id })).message;
    } catch (error) {
      if (error instanceof Refused && error.code === "speech") this.#findings.set(id, error.facts.findings ?? []);
      throw error;
    }
  }

  /** @param {string} talk @param {Pending} item */
  #note(talk, item) {
    const waiting = this.#waiting.get(talk) ?? new Map();
    this.#waiting.set(talk, waiting.set(item.id, item));
    const findings = this.#findings.get(item.id);
    if (item.state === "failed" && findings && talk === this.place.talk && this.onSpeech(item, findings)) {
      queueMicrotask(() => this.#boxes.get(talk)?.drop(item.id));
    }
    if (item.state === "failed") this.onFailed();
    if (talk === this.place.talk) this.#show(talk, item);
  }

  #showAll() {
    for (const item of this.#waiting.get(this.place.talk)?.values() ?? []) this.#show(this.place.talk, item);
  }

  /** @param {string} talk @param {Pending} item */
  #show(talk, item) {
    this.view.timeline.showPending(item.id, makePending(item, this.place.me.name, this.#choices(talk, item)));
  }

  /** @param {string} talk @param {Pending} item */
  #choices(talk, item) {
    const box = this.#box(talk);
    const findings = this.#findings.get(item.id);
    const choices = [];
    if (!findings) choices.push({ label: "重新发送", does: () => box.retry(item.id) });
    else if (!findings.some((finding) => finding.blocked)) {
      choices.push({ label: "仍然发送", does: () => {
        box.drop(item.id);
        box.put({ ...item.body, anyway: true }, item.shown);
      } });
    }
    if (item.body.text) choices.push({ label: "改一改", does: () => this.onSpeech(item, findings ?? []) && box.drop(item.id) });
    choices.push({ label: "不发了", does: () => box.drop(item.id) });
    return choices;
  }
}

/** @param {string} text @returns {Shown} */
export function asText(text) {
  return { kind: "text", text, cards: [], picture: null };
}

/** One note, sent until the desk has it or says no: the same id while its text stays the same. */
export class NoteSender {
  #last = { text: "", id: "" };

  /** @param {import("./workplace.js").Workplace} place */
  constructor(place) {
    this.place = place;
  }

  /** @param {string} talk @param {string} text @param {string} kind @returns {Promise<any>} throws Refused */
  async send(talk, text, kind) {
    const key = `${talk} ${kind} ${text}`;
    if (this.#last.text !== key) this.#last = { text: key, id: makeId() };
    const answer = await this.place.ask("note", { talk, client_msg_id: this.#last.id, text, kind });
    this.#last = { text: "", id: "" };
    return answer.note;
  }
}
