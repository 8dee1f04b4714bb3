// @ts-check
/** What lies beside the talk: the product in view (on a phone over the field), and on a desk the buyer's orders. */
import { byId, make, makeButton, makePicture } from "./dom.js";
import { cardOfOrder, cardOfProduct, getOrders, getProducts, makeOrderChoice } from "./pickers.js";
import { sayMoney } from "./times.js";

const ORDERS_SHOWN = 4;

/**
 * @param {import("./identity.js").Identity} identity
 * @param {import("./pickers.js").Picked} onPicked
 */
export function setUpSide(identity, onPicked) {
  const wide = matchMedia("(min-width: 900px)");
  let ordersRead = false;
  if (identity.product) void showProduct(identity.product, onPicked);
  const readOrders = () => {
    if (ordersRead || !wide.matches || !identity.token) return;
    ordersRead = true;
    void showOrders(identity.token, onPicked);
  };
  wide.addEventListener("change", readOrders);
  readOrders();
}

/** @param {string} code @param {import("./pickers.js").Picked} onPicked */
async function showProduct(code, onPicked) {
  const product = (await getProducts().catch(() => [])).find((each) => each.code === code);
  if (!product) return;
  const send = () => onPicked("product", product.code, cardOfProduct(product));
  const bar = byId("in-view", HTMLElement);
  const hide = makeButton("plain", "", () => (bar.hidden = true));
  hide.setAttribute("aria-label", "收起正在看的宝贝");
  hide.textContent = "×";
  bar.append(
    makePicture("pick-picture", product.picture, ""),
    make("span", "pick-main", make("span", "pick-title", product.title), make("span", "price", sayMoney(product.price_fen))),
    makeButton("button small main", "发送商品", () => {
      send();
      bar.hidden = true;
    }),
    hide,
  );
  bar.hidden = false;
  const panel = byId("side-product", HTMLElement);
  panel.append(
    makePicture("side-picture", product.picture, ""),
    make("p", "side-title", product.title),
    make("p", "side-line", make("span", "price large", sayMoney(product.price_fen)), make("span", "tag", product.kind)),
    makeButton("button main", "发送给客服", send),
  );
  byId("side-product-part", HTMLElement).hidden = false;
}

/** @param {string} token @param {import("./pickers.js").Picked} onPicked */
async function showOrders(token, onPicked) {
  const orders = await getOrders(token).catch(() => []);
  if (!orders.length) return;
  byId("side-orders", HTMLElement).append(
    ...orders.slice(0, ORDERS_SHOWN).map((order) =>
      makeOrderChoice(order, () => onPicked("order", order.order_no, cardOfOrder(order))),
    ),
  );
  byId("side-orders-part", HTMLElement).hidden = false;
}
