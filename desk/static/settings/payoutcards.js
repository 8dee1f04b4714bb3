// @ts-check
/** Refunds and compensations on 审批: what agents ask for, and what was answered. */
import { makeArea, makeField, makeSubmit, openDialog } from "../console/dialogs.js";
import { make, makeButton } from "../window/dom.js";
import { sayTime } from "../window/times.js";
import { Refused, ask, attempt, hint } from "./asking.js";
import { makeTalkLink, sayHolder, sayWait, yuan } from "./approvalwords.js";

/**
 * @typedef {object} Payout
 * @property {string} number
 * @property {string} talk
 * @property {string} nick
 * @property {"bot" | "queue" | "agent"} holder
 * @property {string} agent
 * @property {string} kind
 * @property {string} form
 * @property {string} cause
 * @property {string} item
 * @property {string} order_no
 * @property {string} request_no
 * @property {number} paid_fen
 * @property {number} left_fen
 * @property {number} most_fen
 * @property {number} asked_fen
 * @property {string} asked_by
 * @property {string} reason
 * @property {number} minutes
 * @property {boolean} late
 * @property {string} state
 * @property {number | null} amount_fen
 * @property {string} decided_by
 * @property {string | null} decided_at
 */

/** @param {Payout} payout */
function sayWhat({ kind, form }) {
  return form === "优惠券" ? `${kind}（优惠券）` : kind;
}

/** @param {Payout} payout @param {() => Promise<void>} renew */
export function makePayout(payout, renew) {
  const { asked_fen: asked, most_fen: most } = payout;
  const grants = asked <= most;
  const does = make(
    "div",
    "request-does",
    makeButton("button", "拒绝", () => openReject(payout, renew)),
    makeButton(grants ? "button" : "button main", "改金额", () => openAmount(payout, renew)),
  );
  if (grants) does.append(makeButton("button main", `同意 ${yuan(asked)}`, () => void attempt(() => send(payout, { verdict: "同意" }).then(renew))));
  const about = payout.request_no ? `售后申请 ${payout.request_no}` : `原因：${payout.cause}`;
  const card = make(
    "article",
    "card request plain",
    make(
      "div",
      "request-text",
      make("p", "card-head", make("span", "tag", sayWhat(payout)), make("strong", "", payout.item)),
      make(
        "p",
        "request-prices",
        make("span", "", `实付 ${yuan(payout.paid_fen)}`),
        make("span", "", "想给 ", make("strong", "", yuan(asked))),
        make("span", "soft", `您还可以给 ${yuan(most)}，订单还剩 ${yuan(payout.left_fen)}`),
      ),
      make("p", "soft", `买家 ${payout.nick} · ${sayHolder(payout)} · 订单 ${payout.order_no} · ${about} · `, makeTalkLink(payout)),
      make("p", "request-why", `${payout.asked_by}：${payout.reason}`),
    ),
    make("div", "request-side", make("span", payout.late ? "wait late" : "wait", sayWait(payout.minutes)), does),
  );
  card.setAttribute("aria-label", `${payout.nick}，${sayWhat(payout)} ${yuan(asked)}`);
  return card;
}

/** @param {Payout} payout */
export function makeDecidedPayout(payout) {
  const { state, amount_fen: fen } = payout;
  return make(
    "tr",
    "",
    make("td", "", payout.nick, make("span", "decided-item", `${payout.order_no} ${payout.item}`)),
    make("td", "", `${sayWhat(payout)} ${yuan(payout.asked_fen)}`, make("span", "decided-item", payout.asked_by)),
    make("td", "", make("span", fen === null ? "state no" : "state", fen === null ? state : `${state} ${yuan(fen)}`)),
    make("td", "", payout.decided_by, make("span", "decided-when", payout.decided_at ? sayTime(payout.decided_at) : "")),
  );
}

/** @param {Payout} payout @param {object} body @throws {Refused} */
async function send(payout, body) {
  try {
    const { payout: now } = await ask("POST", `payouts/${payout.number}/decision`, body);
    const told = now.amount_fen === null ? "已经告诉客服" : payout.holder === "agent" ? `已经交给${payout.agent}` : "已经告诉买家";
    hint(`${now.state}，${told}`);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== "decided") throw error;
    hint(error.message);
  }
}

/** @param {Payout} payout @param {() => Promise<void>} renew */
function openReject(payout, renew) {
  const opened = openDialog("拒绝这条申请");
  const words = makeArea("告诉客服为什么，好跟买家商量", 2);
  words.maxLength = 200;
  opened.body.append(make("p", "dialog-note", "买家不会直接听到拒绝，由客服跟买家商量。"), makeField("说明", words));
  opened.does.append(makeButton("button", "取消", opened.close), makeSubmit("拒绝"));
  opened.submit(() => decideIn(opened, payout, { verdict: "拒绝", words: words.value.trim() }, renew));
  words.focus();
}

/** @param {Payout} payout @param {() => Promise<void>} renew */
function openAmount(payout, renew) {
  const opened = openDialog("给另一个金额");
  const input = make("input", "field");
  input.type = "number";
  input.step = input.min = "0.01";
  input.inputMode = "decimal";
  input.required = true;
  input.value = (Math.min(payout.most_fen, payout.asked_fen) / 100).toFixed(2);
  const words = makeArea("给客服看的说明，可以不填", 2);
  words.maxLength = 200;
  opened.body.append(makeField("金额（元）", input, `实付 ${yuan(payout.paid_fen)}，您还可以给 ${yuan(payout.most_fen)}`), makeField("说明", words));
  opened.does.append(makeButton("button", "取消", opened.close), makeSubmit("就给这个金额"));
  opened.submit(() => {
    const fen = Math.round(Number(input.value) * 100);
    if (!(fen > 0)) return opened.complain("请填金额");
    return decideIn(opened, payout, { verdict: "改金额", amount_fen: fen, words: words.value.trim() }, renew);
  });
  input.select();
}

/** @param {import("../console/dialogs.js").Opened} opened @param {Payout} payout @param {object} body @param {() => Promise<void>} renew */
async function decideIn(opened, payout, body, renew) {
  try {
    await send(payout, body);
    await renew();
    opened.close();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    opened.complain(error.message);
  }
}
