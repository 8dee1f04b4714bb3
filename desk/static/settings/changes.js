// @ts-check
/** 操作记录: searched, paged, taken along. */
import { byId, make } from "../window/dom.js";
import { sayTime } from "../window/times.js";
import { ask, attempt } from "./asking.js";

/**
 * @typedef {object} Change
 * @property {number} id
 * @property {string} at
 * @property {string} by
 * @property {string} name
 * @property {string} kind
 * @property {string} title
 * @property {string} action
 * @property {string} talk
 * @property {{ label: string, before: string, after: string }[]} differences
 */

const TYPING_MS = 250;
const sieve = byId("sieve", HTMLFormElement);
const list = byId("changes", HTMLOListElement);
const more = byId("more", HTMLButtonElement);
const leadsOut = byId("export", HTMLAnchorElement);
let last = 0;
let asked = 0;
let timer = 0;

function read() {
  const chosen = new URLSearchParams();
  for (const [name, value] of new FormData(sieve)) if (String(value).trim()) chosen.set(name, String(value).trim());
  return chosen;
}

/** @param {boolean} onward the next page, below the others */
async function load(onward = false) {
  const query = read();
  const which = (asked += 1);
  leadsOut.href = `/api/v1/changes/export?${query}`;
  if (onward) query.set("below", String(last));
  const answer = await ask("GET", `changes?${query}`);
  if (which !== asked) return;
  offer("kind", answer.kinds.map((/** @type {string} */ kind) => [kind, kind]));
  offer("by", answer.people.map((/** @type {{ id: string, name: string }} */ { id, name }) => [id, `${name} ${id}`]));
  const made = answer.changes.map(makeChange);
  if (onward) list.append(...made);
  else list.replaceChildren(...made);
  if (onward) made[0]?.focus();
  last = answer.changes.at(-1)?.id ?? last;
  more.hidden = !answer.more;
  byId("nothing", HTMLElement).hidden = list.children.length > 0;
}

/** Fills a select once. @param {string} id @param {[string, string][]} values */
function offer(id, values) {
  const select = byId(id, HTMLSelectElement);
  if (select.options.length > 1) return;
  select.append(...values.map(([value, text]) => new Option(text, value)));
}

/** @param {Change} change */
function makeChange(change) {
  const head = make(
    "p",
    "change-head",
    make("span", "tag", change.kind),
    make("span", "", change.action),
    make("strong", "", change.title),
  );
  if (change.talk) {
    const link = make("a", "", "看会话");
    link.href = `/console#${encodeURIComponent(change.talk)}`;
    head.append(link);
  }
  const time = make("time", "", sayTime(change.at));
  time.dateTime = change.at;
  const item = make("li", "change", make("p", "change-when", make("strong", "", change.name || change.by), time), head);
  item.tabIndex = -1;
  if (change.differences.length) item.append(make("dl", "differences", ...change.differences.flatMap(makeDifference)));
  return item;
}

/** @param {{ label: string, before: string, after: string }} difference */
function makeDifference({ label, before, after }) {
  const said = make("dd", "");
  if (before) said.append(make("del", "", before), " → ");
  said.append(after ? make("ins", "", after) : make("span", "soft", "无"));
  return [make("dt", "", label), said];
}

sieve.addEventListener("submit", (event) => event.preventDefault());
sieve.addEventListener("input", () => {
  clearTimeout(timer);
  timer = window.setTimeout(() => void attempt(() => load()), TYPING_MS);
});
more.addEventListener("click", () => void attempt(() => load(true)));
void attempt(() => load());
