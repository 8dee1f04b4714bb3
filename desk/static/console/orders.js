// @ts-check
/** The buyer's orders with their parcels and requests; what can be sent or quoted with one click. */
import { makeCard, makeState } from "../window/cards.js";
import { byId, make, makeButton, makePicture } from "../window/dom.js";
import { sayMoney, sayTime } from "../window/times.js";
import { makeLine } from "./buyer.js";

/** @typedef {import("./shapes.js").Order} Order */
/** @typedef {import("./shapes.js").Side} Side */
/** @typedef {{insert: (text: string) => void, sendOrder: (order: Order) => void}} Does */

/** @param {Side} side @param {string} inView the order that the talk is about @param {Does} does */
export function drawOrders(side, inView, does) {
  const orders = [...side.orders].sort((a, b) => Number(b.order_no === inView) - Number(a.order_no === inView));
  const loose = side.requests.filter((request) => !side.orders.some((order) => order.order_no === request.order_no));
  byId("side-orders", HTMLElement).replaceChildren(
    ...(orders.length ? orders.map((order) => makeOrder(order, side, order.order_no === inView, does)) : [makeNone(side.buyer.guest)]),
    ...(loose.length ? [make("section", "side-part", make("h3", "", "其他售后申请"), makeRequests(loose))] : []),
  );
}

/** @param {boolean} guest */
function makeNone(guest) {
  return make("p", "side-note", guest ? "访客还没有核对过订单" : "买家还没有下过单");
}

/** @param {Order} order @param {Side} side @param {boolean} inView @param {Does} does */
function makeOrder(order, side, inView, does) {
  const requests = side.requests.filter((request) => request.order_no === order.order_no);
  const parcels = order.parcels.map((parcel) => makeCard({ kind: "parcel", ...parcel }));
  const card = make(
    "section",
    `side-part order-card${inView ? " in-talk" : ""}`,
    make("header", "order-head", make("span", "digits", order.order_no), inView ? make("span", "tag hot", "正在聊") : null, makeState(order.status)),
    make("ul", "order-lines", ...order.lines.map(makeOrderLine)),
    make("p", "order-total", `${sayTime(order.created)} 下单${order.paid ? " · 已付款" : ""}`, make("span", "price", sayMoney(order.total_fen))),
    make(
      "dl",
      "facts",
      makeLine("收货", `${order.receiver.name} ${order.receiver.phone}`),
      makeLine("地址", order.receiver.address),
      order.remark ? makeLine("备注", order.remark) : null,
    ),
    requests.length ? makeRequests(requests) : null,
    ...parcels,
    make("div", "order-does", makeButton("button small", "发给买家", () => does.sendOrder(order)), makeButton("button small", "插入单号", () => does.insert(order.order_no)), ...makeWaybill(order, does)),
  );
  card.dataset.order = order.order_no;
  return card;
}

/** @param {Order} order @param {Does} does */
function makeWaybill(order, does) {
  const waybill = order.parcels[0]?.waybill;
  return waybill ? [makeButton("button small", "插入运单号", () => does.insert(waybill))] : [];
}

/** @param {Order["lines"][number]} line */
function makeOrderLine(line) {
  return make(
    "li",
    "order-line",
    makePicture("order-picture", line.picture, ""),
    make("span", "order-main", make("span", "order-title", line.title), make("span", "order-variant", `${line.variant ? `${line.variant} · ` : ""}${sayMoney(line.price_fen)} × ${line.quantity}`)),
  );
}

/** @param {Side["requests"]} requests */
function makeRequests(requests) {
  return make(
    "ul",
    "side-list requests",
    ...requests.map((request) =>
      make("li", "", make("p", "", make("strong", "", `${request.kind}申请`), " ", makeState(request.step), request.amount_fen ? ` ${sayMoney(request.amount_fen)}` : ""), make("p", "side-when", `${request.number} · ${sayTime(request.created_at)}`)),
    ),
  );
}
