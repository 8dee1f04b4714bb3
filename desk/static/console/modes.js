// @ts-check
/** What the field writes: an answer to the buyer, or words between colleagues. The colour says which. */
import { byId } from "../window/dom.js";
import { Signal } from "./signal.js";

/** @typedef {import("./shapes.js").Mode} Mode */

const MODES = /** @type {Mode[]} */ (["回复", "备注", "求助", "悄悄话"]);
const IDS = { 回复: "mode-reply", 备注: "mode-note", 求助: "mode-question", 悄悄话: "mode-whisper" };
const SENDS = { 回复: "发送", 备注: "记下备注", 求助: "发出求助", 悄悄话: "发悄悄话" };
const PLACEHOLDERS = {
  回复: "输入消息，按 / 选快捷短语",
  备注: "写给同事的备注，买家看不到",
  求助: "向同事求助，主管会看到，买家看不到",
  悄悄话: "悄悄告诉接待的客服，买家看不到",
};

export class Modes {
  #box = byId("composer-box", HTMLElement);
  #field = byId("text", HTMLTextAreaElement);
  /** @type {Mode} */
  now = "回复";
  /** @type {Signal<Mode>} carries the mode before */
  onChange = new Signal();

  /** @param {import("./workplace.js").Workplace} place */
  constructor(place) {
    this.place = place;
    for (const mode of MODES) byId(IDS[mode], HTMLButtonElement).addEventListener("click", () => this.choose(mode));
    byId("modes", HTMLElement).addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const open = MODES.filter((mode) => this.#may(mode));
      this.choose(open[(open.indexOf(this.now) + step + open.length) % open.length]);
      byId(IDS[this.now], HTMLButtonElement).focus();
    });
  }

  get isNote() {
    return this.now !== "回复";
  }

  /** @param {Mode} mode */
  choose(mode) {
    if (mode === this.now || !this.#may(mode)) return;
    const before = this.now;
    this.now = mode;
    this.onChange.tell(before);
    this.#field.focus({ preventScroll: true });
  }

  /** Between the buyer and one's colleagues. */
  toggle() {
    this.choose(this.isNote ? "回复" : "备注");
  }

  /** After the holder or the talk changed. */
  draw() {
    if (!this.#may(this.now)) {
      const before = this.now;
      this.now = "回复";
      this.onChange.tell(before);
    }
    const mute = !this.isNote && !this.place.holds;
    for (const mode of MODES) {
      const button = byId(IDS[mode], HTMLButtonElement);
      button.hidden = !this.#may(mode);
      button.setAttribute("aria-checked", String(mode === this.now));
      button.tabIndex = mode === this.now ? 0 : -1;
    }
    this.#box.className = `composer-box ${this.isNote ? "noting" : ""} ${this.now === "悄悄话" ? "whispering" : ""} ${mute ? "mute" : ""}`;
    byId("send-text", HTMLElement).textContent = SENDS[this.now];
    this.#field.readOnly = mute;
    this.#field.placeholder = mute ? "接待后就能回复买家，按 Alt+T 接待，按 Alt+M 写备注" : PLACEHOLDERS[this.now];
  }

  /** A whisper is a leader's, to who holds the talk. @param {Mode} mode */
  #may(mode) {
    const { row, me, holds } = this.place;
    return mode !== "悄悄话" || (me.leader && row?.holder === "agent" && !holds);
  }
}
