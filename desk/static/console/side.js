// @ts-check
/** The right column: its tabs, and what stands beside the conversation, read anew when something may have changed. */
import { byId, make } from "../window/dom.js";
import { drawBuyer } from "./buyer.js";
import { drawHandovers } from "./handovers.js";
import { drawOrders } from "./orders.js";

/** @typedef {import("./shapes.js").Side} Side */
/** @typedef {"buyer" | "orders" | "phrases" | "hands"} Panel */

const PANELS = /** @type {Panel[]} */ (["buyer", "orders", "phrases", "hands"]);
const READ_AFTER_MS = 200;

export class SidePanel {
  #aside = byId("side", HTMLElement);
  /** @type {Map<string, Side>} the last ones, to show at once */
  #known = new Map();
  #timer = 0;
  /** @type {Panel} */
  panel = "buyer";

  /**
   * @param {import("./workplace.js").Workplace} place
   * @param {import("./talkview.js").TalkView} view
   * @param {object} does
   * @param {(text: string) => void} does.insert
   * @param {(order: import("./shapes.js").Order) => void} does.sendOrder
   * @param {() => void} does.openPhrases the phrase panel comes into sight
   */
  constructor(place, view, does) {
    this.place = place;
    this.does = does;
    for (const panel of PANELS) this.#tab(panel).addEventListener("click", () => this.choose(panel));
    byId("side-tabs", HTMLElement).addEventListener("keydown", (event) => this.#walk(event));
    for (const id of ["side-close", "side-veil"]) byId(id, HTMLElement).addEventListener("click", () => this.show(false));
    byId("open-side", HTMLButtonElement).addEventListener("click", () => this.show(true));
    this.#aside.addEventListener("keydown", (event) => event.key === "Escape" && this.show(false));
    place.onTalk.on(() => {
      this.#draw();
      this.#later(0);
    });
    place.onRows.on((news) => {
      // Who holds it may see more of the buyer.
      if (news?.row.id === place.talk && news.before?.epoch !== news.row.epoch) this.#later(READ_AFTER_MS);
    });
    view.onNews.on((known) => drawHandovers(known));
    view.onHeard.on(({ talk, messages }) => {
      const matters = messages.some((message) => message.direction !== "agent" && (message.cards.length || message.direction === "system"));
      if (talk === place.talk && matters) this.#later(READ_AFTER_MS);
    });
  }

  /** Of the conversation in view; null until it has been read. */
  get now() {
    return this.#known.get(this.place.talk) ?? null;
  }

  /** As a drawer, where there is no room for a column. @param {boolean} open */
  show(open) {
    document.documentElement.classList.toggle("side-open", open);
    if (open) this.#tab(this.panel).focus({ preventScroll: true });
    else if (this.#aside.contains(document.activeElement)) byId("open-side", HTMLButtonElement).focus({ preventScroll: true });
  }

  /** @param {Panel} panel */
  choose(panel) {
    this.panel = panel;
    for (const each of PANELS) {
      this.#tab(each).setAttribute("aria-selected", String(each === panel));
      this.#tab(each).tabIndex = each === panel ? 0 : -1;
      byId(`side-${each}`, HTMLElement).hidden = each !== panel;
    }
    if (panel === "phrases") this.does.openPhrases();
  }

  /** @param {string} orderNo */
  showOrder(orderNo) {
    this.choose("orders");
    this.show(true);
    const card = document.querySelector(`#side-orders [data-order="${CSS.escape(orderNo)}"]`);
    card?.scrollIntoView({ block: "start" });
  }

  /** Reads it again. */
  refresh() {
    this.#later(0);
  }

  /** @param {number} ms */
  #later(ms) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#read(), ms);
  }

  async #read() {
    const { talk } = this.place;
    if (!talk) return;
    try {
      const side = await this.place.ask("side", { talk });
      this.#known.delete(talk);
      this.#known.set(talk, side);
      if (this.#known.size > 30) this.#known.delete(this.#known.keys().next().value ?? "");
      if (talk === this.place.talk) this.#draw();
    } catch {
      if (talk === this.place.talk && !this.now) this.#say("没有读到买家资料，稍后会再试");
    }
  }

  #draw() {
    const side = this.now;
    if (!side) return this.#say("正在读取…");
    drawBuyer(side, this.place);
    drawOrders(side, this.place.row?.order_no ?? "", this.does);
  }

  /** @param {string} text */
  #say(text) {
    for (const id of ["buyer-file", "side-orders"]) byId(id, HTMLElement).replaceChildren(make("p", "side-note", text));
  }

  /** @param {Panel} panel */
  #tab(panel) {
    return byId(`side-tab-${panel}`, HTMLButtonElement);
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.choose(PANELS[(PANELS.indexOf(this.panel) + step + PANELS.length) % PANELS.length]);
    this.#tab(this.panel).focus();
  }
}
