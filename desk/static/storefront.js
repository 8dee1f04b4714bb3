// @ts-check
/** The demo shop: pick who you are, look at a product, ask about it. The talk opens in the widget's panel. */
import { byId, make, makeButton, makePicture } from "./window/dom.js";
import { getProducts } from "./window/pickers.js";
import { sayMoney } from "./window/times.js";

/** @typedef {import("./window/shapes.js").Product} Product */

/** @typedef {{open: (view?: {product?: string}) => void, close: () => void, signIn: (token?: string | null) => void}} Widget */
const widget = /** @type {{xiaoer: Widget}} */ (/** @type {unknown} */ (window)).xiaoer;

const detail = byId("detail", HTMLDialogElement);
let shown = "";

/** @param {string} code */
async function showDetail(code) {
  const product = (await getProducts().catch(() => [])).find((each) => each.code === code);
  if (!product) return;
  shown = code;
  byId("detail-picture", HTMLImageElement).src = product.picture;
  byId("detail-title", HTMLElement).textContent = product.title;
  byId("detail-kind", HTMLElement).textContent = product.kind;
  byId("detail-hot", HTMLElement).hidden = !product.best_seller;
  byId("detail-price", HTMLElement).textContent = sayMoney(product.price_fen);
  if (!detail.open) detail.showModal();
}

/** Who has just been picked must be signed in before the talk begins. */
let signingIn = Promise.resolve();

/** @param {string} [code] */
async function ask(code) {
  detail.close();
  await signingIn;
  widget.open(code ? { product: code } : {});
}

/** @param {Product} product */
function makeItem(product) {
  const open = makeButton("item-open", "", () => void showDetail(product.code));
  const picture = makePicture("", product.picture, "");
  picture.loading = "lazy";
  const title = make("span", "item-title", product.best_seller ? make("span", "tag hot", "热销") : null, product.title);
  open.append(picture, title);
  const asking = makeButton("button small", "联系客服", () => void ask(product.code));
  asking.setAttribute("aria-label", `就${product.title}联系客服`);
  const item = make("li", "item", open, make("p", "item-line", make("span", "price", sayMoney(product.price_fen)), asking));
  item.dataset.code = product.code;
  return item;
}

/** One shelf a kind, in the order that the shop gives. @param {Product[]} products */
function showShelves(products) {
  const kinds = [...new Set(products.map((product) => product.kind))];
  const shelves = kinds.map((kind, index) => {
    const own = products.filter((product) => product.kind === kind);
    const heading = make("h2", "", kind, make("small", "", ` ${own.length} 款`));
    heading.id = `kind-${index}`;
    return make("section", "shelf", heading, make("ul", "grid", ...own.map(makeItem)));
  });
  const links = kinds.map((kind, index) => {
    const link = make("a", "", kind);
    link.href = `#kind-${index}`;
    return link;
  });
  byId("kinds", HTMLElement).replaceChildren(...links);
  byId("shelves", HTMLElement).replaceChildren(
    ...(shelves.length ? shelves : [make("p", "empty", "店里暂时没有在售的宝贝，您可以先和客服聊聊。")]),
  );
}

getProducts().then(showShelves, () => showShelves([]));
byId("ask", HTMLButtonElement).addEventListener("click", () => void ask());
detail.addEventListener("click", (event) => event.target === detail && detail.close());
byId("detail-close", HTMLButtonElement).addEventListener("click", () => detail.close());
byId("detail-ask", HTMLButtonElement).addEventListener("click", () => void ask(shown));

document.addEventListener("xiaoer:product", (event) => {
  event.preventDefault();
  if (matchMedia("(max-width: 600px)").matches) widget.close();
  void showDetail(/** @type {CustomEvent} */ (event).detail.code);
});

function showLinked() {
  const code = new URLSearchParams(location.hash.slice(1)).get("product");
  if (code) void showDetail(code);
}
window.addEventListener("hashchange", showLinked);
showLinked();

/** @param {HTMLSelectElement} chooser */
async function setUpDemo(chooser) {
  const hint = byId("buyer-hint", HTMLElement);
  const first = hint.textContent ?? "";
  const answer = await fetch("/api/demo/buyers");
  if (!answer.ok) return;
  /** @type {{nick: string, hint: string}[]} */
  const buyers = await answer.json();
  for (const buyer of buyers) {
    const option = make("option", "", buyer.nick);
    option.value = buyer.nick;
    chooser.append(option);
  }
  /** @param {string} nick */
  const signIn = async (nick) => {
    try {
      widget.signIn(nick ? await fetchToken(nick) : null);
    } catch {
      chooser.value = "";
      widget.signIn(null);
      hint.textContent = "没有登录成功，请稍后再试。";
    }
  };
  chooser.addEventListener("change", () => {
    hint.textContent = buyers.find((buyer) => buyer.nick === chooser.value)?.hint ?? first;
    signingIn = signIn(chooser.value);
  });
}

/** @param {string} nick @returns {Promise<string>} */
async function fetchToken(nick) {
  const answer = await fetch("/api/demo/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ nick }),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).token;
}

const chooser = document.getElementById("buyer");
if (chooser instanceof HTMLSelectElement) {
  chooser.value = ""; // a reload keeps the choice on the screen, but not the token behind it
  void setUpDemo(chooser);
}
