// @ts-check
/** The top of the window: which shop, who serves, how to reach a person; below it, whether the line stands. */
import { byId } from "./dom.js";

/** @typedef {import("./shapes.js").Holder} Holder */

/** @param {number | null} position 1: next */
function sayPlace(position) {
  if (!position) return "排队中，请稍候";
  return position === 1 ? "排队中，下一位就是您" : `排队中，前面还有 ${position - 1} 位`;
}

export class Head {
  #state = byId("holder", HTMLElement);
  #person = byId("person", HTMLButtonElement);
  #banner = byId("banner", HTMLElement);
  #epoch = -1;
  /** @type {Holder} */
  holder = { holder: "bot", epoch: -1, position: null };

  /** @param {() => void} onPerson @param {() => void} onAgain the buyer wants to try the line now */
  constructor(onPerson, onAgain) {
    this.#person.addEventListener("click", onPerson);
    byId("banner-again", HTMLButtonElement).addEventListener("click", onAgain);
  }

  /** @param {{name: string, service_name: string}} shop */
  name(shop) {
    byId("shop-name", HTMLElement).textContent = shop.name;
    byId("service-name", HTMLElement).textContent = shop.service_name;
  }

  /** @param {Holder} holder older epochs than the one shown are late news */
  show(holder) {
    if (holder.epoch < this.#epoch) return;
    this.#epoch = holder.epoch;
    this.holder = holder;
    this.#say();
  }

  /** @param {string} text "" when the line stands @param {boolean} [offerAgain] */
  banner(text, offerAgain = false) {
    this.#banner.hidden = !text;
    byId("banner-text", HTMLElement).textContent = text;
    byId("banner-again", HTMLButtonElement).hidden = !offerAgain;
  }

  /** @param {boolean} busy */
  asking(busy) {
    this.#person.disabled = busy || this.holder.holder !== "bot";
  }

  /** Who serves, as buyers call them. */
  get agent() {
    return `客服${this.holder.agent ?? ""}`;
  }

  #say() {
    const { holder, position } = this.holder;
    const says = { bot: "机器人在线", queue: sayPlace(position), agent: `${this.agent}为您服务` };
    if (this.#state.textContent !== says[holder]) this.#state.textContent = says[holder];
    this.#state.dataset.holder = holder;
    byId("service-name", HTMLElement).hidden = holder !== "bot";
    this.#person.querySelector("span")?.replaceChildren(holder === "bot" ? "转人工" : holder === "queue" ? "排队中" : "人工服务中");
    this.asking(false);
  }
}
