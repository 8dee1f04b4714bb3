// @ts-check
/**
 * Puts the shop's customer service on any page:
 *   <script src="https://desk.example/widget.js" data-token="…" data-product="…" async></script>
 * `data-token` (signed by the shop's own site) may be left out: then the visitor is a guest. The page can also call
 * `xiaoer.open({product})`, `xiaoer.close()` and `xiaoer.signIn(token)`; it hears `xiaoer:product` with `detail.code`
 * when the buyer opens a product of the talk, and calls preventDefault if it shows the product itself.
 */
(() => {
  const NAME = "xiaoer";
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  if (NAME in window) return;
  const desk = new URL(script.src).origin;
  let token = script.dataset.token ?? "";
  let product = script.dataset.product ?? "";
  let order = script.dataset.order ?? "";
  /** What the iframe was opened with; another buyer or product opens it anew. */
  let openedWith = "";
  /** @type {Element | null} */
  let before = null;

  const place = document.createElement("xiaoer-widget");
  const root = place.attachShadow({ mode: "open" });
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = `${desk}/static/widget.css`;
  place.hidden = true;
  style.addEventListener("load", () => (place.hidden = false));

  const opener = document.createElement("button");
  opener.type = "button";
  opener.className = "opener";
  const face = document.createElement("img");
  face.src = `${desk}/static/pictures/xiaoer.svg`;
  face.alt = "";
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.hidden = true;
  opener.append(face, badge);

  const panel = document.createElement("div");
  panel.className = "panel";
  panel.hidden = true;
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "在线客服");
  /** @type {HTMLIFrameElement | null} */
  let frame = null;
  root.append(style, panel, opener);

  /** @param {number} count */
  function showUnread(count) {
    badge.hidden = !count;
    badge.textContent = count > 99 ? "99+" : String(count);
    opener.setAttribute("aria-label", count ? `联系客服，${count} 条新消息` : "联系客服");
  }

  /** @param {object} news */
  function tell(news) {
    frame?.contentWindow?.postMessage({ to: NAME, ...news }, desk);
  }

  /** The token goes in the hash: no server and no log ever sees it. */
  function fill() {
    const hash = new URLSearchParams({ host: location.origin });
    if (token) hash.set("token", token);
    const query = new URLSearchParams({ embed: "1" });
    if (product) query.set("product", product);
    if (order) query.set("order", order);
    const address = `${desk}/chat?${query}#${hash}`;
    if (address === openedWith) return;
    openedWith = address;
    // A new frame: an address that differs in its hash only would not load again.
    frame = document.createElement("iframe");
    frame.title = "在线客服聊天窗口";
    frame.src = address;
    panel.replaceChildren(frame);
  }

  /** @param {{product?: string, order?: string}} [view] */
  function open(view = {}) {
    product = view.product ?? product;
    order = view.order ?? order;
    before = document.activeElement;
    fill();
    panel.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    tell({ shown: true });
    frame?.focus();
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    tell({ shown: false });
    if (before instanceof HTMLElement && before !== document.body && before !== place) before.focus();
    else opener.focus();
  }

  /** @param {string} code */
  function showProduct(code) {
    const news = new CustomEvent("xiaoer:product", { detail: { code }, cancelable: true });
    if (document.dispatchEvent(news)) window.open(`${desk}/#product=${encodeURIComponent(code)}`, "_blank", "noopener");
  }

  window.addEventListener("message", (event) => {
    if (event.origin !== desk || event.source !== frame?.contentWindow || event.data?.from !== NAME) return;
    const { unread, close: wantsClose, product: code, ready } = event.data;
    if (typeof unread === "number") showUnread(unread);
    if (wantsClose === true) close();
    if (typeof code === "string") showProduct(code);
    if (ready === true) tell({ shown: !panel.hidden });
  });
  window.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close();
  });
  opener.addEventListener("click", () => (panel.hidden ? open() : close()));
  showUnread(0);

  /** @param {string | null} [newToken] none: a guest */
  function signIn(newToken) {
    token = newToken ?? "";
    if (openedWith && !panel.hidden) fill();
  }

  Object.assign(window, { [NAME]: Object.freeze({ open, close, signIn }) });
  if (document.body) document.body.append(place);
  else document.addEventListener("DOMContentLoaded", () => document.body.append(place));
})();
