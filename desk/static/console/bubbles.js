// @ts-check
/** The rows of the talk as colleagues see them: the buyer left, the shop right, what stays inside in the middle. */
import { makeContent } from "../window/bubbles.js";
import { make, makeButton, makeIcon, makePicture } from "../window/dom.js";
import { sayClock, sayTime } from "../window/times.js";
import { makeFace } from "./people.js";

/** @typedef {import("./shapes.js").Message} Message */
/** @typedef {import("./shapes.js").Note} Note */
/** @typedef {import("./shapes.js").Handover} Handover */

/** @param {string} iso */
function makeTime(iso) {
  const time = make("time", "", sayClock(iso));
  time.dateTime = iso;
  time.title = sayTime(iso);
  return time;
}

/**
 * @param {Message} message
 * @param {string} nick
 * @param {{read: boolean, onRecall: (() => void) | null}} more `onRecall` while the message can be taken back
 */
export function makeMessage(message, nick, { read, onRecall }) {
  if (message.direction === "system" || message.kind === "rating") return makeNotice(message);
  const name = message.direction === "buyer" ? nick : message.author || (message.direction === "bot" ? "店小二" : "客服");
  const stack = make("div", "stack", makeMeta(message, name));
  if (message.recalled) stack.append(make("p", "bubble gone", `${message.mine ? "您" : name}撤回了一条消息`));
  else stack.append(...makeContent(/** @type {any} */ (message), message.direction === "buyer"));
  if (message.buttons.length) stack.append(makeOffered(message));
  if (message.direction === "agent" && !message.recalled) stack.append(makeUnder(read, onRecall));
  const face = message.direction === "bot" ? makePicture("avatar", "/static/pictures/xiaoer.svg", "") : makeFace(name, "avatar");
  const row = make("li", `row ${message.direction}${message.mine ? " mine" : ""}`, face, stack);
  row.dataset.seq = String(message.seq);
  return row;
}

/** @param {Message} message @param {string} name */
function makeMeta(message, name) {
  const meta = make("p", "meta", make("span", "author", name));
  if (message.direction === "bot") {
    const tag = make("span", "tag by-bot", "机器人");
    tag.title = message.key ? `话术：${message.key}` : "机器人回复";
    tag.dataset.key = message.key ?? "";
    meta.append(tag);
  }
  meta.append(makeTime(message.at));
  return meta;
}

/** @param {Message} message */
function makeNotice(message) {
  const text = message.kind === "rating" ? message.text || "已邀请买家评价这次服务" : message.text;
  const row = make("li", "row system", make("p", "notice", text));
  if (message.buttons.length) row.append(makeOffered(message));
  row.dataset.seq = String(message.seq);
  return row;
}

/** What the buyer could press. @param {Message} message */
function makeOffered(message) {
  const offered = make("div", "offered", ...message.buttons.map((button) => make("span", "offer", button.title)));
  offered.setAttribute("role", "group");
  offered.setAttribute("aria-label", "给买家的选项");
  return offered;
}

/** @param {boolean} read @param {(() => void) | null} onRecall */
function makeUnder(read, onRecall) {
  const mark = make("span", "read-mark");
  mark.setAttribute("aria-live", "off");
  const under = make("p", "under", mark);
  showRead(under, read);
  if (onRecall) under.append(makeButton("take-back", "撤回", onRecall));
  return under;
}

/** @param {HTMLElement} row @param {boolean} read */
export function showRead(row, read) {
  const mark = row.querySelector(".read-mark");
  if (!mark) return;
  mark.textContent = read ? "已读" : "未读";
  mark.classList.toggle("read", read);
}

/** @param {HTMLElement} row */
export function endRecall(row) {
  row.querySelector(".take-back")?.remove();
}

const NOTE_SAYS = { 备注: "仅内部可见", 求助: "求助 · 仅内部可见", 悄悄话: "悄悄话 · 仅内部可见" };

/** @param {Note} note */
export function makeNote(note) {
  const row = make(
    "li",
    `row note ${note.kind === "悄悄话" ? "whisper" : ""}`.trim(),
    make(
      "div",
      "note-paper",
      make("p", "meta", makeIcon("lock"), make("span", "author", note.author), make("span", "tag inner", NOTE_SAYS[note.kind] ?? "仅内部可见"), makeTime(note.at)),
      make("p", "note-text", note.text),
    ),
  );
  row.dataset.note = String(note.number);
  return row;
}

/** @param {Handover} handover */
function sayHands(handover) {
  const names = { bot: "机器人", queue: handover.group ? `排队（${handover.group}）` : "排队", agent: "" };
  const from = names[handover.from_holder] || handover.from_agent || "客服";
  const to = names[handover.to_holder] || handover.to_agent || "客服";
  return `${from} → ${to}`;
}

/** @param {Handover} handover */
export function makeHandover(handover) {
  const words = [sayHands(handover), handover.reason, handover.note].filter(Boolean).join(" · ");
  const line = make("p", "hands", makeIcon("hands"), make("span", "", words), makeTime(handover.at));
  if (handover.why?.length) line.title = handover.why.join("\n");
  const row = make("li", "row system inner", line);
  row.dataset.epoch = String(handover.epoch);
  return row;
}

/** @param {string} text */
export function makeDay(text) {
  return make("li", "when day", make("span", "", text));
}

/**
 * A message that the desk has not confirmed.
 * @param {import("../window/shapes.js").Pending} item
 * @param {string} name who writes it
 * @param {{label: string, does: () => void}[]} choices for one that was refused
 */
export function makePending(item, name, choices) {
  const stack = make("div", "stack", make("p", "meta", make("span", "author", name)), ...makeContent(item.shown, false));
  const row = make("li", `row agent mine ${item.state}`, makeFace(name, "avatar"), stack);
  row.dataset.pending = item.id;
  if (item.state === "failed") {
    const failure = make("p", "failure", make("span", "", item.why), ...choices.map(({ label, does }) => makeButton("again", label, does)));
    failure.setAttribute("role", "alert");
    stack.append(failure);
  } else {
    stack.append(make("p", "state", makeIcon("clock"), "发送中…"));
  }
  return row;
}
