// @ts-check
/** One message as an element. */
import { makeCard } from "./cards.js";
import { make, makeButton, makeIcon, makePicture } from "./dom.js";
import { isOnlyFaces } from "./faces.js";
import { makeRating } from "./rating.js";

/** @typedef {import("./shapes.js").Message} Message */
/** @typedef {import("./shapes.js").Pending} Pending */

const AVATARS = { bot: "/static/pictures/xiaoer.svg", agent: "/static/pictures/agent.svg" };

/**
 * A buyer's picture or card carries a text for those who see no cards; here it would say it twice.
 * @param {import("./shapes.js").Shown} said
 * @param {boolean} mine
 */
export function makeContent(said, mine) {
  /** @type {HTMLElement[]} */
  const parts = [];
  if (said.picture) {
    const picture = makeButton("picture", "", () => showPicture(said.picture ?? ""));
    picture.setAttribute("aria-label", "查看大图");
    picture.append(makePicture("", said.picture, "图片消息"));
    parts.push(picture);
  }
  const text = said.kind === "picture" || (mine && said.cards.length) ? "" : said.text;
  if (text) parts.push(make("p", isOnlyFaces(text) ? "bubble faces" : "bubble", text));
  parts.push(...said.cards.map(makeCard));
  return parts;
}

/** @param {string} address */
function showPicture(address) {
  const dialog = make("dialog", "viewer");
  const close = makeButton("viewer-close", "", () => dialog.close());
  close.setAttribute("aria-label", "关闭大图");
  close.append(makePicture("", address, "图片消息"));
  dialog.append(close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** In place of a message that was taken back, or of the news of it where that message is not on the screen. */
function makeGone() {
  return make("li", "row system gone", make("p", "gone-line", "客服撤回了一条消息"));
}

/**
 * @param {Message} message
 * @param {string} serviceName what the bot is called
 * @param {object} does
 * @param {(index: number) => void} does.press
 * @param {import("./rating.js").Rate} does.rate
 */
export function makeRow(message, serviceName, { press: onPress, rate }) {
  if (message.recalled || message.kind === "recall") return makeGone();
  const asked = message.cards.find((card) => card.kind === "rating");
  if (asked) return make("li", "row system", makeRating(asked.service, message.text, rate));
  if (message.direction === "system") {
    const row = make("li", "row system", make("p", "notice", message.text), ...message.cards.map(makeCard));
    if (message.buttons.length) row.append(makeChoices(message, onPress));
    return row;
  }
  const mine = message.direction === "buyer";
  const author = message.author || (message.direction === "bot" ? serviceName : "客服");
  const stack = make("div", "stack", make("span", mine ? "unseen" : "author", mine ? "我：" : author));
  stack.append(...makeContent(message, mine));
  if (message.buttons.length) stack.append(makeChoices(message, onPress));
  const row = make("li", `row ${message.direction}`, stack);
  if (message.direction !== "buyer") row.prepend(makePicture("avatar", AVATARS[message.direction], ""));
  return row;
}

/** @param {Message} message @param {(index: number) => void} onPress */
function makeChoices(message, onPress) {
  const choices = make("div", "choices");
  choices.setAttribute("role", "group");
  choices.setAttribute("aria-label", "请选择");
  message.buttons.forEach((button, index) => {
    choices.append(makeButton("choice", button.title, () => onPress(index)));
  });
  return choices;
}

/**
 * Shows which choice was taken and whether one can still be taken.
 * @param {HTMLElement} row
 * @param {number} chosen -1: none
 * @param {boolean} open
 */
export function markChoices(row, chosen, open) {
  row.querySelectorAll(".choice").forEach((button, index) => {
    button.classList.toggle("chosen", index === chosen);
    button.setAttribute("aria-disabled", String(!open));
    if (index === chosen) button.setAttribute("aria-pressed", "true");
  });
}

/**
 * A message of the buyer's that the desk has not confirmed.
 * @param {Pending} item
 * @param {() => void} onRetry
 */
export function makePendingRow(item, onRetry) {
  const stack = make("div", "stack", make("span", "unseen", "我："), ...makeContent(item.shown, true));
  const row = make("li", `row buyer ${item.state}`, stack);
  row.dataset.pending = item.id;
  if (item.state === "failed") {
    const again = makeButton("again", "", onRetry);
    again.append(makeIcon("again"), document.createTextNode("重新发送"));
    stack.append(make("p", "failure", `${item.why}　`, again));
    stack.lastElementChild?.setAttribute("role", "alert");
  } else {
    stack.append(make("p", "state", makeIcon("clock"), "发送中…"));
  }
  return row;
}
