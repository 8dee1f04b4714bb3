// @ts-check
/** 消息推送: addresses, their states, what is done with them. */
import { askSure } from "../console/dialogs.js";
import { byId, make, makeButton } from "../window/dom.js";
import { sayTime } from "../window/times.js";
import { ask, attempt, closeRenewed, hint } from "./asking.js";
import { openDeliveries } from "./webhooks/deliveries.js";
import { openForm, showSecret } from "./webhooks/form.js";

/**
 * @typedef {{id: string, name: string, url: string, areas: string[], state: string, on: boolean, overlap_until: string | null,
 *   failing_since: string | null, last_sent_at: string | null, last_error: string, waiting: number}} Webhook
 */

const ON = "推送中";
const list = byId("webhooks", HTMLUListElement);
/** @type {Record<string, string>} */
let areas = {};

/** @param {Webhook} hook */
function sayState(hook) {
  const sent = hook.last_sent_at ? `最近成功 ${sayTime(hook.last_sent_at)}` : "还没有推送成功过";
  const old = hook.overlap_until ? `，旧密钥用到 ${sayTime(hook.overlap_until)}` : "";
  return `${sent}，${hook.waiting ? `${hook.waiting} 条等待推送` : "没有等待的"}${old}`;
}

/** What the manager should look after; "" while all is well. @param {Webhook} hook */
function sayTrouble(hook) {
  if (hook.state === "已暂停") return `一直推送不成功（${hook.last_error}），已经暂停。请检查对方程序，好了以后点“恢复推送”。`;
  if (hook.state === "对方已关闭") return "对方程序回应说不再接收（410），已经停止推送。";
  if (hook.state !== ON || !hook.failing_since) return "";
  return `从 ${sayTime(hook.failing_since)} 起没有推送成功：${hook.last_error}。会自动重试，满一天仍不成功的不再重试。`;
}

/** @param {Webhook} hook */
function makeCard(hook) {
  const state = make("span", hook.on ? "tag" : "tag webhook-off", hook.state);
  const trouble = sayTrouble(hook);
  const tryOut = makeButton("button small", "发一条试试", () => void test(hook));
  tryOut.disabled = !hook.on;
  return make(
    "li",
    "card",
    make("div", "card-head", make("strong", "", hook.name), state, make("span", "soft", sayState(hook))),
    make("p", "webhook-url", hook.url),
    make("div", "webhook-areas", ...hook.areas.map((area) => make("span", "tag", areas[area] ?? area))),
    trouble ? make("p", "webhook-trouble", trouble) : null,
    make(
      "div",
      "webhook-does",
      tryOut,
      makeButton("button small", "推送记录", () => openDeliveries(hook, read)),
      makeButton("button small", "编辑", () => openForm(areas, hook, saveOver(hook))),
      makeButton("button small", "更换密钥", () => void changeSecret(hook)),
      makeButton("button small", hook.on ? "停用" : hook.state === "已停用" ? "启用" : "恢复推送", () => void turn(hook)),
      makeButton("button small", "删除", () => void remove(hook)),
    ),
  );
}

async function read() {
  const given = await attempt(() => ask("GET", "webhooks"));
  if (!given) return;
  areas = given.areas;
  list.replaceChildren(...given.webhooks.map(makeCard));
  byId("empty", HTMLElement).hidden = given.webhooks.length > 0;
  byId("count", HTMLElement).textContent = `${given.webhooks.length}/${given.limit}`;
  byId("new", HTMLButtonElement).disabled = given.webhooks.length >= given.limit;
}

/** @param {import("../console/dialogs.js").Opened} opened @param {object} wish */
async function save(opened, wish) {
  const made = await ask("POST", "webhooks", wish);
  await closeRenewed(opened, read);
  showSecret("网址添加好了", made.secret);
}

/** @param {Webhook} hook @returns {typeof save} */
function saveOver(hook) {
  return async (opened, wish) => {
    await ask("PUT", `webhooks/${hook.id}`, wish);
    await closeRenewed(opened, read);
    hint(`“${hook.name}”已保存`);
  };
}

/** @param {Webhook} hook */
async function test(hook) {
  if (!(await attempt(() => ask("POST", `webhooks/${hook.id}/test`)))) return;
  await read();
  openDeliveries(hook, read);
}

/** @param {Webhook} hook */
async function changeSecret(hook) {
  if (!(await askSure("更换密钥？", "新密钥马上生效，24 小时内新旧两个都签名，请在这之前把程序里的换掉。", "更换"))) return;
  const made = await attempt(() => ask("POST", `webhooks/${hook.id}/secret`));
  await read();
  if (made) showSecret("新密钥", made.secret);
}

/** @param {Webhook} hook */
async function turn(hook) {
  const sure = !hook.on || (await askSure("停用这个网址？", `“${hook.name}”不再收到推送，停用期间发生的事以后也不会补发。`, "停用"));
  if (!sure) return;
  if (await attempt(() => ask("PATCH", `webhooks/${hook.id}`, { on: !hook.on }))) hint(`“${hook.name}”${hook.on ? "已停用" : "已启用"}`);
  await read();
}

/** @param {Webhook} hook */
async function remove(hook) {
  if (!(await askSure("删除这个网址？", `“${hook.name}”和它的推送记录会一起删除，还没推送的不再推送。`, "删除"))) return;
  if (await attempt(() => ask("DELETE", `webhooks/${hook.id}`))) hint(`“${hook.name}”已删除`);
  await read();
}

byId("new", HTMLButtonElement).addEventListener("click", () => openForm(areas, null, save));
void read();
