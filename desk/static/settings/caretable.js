// @ts-check
/** The table of all phrases with their figures: sieved, and sorted by any column. */
import { byId, make, makeButton } from "../window/dom.js";

/** @typedef {import("./care.js").Row} Row */
/**
 * @typedef {object} Column
 * @property {string} name
 * @property {(row: Row) => number | null} figure by which it is sorted; null comes last
 * @property {(row: Row) => string} [say] the figure as it is read
 */

/** @param {keyof Row} part @returns {(row: Row) => number | null} */
const share = (part) => (row) => (row.said ? Number(row[part]) / row.said : null);
/** @param {(row: Row) => number | null} figure */
const percent = (figure) => /** @param {Row} row */ (row) => {
  const value = figure(row);
  return value === null ? "－" : `${Math.round(value * 100)}%`;
};

/** @type {Column[]} */
const COLUMNS = [
  { name: "使用", figure: (row) => row.said, say: (row) => `${row.said} 次` },
  { name: "没改就发", figure: (row) => (row.kind === "quick" ? share("plain")(row) : null) },
  { name: "接着说", figure: share("answered") },
  { name: "又问", figure: share("again") },
  { name: "转人工", figure: share("handed") },
  { name: "解决", figure: share("well") },
  {
    name: "评价",
    figure: (row) => (row.rated ? row.stars / row.rated : null),
    say: (row) => (row.rated ? `${(row.stars / row.rated).toFixed(1)} 星 · ${row.rated} 次` : "－"),
  },
  { name: "投诉", figure: (row) => row.complained, say: (row) => (row.complained ? `${row.complained} 次` : "－") },
];

let by = 0;
let down = true;
/** @type {Row[]} */
let rows = [];

/** @param {Row[]} phrases */
export function drawTable(phrases) {
  rows = phrases;
  const head = byId("columns", HTMLTableRowElement);
  if (!head.children.length) {
    head.append(heading("话术"), ...COLUMNS.map(makeHeading));
  }
  [...head.children].forEach((cell, place) => {
    if (place) cell.setAttribute("aria-sort", place - 1 === by ? (down ? "descending" : "ascending") : "none");
  });
  byId("rows", HTMLElement).replaceChildren(...rows.filter(isMeant).sort(compare).map(makeRow));
}

/** @param {...(string | Node)} inside */
function heading(...inside) {
  const cell = make("th", "", ...inside);
  cell.scope = "col";
  return cell;
}

/** @param {Column} column @param {number} place */
function makeHeading(column, place) {
  return heading(
    makeButton("sort", column.name, () => {
      down = by === place ? !down : true;
      by = place;
      drawTable(rows);
    }),
  );
}

/** @param {Row} row */
function isMeant(row) {
  const words = byId("words", HTMLInputElement).value.trim().toLowerCase();
  const kind = byId("kind", HTMLSelectElement).value;
  return (!kind || row.kind === kind) && `${row.title}\n${row.text}`.toLowerCase().includes(words);
}

/** @param {Row} one @param {Row} other */
function compare(one, other) {
  const [a, b] = [COLUMNS[by].figure(one), COLUMNS[by].figure(other)];
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return down ? b - a : a - b;
}

/** @param {Row} row */
function makeRow(row) {
  const name = make("th", "phrase-cell", make("strong", "", row.title), make("span", "phrase-said", row.text));
  name.scope = "row";
  if (!row.enabled) name.append(make("span", "tag bad", "已停用"));
  const cells = COLUMNS.map((column) => make("td", "number", (column.say ?? percent(column.figure))(row)));
  const line = make("tr", "", name, ...cells);
  line.dataset.key = row.key;
  return line;
}

byId("words", HTMLInputElement).addEventListener("input", () => drawTable(rows));
byId("kind", HTMLSelectElement).addEventListener("change", () => drawTable(rows));
