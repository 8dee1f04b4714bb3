// @ts-check
/** 优惠统计: what was given off, per person and day; taken along as a table. */
import { byId, make } from "../window/dom.js";
import { yuan } from "./approvalwords.js";
import { ask, attempt } from "./asking.js";

/** @typedef {{day: string, agent: string, approver: string, count: number, list_fen: number, off_fen: number}} Line */

const sieve = byId("sieve", HTMLFormElement);
let asked = 0;

/** @param {{list_fen: number, off_fen: number}} sums */
const sayShare = ({ list_fen: list, off_fen: off }) => (list ? `${((off / list) * 100).toFixed(1)}%` : "");

async function load() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(sieve)) if (value) query.set(name, String(value));
  const which = (asked += 1);
  const answer = await ask("GET", `discounts?${query}`);
  if (which !== asked) return;
  byId("first", HTMLInputElement).value = answer.first;
  byId("last", HTMLInputElement).value = answer.last;
  query.set("first", answer.first);
  query.set("last", answer.last);
  for (const form of ["xlsx", "csv"]) byId(`as-${form}`, HTMLAnchorElement).href = `/api/v1/discounts/export?${query}&form=${form}`;
  const people = byId("agent", HTMLSelectElement);
  if (people.options.length === 1) people.append(...answer.people.map((/** @type {{id: string, name: string}} */ { id, name }) => new Option(name, id)));
  const { total } = answer;
  byId("total", HTMLElement).textContent = total.count ? `一共 ${total.count} 次，优惠 ${yuan(total.off_fen)}，占原价 ${sayShare(total)}` : "";
  byId("table", HTMLElement).hidden = !answer.lines.length;
  byId("nothing", HTMLElement).hidden = answer.lines.length > 0;
  byId("lines", HTMLElement).replaceChildren(...answer.lines.map(makeLine));
}

/** @param {Line} line */
function makeLine(line) {
  const cells = [
    ["日期", line.day],
    ["客服", line.agent],
    ["次数", String(line.count)],
    ["原价合计", yuan(line.list_fen)],
    ["优惠合计", yuan(line.off_fen)],
    ["占原价", sayShare(line)],
    ["谁批准", line.approver],
  ];
  return make("tr", "", ...cells.map(([label, text]) => make("td", "", make("span", "cell-label", label), make("span", "", text))));
}

sieve.addEventListener("change", () => void attempt(load));
sieve.addEventListener("submit", (event) => event.preventDefault());
void attempt(load);
