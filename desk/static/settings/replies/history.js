// @ts-check
/** Who changed a reply, what became of its words, and the way back. PH-33. */
import { openDialog } from "../../console/dialogs.js";
import { make, makeButton } from "../../window/dom.js";
import { Refused, ask, attempt, closeRenewed, hint } from "../asking.js";
import { linesOf } from "./conflict.js";
import { describeMoment } from "./shapes.js";

/** @typedef {import("./shapes.js").Reply} Reply */
/** @typedef {import("./shapes.js").Change} Change */

/** @param {Reply} reply @param {() => Promise<void>} onRestored */
export async function openHistory(reply, onRestored) {
  const found = await attempt(() => ask("GET", `replies/${reply.key}/history`));
  if (!found) return;
  const opened = openDialog(`“${reply.scene}”的历史`, "reply-history");
  opened.dialog.classList.add("reply-history");
  const list = make("ol", "changes", ...found.changes.map(draw));
  opened.body.append(list);
  opened.does.append(makeButton("button", "关闭", opened.close));

  /** @param {Change} change @param {number} place */
  function draw(change, place) {
    const head = make("div", "change-head", make("strong", "", change.action), make("span", "soft", `${change.name} · ${describeMoment(change.at)}`));
    if (place > 0) head.append(makeButton("button small", "恢复到这一版", () => void restore(change)));
    return make("li", "change", head, ...drawDifference(linesOf(change.before), linesOf(change.after)));
  }

  /** @param {Change} change */
  async function restore(change) {
    try {
      await ask("POST", `replies/${reply.key}/restore`, { change: change.id, version: reply.version });
      await closeRenewed(opened, onRestored);
      hint("已恢复，下一条消息就用这一版");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      opened.complain(error.message);
    }
  }
}

/** What went is crossed out, what came is marked; the rest stays. @param {string[]} before @param {string[]} after */
function drawDifference(before, after) {
  const gone = before.filter((line) => !after.includes(line)).map((line) => make("del", "", line));
  const kept = after.map((line) => (before.includes(line) ? make("span", "", line) : make("ins", "", line)));
  return [...gone, ...kept].map((line) => make("p", "change-line", line));
}
