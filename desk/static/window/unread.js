// @ts-check
/** How many messages of the shop the buyer has not seen: in the title, on the jump button, on the host page's badge. */
import { byId } from "./dom.js";

export class Unread {
  #jump = byId("jump", HTMLButtonElement);
  #count = 0;
  #title = document.title;
  /** The host page has the window open. */
  shown = true;

  /** @param {() => boolean} atEnd @param {() => void} toEnd @param {(count: number) => void} tellHost */
  constructor(atEnd, toEnd, tellHost) {
    this.atEnd = atEnd;
    this.tellHost = tellHost;
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
    if (!seen) this.#count += messages.filter((message) => message.direction !== "buyer").length;
    this.look();
  }

  /** The buyer may have caught up. */
  look() {
    if (this.reading) this.#count = 0;
    this.#show();
  }

  #show() {
    const title = this.#count ? `（${this.#count}条新消息）${this.#title}` : this.#title;
    if (document.title !== title) document.title = title;
    const away = !this.atEnd();
    this.#jump.hidden = !away;
    byId("jump-text", HTMLElement).textContent = this.#count ? `${this.#count} 条新消息` : "回到最新";
    this.#jump.classList.toggle("new", this.#count > 0);
    this.tellHost(this.#count);
  }
}
