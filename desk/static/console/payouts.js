// @ts-check
/** Money back for this buyer: within one's own rights at once, beyond them as a request to the people in charge. */
import { Refused, ask } from "../settings/asking.js";
import { byId, make, makeButton } from "../window/dom.js";
import { sayMoney } from "../window/times.js";
import { chosen, makeArea, makeField, makePills, makeSelect, makeSubmit, openDialog } from "./dialogs.js";

/**
 * @typedef {{number: string, kind: string, reason: string, proposed_fen: number}} Request
 * @typedef {{order_no: string, goods: string, paid_fen: number, left_fen: number, most: Record<string, number>, requests: Request[], offers: Record<string, {form: string, amount_fen: number}>}} Choice
 */

const REFUND = "退款";
const COMPENSATION = "补偿";
const FORMS = ["现金", "优惠券"];

/**
 * @param {import("./workplace.js").Workplace} place
 * @param {(text: string) => void} onWords what may be said of the money that was given
 * @param {() => void} onGiven what stands beside the conversation has changed
 */
export function setUpPayouts(place, onWords, onGiven) {
  byId("open-payout", HTMLButtonElement).addEventListener("click", async () => {
    const { talk } = place;
    if (!place.row || !place.holds) return place.hint("先接待这位买家（Alt+T）");
    /** @type {{causes: string[], orders: Choice[]} | null} */
    const found = await ask("GET", `payouts/choices/${encodeURIComponent(talk)}`).catch(refused);
    if (!found || talk !== place.talk) return;
    if (!found.orders.length) return place.hint("买家没有可以退款、补偿的订单");
    open(talk, found.orders, found.causes);
  });

  /** @param {unknown} error */
  function refused(error) {
    if (!(error instanceof Refused)) throw error;
    place.hint(error.message);
    return null;
  }

  /** @param {string} talk @param {Choice[]} orders @param {string[]} causes */
  function open(talk, orders, causes) {
    const opened = openDialog("退款、补偿", "payout");
    const clientId = crypto.randomUUID();
    const named = new Map(orders.map((each) => [`${each.order_no} · 实付 ${sayMoney(each.paid_fen)} · ${each.goods}`, each]));
    const order = makeSelect([...named.keys()]);
    const inView = orders.findIndex((each) => each.order_no === place.row?.order_no);
    order.selectedIndex = Math.max(0, inView);
    const request = makeSelect([]);
    const requestField = makeField("退哪一项售后申请", request);
    const cause = makeSelect(causes);
    const amount = make("input", "field");
    amount.type = "number";
    amount.min = amount.step = "0.01";
    amount.inputMode = "decimal";
    amount.required = true;
    const limit = make("small", "");
    const amountField = make("label", "sheet-field", make("span", "sheet-label", "金额（元）"), amount, limit);
    const reason = makeArea("请示时写给主管看，比如：包装压坏了，买家愿意留下", 2);
    reason.maxLength = 200;
    const causeField = makeField("原因", cause);
    const forms = makePills("form", "怎么补", FORMS, FORMS[0] ?? "");
    const kinds = makePills("kind", "办理", [REFUND, COMPENSATION], first().requests.length ? REFUND : COMPENSATION, () => choose());
    const asking = makeButton("button", "请示主管", () => void send("payouts/requests", true));
    opened.body.append(makeField("哪一笔订单", order), kinds, requestField, causeField, forms, amountField, makeField("理由", reason));
    opened.does.append(makeButton("button", "取消", opened.close), asking, makeSubmit("确定给"));
    opened.submit(() => send("payouts", false));
    order.addEventListener("change", () => {
      fillRequests();
      choose();
    });
    cause.addEventListener("change", propose);
    request.addEventListener("change", propose);
    fillRequests();
    choose();
    amount.focus();

    function first() {
      return /** @type {Choice} */ (named.get(order.value));
    }

    function isRefund() {
      return chosen(opened.form, "kind") === REFUND;
    }

    function fillRequests() {
      request.replaceChildren(...first().requests.map((each) => new Option(`${each.number} ${each.kind} · ${each.reason}`, each.number)));
    }

    /** What the other fields mean now. */
    function choose() {
      const refund = isRefund();
      requestField.hidden = !refund;
      forms.hidden = refund;
      const most = first().most[refund ? REFUND : COMPENSATION] ?? 0;
      limit.textContent = `这笔订单您还可以直接给 ${sayMoney(most)}，最多还能退、补 ${sayMoney(first().left_fen)}；超出的可以请示主管`;
      opened.complain(refund && !request.value ? "这笔订单没有处理中的售后申请，先登记一项再退款" : "");
      propose();
    }

    /** What the shop's table or the request says: a start, to be changed. */
    function propose() {
      const offer = first().offers[cause.value];
      const asked = first().requests.find((each) => each.number === request.value);
      const fen = isRefund() ? asked?.proposed_fen : offer?.amount_fen;
      amount.value = fen ? (fen / 100).toFixed(2) : "";
      const form = isRefund() ? FORMS[0] : offer?.form;
      for (const pill of forms.querySelectorAll("input")) if (form) pill.checked = pill.value === form;
    }

    /** @param {string} path @param {boolean} asks */
    async function send(path, asks) {
      const fen = Math.round(Number(amount.value) * 100);
      const refund = isRefund();
      if (!(fen > 0)) return opened.complain("请填金额");
      if (refund && !request.value) return opened.complain("这笔订单没有处理中的售后申请，先登记一项再退款");
      if (asks && !reason.value.trim()) {
        reason.focus();
        return opened.complain("请写上理由，主管好答复您");
      }
      const wish = {
        talk,
        client_id: `${clientId}-${asks ? "a" : "g"}`,
        order_no: first().order_no,
        kind: refund ? REFUND : COMPENSATION,
        amount_fen: fen,
        cause: cause.value,
        form: refund ? FORMS[0] : chosen(opened.form, "form"),
        request_no: refund ? request.value : null,
        reason: reason.value.trim(),
      };
      try {
        const { payout } = await ask("POST", path, wish);
        onGiven();
        opened.close();
        place.hint(asks ? "已经请示主管，一有答复就告诉您" : `${wish.kind} ${sayMoney(fen)} 已经办好，跟买家说一声吧`);
        if (!asks && payout.text && place.talk === talk) onWords(payout.text);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        opened.complain(sayWhy(error));
        if (error.code !== "beyond_authority") return;
        reason.focus({ preventScroll: true });
        reason.scrollIntoView({ block: "end" });
      }
    }
  }
}

/** @param {Refused} refused */
function sayWhy({ code, message }) {
  if (code === "beyond_authority") return `${message.replace("，请联系主管处理~", "")}，写上理由可以请示主管`;
  return message;
}
