// @ts-check
/** Colours pieces of the text in the field: a copy of it lies behind, its letters unseen, its marks seen. */
import { byId, make } from "../window/dom.js";

/** @typedef {{start: number, end: number, className: string}} Mark places in UTF-16 units */

export class Marks {
  #back = byId("marks", HTMLElement);
  #field = byId("text", HTMLTextAreaElement);

  constructor() {
    this.#field.addEventListener("scroll", () => this.#follow(), { passive: true });
  }

  /** @param {string} text @param {Mark[]} marks that do not overlap, or the first one counts */
  paint(text, marks) {
    /** @type {(Node | string)[]} */
    const parts = [];
    let place = 0;
    for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
      if (mark.start < place) continue;
      parts.push(text.slice(place, mark.start), make("mark", mark.className, text.slice(mark.start, mark.end)));
      place = mark.end;
    }
    // A last empty line has no height in the copy unless something stands in it.
    this.#back.replaceChildren(...parts, `${text.slice(place)}\n`);
    this.#follow();
  }

  #follow() {
    this.#back.scrollTop = this.#field.scrollTop;
  }
}
