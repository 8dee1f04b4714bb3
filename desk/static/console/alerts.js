// @ts-check
/** What the people in charge are told at once: a bell with a count, and a drawer to look and put away. */
import { byId, make, makeButton } from "../window/dom.js";
import { sayTime } from "../window/times.js";

/** @typedef {import("./shapes.js").Alert} Alert */

const APPROVALS = new Set(["议价审批", "退款补偿审批"]);

function makeWay() {
  const way = make("a", "button small", "去审批");
  way.href = "/settings/approvals";
  return way;
}

export class Alerts {
  #drawer = byId("alerts", HTMLElement);
  #list = byId("alert-list", HTMLElement);
  #bell = byId("open-alerts", HTMLButtonElement);
  /** @type {Map<number, Alert>} */
  #alerts = new Map();

  /** @param {import("./workplace.js").Workplace} place @param {(id: string) => void} onOpen */
  constructor(place, onOpen) {
    this.place = place;
    this.onOpen = onOpen;
    this.#bell.addEventListener("click", () => this.show(this.#drawer.hidden === true));
    byId("alerts-close", HTMLButtonElement).addEventListener("click", () => this.show(false));
    byId("alerts-all", HTMLButtonElement).addEventListener("click", () => [...this.#alerts.keys()].forEach((id) => void this.#seen(id)));
    this.#drawer.addEventListener("keydown", (event) => event.key === "Escape" && this.show(false));
    document.addEventListener("pointerdown", (event) => {
      const inside = event.target instanceof Node && (this.#drawer.contains(event.target) || this.#bell.contains(event.target));
      if (!this.#drawer.hidden && !inside) this.show(false);
    });
    place.onEntered.on(({ alerts }) => {
      this.#alerts = new Map(alerts.map((alert) => [alert.id, alert]));
      this.#draw();
    });
  }

  /** @param {Alert} alert @returns {boolean} whether it is news */
  hear(alert) {
    if (this.#alerts.has(alert.id)) return false;
    this.#alerts.set(alert.id, alert);
    this.#draw();
    return true;
  }

  /** @param {boolean} open */
  show(open) {
    this.#drawer.hidden = !open;
    this.#bell.setAttribute("aria-expanded", String(open));
    if (open) byId("alerts-close", HTMLButtonElement).focus({ preventScroll: true });
    else if (this.#drawer.contains(document.activeElement)) this.#bell.focus({ preventScroll: true });
  }

  #draw() {
    const { size } = this.#alerts;
    const badge = byId("alert-count", HTMLElement);
    badge.hidden = !size;
    badge.textContent = size > 99 ? "99+" : String(size);
    this.#bell.setAttribute("aria-label", size ? `提醒，${size} 条未处理` : "提醒");
    byId("alerts-all", HTMLButtonElement).hidden = !size;
    const newest = [...this.#alerts.values()].sort((a, b) => b.at.localeCompare(a.at));
    this.#list.replaceChildren(
      ...(size ? newest.map((alert) => this.#makeItem(alert)) : [make("li", "empty", make("strong", "", "一切正常"), make("span", "", "排队过长、超时没回复、买家生气时会在这里提醒"))]),
    );
  }

  /** @param {Alert} alert */
  #makeItem(alert) {
    const who = [alert.nick && `买家 ${alert.nick}`, alert.staff && `客服 ${alert.staff}`].filter(Boolean).join(" · ");
    const { talk } = alert;
    return make(
      "li",
      "alert",
      make("p", "alert-head", make("strong", "", alert.kind), make("time", "", sayTime(alert.at))),
      who ? make("p", "", who) : null,
      alert.note ? make("p", "side-text", alert.note) : null,
      make(
        "p",
        "task-does",
        talk
          ? makeButton("button small main", "去看看", () => {
              this.show(false);
              this.onOpen(talk);
            })
          : null,
        APPROVALS.has(alert.kind) && this.place.me.leader ? makeWay() : null,
        makeButton("button small", "知道了", () => void this.#seen(alert.id)),
      ),
    );
  }

  /** @param {number} id */
  async #seen(id) {
    if (!(await this.place.act("alert_seen", { id }))) return;
    this.#alerts.delete(id);
    this.#draw();
  }
}
