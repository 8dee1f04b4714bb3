// @ts-check
/** The talk on the screen: rows in order, times between them, the place kept while older ones come in. */
import { makePendingRow, makeRow, markChoices } from "./bubbles.js";
import { byId, make } from "./dom.js";
import { PAUSE_MS, sayTime } from "./times.js";

/** @typedef {import("./shapes.js").Message} Message */

const NEAR_PX = 80;

export class Timeline {
  #scroller = byId("scroller", HTMLElement);
  #list = byId("talk", HTMLElement);
  #waiting = byId("waiting", HTMLElement);
  #typing = byId("typing", HTMLElement);
  /** @type {Map<number, HTMLElement>} */
  #rows = new Map();
  /** @type {HTMLElement | null} the time over the first row */
  #firstTime = null;
  /** @type {Message[]} */
  #messages = [];
  #typingTimer = 0;
  serviceName = "店小二";
  /** @type {Set<number>} choices taken whose message is still under way, by seq of the question */
  pressed = new Set();

  /**
   * @param {object} does
   * @param {(message: Message, index: number) => void} does.press
   * @param {() => void} does.tooLate a choice that no longer stands
   * @param {(id: string) => void} does.retry
   * @param {() => void} does.older asked for by scrolling up
   * @param {(atEnd: boolean) => void} does.scrolled
   */
  constructor(does) {
    this.does = does;
    this.#scroller.addEventListener("scroll", () => {
      if (this.#scroller.scrollTop < NEAR_PX) does.older();
      does.scrolled(this.atEnd);
    }, { passive: true });
    new ResizeObserver(() => this.#stay()).observe(this.#scroller);
    this.#list.addEventListener("load", () => this.#stay(), true);
  }

  #stuck = true;

  get atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#stuck = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    return this.#stuck;
  }

  /** After the keyboard came up or a picture grew: who read the end still reads the end. */
  #stay() {
    if (this.#stuck) this.toEnd();
  }

  toEnd() {
    this.#stuck = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** @param {Message[]} messages @param {Message[]} all the whole log, these included */
  append(messages, all) {
    const stay = this.atEnd;
    let previous = all.at(-messages.length - 1) ?? null;
    for (const message of messages) {
      const time = this.#makeTime(previous, message);
      if (time && !previous) this.#firstTime = time;
      this.#list.append(...(time ? [time] : []), this.#makeRow(message));
      previous = message;
    }
    if (messages.some((message) => message.direction !== "buyer")) this.showTyping("");
    this.refreshChoices(all);
    if (stay) this.toEnd();
  }

  /** @param {Message[]} messages older ones @param {Message[]} all */
  prepend(messages, all) {
    const below = this.#scroller.scrollHeight - this.#scroller.scrollTop;
    const oldFirst = all[messages.length];
    const fragment = document.createDocumentFragment();
    /** @type {Message | null} */
    let previous = null;
    const oldTime = this.#firstTime;
    for (const message of messages) {
      const time = this.#makeTime(previous, message);
      if (time && !previous) this.#firstTime = time;
      fragment.append(...(time ? [time] : []), this.#makeRow(message));
      previous = message;
    }
    if (oldTime && oldFirst && !this.#makeTime(previous, oldFirst)) oldTime.remove();
    this.#list.prepend(fragment);
    this.refreshChoices(all);
    this.#scroller.scrollTop = this.#scroller.scrollHeight - below;
  }

  /** @param {import("./shapes.js").Pending} item */
  showPending(item) {
    const row = makePendingRow(item, () => this.does.retry(item.id));
    const old = this.#waiting.querySelector(`[data-pending="${CSS.escape(item.id)}"]`);
    if (old) old.replaceWith(row);
    else this.#waiting.append(row);
    this.toEnd();
  }

  /** @param {string} id */
  dropPending(id) {
    this.#waiting.querySelector(`[data-pending="${CSS.escape(id)}"]`)?.remove();
  }

  /** @param {string} name empty: nobody types */
  showTyping(name) {
    const stay = this.atEnd;
    clearTimeout(this.#typingTimer);
    this.#typing.hidden = !name;
    byId("typing-name", HTMLElement).textContent = name;
    if (name) this.#typingTimer = window.setTimeout(() => this.showTyping(""), 8000);
    if (stay) this.toEnd();
  }

  /** A choice can be taken until the buyer has spoken again or newer choices have come. @param {Message[]} all */
  refreshChoices(all = this.#messages) {
    this.#messages = all;
    let open = true;
    /** @type {Message | null} */
    let answer = null;
    for (const message of [...all].reverse()) {
      const row = message.buttons.length ? this.#rows.get(message.seq) : undefined;
      if (row) {
        const said = answer?.text ?? "";
        const chosen = message.buttons.findIndex((button) => button.title === said);
        const underWay = Number(row.dataset.chosen ?? -1);
        const pressed = this.pressed.has(message.seq);
        markChoices(row, pressed ? underWay : chosen, open && !pressed);
        open = false;
        answer = null;
      }
      if (message.direction === "buyer") {
        open = false;
        answer = message;
      }
    }
  }

  /** @param {Message | null} previous @param {Message} message */
  #makeTime(previous, message) {
    if (previous && Date.parse(message.at) - Date.parse(previous.at) < PAUSE_MS) return null;
    const time = make("time", "", sayTime(message.at));
    time.dateTime = message.at;
    return make("li", "when", time);
  }

  /** @param {Message} message */
  #makeRow(message) {
    const row = makeRow(message, this.serviceName, (index) => {
      const button = row.querySelectorAll(".choice")[index];
      if (button?.getAttribute("aria-disabled") === "true") return this.does.tooLate();
      row.dataset.chosen = String(index);
      this.pressed.add(message.seq);
      this.refreshChoices();
      this.does.press(message, index);
    });
    row.dataset.seq = String(message.seq);
    this.#rows.set(message.seq, row);
    return row;
  }
}
