// @ts-check
/** What was typed and not sent, for each conversation: here at once, at the desk a moment later. */

const TELL_AFTER_MS = 500;

export class Drafts {
  /** @type {Map<string, string>} */
  #texts = new Map();
  /** @type {Map<string, string>} notes stay on this page */
  #notes = new Map();
  /** @type {Map<string, string>} what went out last: an older answer of the desk must not bring it back */
  #gone = new Map();
  /** @type {Map<string, number>} told to the desk when the timer ends */
  #timers = new Map();

  /**
   * @param {import("./workplace.js").Workplace} place
   * @param {() => void} onChange a draft began or ended
   */
  constructor(place, onChange) {
    this.place = place;
    this.onChange = onChange;
    window.addEventListener("pagehide", () => this.#tellAll());
    document.addEventListener("visibilitychange", () => document.hidden && this.#tellAll());
  }

  /** What is typed here and not told yet is newer than the desk's. @param {Record<string, string>} drafts */
  enter(drafts) {
    const own = new Map([...this.#texts].filter(([talk]) => this.#timers.has(talk)));
    this.#texts = new Map([...Object.entries(drafts).filter(([, text]) => text), ...own]);
    for (const talk of this.#timers.keys()) this.#later(talk);
    this.onChange();
  }

  /** @param {string} talk */
  has(talk) {
    return Boolean(this.#texts.get(talk)?.trim());
  }

  /** @param {string} talk @param {boolean} note */
  get(talk, note) {
    return (note ? this.#notes : this.#texts).get(talk) ?? "";
  }

  /** @param {string} talk @param {boolean} note @param {string} text */
  put(talk, note, text) {
    if (note) return void this.#notes.set(talk, text);
    if (text === this.get(talk, false)) return;
    if (text) this.#gone.delete(talk);
    const had = this.has(talk);
    this.#texts.set(talk, text);
    this.#later(talk);
    if (had !== this.has(talk)) this.onChange();
  }

  /** From the desk: another console of the same person's, or what it kept. @param {string} talk @param {string} text */
  hear(talk, text) {
    if (this.#timers.has(talk) || (text && text === this.#gone.get(talk))) return false;
    const news = text !== this.get(talk, false);
    this.#texts.set(talk, text);
    if (news) this.onChange();
    return news;
  }

  /** The message went out, and the desk has forgotten its draft with it. @param {string} talk @param {string} text */
  sent(talk, text) {
    this.#gone.set(talk, text);
    clearTimeout(this.#timers.get(talk));
    this.#timers.delete(talk);
    this.#texts.delete(talk);
    this.onChange();
  }

  /** @param {string} talk */
  #later(talk) {
    clearTimeout(this.#timers.get(talk));
    this.#timers.set(talk, window.setTimeout(() => void this.#tell(talk), TELL_AFTER_MS));
  }

  /** @param {string} talk */
  async #tell(talk) {
    const text = this.get(talk, false);
    try {
      await this.place.ask("draft", { talk, text });
      if (text === this.get(talk, false)) this.#timers.delete(talk);
    } catch {
      // told again after the next entering
    }
  }

  #tellAll() {
    if (!this.place.link().connected) return;
    for (const [talk, timer] of this.#timers) {
      clearTimeout(timer);
      this.place.link().tell("draft", { talk, text: this.get(talk, false) });
    }
    this.#timers.clear();
  }
}
