// @ts-check
/** Over the talk: whose it is, who holds it, what is in view, and what can be done with it, each with its key. */
import { byId, make, makeButton, makeIcon } from "../window/dom.js";
import { getProducts } from "../window/pickers.js";
import { makeFace, sayHolder } from "./people.js";
import { sayWait } from "./waits.js";

/**
 * @typedef {object} Deeds what one can do with the conversation in view
 * @property {() => void} take
 * @property {() => void} transfer
 * @property {() => void} handBack
 * @property {() => void} close
 * @property {() => void} urgent
 * @property {(orderNo: string) => void} showOrder
 */

export class Head {
  #banner = byId("holder-banner", HTMLElement);

  /** @param {import("./workplace.js").Workplace} place @param {Deeds} does */
  constructor(place, does) {
    this.place = place;
    this.does = does;
    byId("do-take", HTMLButtonElement).addEventListener("click", does.take);
    byId("do-transfer", HTMLButtonElement).addEventListener("click", does.transfer);
    byId("do-back", HTMLButtonElement).addEventListener("click", does.handBack);
    byId("do-close", HTMLButtonElement).addEventListener("click", does.close);
    byId("do-urgent", HTMLButtonElement).addEventListener("click", does.urgent);
    place.onTalk.on(() => this.draw());
    place.onRows.on((news) => (!news || news.row.id === place.talk) && this.draw());
    window.setInterval(() => this.#drawBanner(), 1000);
  }

  draw() {
    const row = this.place.row;
    if (!row) return;
    const { holds } = this.place;
    const taken = row.holder === "agent" && !holds;
    byId("talk-face", HTMLElement).replaceChildren(makeFace(row.nick));
    byId("talk-nick", HTMLElement).textContent = row.nick;
    const chip = byId("talk-holder", HTMLElement);
    chip.textContent = holds ? "我接待中" : sayHolder(row);
    chip.className = `tag ${holds ? "good" : row.holder === "queue" ? "waiting" : row.holder === "bot" ? "sky" : "hot"}`;
    byId("talk-guest", HTMLElement).hidden = !row.guest;
    this.#drawView(row);
    byId("do-take", HTMLButtonElement).hidden = holds || (taken && !this.place.me.leader);
    byId("do-take-text", HTMLElement).textContent = taken ? "接过来" : "接待";
    for (const id of ["do-transfer", "do-back", "do-close"]) byId(id, HTMLButtonElement).hidden = !holds;
    const urgent = byId("do-urgent", HTMLButtonElement);
    urgent.setAttribute("aria-pressed", String(row.urgent));
    urgent.title = row.urgent ? "取消紧急" : "标为紧急，排到最前并告诉主管";
    this.#drawBanner();
  }

  /** @param {import("./shapes.js").Row} row */
  #drawView(row) {
    const view = byId("talk-view", HTMLElement);
    view.replaceChildren();
    if (row.order_no) {
      const order = makeButton("view-chip", "", () => this.does.showOrder(row.order_no ?? ""));
      order.append(makeIcon("order"), make("span", "digits", row.order_no));
      order.title = "看这笔订单";
      view.append(order);
    }
    if (row.product_code) void this.#drawProduct(view, row.product_code);
  }

  /** @param {HTMLElement} view @param {string} code */
  async #drawProduct(view, code) {
    const products = await getProducts().catch(() => []);
    const title = products.find((product) => product.code === code)?.title ?? code;
    if (this.place.row?.product_code !== code || view.querySelector(".product")) return;
    const link = make("a", "view-chip product", makeIcon("bag"), make("span", "", title));
    link.href = `/#product=${encodeURIComponent(code)}`;
    link.target = "_blank";
    link.rel = "noopener";
    link.title = "买家在看的宝贝";
    view.append(link);
  }

  #drawBanner() {
    const row = this.place.row;
    const text = row ? this.#say(row) : "";
    this.#banner.hidden = !text;
    if (this.#banner.textContent !== text) this.#banner.textContent = text;
    if (!row) return;
    const times = this.place.limits;
    const tone = times ? sayWait(row, this.place.now(), times)?.tone : "";
    this.#banner.className = `holder-banner ${this.place.holds ? "mine" : row.holder} ${tone ?? ""}`.trim();
  }

  /** @param {import("./shapes.js").Row} row */
  #say(row) {
    const times = this.place.limits;
    const wait = times ? sayWait(row, this.place.now(), times) : null;
    if (row.holder === "bot") return "机器人接待中 · 按 Alt+T 接待";
    if (row.holder === "queue") {
      return [sayHolder(row), row.group?.name, wait?.text, "按 Alt+T 接待"].filter(Boolean).join(" · ");
    }
    if (!this.place.holds) {
      const may = this.place.me.leader ? "可以写悄悄话给客服，或按 Alt+T 接过来" : "您可以写备注，对方马上看得到";
      return `${sayHolder(row)} · ${may}`;
    }
    return wait?.tone ? `买家在等您回复 · ${wait.text}` : "";
  }
}
