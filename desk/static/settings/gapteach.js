// @ts-check
/** 教机器人: which of a group's wordings mean what. Confirmed wording by wording. */
import { makeField, makeSubmit, openDialog } from "../console/dialogs.js";
import { make, makeButton } from "../window/dom.js";
import { Refused, ask, closeRenewed, hint } from "./asking.js";

/** @typedef {import("./gapgroup.js").Group} Group */
/** @typedef {import("./gapgroup.js").Example} Example */
/** @typedef {{ family: string, intents: { intent: string, name: string }[] }} Family */

/**
 * @param {Group} group
 * @param {Family[]} families
 * @param {() => Promise<void>} onSaved
 */
export function openTeaching(group, families, onSaved) {
  const opened = openDialog("教机器人", "gap-teach");
  opened.dialog.classList.add("gap-teach");
  const likely = group.likely?.intent ?? "";
  const all = makeIntents(families, likely);
  const rows = group.examples.map((example) => makeRow(example, families, likely));
  all.addEventListener("change", () => rows.forEach((row) => (row.intent.value = all.value)));
  const note = "请确认每句话的意思。勾上的会成为机器人的训练例句，不是这个意思的可以去掉勾，或者单独选一个意思。";
  const list = make("ul", "gap-rows", ...rows.map((row) => row.node));
  opened.body.append(make("p", "dialog-note", note), makeField("这一组的意思", all), list);
  opened.does.append(makeButton("button", "取消", opened.close), makeSubmit("教机器人"));
  opened.submit(async () => {
    const chosen = rows.filter((row) => row.tick.checked);
    if (!chosen.length) return opened.complain("请至少勾选一句");
    if (chosen.some((row) => !row.intent.value)) return opened.complain("请选好每一句的意思");
    const lessons = chosen.map((row) => ({ ids: row.example.ids, intent: row.intent.value }));
    try {
      await ask("POST", "gaps/teach", { lessons });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return opened.complain(error.message);
    }
    await closeRenewed(opened, onSaved);
    hint(`已记下 ${chosen.length} 句，训练之后机器人就学会了`);
  });
  all.focus();
}

/** @param {Example} example @param {Family[]} families @param {string} likely */
function makeRow(example, families, likely) {
  const tick = make("input", "");
  tick.type = "checkbox";
  tick.checked = true;
  const intent = makeIntents(families, likely);
  intent.setAttribute("aria-label", `“${example.text}”的意思`);
  tick.addEventListener("change", () => (intent.disabled = !tick.checked));
  const node = make("li", "", make("label", "gap-tick", tick, make("span", "", example.text)), intent);
  return { example, tick, intent, node };
}

/** @param {Family[]} families @param {string} chosen */
function makeIntents(families, chosen) {
  const select = make("select", "field", new Option("请选择意思", ""));
  for (const { family, intents } of families) {
    const group = make("optgroup", "");
    group.label = family;
    group.append(...intents.map(({ intent, name }) => new Option(name, intent)));
    select.append(group);
  }
  select.value = chosen;
  return select;
}
