// @ts-check
/** The left column: tabs with counts, the conversations of the chosen one, their waiting times every second. */
import { byId, make } from "../window/dom.js";
import { sayTime } from "../window/times.js";
import { makeFace, sayLast } from "./people.js";
import { reconcile } from "./reconcile.js";
import { sayWait } from "./waits.js";

/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {import("./shapes.js").Which} Which */
/** @typedef {Which | "tasks"} Tab */

const TABS = /** @type {Tab[]} */ (["mine", "queue", "bot", "all", "tasks"]);
const EMPTY = {
  mine: ["现在没有接待中的买家", "按 Alt+N 接待排队最久的买家，或到“机器人”里看看"],
  queue: ["没有人在排队", "新来的买家会马上出现在这里"],
  bot: ["机器人这会儿没有接待买家", ""],
  all: ["还没有任何会话", "把聊天窗口放到店铺页面，买家一来就能看到"],
  tasks: ["留言都处理完了", ""],
};

export class TalkList {
  #list = byId("rows", HTMLElement);
  #empty = byId("rows-empty", HTMLElement);
  #tasks = byId("tasks", HTMLElement);
  /** @type {Tab} */
  tab = "mine";
  /** @type {Set<Which>} read from the desk since the line stands */
  #read = new Set();
  /** @type {Row[] | null} what a search found */
  #found = null;
  #drawing = false;
  /** What stands before the last words: a draft, a message that did not go out. @type {(id: string) => string} */
  markOf = () => "";

  /**
   * @param {import("./workplace.js").Workplace} place
   * @param {(id: string) => void} onOpen
   */
  constructor(place, onOpen) {
    this.place = place;
    this.onOpen = onOpen;
    for (const tab of TABS) this.#button(tab).addEventListener("click", () => this.choose(tab));
    byId("tabs", HTMLElement).addEventListener("keydown", (event) => this.#walkTabs(event));
    this.#list.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.altKey) return;
      event.preventDefault();
      this.#focusBeside(step);
    });
    place.onRows.on(() => this.draw());
    place.onTalk.on(() => this.draw());
    window.setInterval(() => this.#tick(), 1000);
  }

  /** After each entering: lists read before are old. */
  restart() {
    this.#read = new Set(["mine", "queue"]);
    void this.#readList("bot");
    if (this.tab === "all") void this.#readList("all");
  }

