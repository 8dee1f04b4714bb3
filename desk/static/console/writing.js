// @ts-check
/** The field and all that helps to fill it: modes, drafts, quick phrases, blanks, speech, suggestions. */
import { Composer } from "../window/composer.js";
import { byId, make, makeButton } from "../window/dom.js";
import { Attached } from "./attached.js";
import { findBlanks, nextBlank, putSmiles } from "./blanks.js";
import { Drafts } from "./drafts.js";
import { Marks } from "./marks.js";
import { Modes } from "./modes.js";
import { stillUsed } from "./phraseuse.js";
import { PhrasePopup } from "./popup.js";
import { NoteSender, asText } from "./sending.js";
import { Speech } from "./speech.js";
import { Suggestions } from "./suggest.js";
import { sayRefusal } from "./workplace.js";

/** @typedef {import("./shapes.js").Phrase} Phrase */
/** @typedef {import("./shapes.js").PhraseUsed} PhraseUsed */

const TYPING_EVERY_MS = 3000;
const TALLEST = 220;

export class Writing {
  #blanks = byId("blanks", HTMLElement);
  /** @type {Map<string, PhraseUsed[]>} by conversation: phrases put into the draft */
  #inserted = new Map();
  #toldTyping = 0;
  #anyway = false;
  #ready = false;
  /** A face belongs where the selection stands. */
  onFaceBlank = () => {};

  /**
   * @param {import("./workplace.js").Workplace} place
   * @param {(talk: string, body: import("../window/shapes.js").Body, text: string) => void} onSend
   * @param {() => void} onDrafts
   */
  constructor(place, onSend, onDrafts) {
    this.place = place;
    this.onSend = onSend;
    this.drafts = new Drafts(place, onDrafts);
    this.modes = new Modes(place);
    this.marks = new Marks();
    this.notes = new NoteSender(place);
    this.attached = new Attached(place, () => this.focus());
    this.popup = new PhrasePopup(place, (phrase, call) => this.insertPhrase(phrase, call));
    this.suggestions = new Suggestions(place, {
      pick: (phrase) => this.insertPhrase(phrase),
      use: (text) => this.insert(text),
    });
    this.speech = new Speech(place, {
      changed: () => this.#paint(),
      replace: (start, end, instead) => this.insert(instead, { start, end }),
      anyway: () => this.sendAnyway(),
    });
    this.composer = new Composer((text) => this.#send(text), () => this.#tellTyping(), {
      key: (event) => this.#key(event),
      hold: (text) => this.#hold(text),
      change: (text) => this.#ready && this.#changed(text),
      tall: TALLEST,
    });
    this.#ready = true;
    this.field.addEventListener("keyup", (event) => event.key.startsWith("Arrow") && this.popup.look(!this.modes.isNote));
    place.onTalk.on((before) => this.#turnTo(before));
    place.onEntered.on(({ drafts }) => this.drafts.enter(drafts));
    place.onRows.on((news) => (!news || news.row.id === place.talk) && this.#look());
    this.modes.onChange.on((before) => this.#changeMode(before));
  }

  get field() {
    return this.composer.field;
  }

  focus() {
    if (this.place.talk) this.composer.focus();
  }

  /** The desk's draft of the conversation in view, or another console's. @param {string} talk @param {string} text */
  hearDraft(talk, text) {
    if (this.drafts.hear(talk, text) && talk === this.place.talk && !this.modes.isNote) this.composer.set(text);
  }

  /** Put there for a conversation that is about to be opened; what was typed stays. @param {string} talk @param {string} text */
  offerDraft(talk, text) {
    if (text && !this.drafts.has(talk)) this.drafts.put(talk, false, text);
    if (talk === this.place.talk && !this.modes.isNote && !this.field.value) this.composer.set(this.drafts.get(talk, false));
  }

  /** @param {Phrase} phrase @param {{start: number, end: number}} [range] */
  insertPhrase(phrase, range) {
    if (!this.place.holds) return this.place.hint("先接待这位买家，再用快捷短语（Alt+T）");
    this.modes.choose("回复");
    const text = putSmiles(phrase.filled || phrase.text);
    const talk = this.place.talk;
    if (phrase.picture) this.attached.add(talk, phrase.picture);
    this.#inserted.set(talk, [...(this.#inserted.get(talk) ?? []), { code: phrase.code, text }]);
    const start = this.insert(text, range);
    const blank = findBlanks(this.field.value).find((each) => each.start >= start && each.end <= start + text.length);
    if (blank) this.#goTo(blank);
  }

  /** At the cursor or in place of a piece; the browser's own undo takes it back. @param {string} text @param {{start: number, end: number}} [range] */
  insert(text, range) {
    const { field } = this;
    if (field.readOnly) return 0;
    field.focus({ preventScroll: true });
    if (range) field.setSelectionRange(range.start, range.end);
    const start = field.selectionStart;
    const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!done) this.composer.insert(text);
    this.popup.close();
    return start;
  }

  /**
   * What the desk would not let pass stands in the field again, with its pictures.
   * @param {import("../window/shapes.js").Body} body
   * @param {import("./shapes.js").Finding[]} findings
   */
  takeBack({ text = "", attached = [] }, findings) {
    if (this.field.value.trim() || this.modes.isNote || this.field.readOnly) return false;
    this.composer.set(text);
    for (const picture of attached) this.attached.add(this.place.talk, picture);
    this.speech.refused(text, findings);
    this.focus();
    return true;
  }

  sendAnyway() {
    this.#anyway = true;
    this.composer.submit();
    this.#anyway = false;
  }

  /** @param {string} text */
  #send(text) {
    const talk = this.place.talk;
    if (this.modes.isNote) return void this.#sendNote(talk, text);
    const phrases = stillUsed(this.#inserted.get(talk) ?? [], text);
    this.#inserted.delete(talk);
    this.drafts.sent(talk, text);
    this.suggestions.answered();
    const attached = this.attached.take(talk);
    this.onSend(talk, { text, phrases, ...(attached.length ? { attached } : {}), ...(this.#anyway ? { anyway: true } : {}) }, text);
  }

  /** @param {string} talk @param {string} text */
  async #sendNote(talk, text) {
    try {
      await this.notes.send(talk, text, this.modes.now);
    } catch (error) {
      this.place.hint(sayRefusal(error));
      if (talk === this.place.talk && this.modes.isNote && !this.field.value) this.composer.set(text);
    }
  }

  /** @param {string} text @returns {boolean} it may not go yet */
  #hold(text) {
    if (this.modes.isNote) return false;
    if (!this.place.holds) {
      this.place.hint("先接待这位买家，再回复（Alt+T）");
      return true;
    }
    const blanks = findBlanks(text);
    if (blanks.length) {
      this.place.hint(`还有 ${blanks.length} 处没有填好，填好再发送`);
      const blank = nextBlank(this.field.value, { start: 0, end: 0 }, 1);
      if (blank) this.#goTo(blank);
      return true;
    }
    const against = this.speech.against(text);
    if (!against.length || (this.#anyway && !against.some((finding) => finding.blocked))) return false;
    this.speech.insist();
    return true;
  }

  /** @param {KeyboardEvent} event @returns {boolean} */
  #key(event) {
    if (this.popup.key(event)) return true;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.sendAnyway();
      return true;
    }
    if (event.key !== "Tab" || event.altKey || event.ctrlKey || this.modes.isNote) return false;
    const { selectionStart: start, selectionEnd: end } = this.field;
    const blank = nextBlank(this.field.value, { start, end }, event.shiftKey ? -1 : 1);
    if (!blank) return false;
    event.preventDefault();
    this.#goTo(blank);
    return true;
  }

  /** @param {import("./blanks.js").Blank} blank */
  #goTo(blank) {
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(blank.start, blank.end);
    if (blank.face) this.onFaceBlank();
  }

  /** @param {string} text */
  #changed(text) {
    const { talk } = this.place;
    if (talk) this.drafts.put(talk, this.modes.isNote, text);
    this.speech.hear(this.modes.isNote ? "" : text);
    this.popup.look(!this.modes.isNote && !this.field.readOnly && document.activeElement === this.field);
    this.#drawBlanks(text);
    this.#paint();
  }

