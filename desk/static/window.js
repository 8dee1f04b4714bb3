// @ts-check
/** The chat window: puts its parts together. */
import { Composer } from "./window/composer.js";
import { byId, makeButton } from "./window/dom.js";
import { setUpFaces } from "./window/facepicker.js";
import { Head } from "./window/head.js";
import { meetHost } from "./window/host.js";
import { readIdentity } from "./window/identity.js";
import { Refused, connect } from "./window/link.js";
import { Outbox } from "./window/outbox.js";
import { getOrders, setUpPickers } from "./window/pickers.js";
import { PictureTray } from "./window/pictures.js";
import { ReadMarks } from "./window/readmarks.js";
import { Seen } from "./window/seen.js";
import { setUpSide } from "./window/side.js";
import { Talk } from "./window/talk.js";
import { Timeline } from "./window/timeline.js";
import { Unread } from "./window/unread.js";

/** @typedef {import("./window/shapes.js").Message} Message */
/** @typedef {import("./window/shapes.js").Card} Card */

const TYPING_EVERY_MS = 3000;
const BANNER_AFTER_MS = 800;

const identity = readIdentity();
document.documentElement.classList.toggle("embedded", identity.embedded);

const host = meetHost(identity, (shown) => {
  if (shown && !unread.shown) timeline.toEnd();
  unread.shown = shown;
  unread.look();
});
byId("back", HTMLButtonElement).addEventListener("click", () => host.close());

/** @param {string} text a short word that goes away by itself */
function hint(text) {
  const place = byId("hint", HTMLElement);
  place.textContent = text;
  place.hidden = false;
  clearTimeout(hintTimer);
  hintTimer = window.setTimeout(() => (place.hidden = true), 4000);
}
let hintTimer = 0;

const timeline = new Timeline({
  press: (message, index) =>
    outbox.put({ button: { seq: message.seq, index } }, say(message.buttons[index]?.title ?? "")),
  rate: (rating) => link.ask("rate", rating),
  tooLate: () => hint("这一步已经过去啦，您可以直接告诉我想怎么做"),
  retry: (id) => outbox.retry(id),
  older: () => void talk.readOlder(),
  scrolled: () => unread.look(),
});

const unread = new Unread(() => timeline.atEnd, () => timeline.toEnd(), host.unread, () => seen.look());
// The page around us says whether it shows us.
unread.shown = !host.embedded;
const seen = new Seen({
  reading: () => opened && unread.reading,
  newest: () => talk.log.messages.findLast((message) => message.direction !== "buyer")?.seq ?? 0,
  tell: (seq) => link.ask("read", { seq }),
});
const head = new Head(() => {
  head.asking(true);
  outbox.put({ person: true }, say("转人工"));
}, () => link.again());

const talk = new Talk({
  ask: (event, data) => link.ask(event, data),
  prepend: (messages, all) => {
    timeline.prepend(all);
    marks.show();
  },
  append: (messages, all) => {
    const reading = !opened || unread.reading;
    for (const message of messages) outbox.confirm(message.client_msg_id, null);
    timeline.append(messages, all);
    marks.show();
    unread.count(messages, reading);
  },
});
const marks = new ReadMarks(() => talk.log.messages, (seq) => timeline.rowOf(seq));

/** @param {import("./window/shapes.js").Holder} holder */
function hold(holder) {
  const served = head.holder.holder === "agent";
  head.show(holder);
  const stillServed = head.holder.holder === "agent";
  if (served && !stillServed) timeline.showTyping("");
  marks.serve(stillServed);
}

const outbox = new Outbox(
  async ({ id, body }) => {
    const [event, data] = body.person ? ["person", {}] : ["send", body];
    return (await link.ask(event, { client_msg_id: id, ...data })).message ?? null;
  },
  (item) => {
    timeline.showPending(item);
    if (item.body.person && item.state === "failed") head.asking(false);
  },
  (item, message) => {
    timeline.dropPending(item.id);
    if (message) talk.hear(message);
  },
);

