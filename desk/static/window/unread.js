// @ts-check
/** How many messages of the shop the buyer has not seen: in the title, on the jump button, on the host page's badge. */
import { byId } from "./dom.js";
import { takenBackBy } from "./recalls.js";

/** @param {import("./shapes.js").Message} message */
function isNews({ direction, kind, recalled }) {
  return direction !== "buyer" && kind !== "recall" && !recalled;
}

export class Unread {
  #jump = byId("jump", HTMLButtonElement);
  /** @type {Set<number>} by seq */
  #unseen = new Set();
  #title = document.title;
  /** The host page has the window open. */
  shown = true;

  /**
   * @param {() => boolean} atEnd
   * @param {() => void} toEnd
   * @param {(count: number) => void} tellHost
   * @param {() => void} onReading whenever the buyer looks at the end of the talk
   */
  constructor(atEnd, toEnd, tellHost, onReading) {
    this.atEnd = atEnd;
    this.tellHost = tellHost;
    this.onReading = onReading;
    this.#jump.addEventListener("click", () => {
      toEnd();
      this.look();
    });
    document.addEventListener("visibilitychange", () => this.look());
    window.addEventListener("focus", () => this.look());
  }

  /** @param {string} title */
  name(title) {
    this.#title = title;
    this.#show();
  }

  /** Whether the buyer looks at the end of the talk now. */
  get reading() {
    return this.shown && !document.hidden && this.atEnd();
  }

  /** @param {import("./shapes.js").Message[]} messages just shown; `seen` is what `reading` was before */
  count(messages, seen = this.reading) {
    for (const message of messages) {
      for (const gone of takenBackBy(message)) this.#unseen.delete(gone);
      if (!seen && isNews(message)) this.#unseen.add(message.seq);
    }
    this.look();
  }

  /** The buyer may have caught up. */
  look() {
    if (this.reading) {
      this.#unseen.clear();
      this.onReading();
    }
    this.#show();
  }

  #show() {
    const count = this.#unseen.size;
    const title = count ? `（${count}条新消息）${this.#title}` : this.#title;
    if (document.title !== title) document.title = title;
    const away = !this.atEnd();
    this.#jump.hidden = !away;
    byId("jump-text", HTMLElement).textContent = count ? `${count} 条新消息` : "回到最新";
    this.#jump.classList.toggle("new", count > 0);
    this.tellHost(count);
  }
}
