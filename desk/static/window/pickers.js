// @ts-check
/** Choosing an order or a product to send. */
import { makeState } from "./cards.js";
import { byId, make, makeButton, makePicture } from "./dom.js";
import { sayMoney, sayTime } from "./times.js";

/** @typedef {import("./shapes.js").Card} Card */
/** @typedef {import("./shapes.js").Order} Order */
/** @typedef {import("./shapes.js").Product} Product */
/** @typedef {(kind: "order" | "product", id: string, card: Card) => void} Picked */

const ASKED = { orders: "选择要咨询的订单", products: "选择要咨询的宝贝", none: "您在本店还没有订单" };

/** @param {string} address @param {string | null} token @returns {Promise<any>} */
async function getJson(address, token) {
  const answer = await fetch(address, { headers: token ? { Authorization: `Bearer ${token}` } : {} });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/** @type {Promise<Product[]> | null} */
let shelf = null;

/** @returns {Promise<Product[]>} */
export function getProducts() {
  shelf ??= getJson("/api/products", null).catch((error) => {
    shelf = null;
    throw error;
  });
  return shelf;
}

/** @param {string} token @returns {Promise<Order[]>} */
export function getOrders(token) {
  return getJson("/api/my/orders", token);
}

/** @param {Product} product @returns {Card} */
export function cardOfProduct(product) {
  const { code, title, price_fen, picture } = product;
  return { kind: "product", code, title, price_fen, picture };
}

/** @param {Order} order @returns {Card} */
export function cardOfOrder(order) {
  const { order_no, goods, status, total_fen, created } = order;
  return { kind: "order", order_no, goods, status, total_fen, created };
}

/** @param {Order} order @param {() => void} onPick */
export function makeOrderChoice(order, onPick) {
  const button = makeButton("pick", "", onPick);
  button.append(
    makePicture("pick-picture", order.picture, ""),
    make(
      "span",
      "pick-main",
      make("span", "pick-title", order.goods),
      make("span", "pick-note", make("span", "price", sayMoney(order.total_fen)), " ", makeState(order.status)),
      make("span", "pick-note", order.order_no),
      make("span", "pick-note", `${sayTime(order.created)} 下单`),
    ),
  );
  return button;
}

/** @param {Product} product @param {() => void} onPick */
function makeProductChoice(product, onPick) {
  const button = makeButton("pick", "", onPick);
  button.append(
    makePicture("pick-picture", product.picture, ""),
    make("span", "pick-main", make("span", "pick-title", product.title), make("span", "price", sayMoney(product.price_fen))),
  );
  return button;
}

/**
 * @param {(() => Promise<Order[]>) | null} readOrders null for a guest, who has no list
 * @param {Picked} onPicked
 */
export function setUpPickers(readOrders, onPicked, words = ASKED) {
  const dialog = byId("picker", HTMLDialogElement);
  const title = byId("picker-title", HTMLElement);
  const list = byId("picker-list", HTMLElement);
  byId("picker-close", HTMLButtonElement).addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

  /** @param {string} heading @param {() => Promise<HTMLElement[]>} load @param {string} none */
  async function open(heading, load, none) {
    title.textContent = heading;
    list.replaceChildren(make("p", "picker-note", "正在读取…"));
    dialog.showModal();
    try {
      const choices = await load();
      list.replaceChildren(...(choices.length ? choices : [make("p", "picker-note", none)]));
    } catch {
      list.replaceChildren(make("p", "picker-note", "没有读到，请稍后再试"));
    }
  }

  /** @param {"order" | "product"} kind @param {string} id @param {Card} card */
  const pick = (kind, id, card) => () => {
    dialog.close();
    onPicked(kind, id, card);
  };

  byId("open-orders", HTMLButtonElement).addEventListener("click", () =>
    open(
      words.orders,
      async () =>
        readOrders
          ? (await readOrders()).map((order) => makeOrderChoice(order, pick("order", order.order_no, cardOfOrder(order))))
          : [],
      readOrders ? words.none : "您现在是访客，看不到订单列表。把订单号发给我，再核对一下收货手机尾号，就能帮您查啦",
    ),
  );
  byId("open-products", HTMLButtonElement).addEventListener("click", () =>
    open(
      words.products,
      async () =>
        (await getProducts()).map((product) => makeProductChoice(product, pick("product", product.code, cardOfProduct(product)))),
      "店里暂时没有在售的宝贝",
    ),
  );
}
