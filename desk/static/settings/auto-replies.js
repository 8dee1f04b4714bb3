// @ts-check
/** 自动回复设置: the list, its sieve, and what is done with one reply. PH-01, PH-03, PH-04. */
import { askSure, makePills } from "../console/dialogs.js";
import { byId, make, makeButton } from "../window/dom.js";
import { ask, attempt, hint } from "./asking.js";
import { openEditor } from "./replies/editor.js";
import { openHistory } from "./replies/history.js";
import { describeMoment, describeTime } from "./replies/shapes.js";

/** @typedef {import("./replies/shapes.js").Reply} Reply */
/** @typedef {import("./replies/shapes.js").Library} Library */

const ALL = "全部";
/** @type {Record<string, (reply: Reply) => boolean>} */
const STATES = {
  [ALL]: () => true,
  改过的: (reply) => reply.state === "changed",
  已停用: (reply) => !reply.enabled,
  自己加的: (reply) => reply.state === "own",
};
const place = byId("replies", HTMLElement);
const words = byId("words", HTMLInputElement);
const group = byId("group", HTMLSelectElement);
/** @type {Library} */
let library;
let state = ALL;

async function load() {
  const found = await attempt(() => ask("GET", "replies"));
  place.removeAttribute("aria-busy");
  if (!found) return;
  library = found;
  byId("count", HTMLElement).textContent = `${library.count}/${library.limit}`;
  const chosen = group.value;
  group.replaceChildren(new Option("全部场景", ""), ...library.groups.map((name) => new Option(name, name)));
  group.value = chosen;
  draw();
}

function draw() {
  const shown = library.replies.filter((reply) => STATES[state](reply) && isIn(reply) && isMeant(reply));
  const parts = library.groups.map((name) => drawGroup(name, shown.filter((reply) => reply.group === name)));
  place.replaceChildren(...parts.filter((part) => part !== null));
  if (!shown.length) place.append(drawEmpty());
}

/** @param {Reply} reply */
function isIn(reply) {
  return !group.value || reply.group === group.value;
}

/** @param {Reply} reply */
function isMeant(reply) {
  const said = [reply.scene, ...reply.keywords, ...reply.wordings.map((wording) => wording.text)].join("\n");
  return said.toLowerCase().includes(words.value.trim().toLowerCase());
}

/** @param {string} name @param {Reply[]} replies */
function drawGroup(name, replies) {
  if (!replies.length) return null;
  const heading = make("h2", "group-name", name, make("span", "soft", `${replies.length}`));
  const section = make("section", "reply-group", heading, make("div", "cards", ...replies.map(drawReply)));
  section.setAttribute("aria-label", name);
  return section;
}

function drawEmpty() {
  const own = state === "自己加的" && !words.value && !group.value;
  const text = own ? "还没有自己加的自动回复，加一条试试吧。" : "没有找到合适的自动回复，可以换个条件，或者新增一条。";
  const add = makeButton("button main", "新增", () => void edit(null));
  return make("div", "empty", make("p", "", text), add);
}

/** @param {Reply} reply */
function drawReply(reply) {
  const head = make("div", "card-head", make("strong", "", reply.scene), ...drawTags(reply), drawDoes(reply));
  const card = make("article", `card reply${reply.enabled ? "" : " off"}`, head);
  card.dataset.key = reply.key;
  card.setAttribute("aria-label", reply.scene);
  if (reply.problem) card.append(make("p", "reply-problem", reply.problem));
  if (reply.keywords.length) {
    const said = reply.keywords.map((keyword) => make("span", "tag", keyword));
    card.append(make("p", "reply-keywords", make("span", "soft", "关键词"), ...said));
  }
  const first = reply.wordings[0];
  card.append(make("p", "reply-text", first?.text ?? ""), make("p", "soft", describe(reply)));
  return card;
}

/** @param {Reply} reply */
function describe(reply) {
  const first = reply.wordings[0];
  const when = first ? [first.condition ?? "", describeTime(first)].filter(Boolean).join("，") : "";
  const more = reply.wordings.length > 1 ? `共 ${reply.wordings.length} 条话术，按情况轮流用` : "";
  const by = reply.changed_at ? `${reply.changed_by} ${describeMoment(reply.changed_at)} 改` : "";
  const off = reply.enabled ? "" : reply.off;
  return [when && `用在：${when}`, more, by, off].filter(Boolean).join(" · ") || "出厂内容";
}

/** @param {Reply} reply */
function drawTags(reply) {
  const tags = [
    reply.state === "changed" ? make("span", "tag hot", "改过") : null,
    reply.state === "own" ? make("span", "tag good", "自己加的") : null,
    reply.enabled ? null : make("span", "tag bad", "已停用"),
    reply.to_person ? make("span", "tag waiting", "说完转人工") : null,
  ];
  return tags.filter((tag) => tag !== null);
}

/** @param {Reply} reply */
function drawDoes(reply) {
  /** @param {string} text @param {() => void} does */
  const button = (text, does) => {
    const made = makeButton("button small", text, does);
    made.setAttribute("aria-label", `${text}：${reply.scene}`);
    return made;
  };
  const does = make("div", "card-does", button("编辑", () => void edit(reply)));
  if (reply.may_be_off) does.append(button(reply.enabled ? "停用" : "启用", () => void turn(reply)));
  if (reply.version) does.append(button("历史", () => void openHistory(reply, load)));
  if (reply.state !== "shipped") {
    does.append(button(reply.state === "own" ? "删除" : "恢复出厂", () => void remove(reply)));
  }
  return does;
}

/** @param {Reply | null} reply null: a new one */
async function edit(reply) {
  if (library) openEditor(library, reply, load);
}

/** @param {Reply} reply */
async function turn(reply) {
  const enabled = !reply.enabled;
  if (!enabled && !(await askSure("停用这条自动回复", `${reply.off}。确定停用“${reply.scene}”吗？`, "停用"))) return;
  const body = { enabled, version: reply.version };
  if (await attempt(() => ask("POST", `replies/${reply.key}/enabled`, body))) hint(enabled ? "已启用" : "已停用");
  await load();
}

/** @param {Reply} reply */
async function remove(reply) {
  const own = reply.state === "own";
  const text = own ? `删除“${reply.scene}”之后，它的关键词由机器人照常回答。` : `“${reply.scene}”会换回出厂的内容，您写的留在历史里。`;
  const yes = own ? "删除" : "恢复出厂";
  if (!(await askSure(yes, text, yes))) return;
  if (await attempt(() => ask("DELETE", `replies/${reply.key}?version=${reply.version}`))) hint(own ? "已删除" : "已恢复出厂");
  await load();
}

byId("states", HTMLElement).append(
  makePills("state", "看哪些", Object.keys(STATES), ALL, (value) => {
    state = value;
    draw();
  }),
);
words.addEventListener("input", draw);
group.addEventListener("change", draw);
byId("add", HTMLButtonElement).addEventListener("click", () => void edit(null));
void load().then(() => {
  const meant = library?.replies.find((reply) => `#${encodeURIComponent(reply.key)}` === location.hash);
  if (meant) void edit(meant);
});
