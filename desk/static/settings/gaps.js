// @ts-check
/** 没答好的问题: what the bot did not answer well, by meaning, and what is made of it. */
import { makePills } from "../console/dialogs.js";
import { byId, make, makeButton } from "../window/dom.js";
import { ask, attempt, hint } from "./asking.js";
import { drawGroup } from "./gapgroup.js";
import { openTeaching } from "./gapteach.js";
import { openEditor } from "./replies/editor.js";

/** @typedef {import("./gapgroup.js").Group} Group */
/** @typedef {import("./gapgroup.js").Found} Found */
/** @typedef {import("./gapgroup.js").State} State */

const AGAIN_MS = 1500;
const LONGEST_NAME = 30;
/** @type {Record<string, number>} */
const PERIODS = { "近 7 天": 7, "近 30 天": 30, "近 90 天": 90 };
/** @type {Record<string, State>} */
const STATES = { 待处理: "open", 已教: "taught", 已做成自动回复: "replied", 不用管: "dismissed" };
/** @type {Record<State, string>} */
const EMPTY = {
  open: "这段时间没有要处理的问题，机器人都答上了。",
  taught: "还没有教过。在“待处理”里确认意思，就会出现在这里。",
  replied: "还没有做成自动回复的问题。",
  dismissed: "没有放到一边的问题。",
};
const place = byId("gaps", HTMLElement);
const undo = byId("undo", HTMLElement);
const further = byId("further", HTMLButtonElement);
/** @type {import("./gapteach.js").Family[]} */
let families = [];
let days = 7;
/** @type {State} */
let state = "open";
let shown = 0;
let asked = 0;
let timer = 0;

/** @param {number} [start] how many are there already */
async function load(start = 0) {
  clearTimeout(timer);
  const number = (asked += 1);
  /** @type {Found} */
  const found = await ask("GET", `gaps?days=${days}&state=${state}&start=${start}`);
  if (number !== asked) return; // another choice was made meanwhile
  if (!start) place.replaceChildren();
  shown = start + found.groups.length;
  place.append(...found.groups.map((group) => drawGroup(group, does(group))));
  if (!shown) place.append(make("p", "empty", EMPTY[state]));
  place.removeAttribute("aria-busy");
  tell(found);
  if (found.grouping === "loading") timer = window.setTimeout(() => void attempt(load), AGAIN_MS);
}

/** @param {Found} found */
function tell(found) {
  byId("count", HTMLElement).textContent = found.messages ? `共 ${found.messages} 条` : "";
  further.hidden = found.left === 0;
  further.textContent = `再看一些（还有 ${found.left} 组）`;
  const reasons = found.shares.filter((share) => share.count);
  byId("shares", HTMLElement).replaceChildren(...reasons.map((share) => drawShare(share, found.messages)));
  for (const [name, key] of Object.entries(STATES)) {
    const pill = document.querySelector(`input[name="state"][value="${name}"] + span`);
    if (pill) pill.textContent = `${name} ${found.counts[key]}`;
  }
  const notice = byId("grouping", HTMLElement);
  const cut = found.cut ? "消息很多，这里是最近的 2000 条。" : "";
  const why = { done: "", loading: "正在按意思归类，请稍等……", none: "机器人现在没有应答，先逐句列出，恢复之后会按意思归类。" };
  notice.textContent = why[found.grouping] + cut;
  notice.hidden = !notice.textContent;
}

/** @param {{ kind: string, count: number }} share @param {number} all */
function drawShare({ kind, count }, all) {
  const percent = Math.round((100 * count) / all);
  const bar = make("meter", "");
  bar.max = all;
  bar.value = count;
  bar.setAttribute("aria-label", kind);
  return make("li", "", make("span", "", kind), bar, make("span", "soft", `${count} 条 · ${percent}%`));
}

/** What may be done with it. @param {Group} group */
function does(group) {
  if (state === "taught") return [];
  const name = group.examples[0]?.text ?? "";
  /** @param {string} className @param {string} text @param {() => Promise<unknown>} act */
  const button = (className, text, act) => {
    const made = makeButton(`button small${className}`, text, () => void attempt(act));
    made.setAttribute("aria-label", `${text}：${name}`);
    return made;
  };
  if (state !== "open") return [button("", "放回待处理", () => settle(group, "open", "已放回待处理"))];
  return [
    button(" main", "教机器人", async () => openTeaching(group, families, load)),
    button("", "做成自动回复", () => makeReply(group)),
    button("", "不用管", () => dismiss(group)),
  ];
}

/** @param {Group} group */
const idsOf = (group) => [...group.examples.flatMap((example) => example.ids), ...group.rest];

/** @param {Group} group @param {"open" | "replied" | "dismissed"} to @param {string} said */
async function settle(group, to, said) {
  await ask("POST", "gaps/settle", { ids: idsOf(group), state: to });
  await load();
  hint(said);
}

/** @param {Group} group */
async function dismiss(group) {
  await settle(group, "dismissed", "已放到“不用管”");
  const back = makeButton("button small", "撤销", () => {
    undo.hidden = true;
    void attempt(() => settle(group, "open", "已放回待处理"));
  });
  undo.replaceChildren(make("span", "", `“${group.examples[0]?.text ?? ""}”这一组放到了“不用管”。`), back);
  undo.hidden = false;
  back.focus();
}

/** @param {Group} group */
async function makeReply(group) {
  const ids = idsOf(group);
  const [library, { keywords }] = await Promise.all([ask("GET", "replies"), ask("POST", "gaps/keywords", { ids, days })]);
  const scene = (group.examples[0]?.text ?? "").slice(0, LONGEST_NAME);
  openEditor(library, null, () => settle(group, "replied", "已做成自动回复"), { keywords, scene });
}

byId("days", HTMLElement).append(
  makePills("days", "看多久", Object.keys(PERIODS), "近 7 天", (value) => {
    days = PERIODS[value] ?? 7;
    void attempt(load);
  }),
);
byId("states", HTMLElement).append(
  makePills("state", "看哪些", Object.keys(STATES), "待处理", (value) => {
    state = STATES[value] ?? "open";
    undo.hidden = true;
    void attempt(load);
  }),
);
further.addEventListener("click", () => void attempt(() => load(shown)));
await attempt(async () => {
  ({ families } = await ask("GET", "gaps/intents"));
  await load();
});
place.removeAttribute("aria-busy");
