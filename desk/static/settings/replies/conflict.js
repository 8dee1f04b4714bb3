// @ts-check
/** Two people wrote the same reply: both texts side by side, and the choice. PH-33. */
import { makeSubmit, openDialog } from "../../console/dialogs.js";
import { make, makeButton } from "../../window/dom.js";
import { describeTime } from "./shapes.js";

/** @typedef {import("./shapes.js").Standing} Standing */

/**
 * @param {Standing} theirs
 * @param {Standing} mine
 * @returns {Promise<"mine" | "theirs" | "back">}
 */
export function askWhose(theirs, mine) {
  return new Promise((resolve) => {
    const opened = openDialog("刚刚有同事改过这一条", "reply-conflict");
    opened.dialog.classList.add("reply-conflict");
    /** @type {"mine" | "theirs" | "back"} */
    let whose = "back";
    opened.body.append(
      make("p", "dialog-note", "您写的还在，没有丢。请看看两份内容，再决定用哪一份。"),
      make("div", "sides", drawSide(`${theirs.by ?? "同事"}保存的`, theirs), drawSide("您写的", mine)),
    );
    opened.does.append(
      makeButton("button", "回去接着改", opened.close),
      makeButton("button", "用同事的", () => {
        whose = "theirs";
        opened.close();
      }),
      makeSubmit("用我的"),
    );
    opened.submit(() => {
      whose = "mine";
      opened.close();
    });
    opened.dialog.addEventListener("close", () => resolve(whose));
  });
}

/** @param {string} title @param {Standing} standing */
function drawSide(title, standing) {
  return make("section", "side", make("h3", "", title), make("ul", "", ...linesOf(standing).map((l) => make("li", "", l))));
}

/** What a person reads of it, line by line. @param {Standing | null} standing null: as shipped, or gone @returns {string[]} */
export function linesOf(standing) {
  if (!standing || standing.removed) return ["（出厂内容，或已删除）"];
  const lines = standing.wordings.map((wording) => {
    const when = [wording.condition ?? "", describeTime(wording)].filter(Boolean).join("，");
    return when ? `${wording.text}（${when}）` : wording.text;
  });
  if (!lines.length) lines.push("（出厂内容）");
  if (standing.keywords.length) lines.unshift(`关键词：${standing.keywords.join("、")}`);
  if (standing.priority) lines.push(`优先级：${standing.priority}`);
  if (!standing.enabled) lines.push("已停用");
  if (standing.to_person) lines.push("说完转人工");
  return lines;
}
