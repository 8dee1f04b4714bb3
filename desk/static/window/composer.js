// @ts-check
/** The field one writes in. Enter sends, Shift+Enter starts a line, and neither while an IME composes. */
import { byId } from "./dom.js";

const NEAR_LIMIT = 50;

/**
 * Safari ends the composition before the keydown of the Enter that ended it; that one carries keyCode 229.
 * @param {KeyboardEvent} event
 */
export function isOfIme(event) {
  return event.isComposing || event.keyCode === 229;
}

/**
 * What the console adds to the field.
 * @typedef {object} Hooks
 * @property {(event: KeyboardEvent) => boolean} [key] first at every key that is not the IME's: true takes it
 * @property {(text: string) => boolean} [hold] asked before sending: true keeps the text in the field
 * @property {(text: string) => void} [change] after every change, also those that no key made
 * @property {number} [tall] how high the field may grow, in pixels
 */

export class Composer {
  #form = byId("composer", HTMLFormElement);
  field = byId("text", HTMLTextAreaElement);
  #send = byId("send", HTMLButtonElement);
  #count = byId("count", HTMLElement);
  #composing = false;
  #limit = 1000;

  /**
   * @param {(text: string) => void} onSend
   * @param {() => void} onTyping
   * @param {Hooks} [hooks]
   */
  constructor(onSend, onTyping, hooks = {}) {
    this.onSend = onSend;
    this.hooks = hooks;
    this.field.addEventListener("compositionstart", () => (this.#composing = true));
    this.field.addEventListener("compositionend", () => {
      this.#composing = false;
      this.#look();
    });
    this.field.addEventListener("keydown", (event) => this.#onKey(event));
    this.field.addEventListener("input", () => {
      this.#look();
      if (this.field.value) onTyping();
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    // On a phone the button must not take the focus, or the keyboard would go away after each message.
    this.#send.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#look();
  }

  /** @param {number} limit in characters */
  limitTo(limit) {
    this.#limit = limit;
    this.#look();
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  /** At the cursor, in place of what is selected. @param {string} text */
  insert(text) {
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
    this.#look();
  }

  /** In place of all that stands there. @param {string} text */
  set(text) {
    this.field.value = text;
    this.#look();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (this.#composing || isOfIme(event) || this.hooks.key?.(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.submit();
  }

  get composing() {
    return this.#composing;
  }

  /** Sends what stands there, if it may go. */
  submit() {
    const text = this.field.value.trim();
    if (!text || this.#over(text) > 0 || this.#composing || this.hooks.hold?.(text)) return;
    this.field.value = "";
    this.#look();
    this.onSend(text);
  }

  /** @param {string} text @returns {number} how many characters too many; below zero: how many are left */
  #over(text) {
    return [...text].length - this.#limit;
  }

  #look() {
    const over = this.#over(this.field.value.trim());
    this.#count.hidden = over < -NEAR_LIMIT;
    this.#count.classList.toggle("over", over > 0);
    this.#count.textContent = over > 0 ? `超出 ${over} 字，请分两条发送` : `还可以写 ${-over} 字`;
    this.#send.disabled = !this.field.value.trim() || over > 0;
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, this.hooks.tall ?? 120)}px`;
    this.hooks.change?.(this.field.value);
  }
}
