// @ts-check
/** The line to the desk: entering anew after each break, and saying so while there is none. */
import { byId } from "../window/dom.js";
import { Refused, connect } from "../window/link.js";

const BANNER_AFTER_MS = 800;
const AGAIN_MS = 1500;
export const SIGN_IN = "/signin?next=/console";

/**
 * What the desk tells, by event; `entered` after each entering.
 * @typedef {Record<string, (news: any) => void> & {entered: () => void}} Hearers
 */

export class Line {
  #banner = byId("banner", HTMLElement);
  #bannerTimer = 0;
  #entered = false;
  #leaving = false;

  /** @param {import("./workplace.js").Workplace} place @param {Hearers} hearers */
  constructor(place, { entered, ...hearers }) {
    this.place = place;
    this.onEntered = entered;
    byId("banner-again", HTMLButtonElement).addEventListener("click", () => this.link.again());
    this.link = connect(() => ({}), {
      ...hearers,
      connect: () => void this.#enter(),
      disconnect: (why) => this.#broken(why),
      refuse: () => this.signOut(),
      signed_out: () => this.signOut(),
    }, "/staff", ["websocket"]);
    place.line = this.link;
  }

  /** The page goes to sign-in, which leads back here. */
  signOut() {
    this.#leaving = true;
    location.assign(SIGN_IN);
  }

  async #enter() {
    try {
      this.place.enter(await this.link.ask("enter", {}));
      this.#entered = true;
      clearTimeout(this.#bannerTimer);
      this.#banner.hidden = true;
      document.documentElement.classList.add("entered");
      this.onEntered();
    } catch (error) {
      if (error instanceof Refused && error.code === "offline") return;
      this.#say(error instanceof Refused ? error.message : "暂时进不了工作台", true);
    }
  }

  /** @param {string} why */
  #broken(why) {
    if (this.#leaving) return;
    this.#say("正在重新连接…", false);
    // The library does not try again where the desk itself hung up.
    if (why === "io server disconnect") window.setTimeout(() => this.#leaving || this.link.again(), AGAIN_MS);
  }

  /** @param {string} text @param {boolean} again the person may try it */
  #say(text, again) {
    clearTimeout(this.#bannerTimer);
    this.#bannerTimer = window.setTimeout(() => {
      byId("banner-text", HTMLElement).textContent = text;
      byId("banner-again", HTMLButtonElement).hidden = !again;
      this.#banner.hidden = false;
    }, this.#entered ? BANNER_AFTER_MS : 0);
  }
}
