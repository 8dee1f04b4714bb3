// @ts-check
/** The buyer's file: who it is, tags of the conversation, offers, complaints, what people have done before. */
import { makeState } from "../window/cards.js";
import { byId, make, makeButton, makeIcon } from "../window/dom.js";
import { sayMoney, sayTime } from "../window/times.js";

/** @typedef {import("./shapes.js").Side} Side */
/** @typedef {import("./workplace.js").Workplace} Workplace */

/** @param {string} title @param {string | HTMLElement} value */
export function makeLine(title, value) {
  return make("div", "fact", make("dt", "", title), make("dd", "", value));
}

/** @param {string} title @param {...(Node | null)} parts */
export function makePart(title, ...parts) {
  return make("section", "side-part", make("h3", "", title), ...parts);
}

/** @param {Side} side @param {Workplace} place */
export function drawBuyer(side, place) {
  byId("buyer-file", HTMLElement).replaceChildren(
    makePart("买家资料", makeFile(side)),
    ...(side.complaints.length ? [makePart("投诉", makeComplaints(side))] : []),
    ...(side.tasks.length ? [makePart("待办", makeTasks(side))] : []),
    ...(side.offers.length ? [makePart("给过的优惠", makeOffers(side))] : []),
    makePart("服务记录", makeServices(side)),
  );
  drawTags(place);
}

/** @param {Side} side */
function makeFile({ buyer, history }) {
  if (buyer.guest) return make("p", "side-note", "访客，没有登录店铺账号。请买家提供订单号，核对收货手机尾号后再查单。");
  const lines = /** @type {[string, string][]} */ ([
    ["昵称", buyer.nick],
    ["姓名", buyer.name],
    ["手机", buyer.phone],
    ["地区", buyer.province],
    ["等级", buyer.level ? `${buyer.level} 级` : ""],
    ["注册", buyer.registered_at ? sayTime(buyer.registered_at) : ""],
    ["订单", `${buyer.orders} 笔，共 ${sayMoney(buyer.spent_fen)}`],
    ["近期来访", history ? `${history.contacts} 次${history.old_problem ? "，同一问题没解决" : ""}` : ""],
  ]);
  return make("dl", "facts", ...lines.filter(([, value]) => value).map(([title, value]) => makeLine(title, value)));
}

/** @param {Side} side */
function makeComplaints({ complaints }) {
  return make(
    "ul",
    "side-list",
    ...complaints.map((each) =>
      make("li", "", make("p", "", make("span", "tag bad", each.cause), ` ${each.number}`), make("p", "side-text", each.text), make("p", "side-when", `${sayTime(each.reply_by)} 前回复`)),
    ),
  );
}

/** @param {Side} side */
function makeTasks({ tasks }) {
  return make("ul", "side-list", ...tasks.map((task) => make("li", "", make("p", "", task.title), make("p", "side-when", `${task.kind} · ${sayTime(task.due_at)} 前${task.owner ? ` · ${task.owner}` : ""}`))));
}

/** @param {Side} side */
function makeOffers({ offers }) {
  return make(
    "ul",
    "side-list",
    ...offers.map((offer) =>
      make("li", "", make("p", "", make("span", "price", sayMoney(offer.price_fen)), ` 原 ${sayMoney(offer.list_fen)} `, makeState(offer.state)), make("p", "side-when", `${sayTime(offer.expires_at)} 前有效`)),
    ),
  );
}

/** @param {Side} side */
function makeServices({ services }) {
  if (!services.length) return make("p", "side-note", "第一次由人工服务");
  return make(
    "ol",
    "side-list",
    ...services.map((service) =>
      make(
        "li",
        "",
        make("p", "", make("strong", "", service.agent || "客服"), ` ${[service.kind, service.cause].filter(Boolean).join("/") || "进行中"} `, service.result ? makeState(service.result) : null),
        service.rating ? make("p", "stars", "★".repeat(service.rating) + "☆".repeat(5 - service.rating), service.comment ? ` ${service.comment}` : "") : null,
        make("p", "side-when", sayTime(service.started_at)),
      ),
    ),
  );
}

/** The tags of the conversation in view: each can be taken away, new ones are typed. @param {Workplace} place */
export function drawTags(place) {
  const row = place.row;
  const list = byId("tag-list", HTMLElement);
  /** @param {string[]} tags */
  const save = (tags) => row && void place.act("tag", { talk: row.id, tags });
  list.replaceChildren(
    ...(row?.tags ?? []).map((tag) => {
      const away = makeButton("tag-away", "", () => save((place.row?.tags ?? []).filter((each) => each !== tag)));
      away.setAttribute("aria-label", `去掉标签 ${tag}`);
      away.append(makeIcon("close"));
      return make("li", "tag mark", tag, away);
    }),
  );
}

/** @param {Workplace} place */
export function setUpTags(place) {
  const form = byId("tag-form", HTMLFormElement);
  const field = byId("tag-new", HTMLInputElement);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { row } = place;
    const tag = field.value.trim();
    if (!row || !tag) return;
    field.value = "";
    if (!row.tags.includes(tag)) void place.act("tag", { talk: row.id, tags: [...row.tags, tag] });
  });
  place.onRows.on((news) => (!news || news.row.id === place.talk) && drawTags(place));
  place.onTalk.on(() => drawTags(place));
}