  /** @param {Tab} tab */
  choose(tab) {
    this.tab = tab;
    this.#found = null;
    for (const each of TABS) {
      this.#button(each).setAttribute("aria-selected", String(each === tab));
      this.#button(each).tabIndex = each === tab ? 0 : -1;
    }
    byId("rows-panel", HTMLElement).setAttribute("aria-labelledby", `tab-${tab}`);
    this.#tasks.hidden = tab !== "tasks";
    this.#list.hidden = tab === "tasks";
    if (tab !== "tasks" && !this.#read.has(tab)) void this.#readList(tab);
    this.draw();
  }

  /** What a search found stands in place of the list; null: the list again. @param {Row[] | null} rows */
  showFound(rows) {
    this.#found = rows;
    this.#tasks.hidden = rows !== null || this.tab !== "tasks";
    this.#list.hidden = rows === null && this.tab === "tasks";
    this.draw();
  }

  /** @param {Tab} tab @param {number | null} count */
  count(tab, count) {
    const place = this.#button(tab).querySelector(".count-badge");
    if (!place) return;
    place.textContent = count ? String(count) : "";
    place.toggleAttribute("hidden", !count);
  }

  /** @returns {Row[]} as they stand */
  get shown() {
    if (this.#found) return this.#found.map((row) => this.place.rows.get(row.id) ?? row);
    return this.tab === "tasks" ? [] : this.place.rows.list(this.tab);
  }

  /** Opens the next or the previous one. @param {1 | -1} step */
  walk(step) {
    const rows = this.shown;
    if (!rows.length) return;
    const here = rows.findIndex((row) => row.id === this.place.talk);
    const next = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, here + step))];
    this.onOpen(next.id);
    this.#list.querySelector(`[data-talk="${CSS.escape(next.id)}"]`)?.scrollIntoView({ block: "nearest" });
  }

  /** News often comes in showers: one drawing a moment for all of it. */
  draw() {
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      this.#drawNow();
    });
  }

  #drawNow() {
    for (const which of /** @type {Which[]} */ (["mine", "queue", "bot", "all"])) {
      this.count(which, which === "bot" || which === "all" ? (this.#read.has(which) ? this.place.rows.count(which) : null) : this.place.rows.count(which));
    }
    const rows = this.shown;
    reconcile(this.#list, rows.map((row) => ({ key: row.id, version: this.#version(row), make: () => this.#makeRow(row) })));
    const [title, more] = this.#found ? ["没有找到相符的会话", "试试订单号、运单号、手机号或昵称"] : EMPTY[this.tab];
    this.#empty.hidden = rows.length > 0 || (this.tab === "tasks" && !this.#found) || !this.place.entered;
    this.#empty.replaceChildren(make("strong", "", title), make("span", "", more));
    this.#tick();
  }

  /** @param {Row} row */
  #version(row) {
    const { position, intent, ...seen } = row;
    return JSON.stringify([seen, row.id === this.place.talk, this.markOf(row.id), this.tab === "all" || this.#found !== null]);
  }

  /** @param {Row} row */
  #makeRow(row) {
    const button = make("button", "talk-row");
    button.type = "button";
    button.setAttribute("aria-current", String(row.id === this.place.talk));
    button.addEventListener("click", () => this.onOpen(row.id));
    const face = make("span", "face-place", makeFace(row.nick));
    if (row.unread) {
      const badge = make("span", "badge", row.unread > 99 ? "99+" : String(row.unread));
      badge.setAttribute("aria-label", `${row.unread} 条未读`);
      face.append(badge);
    }
    const when = make("span", "row-when", row.last ? sayTime(row.last.at) : "");
    const last = make("span", "row-last");
    const mark = this.markOf(row.id);
    if (mark) last.append(make("span", "row-draft", `[${mark}] `));
    last.append(sayLast(row, this.place.me.name));
    const main = make("span", "row-main", make("span", "row-head", make("span", "row-nick", row.nick), when), last);
    const chips = this.#makeChips(row);
    if (chips.length) main.append(make("span", "row-chips", ...chips));
    button.append(face, main);
    const item = make("li", `talk-item${row.urgent ? " urgent" : ""}`, button);
    item.dataset.talk = row.id;
    return item;
  }

  /** @param {Row} row */
  #makeChips(row) {
    const chips = [];
    if (row.urgent) chips.push(make("span", "tag bad", "紧急"));
    if (row.mood === "生气") chips.push(make("span", "tag bad", "生气"));
    if (this.tab === "all" || this.#found) chips.push(make("span", "tag", row.holder === "agent" ? row.agent?.name ?? "客服" : row.holder === "bot" ? "机器人" : "排队"));
    if (row.reason && row.holder !== "bot") chips.push(make("span", "tag waiting", row.reason));
    if (row.guest) chips.push(make("span", "tag", "访客"));
    chips.push(...row.tags.slice(0, 2).map((tag) => make("span", "tag mark", tag)));
    return chips;
  }

  #tick() {
    const times = this.place.limits;
    if (!times || this.#list.hidden) return;
    const now = this.place.now();
    for (const item of this.#list.children) {
      const row = item instanceof HTMLElement ? this.place.rows.get(item.dataset.talk ?? "") : undefined;
      const place = item.querySelector(".row-when");
      if (!row || !place) continue;
      const wait = sayWait(row, now, times);
      const text = wait?.text ?? (row.last ? sayTime(row.last.at) : "");
      if (place.textContent !== text) place.textContent = text;
      place.className = `row-when${wait ? ` waits ${wait.tone}` : ""}`;
    }
  }

  /** @param {Which} which */
  async #readList(which) {
    const answer = await this.place.act("list", { which });
    if (!answer) return;
    this.#read.add(which);
    this.place.putAll(answer.rows);
  }

  /** @param {Tab} tab */
  #button(tab) {
    return byId(`tab-${tab}`, HTMLButtonElement);
  }

  /** @param {KeyboardEvent} event */
  #walkTabs(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(this.tab) + step + TABS.length) % TABS.length];
    this.choose(next);
    this.#button(next).focus();
  }

  /** @param {number} step */
  #focusBeside(step) {
    const buttons = [...this.#list.querySelectorAll("button")];
    const here = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    buttons[Math.max(0, Math.min(buttons.length - 1, here + step))]?.focus();
  }
}