const composer = new Composer(
  (text) => outbox.put({ text }, say(text)),
  () => {
    if (Date.now() - toldTyping < TYPING_EVERY_MS) return;
    toldTyping = Date.now();
    link.tell("typing", {});
  },
);
let toldTyping = 0;

const tray = new PictureTray(
  () => ({ token: identity.token, guest: identity.guest }),
  (picture) => outbox.put({ picture: picture.id }, { kind: "picture", text: "", cards: [], picture: picture.url }),
  hint,
);

setUpFaces((face) => composer.insert(face), () => composer.focus());

/** @param {"order" | "product"} kind @param {string} id @param {Card} card */
function sendCard(kind, id, card) {
  outbox.put({ card: { kind, id } }, { kind: "card", text: "", cards: [card], picture: null });
}
setUpPickers(identity.token ? () => getOrders(identity.token ?? "") : null, sendCard);
setUpSide(identity, sendCard);

/** @param {string} text @returns {import("./window/shapes.js").Shown} */
function say(text) {
  return { kind: "text", text, cards: [], picture: null };
}

let opened = false;
let conversation = "";
let bannerTimer = 0;

/** @param {string} text @param {boolean} [offerAgain] */
function lineBroken(text, offerAgain = false) {
  clearTimeout(bannerTimer);
  bannerTimer = window.setTimeout(() => head.banner(text, offerAgain), opened ? BANNER_AFTER_MS : 0);
}

async function openTalk() {
  try {
    const { token, product, order } = identity;
    const answer = await talk.open({ token, guest: identity.guest, product, order });
    identity.keepGuest(answer.guest);
    if (conversation && conversation !== answer.conversation_id) return location.reload();
    conversation = answer.conversation_id;
    timeline.serviceName = answer.shop.service_name;
    tray.limit = answer.limits.picture_bytes;
    composer.limitTo(answer.limits.text);
    head.name(answer.shop);
    hold(answer);
    marks.hear(answer.read);
    unread.name(answer.shop.name);
    showHot(answer.hot);
    await talk.take(answer);
    if (!opened) timeline.toEnd();
    opened = true;
    unread.look();
    clearTimeout(bannerTimer);
    head.banner("");
    outbox.settleIn(answer.conversation_id);
    void outbox.pump();
    host.ready();
  } catch (error) {
    if (error instanceof Refused && error.code === "offline") return;
    lineBroken(error instanceof Refused && error.message ? error.message : "暂时连不上，请稍后再试", true);
  }
}

/** @param {string[]} questions */
function showHot(questions) {
  const place = byId("hot", HTMLElement);
  place.replaceChildren(...questions.map((text) => makeButton("chip", text, () => outbox.put({ text }, say(text)))));
  place.hidden = !questions.length;
}

const link = connect(() => ({ token: identity.token, guest: identity.guest, product: identity.product }), {
  connect: () => void openTalk(),
  disconnect: () => lineBroken("正在重新连接…"),
  refuse: (failure) => {
    if (identity.forgetGuest()) link.again();
    else lineBroken(failure.text || "登录已过期，请刷新页面重新进入", true);
  },
  message: (message) => talk.hear(message),
  holder: hold,
  read: ({ seq }) => marks.hear(seq),
  typing: ({ who, name }) => {
    if (who === "bot") timeline.showTyping(timeline.serviceName);
    else if (who === "agent") timeline.showTyping(name ? `客服${name}` : head.agent);
  },
  settled: () => head.holder.holder === "agent" || timeline.showTyping(""),
});

// A product of the talk is shown by the page we stand in, if it can.
document.addEventListener("click", (event) => {
  const card = event.target instanceof Element ? event.target.closest("a[data-product]") : null;
  if (!(card instanceof HTMLAnchorElement) || !host.embedded) return;
  event.preventDefault();
  host.product(card.dataset.product ?? "");
});

// iOS lays its keyboard over the page: the window follows the part that is still seen.
const sight = window.visualViewport;
sight?.addEventListener("resize", () => {
  document.documentElement.style.setProperty("--seen", `${sight.height}px`);
  window.scrollTo(0, 0);
});
