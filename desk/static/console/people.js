// @ts-check
/** Faces and chips for people: a circle with the first character, a lamp with the state of a seat. */
import { make } from "../window/dom.js";

const COLOURS = 5;

/** @param {string} name */
function colourOf(name) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % COLOURS;
}

/** @param {string} name @param {string} [className] */
export function makeFace(name, className = "") {
  const face = make("span", `face-${colourOf(name)} initial ${className}`.trim(), [...name.trim()][0] ?? "客");
  face.setAttribute("aria-hidden", "true");
  return face;
}

const LAMPS = { 在线: "online", 挂起: "paused", 示忙: "busy", 离线: "offline" };

/** @param {import("./shapes.js").SeatState} state */
export function makeLamp(state) {
  const lamp = make("span", `lamp ${LAMPS[state]}`);
  lamp.setAttribute("aria-hidden", "true");
  return lamp;
}

/** @param {import("./shapes.js").Row} row */
export function sayHolder(row) {
  if (row.holder === "bot") return "机器人接待中";
  if (row.holder === "queue") return row.position ? `排队中 · 第 ${row.position} 位` : "排队中";
  return `${row.agent?.name ?? "客服"} 接待中`;
}

const WHO = { buyer: "", bot: "机器人：", agent: "客服：", system: "" };
const KINDS = { picture: "[图片]", card: "[卡片]", recall: "撤回了一条消息", rating: "[邀请评价]" };

/** The last message in one line. @param {import("./shapes.js").Row} row @param {string} me a 花名 */
export function sayLast(row, me) {
  if (!row.last) return "还没有说话";
  const { direction, kind, text } = row.last;
  const who = direction === "agent" && row.agent?.name === me ? "我：" : WHO[/** @type {keyof typeof WHO} */ (direction)] ?? "";
  return who + (KINDS[/** @type {keyof typeof KINDS} */ (kind)] ?? text.replace(/\s+/g, " "));
}
