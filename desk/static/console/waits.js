// @ts-check
/** How long a buyer has waited, as words and as a colour. No page needed. */
import { waitsSince } from "./rows.js";

/** @typedef {{answer_seconds: number, warn_seconds: number}} Times */

/** 0:07, 12:30, 1:02:03, 2天 @param {number} seconds */
export function sayLength(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole >= 86_400) return `${Math.floor(whole / 86_400)}天`;
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = String(rest).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/**
 * `near`: the time to answer runs out soon; `over`: it has.
 * @param {import("./shapes.js").Row} row
 * @param {number} now in ms
 * @param {Times} times
 * @returns {{text: string, tone: "" | "near" | "over"} | null} null: the buyer does not wait for a person
 */
export function sayWait(row, now, times) {
  const since = waitsSince(row);
  if (since === null) return null;
  const waited = (now - since) / 1000;
  const left = times.answer_seconds - waited;
  if (left < 0) return { text: `已超时 ${sayLength(-left)}`, tone: "over" };
  if (left <= times.warn_seconds) return { text: `快超时 ${sayLength(left)}`, tone: "near" };
  return { text: `已等 ${sayLength(waited)}`, tone: "" };
}
