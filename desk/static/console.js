// @ts-check
/** The agents' console: puts its parts together. */
import { Alerts } from "./console/alerts.js";
import { setUpApprovals } from "./console/approvals.js";
import { setUpActivity } from "./console/activity.js";
import { setUpTags } from "./console/buyer.js";
import { markUrgent, nextWaiting, openClose, openHandBack, openTransfer, take } from "./console/deeds.js";
import { HandCard } from "./console/handcard.js";
import { Head } from "./console/head.js";
import { setUpHome } from "./console/home.js";
import { setUpKeys } from "./console/keys.js";
import { Line } from "./console/line.js";
import { TalkList } from "./console/list.js";
import { setUpNews } from "./console/news.js";
import { setUpOffering } from "./console/offering.js";
import { setUpPayouts } from "./console/payouts.js";
import { PhrasePanel } from "./console/phrasepanel.js";
import { Ringing } from "./console/ringing.js";
import { setUpSearch } from "./console/search.js";
import { setUpSeat } from "./console/seat.js";
import { Sending, asText } from "./console/sending.js";
import { SidePanel } from "./console/side.js";
import { setUpStage } from "./console/stage.js";
import { TalkView } from "./console/talkview.js";
import { TaskList } from "./console/tasks.js";
import { setUpTools } from "./console/tools.js";
import { Workplace } from "./console/workplace.js";
import { Writing } from "./console/writing.js";
import { byId } from "./window/dom.js";

const place = new Workplace();
const { open, reopen } = setUpStage(place, () => writing.focus());
const view = new TalkView(place);
const ringing = new Ringing();
ringing.onOpen = open;

const list = new TalkList(place, open);
list.markOf = (/** @type {string} */ id) => (sending.hasFailed(id) ? "未发出" : writing.drafts.has(id) ? "草稿" : "");
const sending = new Sending(
  place,
  view,
  (item, findings) => writing.takeBack(item.body, findings),
  () => list.draw(),
);
const writing = new Writing(place, (talk, body, text) => sending.put(talk, body, asText(text)), () => list.draw());
const side = new SidePanel(place, view, {
  insert: (text) => writing.insert(text),
  sendOrder: (order) => tools.sendOrder(order),
  openPhrases: () => phrases.refresh(),
});
const phrases = new PhrasePanel(place, (phrase) => {
  writing.insertPhrase(phrase);
  side.show(false);
});
const tools = setUpTools(place, writing, sending, side);
setUpOffering(place, side, (text) => writing.insert(text));
setUpPayouts(
  place,
  (text) => writing.insert(text),
  () => side.refresh(),
);
const showApprovals = setUpApprovals(place);
const alerts = new Alerts(place, open);
const tasks = new TaskList(place, {
  count: (count) => list.count("tasks", count),
  open: (task) => {
    open(task.talk);
    writing.offerDraft(task.talk, task.draft);
  },
});
new HandCard(place, view);
setUpTags(place);
setUpSeat(place, open);
setUpHome(place, (tab) => {
  list.choose(tab);
  if (tab === "tasks") void tasks.read();
});
setUpNews(place, ringing);
setUpActivity(place);
const search = setUpSearch(place, list);

view.onDraft.on(({ talk, draft }) => writing.hearDraft(talk, draft));
view.onHeard.on(({ talk, messages }) => {
  if (talk !== place.talk) return;
  if (messages.some((message) => message.direction === "buyer")) writing.suggestions.refresh();
});

/** @param {(row: import("./console/shapes.js").Row) => void} does only for who holds the talk */
const ifMine = (does) => () => {
  if (place.row && place.holds) does(place.row);
  else if (place.row) place.hint("先接待这位买家（Alt+T）");
};

const deeds = {
  take: async () => {
    if (!(await take(place, place.row))) return;
    list.choose("mine");
    writing.suggestions.refresh();
    writing.focus();
  },
  transfer: ifMine((row) => openTransfer(place, row)),
  handBack: ifMine((row) => openHandBack(place, row)),
  close: ifMine((row) => openClose(place, row, side.now?.orders ?? [])),
  urgent: () => place.row && void markUrgent(place, place.row, !place.row.urgent),
  showOrder: (/** @type {string} */ orderNo) => side.showOrder(orderNo),
};
new Head(place, deeds);

