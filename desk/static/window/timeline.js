// @ts-check
/** The talk on the screen: rows in order, times between them, the place kept while older ones come in. */
import { makePendingRow, makeRow, markChoices } from "./bubbles.js";
import { byId, make } from "./dom.js";
import { applyRecalls, isShown } from "./recalls.js";
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
  /** @type {Map<number, HTMLElement>} over the row with this seq */
  #times = new Map();
  /** @type {Message[]} */
  #messages = [];
  #typingTimer = 0;
  serviceName = "店小二";
  /** @type {Set<number>} choices taken whose message is still under way, by seq of the question */
  pressed = new Set();

  /**
   * @param {object} does
   * @param {(message: Message, index: number) => void} does.press
   * @param {import("./rating.js").Rate} does.rate
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
    const sizes = new ResizeObserver(() => this.#stay());
    sizes.observe(this.#scroller);
    sizes.observe(this.#list);
  }

  #stuck = true;

  get atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#stuck = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    return this.#stuck;
  }

  /** After the keyboard came up or something in the talk grew: who read the end still reads the end. */
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
    this.#lay(all);
    if (messages.some((message) => message.direction !== "buyer" && message.kind !== "recall")) this.showTyping("");
    if (stay) this.toEnd();
  }

  /** @param {Message[]} all older ones have come */
  prepend(all) {
    this.#lay(all);
  }

  /** @param {number} seq */
  rowOf(seq) {
    return this.#rows.get(seq);
  }

  /** The list as it must be now: what stands already stays the same element at the same height. @param {Message[]} all */
  #lay(all) {
    applyRecalls(all);
    const anchor = this.#findAnchor();
    const nodes = this.#makeNodes(all);
    const wanted = new Set(nodes);
    for (const old of [...this.#list.children]) if (!wanted.has(/** @type {HTMLElement} */ (old))) old.remove();
    let place = this.#list.firstChild;
    for (const node of nodes) {
      if (node === place) place = node.nextSibling;
      else this.#list.insertBefore(node, place);
    }
    this.refreshChoices(all);
    const row = anchor ? this.#rows.get(anchor.seq) : undefined;
    if (anchor && row?.isConnected) this.#scroller.scrollTop += row.getBoundingClientRect().top - anchor.top;
  }

  /** @param {Message[]} all */
  #makeNodes(all) {
    /** @type {HTMLElement[]} */
    const nodes = [];
    /** @type {Message | null} */
    let previous = null;
    for (const message of all) {
      if (!isShown(message, all[0].seq)) continue;
      if (!previous || Date.parse(message.at) - Date.parse(previous.at) >= PAUSE_MS) nodes.push(this.#timeOver(message));
      nodes.push(this.#rowFor(message));
      previous = message;
    }
    return nodes;
  }

  /** The first row in sight. */
  #findAnchor() {
    const edge = this.#scroller.getBoundingClientRect().top;
    for (const row of this.#list.querySelectorAll("[data-seq]")) {
      const { top, bottom } = row.getBoundingClientRect();
      if (bottom > edge) return { seq: Number(/** @type {HTMLElement} */ (row).dataset.seq), top };
    }
    return null;
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

  /** @param {Message} message */
  #timeOver({ seq, at }) {
    const known = this.#times.get(seq);
    if (known) return known;
    const time = make("time", "", sayTime(at));
    time.dateTime = at;
    const line = make("li", "when", time);
    this.#times.set(seq, line);
    return line;
  }

  /** @param {Message} message */
  #rowFor(message) {
    const known = this.#rows.get(message.seq);
    if (known && known.classList.contains("gone") >= Boolean(message.recalled)) return known;
    const row = makeRow(message, this.serviceName, { press: (index) => this.#press(message, index), rate: this.does.rate });
    row.dataset.seq = String(message.seq);
    this.#rows.set(message.seq, row);
    return row;
  }

  /** @param {Message} message @param {number} index */
  #press(message, index) {
    const row = this.#rows.get(message.seq);
    if (!row) return;
    const button = row.querySelectorAll(".choice")[index];
    if (button?.getAttribute("aria-disabled") === "true") return this.does.tooLate();
    row.dataset.chosen = String(index);
    this.pressed.add(message.seq);
    this.refreshChoices();
    this.does.press(message, index);
  }
}
