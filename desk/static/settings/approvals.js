// @ts-check
/** 审批: prices, refunds and compensations that are waited for, and what was decided of late. */
import { makeField, makeSubmit, openDialog } from "../console/dialogs.js";
import { byId, make, makeButton, makePicture } from "../window/dom.js";
import { sayTime } from "../window/times.js";
import { makeTalkLink, sayHolder, sayWait, yuan } from "./approvalwords.js";
import { Refused, ask, attempt, hint } from "./asking.js";
import { makeDecidedPayout, makePayout } from "./payoutcards.js";

/**
 * @typedef {object} Request
 * @property {string} number
 * @property {string} talk
 * @property {string} nick
 * @property {"bot" | "queue" | "agent"} holder
 * @property {string} agent
 * @property {string} item
 * @property {string} picture
 * @property {string} order_no
 * @property {number} list_fen
 * @property {number | null} asked_fen
 * @property {number | null} lowest_fen
 * @property {number} attempt
 * @property {string} asked_by
 * @property {string} reason
 * @property {number} minutes
 * @property {boolean} late
 * @property {string} state
 * @property {number | null} decided_fen
 * @property {string} decided_by
 * @property {string | null} decided_at
 */

const LOOK_MS = 20_000;

/** What this person may still take off, e.g. 您最低可给 53.10 元. @param {Request} request */
function sayLimit({ lowest_fen }) {
  return lowest_fen === null || lowest_fen <= 0 ? "您可以自己定价" : `您最低可以给到 ${yuan(lowest_fen)}`;
}

async function load() {
  const [{ waiting, decided }, payouts] = await Promise.all([ask("GET", "approvals"), ask("GET", "payouts")]);
  const count = waiting.length + payouts.waiting.length;
  byId("count", HTMLElement).textContent = count ? `${count} 条等待答复` : "";
  byId("nothing", HTMLElement).hidden = count > 0;
  byId("waiting", HTMLElement).replaceChildren(...waiting.map(makeRequest));
  byId("decided-part", HTMLElement).hidden = !decided.length;
  byId("decided", HTMLElement).replaceChildren(...decided.map(makeDecided));
  byId("waiting-payouts", HTMLElement).replaceChildren(...payouts.waiting.map((/** @type {import("./payoutcards.js").Payout} */ each) => makePayout(each, load)));
  byId("payouts-part", HTMLElement).hidden = !payouts.decided.length;
  byId("decided-payouts", HTMLElement).replaceChildren(...payouts.decided.map(makeDecidedPayout));
}

/** @param {Request} request */
function makeRequest(request) {
  const { asked_fen: asked, lowest_fen: lowest, reason, asked_by: by } = request;
  const grants = asked !== null && asked > 0 && lowest !== null && asked >= lowest && asked < request.list_fen;
  const wait = make("span", request.late ? "wait late" : "wait", sayWait(request.minutes));
  const does = make(
    "div",
    "request-does",
    makeButton("button", "拒绝", () => reject(request)),
    makeButton(grants ? "button" : "button main", "改价", () => openPrice(request)),
  );
  if (grants) does.append(makeButton("button main", `同意 ${yuan(asked)}`, () => decide(request, { verdict: "同意" })));
  const card = make(
    "article",
    "card request",
    makePicture("request-picture", request.picture || null, ""),
    make(
      "div",
      "request-text",
      make("p", "card-head", make("strong", "", request.item || request.order_no), request.attempt > 1 ? make("span", "tag", `第 ${request.attempt} 次申请`) : null),
      make(
        "p",
        "request-prices",
        make("span", "", `原价 ${yuan(request.list_fen)}`),
        make("span", "", "想要 ", make("strong", "", asked === null ? "没有说价" : yuan(asked))),
        make("span", "soft", sayLimit(request)),
      ),
      make("p", "soft", `买家 ${request.nick} · ${sayHolder(request)}${request.order_no ? ` · 订单 ${request.order_no}` : ""} · `, makeTalkLink(request)),
      reason ? make("p", "request-why", `${by}：${reason}`) : by ? make("p", "soft", `${by}提交`) : null,
    ),
    make("div", "request-side", wait, does),
  );
  card.setAttribute("aria-label", `${request.nick}，${request.item}`);
  return card;
}

/** @param {Request} request */
function makeDecided(request) {
  const { state, decided_fen: fen } = request;
  const result = make("span", state === "已拒绝" ? "state no" : "state", fen === null ? state : `${state} ${yuan(fen)}`);
  return make(
    "tr",
    "",
    make("td", "", request.nick, make("span", "decided-item", request.item)),
    make("td", "", `${yuan(request.list_fen)} → ${request.asked_fen === null ? "没有说价" : yuan(request.asked_fen)}`),
    make("td", "", result),
    make("td", "", request.decided_by, make("span", "decided-when", request.decided_at ? sayTime(request.decided_at) : "")),
  );
}

/** @param {Request} request @param {object} body @returns {Promise<void>} @throws {Refused} */
async function send(request, body) {
  try {
    const { request: now } = await ask("POST", `approvals/${request.number}/decision`, body);
    hint(`${now.state}，${request.holder === "agent" ? `已经交给${request.agent}` : "已经告诉买家"}`);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== "decided") throw error;
    hint(error.message);
  }
  await load();
}

/** @param {Request} request @param {object} body */
function decide(request, body) {
  return attempt(() => send(request, body));
}

/** @param {Request} request */
function reject(request) {
  const opened = openDialog("拒绝这个价");
  const words = request.attempt > 1 ? "会请同事与买家商量。" : "会在权限内还一次价；给不了优惠的，请同事与买家商量。";
  opened.body.append(make("p", "dialog-note", `买家不会只听到“不”：${words}`));
  opened.does.append(makeButton("button", "取消", opened.close), makeSubmit("拒绝"));
  opened.submit(async () => {
    await decide(request, { verdict: "拒绝" });
    opened.close();
  });
}

/** @param {Request} request */
function openPrice(request) {
  const opened = openDialog("给买家另一个价");
  const input = make("input", "field");
  input.type = "number";
  input.step = "0.01";
  input.min = "0.01";
  input.inputMode = "decimal";
  input.required = true;
  const first = request.lowest_fen ?? request.list_fen;
  input.value = (Math.max(first, request.asked_fen ?? 0) / 100).toFixed(2);
  opened.body.append(makeField("优惠价（元）", input, `原价 ${yuan(request.list_fen)}，${sayLimit(request)}`));
  opened.does.append(makeButton("button", "取消", opened.close), makeSubmit("就给这个价"));
  opened.submit(async () => {
    const fen = Math.round(Number(input.value) * 100);
    if (!(fen > 0 && fen < request.list_fen)) return opened.complain(`请填 0.01 元到 ${yuan(request.list_fen - 1)}之间的价`);
    try {
      await send(request, { verdict: "改价", price_fen: fen });
      opened.close();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      opened.complain(error.message);
    }
  });
  input.select();
}

byId("again", HTMLButtonElement).addEventListener("click", () => void attempt(load));
setInterval(() => {
  const busy = document.querySelector("dialog[open]") || document.activeElement?.closest(".cards");
  if (!document.hidden && !busy) void load().catch(() => undefined);
}, LOOK_MS);
void attempt(load);
