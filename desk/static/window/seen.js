// @ts-check
/** Tells the desk up to where the buyer has read: only what lay before the eyes for a moment, at most once a second. */

const GLANCE_MS = 300;
const EVERY_MS = 1000;

export class Seen {
  #told = 0;
  #toldAt = 0;
  #timer = 0;

  /**
   * @param {object} does
   * @param {() => boolean} does.reading whether the buyer looks at the end of the talk now
   * @param {() => number} does.newest the shop's newest message, by seq; 0: none
   * @param {(seq: number) => Promise<unknown>} does.tell throws where it did not arrive
   */
  constructor(does) {
    this.does = does;
  }

  /** The buyer may have seen more. */
  look() {
    const seq = this.does.newest();
    if (this.#timer || !this.does.reading() || seq <= this.#told) return;
    const wait = Math.max(GLANCE_MS, this.#toldAt + EVERY_MS - Date.now());
    this.#timer = window.setTimeout(() => void this.#tell(seq), wait);
  }

  /** @param {number} seq */
  async #tell(seq) {
    try {
      if (!this.does.reading()) return;
      this.#toldAt = Date.now();
      await this.does.tell(seq);
      this.#told = seq;
    } catch {
      return; // the next look tells it
    } finally {
      this.#timer = 0;
    }
    this.look();
  }
}
