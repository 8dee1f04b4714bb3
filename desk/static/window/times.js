// @ts-check
/** Times and money as a buyer reads them. */

const WEEKDAYS = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];
export const PAUSE_MS = 5 * 60_000;

/**
 * The wall clock of the shop, which is also that of every text: UTC+8 the whole year. Read it with the UTC getters.
 * @param {Date} at
 */
function inShop(at) {
  return new Date(at.getTime() + 8 * 3_600_000);
}

/** @param {Date} day */
function midnight(day) {
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
}

/** @param {Date} at */
function clock(at) {
  return `${String(at.getUTCHours()).padStart(2, "0")}:${String(at.getUTCMinutes()).padStart(2, "0")}`;
}

/**
 * 09:30, 昨天 09:30, 周三 09:30, 3月5日 09:30, 2025年3月5日 09:30
 * @param {string} iso
 */
export function sayTime(iso, present = new Date()) {
  const at = inShop(new Date(iso));
  const now = inShop(present);
  if (Number.isNaN(at.getTime())) return "";
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return clock(at);
  if (days === 1) return `昨天 ${clock(at)}`;
  if (days > 1 && days < 7) return `${WEEKDAYS[at.getUTCDay()]} ${clock(at)}`;
  const day = `${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${clock(at)}`;
  return at.getUTCFullYear() === now.getUTCFullYear() ? day : `${at.getUTCFullYear()}年${day}`;
}

/** 14:03 on the shop's clock. @param {string} iso */
export function sayClock(iso) {
  const at = inShop(new Date(iso));
  return Number.isNaN(at.getTime()) ? "" : clock(at);
}

/** The day on the shop's calendar: 今天, 昨天, 11月20日 周五, 2025年3月5日 @param {string} iso */
export function sayDay(iso, present = new Date()) {
  const at = inShop(new Date(iso));
  const now = inShop(present);
  if (Number.isNaN(at.getTime())) return "";
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  const date = `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
  if (days === 0) return "今天";
  if (days === 1) return "昨天";
  return at.getUTCFullYear() === now.getUTCFullYear()
    ? `${date} ${WEEKDAYS[at.getUTCDay()]}`
    : `${at.getUTCFullYear()}年${date}`;
}

/** @param {number} fen */
export function sayMoney(fen) {
  return `¥${(fen / 100).toFixed(2)}`;
}