  /** @param {string} text */
  #drawBlanks(text) {
    const blanks = this.modes.isNote ? [] : findBlanks(text);
    this.#blanks.hidden = !blanks.length;
    this.#blanks.replaceChildren(
      make("span", "", "待填"),
      ...blanks.map((blank) => makeButton("blank-chip", blank.name, () => this.#goTo(blank))),
      make("kbd", "", "Tab"),
    );
  }

  #paint() {
    const text = this.field.value;
    const blanks = this.modes.isNote ? [] : findBlanks(text).map(({ start, end }) => ({ start, end, className: "blank" }));
    this.marks.paint(text, [...blanks, ...(this.modes.isNote ? [] : this.speech.marks)]);
  }

  #tellTyping() {
    if (this.modes.isNote || !this.place.holds || Date.now() - this.#toldTyping < TYPING_EVERY_MS) return;
    this.#toldTyping = Date.now();
    this.place.link().tell("typing", { talk: this.place.talk });
  }

  /** @param {string} before */
  #turnTo(before) {
    if (before) this.drafts.put(before, this.modes.isNote, this.field.value);
    this.modes.now = "回复";
    this.#fill();
    this.suggestions.refresh();
  }

  /** @param {import("./shapes.js").Mode} before */
  #changeMode(before) {
    this.drafts.put(this.place.talk, before !== "回复", this.field.value);
    this.#fill();
  }

  /** Another text stands in the field: until it does, what stands there belongs to nobody. */
  #fill() {
    this.#ready = false;
    this.#look();
    this.#ready = true;
    this.composer.set(this.drafts.get(this.place.talk, this.modes.isNote));
  }

  #look() {
    const limits = this.place.limits;
    if (limits) this.composer.limitTo(this.modes.isNote ? limits.note : limits.text);
    this.modes.draw();
    this.attached.draw(this.modes.isNote);
  }
}
