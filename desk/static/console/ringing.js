// @ts-check
/** Tones and notices of the system. Tones are made, not fetched; notices are asked for by a button, never unasked. */
import { byId } from "../window/dom.js";
import { keep, recall } from "../window/memory.js";

const MUTED = "xiaoer.console.muted";
/** Frequencies one after the other, in Hz. */
const TONES = { assigned: [880, 1175], alert: [659, 494, 659], message: [988] };
const TONE_S = 0.14;
const LOUD = 0.12;

/** @typedef {keyof typeof TONES} Tone */

export class Ringing {
  /** @type {AudioContext | null} a browser allows one after the first gesture only */
  #audio = null;
  #mute = byId("mute", HTMLButtonElement);
  #ask = byId("ask-notices", HTMLButtonElement);
  #muted = recall(MUTED) === "1";
  /** @type {(id: string) => void} */
  onOpen = () => {};

  constructor() {
    for (const gesture of ["pointerdown", "keydown"]) {
      document.addEventListener(gesture, () => this.#wake(), { capture: true, passive: true });
    }
    this.#mute.addEventListener("click", () => {
      this.#muted = !this.#muted;
      keep(MUTED, this.#muted ? "1" : null);
      this.#draw();
      if (!this.#muted) this.ring("message");
    });
    this.#ask.addEventListener("click", async () => {
      await Notification.requestPermission();
      this.#draw();
    });
    this.#draw();
  }

  #wake() {
    this.#audio ??= new AudioContext();
    if (this.#audio.state === "suspended") void this.#audio.resume();
  }

  /** @param {Tone} tone */
  ring(tone) {
    const audio = this.#audio;
    if (this.#muted || !audio || audio.state !== "running") return;
    TONES[tone].forEach((frequency, index) => {
      const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
      const begins = audio.currentTime + index * TONE_S;
      oscillator.frequency.value = frequency;
      gain.gain.setValueAtTime(0, begins);
      gain.gain.linearRampToValueAtTime(LOUD, begins + 0.015);
      gain.gain.exponentialRampToValueAtTime(0.001, begins + TONE_S);
      oscillator.connect(gain).connect(audio.destination);
      oscillator.start(begins);
      oscillator.stop(begins + TONE_S);
    });
  }

  /** Only where nobody looks at the page. @param {string} title @param {string} body @param {string} talk */
  notice(title, body, talk) {
    if (!document.hidden || typeof Notification === "undefined" || Notification.permission !== "granted") return;
    const notice = new Notification(title, { body, tag: talk || title, icon: "/static/pictures/shop.svg" });
    notice.onclick = () => {
      window.focus();
      notice.close();
      if (talk) this.onOpen(talk);
    };
  }

  #draw() {
    this.#mute.setAttribute("aria-pressed", String(this.#muted));
    this.#mute.title = this.#muted ? "提示音已关，点一下打开" : "提示音已开，点一下静音";
    this.#mute.querySelector("use")?.setAttribute("href", `/static/icons.svg#${this.#muted ? "muted" : "sound"}`);
    this.#ask.hidden = typeof Notification === "undefined" || Notification.permission !== "default";
  }
}
