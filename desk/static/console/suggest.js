// @ts-check
/** Unasked help over the field: the phrases that fit the buyer's last words, and what the bot would say. */
import { byId, make, makeButton } from "../window/dom.js";

/** @typedef {import("./shapes.js").Phrase} Phrase */

const ASK_AFTER_MS = 120;

export class Suggestions {
  #row = byId("suggest", HTMLElement);
  #list = byId("suggest-list", HTMLElement);
  #draft = byId("bot-draft", HTMLElement);
  #timer = 0;
  #botText = "";
  /** @type {Phrase[]} */
  #found = [];

  /**
   * @param {import("./workplace.js").Workplace} place
   * @param {{pick: (phrase: Phrase) => void, use: (text: string) => void}} does
   */
  constructor(place, does) {
    this.place = place;
    this.does = does;
    byId("bot-draft-use", HTMLButtonElement).addEventListener("click", () => this.useDraft());
    byId("bot-draft-away", HTMLButtonElement).addEventListener("click", () => this.#showDraft(""));
    place.onTalk.on(() => this.clear());
  }

  clear() {
    clearTimeout(this.#timer);
    this.#show([]);
    this.#showDraft("");
  }

  /** The buyer has spoken, or the talk has come into view. */
  refresh() {
    clearTimeout(this.#timer);
    if (!this.place.holds) return this.#show([]);
    this.#timer = window.setTimeout(() => void this.#ask(), ASK_AFTER_MS);
  }

  /** @param {{talk: string, text: string}} suggestion what the bot would say */
  hear({ talk, text }) {
    if (talk === this.place.talk) this.#showDraft(text);
  }

  /** The shop has answered: what fitted the buyer's words is old. */
  answered() {
    this.clear();
  }

  /** @param {number} index @returns {boolean} */
  pick(index) {
    const phrase = this.#found[index];
    if (phrase) this.does.pick(phrase);
    return Boolean(phrase);
  }

  useDraft() {
    if (!this.#botText) return;
    this.does.use(this.#botText);
    this.#showDraft("");
  }

  async #ask() {
    const talk = this.place.talk;
    if (!this.place.row?.waiting_since) return this.#show([]);
    try {
      const { found } = await this.place.ask("suggest", { talk });
      if (talk === this.place.talk) this.#show(found.slice(0, 3));
    } catch {
      // they are a kindness: without them one goes on
    }
  }

  /** @param {Phrase[]} found */
  #show(found) {
    this.#found = found;
    this.#row.hidden = !found.length;
    this.#list.replaceChildren(
      ...found.map((phrase, index) => {
        const chip = makeButton("suggestion", "", () => this.does.pick(phrase));
        chip.append(make("kbd", "", `Alt+${index + 1}`), make("span", "", phrase.filled || phrase.text));
        chip.title = [phrase.filled || phrase.text, phrase.why].filter(Boolean).join("\n");
        return chip;
      }),
    );
  }

  /** @param {string} text */
  #showDraft(text) {
    this.#botText = text;
    this.#draft.hidden = !text;
    byId("bot-draft-text", HTMLElement).textContent = text;
  }
}
