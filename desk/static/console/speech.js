// @ts-check
/** Words that should not reach a buyer: found while one types, said with advice, changed with one click. */
import { byId, make, makeButton } from "../window/dom.js";

/** @typedef {import("./shapes.js").Finding} Finding */

const CHECK_AFTER_MS = 180;

/** The desk counts characters; the field counts UTF-16 units. @param {string} text @param {number} characters */
export function unitsAt(text, characters) {
  return [...text].slice(0, characters).join("").length;
}

/**
 * Where the findings stand: as the desk said for the text it checked, else where the same words stand now.
 * @param {string} text
 * @param {Finding[]} findings
 * @param {string} checked without the spaces around it
 */
export function placeFindings(text, findings, checked) {
  /** @type {{start: number, end: number, finding: Finding}[]} */
  const found = [];
  const lead = text.length - text.trimStart().length;
  let from = 0;
  for (const finding of findings) {
    const known = text.trim() === checked;
    const start = known ? lead + unitsAt(checked, finding.start) : text.indexOf(finding.word, from);
    if (start < 0) continue;
    from = start + finding.word.length;
    found.push({ start, end: from, finding });
  }
  return found;
}

export class Speech {
  #bar = byId("findings", HTMLElement);
  #timer = 0;
  /** @type {Finding[]} */
  #findings = [];
  #checked = "";
  #text = "";

  /**
   * @param {import("./workplace.js").Workplace} place
   * @param {object} does
   * @param {() => void} does.changed marks may have to be painted anew
   * @param {(start: number, end: number, instead: string) => void} does.replace
   * @param {() => void} does.anyway
   */
  constructor(place, does) {
    this.place = place;
    this.does = does;
  }

  /** Pieces of the text that are marked. @returns {import("./marks.js").Mark[]} */
  get marks() {
    return this.#places.map(({ start, end, finding }) => ({
      start,
      end,
      className: finding.blocked ? "never" : "careful",
    }));
  }

  get #places() {
    return placeFindings(this.#text, this.#findings, this.#checked);
  }

  /** What is known against this very text. @param {string} text */
  against(text) {
    return text === this.#checked ? this.#findings : [];
  }

  /** @param {string} text as it stands in the field; "" for what no buyer will read */
  hear(text) {
    if (text === this.#text) return;
    this.#text = text;
    clearTimeout(this.#timer);
    if (!this.#places.length) this.#show([]);
    if (!text.trim() || !this.place.holds) return;
    this.#timer = window.setTimeout(() => void this.#check(text), CHECK_AFTER_MS);
  }

  /** What the desk refused to send stands in the field again. @param {string} text @param {Finding[]} findings */
  refused(text, findings) {
    this.#text = this.#checked = text;
    clearTimeout(this.#timer);
    this.#show(findings);
  }

  /** Draws the eye to it, when sending was tried. */
  insist() {
    this.#bar.classList.remove("insists");
    void this.#bar.offsetWidth;
    this.#bar.classList.add("insists");
  }

  /** @param {string} text */
  async #check(text) {
    try {
      const talk = this.place.talk;
      const answer = await this.place.ask("check", { talk, text: text.trim() });
      if (text !== this.#text || talk !== this.place.talk) return;
      this.#checked = text.trim();
      this.#show(answer.findings);
    } catch {
      // sending asks again
    }
  }

  /** @param {Finding[]} found */
  #show(found) {
    // Blanks have a line of their own, and are known before the desk is asked.
    const findings = found.filter((finding) => finding.kind !== "blank");
    this.#findings = findings;
    this.#bar.hidden = !findings.length;
    const blocked = findings.some((finding) => finding.blocked);
    this.#bar.classList.toggle("blocked", blocked);
    const anyway = makeButton("button small", "仍然发送", this.does.anyway);
    anyway.title = "Ctrl+Enter";
    this.#bar.replaceChildren(
      make("ul", "", ...findings.map((finding) => this.#makeFinding(finding))),
      blocked ? make("span", "finding-rule", "标红的不能发送，请先改一改") : anyway,
    );
    this.does.changed();
  }

  /** @param {Finding} finding */
  #makeFinding(finding) {
    const item = make("li", finding.blocked ? "finding never" : "finding careful", make("strong", "", finding.word), make("span", "", finding.advice));
    const { instead } = finding;
    if (instead !== undefined && instead !== null) {
      item.append(makeButton("button small", instead ? `换成“${instead}”` : "删去", () => {
        const place = this.#places.find((each) => each.finding === finding);
        if (place) this.does.replace(place.start, place.end, instead);
      }));
    }
    return item;
  }
}
