// @ts-check
/** The conversations by id, and which of them each list shows in which order. No page needed. */

/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {import("./shapes.js").Which} Which */

/** Since when the buyer waits for a person, in ms; null: nobody waits. @param {Row} row @returns {number | null} */
export function waitsSince(row) {
  const since = row.holder === "queue" ? row.queued_at ?? row.waiting_since : row.holder === "agent" ? row.waiting_since : null;
  const at = since ? Date.parse(since) : NaN;
  return Number.isNaN(at) ? null : at;
}

/** @param {Row} row */
function newest(row) {
  return Date.parse(row.last?.at ?? "") || 0;
}

/** Urgent ones first, then who has waited longest, then the newest. @param {Row} one @param {Row} other */
export function compareRows(one, other) {
  if (one.urgent !== other.urgent) return one.urgent ? -1 : 1;
  const waits = [waitsSince(one) ?? Infinity, waitsSince(other) ?? Infinity];
  if (waits[0] !== waits[1]) return waits[0] - waits[1];
  return newest(other) - newest(one) || one.id.localeCompare(other.id);
}

/** @param {Row} row @param {Which} which @param {string} me */
export function belongs(row, which, me) {
  if (which === "mine") return row.holder === "agent" && row.agent?.id === me;
  return which === "all" || row.holder === which;
}

/** The desk's news may overtake each other. @param {Row} row @param {Row} known */
export function isOlder(row, known) {
  return row.epoch < known.epoch || (row.epoch === known.epoch && row.last_seq < known.last_seq);
}

export class Rows {
  /** @type {Map<string, Row>} */
  #rows = new Map();
  me = "";

  /** @param {string} id */
  get(id) {
    return this.#rows.get(id);
  }

  /** @param {Row} row @returns {boolean} whether it was news */
  put(row) {
    const known = this.#rows.get(row.id);
    if (known && isOlder(row, known)) return false;
    this.#rows.set(row.id, row);
    return true;
  }

  /**
   * After a break everything may have changed: only what is given now counts, and the one in view.
   * @param {Row[]} rows
   * @param {string} kept
   */
  restart(rows, kept) {
    const inView = this.#rows.get(kept);
    this.#rows = new Map(inView ? [[kept, inView]] : []);
    for (const row of rows) this.#rows.set(row.id, row);
  }

  /** @param {Which} which */
  list(which) {
    return [...this.#rows.values()].filter((row) => belongs(row, which, this.me)).sort(compareRows);
  }

  /** @param {Which} which */
  count(which) {
    let count = 0;
    for (const row of this.#rows.values()) if (belongs(row, which, this.me)) count += 1;
    return count;
  }

  /** Messages of buyers that this person has not read. */
  get unread() {
    let count = 0;
    for (const row of this.#rows.values()) if (belongs(row, "mine", this.me)) count += row.unread;
    return count;
  }
}
