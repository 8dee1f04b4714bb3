// @ts-check
/** Cards in the talk: a product, an order, a parcel, an after-sale request. */
import { make, makeButton, makePicture } from "./dom.js";
import { sayMoney, sayTime } from "./times.js";

const SCANS_AT_FIRST = 3;
const TONES = /** @type {[RegExp, string][]} */ ([
  [/退款|退货|异常|破损|丢失|拒|失败|滞留/, "bad"],
  [/待|等|处理|沟通|接收|确认问题/, "waiting"],
  [/完成|签收|成功|已发货|派送|派件|运输|揽收|途中|解决/, "good"],
]);

/** @param {string} state */
export function makeState(state) {
  const tone = TONES.find(([words]) => words.test(state));
  return make("span", tone ? `tag ${tone[1]}` : "tag", state);
}

/** @param {string} title @param {string} value */
function makeFact(title, value) {
  return make("div", "fact", make("dt", "", title), make("dd", "", value));
}

/** @param {import("./shapes.js").ProductCard} card */
function makeProduct(card) {
  const link = make("a", "card product");
  link.href = `/#product=${encodeURIComponent(card.code)}`;
  link.target = "_blank";
  link.rel = "noopener";
  link.dataset.product = card.code;
  link.append(
    makePicture("card-picture", card.picture, ""),
    make(
      "div",
      "card-main",
      make("p", "card-title", card.title),
      make("p", "price", sayMoney(card.price_fen)),
      make("span", "card-more", "看看宝贝 ›"),
    ),
  );
  return link;
}

/** @param {import("./shapes.js").OrderCard} card */
function makeOrder(card) {
  return make(
    "section",
    "card order",
    make("header", "card-head", make("h3", "", "订单"), makeState(card.status)),
    make("p", "card-title", card.goods),
    make(
      "dl",
      "facts",
      makeFact("订单号", card.order_no),
      makeFact("下单时间", sayTime(card.created)),
      makeFact("实付", sayMoney(card.total_fen)),
    ),
  );
}

/** @param {import("./shapes.js").Scan} scan */
function makeScan(scan) {
  const time = make("time", "scan-time", sayTime(scan.at));
  time.dateTime = scan.at;
  return make("li", "scan", make("p", "", scan.place && !scan.text.startsWith("【") ? `【${scan.place}】${scan.text}` : scan.text), time);
}

/** @param {import("./shapes.js").ParcelCard} card */
function makeParcel(card) {
  const scans = [...card.events].sort((a, b) => b.at.localeCompare(a.at)).map(makeScan);
  const list = make("ol", "scans", ...scans.slice(0, SCANS_AT_FIRST));
  const rest = scans.slice(SCANS_AT_FIRST);
  const more = makeButton("card-more", `查看全部 ${scans.length} 条物流`, () => {
    list.append(...rest);
    more.remove();
  });
  return make(
    "section",
    "card parcel",
    make("header", "card-head", make("h3", "", card.courier), makeState(card.state)),
    make("p", "waybill", "运单号 ", make("span", "digits", card.waybill)),
    scans.length ? list : make("p", "card-note", "暂时还没有物流记录"),
    rest.length ? more : null,
  );
}

/** @param {import("./shapes.js").RequestCard} card */
function makeRequest(card) {
  return make(
    "section",
    "card request",
    make("header", "card-head", make("h3", "", `${card.kind_name}申请`), makeState(card.step)),
    make("dl", "facts", makeFact("受理单号", card.number), makeFact("当前进度", card.step)),
  );
}

/** @param {import("./shapes.js").Card} card */
export function makeCard(card) {
  switch (card.kind) {
    case "product":
      return makeProduct(card);
    case "order":
      return makeOrder(card);
    case "parcel":
      return makeParcel(card);
    case "request":
      return makeRequest(card);
    default:
      return make("section", "card", make("p", "card-note", "当前版本还不能显示这张卡片"));
  }
}
