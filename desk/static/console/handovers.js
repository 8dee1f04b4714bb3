// @ts-check
/** All hand-overs and notes of the conversation, newest first. */
import { byId, make } from "../window/dom.js";
import { makeHandover, makeNote } from "./bubbles.js";
import { sayTime } from "../window/times.js";

/** @param {import("./talkview.js").KnownTalk} known */
export function drawHandovers(known) {
  const entries = [
    ...[...known.handovers.values()].map((handover) => ({ at: handover.at, node: () => makeRecord(handover) })),
    ...[...known.notes.values()].map((note) => ({ at: note.at, node: () => makeNote(note) })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  byId("hands-list", HTMLElement).replaceChildren(
    ...(entries.length ? entries.map((entry) => entry.node()) : [make("li", "side-note", "还没有交接和备注。按 Alt+M 可以给同事写备注")]),
  );
}

/** @param {import("./shapes.js").Handover} handover */
function makeRecord(handover) {
  const row = makeHandover(handover);
  const more = [handover.by ? `由 ${sayBy(handover.by)}` : "", sayTime(handover.at), ...(handover.why ?? [])].filter(Boolean);
  row.append(make("p", "hands-why", more.join(" · ")));
  return row;
}

const BY = { bot: "机器人", buyer: "买家", desk: "系统" };

/** @param {string} by */
function sayBy(by) {
  return BY[/** @type {keyof typeof BY} */ (by)] ?? by;
}
