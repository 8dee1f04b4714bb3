// @ts-check
/** The last deliveries of an address: what became of each, and sending one again. */
import { openDialog } from "../../console/dialogs.js";
import { make, makeButton } from "../../window/dom.js";
import { sayTime } from "../../window/times.js";
import { ask, attempt } from "../asking.js";

/**
 * @typedef {{id: string, kind: string, at: string, state: string, tries: number, code: number | null, error: string,
 *   next_at: string | null, done_at: string | null}} Delivery
 */

const LOOK_AGAIN_MS = 1000;
const WAITING = "等待";
const LOOKS = /** @type {Record<string, string>} */ ({ [WAITING]: "webhook-waits", 放弃: "webhook-off" });
const KINDS = /** @type {Record<string, string>} */ ({
  test: "测试",
  "message.sent": "消息",
  "message.recalled": "撤回消息",
  handover: "转接",
  "approval.asked": "申请审批",
  "approval.decided": "审批结果",
  "aftersale.opened": "新的售后申请",
  "aftersale.changed": "售后进展",
  "task.put": "新的待办",
  "task.done": "待办完成",
});

/** @param {Delivery} delivery */
function sayOutcome(delivery) {
  const tries = delivery.tries > 1 ? `，第 ${delivery.tries} 次` : "";
  if (delivery.state === "成功") return `${delivery.code}${tries}`;
  const why = delivery.error || (delivery.state === WAITING ? "排队中" : "超过一天没有推送出去");
  const next = delivery.next_at && delivery.tries ? `，${sayTime(delivery.next_at)} 再试` : "";
  return `${why}${tries}${next}`;
}

/** @param {Delivery} delivery @param {(delivery: Delivery) => void} again */
function makeRow(delivery, again) {
  return make(
    "li",
    "webhook-row",
    make("span", `tag ${LOOKS[delivery.state] ?? ""}`, delivery.state),
    make("strong", "", KINDS[delivery.kind] ?? delivery.kind),
    make("span", "soft", sayTime(delivery.at)),
    make("span", "webhook-outcome", sayOutcome(delivery)),
    makeButton("button small", "重发", () => again(delivery)),
  );
}

/** Kept fresh while it is open. @param {{id: string, name: string}} hook @param {() => Promise<void>} renew */
export function openDeliveries(hook, renew) {
  const opened = openDialog(`“${hook.name}”的推送记录`, "webhook-deliveries");
  const rows = make("ul", "webhook-rows");
  const empty = make("p", "dialog-note", "还没有推送过，可以先“发一条试试”。");
  empty.hidden = true;
  opened.body.append(make("p", "dialog-note", "最近 50 条，保留 7 天。重发用原来的编号，收过的程序会认出来。"), empty, rows);
  opened.does.append(makeButton("button main", "关闭", opened.close));
  let shown = "";

  async function look() {
    const given = await attempt(() => ask("GET", `webhooks/${hook.id}/deliveries`));
    if (!given || !opened.dialog.isConnected) return;
    const now = JSON.stringify(given.deliveries);
    if (now !== shown) rows.replaceChildren(...given.deliveries.map((/** @type {Delivery} */ each) => makeRow(each, again)));
    shown = now;
    empty.hidden = given.deliveries.length > 0;
  }

  /** @param {Delivery} delivery */
  async function again(delivery) {
    await attempt(() => ask("POST", `webhooks/${hook.id}/deliveries/${delivery.id}/again`));
    await look();
  }

  const timer = window.setInterval(() => void look(), LOOK_AGAIN_MS);
  opened.dialog.addEventListener("close", () => {
    clearInterval(timer);
    void renew();
  });
  void look();
}
