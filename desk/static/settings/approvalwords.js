// @ts-check
/** What the requests of 审批 have in common, in words. */
import { make } from "../window/dom.js";

/** @param {number} fen */
export const yuan = (fen) => `${(fen / 100).toFixed(2)} 元`;

/** @param {number} minutes */
export function sayWait(minutes) {
  if (minutes < 1) return "刚刚提交";
  if (minutes < 60) return `已等 ${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `已等 ${hours} 小时` : `已等 ${Math.floor(hours / 24)} 天`;
}

/** @param {{holder: "bot" | "queue" | "agent", agent: string}} request */
export function sayHolder({ holder, agent }) {
  return { bot: "机器人接待中", queue: "排队等人工", agent: `${agent}接待中` }[holder];
}

/** @param {{talk: string}} request */
export function makeTalkLink({ talk }) {
  const link = make("a", "", "看会话");
  link.href = `/console#${encodeURIComponent(talk)}`;
  return link;
}
