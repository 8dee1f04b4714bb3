// @ts-check
/** News within the page: who wants to hear says so. */

/** @template T */
export class Signal {
  /** @type {((news: T) => void)[]} */
  #ears = [];

  /** @param {(news: T) => void} ear */
  on(ear) {
    this.#ears.push(ear);
  }

  /** @param {T} news */
  tell(news) {
    for (const ear of this.#ears) ear(news);
  }
}
