// @ts-check
/** 话术体检: what needs care first, and the figures of every phrase. PH-35. */
import { makePills } from "../console/dialogs.js";
import { byId, make } from "../window/dom.js";
import { ask, attempt } from "./asking.js";
import { drawTable } from "./caretable.js";

/**
 * @typedef {object} Phrase
 * @property {"auto" | "quick"} kind
 * @property {string} key
 * @property {string} title
 * @property {string} text
 * @property {boolean} written by the shop
 * @property {boolean} enabled
 */
/** @typedef {Phrase & { trouble: string, reason: string, figure: string }} Ailment */
/**
 * @typedef {Phrase & { said: number, plain: number, answered: number, again: number, handed: number, well: number,
 *   complained: number, rated: number, stars: number }} Row
 */
/**
 * @typedef {object} Health
 * @property {boolean} by_meaning
 * @property {Ailment[]} ailments
 * @property {Row[]} phrases
 * @property {boolean} may_edit
 * @property {{ day: string, label: string }[]} weeks
 */

const ALL = "全部";
const FIRST = 8;
const PERIODS = { "近 7 天": "7", "近 30 天": "30", "近 90 天": "90" };
const KINDS = { auto: "自动回复", quick: "快捷短语" };
const PAGES = { auto: "auto-replies", quick: "phrases" };
const MARKS = { 说不到: "bad", 过时: "bad", 效果差: "waiting", 重复: "hot", 没人用: "" };

/** @type {Health | null} */
let health = null;
let days = "30";
let trouble = ALL;
let whole = false;
let asked = 0;

async function load() {
  const which = (asked += 1);
  const found = await attempt(() => ask("GET", `care?days=${days}`));
  if (which !== asked) return;
  byId("ailing", HTMLElement).removeAttribute("aria-busy");
  if (!found) return;
  health = /** @type {Health} */ (found);
  offerWeeks(health.weeks);
  trouble = ALL;
  drawTroubles(health.ailments);
  draw();
}

function draw() {
  if (!health) return;
  const { ailments, by_meaning } = health;
  byId("count", HTMLElement).textContent = ailments.length ? `${ailments.length} 处需要打理` : "";
  byId("by-signs", HTMLElement).hidden = by_meaning || !health.phrases.some((phrase) => phrase.written);
  const shown = ailments.filter((ailment) => trouble === ALL || ailment.trouble === trouble);
  const kept = whole ? shown : shown.slice(0, FIRST);
  byId("ailing", HTMLElement).replaceChildren(...kept.map(drawAilment));
  const healthy = byId("healthy", HTMLElement);
  healthy.hidden = shown.length > 0;
  healthy.textContent = "话术都很好，没有需要打理的。";
  const more = byId("more", HTMLButtonElement);
  more.hidden = kept.length === shown.length;
  more.textContent = `再看 ${shown.length - kept.length} 条`;
  drawTable(health.phrases);
}

/** @param {Ailment[]} ailments */
function drawTroubles(ailments) {
  const place = byId("troubles", HTMLElement);
  const names = [...new Set(ailments.map((ailment) => ailment.trouble))];
  place.hidden = names.length < 2;
  const counts = new Map(names.map((name) => [`${name} ${ailments.filter((a) => a.trouble === name).length}`, name]));
  place.replaceChildren(
    makePills("trouble", "看哪一种", [ALL, ...counts.keys()], ALL, (value) => {
      trouble = counts.get(value) ?? ALL;
      whole = false;
      draw();
    }),
  );
}

/** @param {Ailment} ailment */
function drawAilment(ailment) {
  const mark = MARKS[/** @type {keyof typeof MARKS} */ (ailment.trouble)] ?? "";
  const head = make(
    "div",
    "card-head",
    make("span", `tag ${mark}`.trim(), ailment.trouble),
    make("strong", "", ailment.title),
    make("span", "soft", KINDS[ailment.kind]),
  );
  if (health?.may_edit) head.append(make("span", "card-does", makeEdit(ailment)));
  const reason = make("p", "reason", ailment.reason, ailment.figure ? make("span", "figure", ailment.figure) : null);
  const item = make("li", "card", head, reason, make("p", "ailing-text", ailment.text));
  item.dataset.key = ailment.key;
  return item;
}

/** @param {Ailment} ailment */
function makeEdit(ailment) {
  const link = make("a", "button small", "去修改");
  link.href = `/settings/${PAGES[ailment.kind]}#${encodeURIComponent(ailment.key)}`;
  link.setAttribute("aria-label", `去修改 ${ailment.title}`);
  return link;
}

/** @param {Health["weeks"]} weeks */
function offerWeeks(weeks) {
  const week = byId("week", HTMLSelectElement);
  const chosen = week.value;
  week.replaceChildren(...weeks.map(({ day, label }) => new Option(label, day)));
  if (weeks.some(({ day }) => day === chosen)) week.value = chosen;
  lead();
}

function lead() {
  const day = byId("week", HTMLSelectElement).value;
  for (const form of ["xlsx", "csv"]) {
    byId(`report-${form}`, HTMLAnchorElement).href = `/api/v1/care/report?${new URLSearchParams({ day, form })}`;
  }
}

byId("days", HTMLElement).append(
  makePills("days", "看多久", Object.keys(PERIODS), "近 30 天", (value) => {
    days = PERIODS[/** @type {keyof typeof PERIODS} */ (value)];
    whole = false;
    void load();
  }),
);
byId("week", HTMLSelectElement).addEventListener("change", lead);
byId("more", HTMLButtonElement).addEventListener("click", () => {
  whole = true;
  draw();
  byId("ailing", HTMLElement).querySelectorAll("a")[FIRST]?.focus();
});
void load();
