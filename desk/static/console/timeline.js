// @ts-check
/** The talk on the screen: keeps the place while older rows come in, and the end while newer ones do. */
import { byId } from "../window/dom.js";
import { endRecall, makeDay, makeHandover, makeMessage, makeNote, showRead } from "./bubbles.js";
import { forget, reconcile } from "./reconcile.js";

/** @typedef {import("./shapes.js").Message} Message */
/** @typedef {import("./entries.js").Entry} Entry */

const NEAR_PX = 80;
const TYPING_MS = 8000;

export class Timeline {
  #scroller = byId("scroller", HTMLElement);
  #list = byId("talk", HTMLElement);
  #waiting = byId("waiting", HTMLElement);
  #typing = byId("typing", HTMLElement);
  #jump = byId("jump", HTMLButtonElement);
  #typingTimer = 0;
  #stuck = true;
  #fresh = 0;

  /**
   * @param {object} does
   * @param {() => void} does.older asked for by scrolling up
   * @param {() => void} does.reading the end of the talk may have come into sight
   * @param {(message: Message) => void} does.recall
   * @param {(message: Message) => number} does.recallable for how many more ms this one can be taken back
   */
  constructor(does) {
    this.does = does;
    this.#scroller.addEventListener("scroll", () => {
      if (this.#scroller.scrollTop < NEAR_PX) does.older();
      this.#look();
    }, { passive: true });
    new ResizeObserver(() => this.#stay()).observe(this.#scroller);
    this.#list.addEventListener("load", () => this.#stay(), true);
    this.#jump.addEventListener("click", () => {
      this.toEnd();
      this.#look();
    });
  }

  get atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#stuck = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    return this.#stuck;
  }

  toEnd() {
    this.#stuck = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** Another conversation begins. */
  clear() {
    forget(this.#list);
    this.#waiting.replaceChildren();
    this.showTyping("");
    this.#fresh = 0;
    this.#stuck = true;
  }

  /**
   * @param {Entry[]} entries
   * @param {{nick: string, buyerRead: number}} talk
   */
  show(entries, talk) {
    const stay = this.#stuck;
    const first = this.#list.querySelector("[data-seq]");
    const stood = first?.getBoundingClientRect().top ?? 0;
    this.#list.setAttribute("aria-busy", String(!first));
    reconcile(this.#list, entries.map((entry) => this.#item(entry, talk)));
    if (stay) this.toEnd();
    else if (first?.isConnected) this.#scroller.scrollTop += first.getBoundingClientRect().top - stood;
    this.#list.removeAttribute("aria-busy");
    this.#look();
  }

  /** Counted on the jump button while the end is out of sight. @param {number} count */
  hearFresh(count) {
    if (!this.atEnd) this.#fresh += count;
    this.#look();
  }

  /** @param {string} id @param {HTMLElement} row */
  showPending(id, row) {
    const old = this.#waiting.querySelector(`[data-pending="${CSS.escape(id)}"]`);
    if (old) old.replaceWith(row);
    else this.#waiting.append(row);
    this.toEnd();
  }

  /** @param {string} id */
  dropPending(id) {
    this.#waiting.querySelector(`[data-pending="${CSS.escape(id)}"]`)?.remove();
  }

  /** @param {string} name empty: nobody types @param {string} [text] what is being typed, where it is known */
  showTyping(name, text = "") {
    const stay = this.atEnd;
    clearTimeout(this.#typingTimer);
    this.#typing.hidden = !name;
    byId("typing-name", HTMLElement).textContent = name;
    byId("typing-text", HTMLElement).textContent = text ? `：${text}` : "";
    if (name) this.#typingTimer = window.setTimeout(() => this.showTyping(""), TYPING_MS);
    if (stay) this.toEnd();
  }

  /** After a picture grew or the field did: who read the end still reads the end. */
  #stay() {
    if (this.#stuck) this.toEnd();
  }

  #look() {
    const away = !this.atEnd;
    if (!away) this.#fresh = 0;
    this.#jump.hidden = !away;
    this.#jump.classList.toggle("new", this.#fresh > 0);
    byId("jump-text", HTMLElement).textContent = this.#fresh ? `${this.#fresh} 条新消息` : "回到最新";
    if (!away) this.does.reading();
  }

  /** @param {Entry} entry @param {{nick: string, buyerRead: number}} talk @returns {import("./reconcile.js").Item} */
  #item(entry, { nick, buyerRead }) {
    const { key } = entry;
    if (entry.kind === "day") return { key, version: "", make: () => makeDay(entry.text) };
    if (entry.kind === "note") return { key, version: "", make: () => makeNote(entry.note) };
    if (entry.kind === "handover") return { key, version: "", make: () => makeHandover(entry.handover) };
    const { message } = entry;
    const read = message.direction === "agent" && message.seq <= buyerRead;
    const gone = message.recalled ?? false;
    return {
      key,
      version: `${gone} ${read}`,
      make: (old) => {
        if (!old || gone !== old.classList.contains("recalled")) return this.#makeMessage(message, nick, read);
        showRead(old, read);
        return old;
      },
    };
  }

  /** @param {Message} message @param {string} nick @param {boolean} read */
  #makeMessage(message, nick, read) {
    const left = message.recalled ? 0 : this.does.recallable(message);
    const row = makeMessage(message, nick, { read, onRecall: left > 0 ? () => this.does.recall(message) : null });
    row.classList.toggle("recalled", message.recalled ?? false);
    if (left > 0) window.setTimeout(() => endRecall(row), left);
    return row;
  }
}
