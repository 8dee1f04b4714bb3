// @ts-check
/** Quick phrases at the field: “/” opens the list, it narrows as one types, Enter or Tab picks, Esc leaves the text. */
import { byId, make } from "../window/dom.js";
import { findCall } from "./slash.js";

/** @typedef {import("./shapes.js").Phrase} Phrase */
/** @typedef {{start: number, end: number, words: string}} Call */

const ASK_AFTER_MS = 40;
const SHOWN = 8;
/** A plain field is no combobox: what makes it one goes with the list. */
const OPEN_ONLY = ["role", "aria-autocomplete", "aria-controls", "aria-expanded", "aria-activedescendant"];

export class PhrasePopup {
  #box = byId("popup", HTMLElement);
  #list = byId("popup-list", HTMLElement);
  #note = byId("popup-note", HTMLElement);
  #field = byId("text", HTMLTextAreaElement);
  /** @type {Phrase[]} */
  #found = [];
  #active = 0;
  #timer = 0;
  /** @type {Call | null} */
  #call = null;
  #asked = "";
  #answered = "";
  #pickWhenHere = false;
  /** Esc closed it for this call. */
  #dismissed = -1;

  /**
   * @param {import("./workplace.js").Workplace} place
   * @param {(phrase: Phrase, call: Call) => void} onPick
   */
  constructor(place, onPick) {
    this.place = place;
    this.onPick = onPick;
    this.#field.addEventListener("blur", () => this.close());
    this.#field.addEventListener("click", () => this.look());
    this.#box.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      if (option instanceof HTMLElement) this.#pick(Number(option.dataset.index));
    });
  }

  get open() {
    return !this.#box.hidden;
  }

  /** The text or the cursor has changed. @param {boolean} [may] phrases are of use now */
  look(may = true) {
    const { value, selectionStart, selectionEnd } = this.#field;
    const call = may && selectionStart === selectionEnd ? findCall(value, selectionStart) : null;
    if (!call || call.start === this.#dismissed) {
      if (!call) this.#dismissed = -1;
      return this.close();
    }
    this.#call = call;
    if (this.open && call.words === this.#asked) return;
    const wait = this.open ? ASK_AFTER_MS : 0;
    this.#show();
    this.#asked = call.words;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#ask(call.words), wait);
  }

  close() {
    clearTimeout(this.#timer);
    this.#box.hidden = true;
    this.#call = null;
    this.#pickWhenHere = false;
    this.#found = [];
    this.#list.replaceChildren();
    this.#answered = "\0";
    for (const name of OPEN_ONLY) this.#field.removeAttribute(name);
  }

  /** @param {KeyboardEvent} event never one of the IME's @returns {boolean} whether the key was for the list */
  key(event) {
    if (!this.open || event.altKey || event.ctrlKey || event.metaKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#walk(step);
    else if (event.key === "Escape") this.#dismiss();
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) this.#take(event.key);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** A quick hand is ahead of the desk's answer: the pick waits for it. @param {string} key */
  #take(key) {
    if (this.#answered !== this.#asked) this.#pickWhenHere = true;
    else if (this.#found.length) this.#pick(this.#active);
    else if (key === "Enter") this.#note.classList.add("insists");
  }

  #dismiss() {
    this.#dismissed = this.#call?.start ?? -1;
    this.close();
  }

  #show() {
    if (this.open) return;
    this.#box.hidden = false;
    this.#note.hidden = true;
    this.#field.setAttribute("role", "combobox");
    this.#field.setAttribute("aria-autocomplete", "list");
    this.#field.setAttribute("aria-controls", this.#list.id);
    this.#field.setAttribute("aria-expanded", "true");
  }

  /** @param {string} words */
  async #ask(words) {
    const talk = this.place.talk;
    let found = [];
    try {
      found = (await this.place.ask("phrases", { talk, words })).found;
    } catch {
      // an empty list says enough
    }
    if (words !== this.#asked || !this.#call || talk !== this.place.talk) return;
    this.#answered = words;
    this.#found = found.slice(0, SHOWN);
    this.#active = 0;
    this.#draw();
    if (this.#pickWhenHere && this.#found.length) this.#pick(0);
    this.#pickWhenHere = false;
  }

  #draw() {
    this.#list.replaceChildren(...this.#found.map((phrase, index) => makeOption(phrase, index)));
    this.#note.hidden = this.#found.length > 0;
    this.#note.classList.remove("insists");
    this.#walk(0);
  }

  /** @param {number} step */
  #walk(step) {
    const { length } = this.#found;
    if (!length) return;
    this.#active = (this.#active + step + length) % length;
    [...this.#list.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.#active));
      if (index !== this.#active) return;
      this.#field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    });
  }

  /** @param {number} index */
  #pick(index) {
    const phrase = this.#found[index];
    const call = this.#call;
    this.close();
    if (phrase && call) this.onPick(phrase, call);
  }
}

/** @param {Phrase} phrase @param {number} index */
function makeOption(phrase, index) {
  const option = make(
    "li",
    "option",
    make("span", "code", phrase.code ? `/${phrase.code}` : "—"),
    make("span", "option-text", phrase.filled || phrase.text),
    phrase.picture ? make("span", "tag", "带图片") : null,
    make("span", "option-group", phrase.own ? `我的 · ${phrase.group}` : phrase.group),
  );
  option.id = `phrase-option-${index}`;
  option.dataset.index = String(index);
  option.setAttribute("role", "option");
  option.title = phrase.why || "";
  return option;
}