async function takeNext() {
  const next = nextWaiting(place);
  if (!next) return place.hint("现在没有人排队");
  open(next.id);
  await deeds.take();
}

const keys = setUpKeys([
  { keys: "Alt+N", help: "接待排队最久的买家", code: "KeyN", mod: "alt", does: () => void takeNext() },
  { keys: "Alt+T", help: "接待当前买家", code: "KeyT", mod: "alt", does: () => void deeds.take() },
  { keys: "Alt+R", help: "转接", code: "KeyR", mod: "alt", does: deeds.transfer },
  { keys: "Alt+B", help: "交回机器人", code: "KeyB", mod: "alt", does: deeds.handBack },
  { keys: "Alt+W", help: "结束服务", code: "KeyW", mod: "alt", does: deeds.close },
  { keys: "Alt+U", help: "标为紧急 / 取消", code: "KeyU", mod: "alt", does: deeds.urgent },
  { keys: "Alt+M", help: "在回复和备注之间切换", code: "KeyM", mod: "alt", does: () => place.talk && writing.modes.toggle() },
  { keys: "Alt+1 … Alt+3", help: "插入推荐的快捷短语" },
  ...[0, 1, 2].map((index) => ({ keys: "", help: "", code: `Digit${index + 1}`, mod: /** @type {"alt"} */ ("alt"), does: () => void writing.suggestions.pick(index) })),
  { keys: "Alt+0", help: "采用机器人的建议答复", code: "Digit0", mod: "alt", does: () => writing.suggestions.useDraft() },
  { keys: "Alt+↑ / Alt+↓", help: "上一位 / 下一位买家", code: "ArrowUp", mod: "alt", does: () => list.walk(-1) },
  { keys: "", help: "", code: "ArrowDown", mod: "alt", does: () => list.walk(1) },
  { keys: "Alt+P", help: "打开快捷短语面板", code: "KeyP", mod: "alt", does: () => tools.openPhrases() },
  { keys: "Alt+S / Ctrl+K", help: "搜索订单、运单、手机号、买家", code: "KeyS", mod: "alt", does: search.focus },
  { keys: "", help: "", code: "KeyK", mod: "ctrl", does: search.focus },
  { keys: "Alt+I", help: "回到输入框", code: "KeyI", mod: "alt", does: () => writing.focus() },
  { keys: "? 或 F1", help: "看这张表" },
]);
byId("open-help", HTMLButtonElement).addEventListener("click", keys.help);
tools.onPhrases(() => {
  side.choose("phrases");
  side.show(true);
  phrases.focus();
});

new Line(place, {
  entered: () => {
    list.restart();
    if (!reopen()) void view.look();
    side.refresh();
    writing.suggestions.refresh();
  },
  message: (message) => view.hear(message),
  rows: ({ rows }) => rows.forEach((/** @type {import("./console/shapes.js").Row} */ row) => place.put(row)),
  typing: (sign) => view.hearTyping(sign),
  read: (news) => view.hearRead(news),
  note: (note) => view.hearNote(note),
  handover: (handover) => view.hearHandover(handover),
  seat: (seat) => place.putSeat(seat),
  approvals: ({ waiting }) => showApprovals(waiting),
  phrases: ({ groups }) => phrases.hear(groups),
  draft: ({ talk, text }) => writing.hearDraft(talk, text),
  suggestion: (suggestion) => writing.suggestions.hear(suggestion),
  assigned: ({ talk, nick, why }) => {
    ringing.ring("assigned");
    ringing.notice(`${nick} 分给了您`, (why ?? []).join("；"), talk);
    place.hint(`买家 ${nick} 分给了您`, talk);
  },
  alert: (alert) => {
    if (!alerts.hear(alert)) return;
    ringing.ring("alert");
    ringing.notice(alert.kind, [alert.nick, alert.staff, alert.note].filter(Boolean).join(" · "), alert.talk);
  },
});
