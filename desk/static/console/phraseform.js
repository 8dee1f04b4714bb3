// @ts-check
/** The form for a new quick phrase or a changed one: code, group, text, whose it is. PH-08, PH-09. */
import { make, makeButton } from "../window/dom.js";
import { chosen, makeArea, makeField, makePills, makeSubmit, openDialog } from "./dialogs.js";
import { sayRefusal } from "./workplace.js";

/** @typedef {import("./shapes.js").Phrase} Phrase */

const OWN = "仅自己用";
const TEAM = "团队共用";

/**
 * @param {import("./workplace.js").Workplace} place
 * @param {Phrase | null} phrase null for a new one
 * @param {string[]} groups
 * @param {string} group chosen at first
 * @param {() => void} onSaved
 */
export function openPhraseForm(place, phrase, groups, group, onSaved) {
  const dialog = openDialog(phrase ? "编辑快捷短语" : "新建快捷短语", "phrase-form");
  const text = makeArea("短语内容，*** 处会提醒您填写", 5);
  text.value = phrase?.text ?? "";
  text.name = "text";
  const code = make("input", "field");
  code.name = "code";
  code.value = phrase?.code ?? "";
  code.maxLength = 20;
  code.placeholder = "如 yj1，输入 /yj1 就能用";
  code.autocomplete = "off";
  const pick = make("select", "field");
  pick.name = "group";
  for (const name of groups) pick.append(new Option(name, name));
  pick.value = phrase?.group || group || groups[0] || "";
  const whose = makePills("whose", "谁可以用", [OWN, TEAM], phrase && !phrase.own ? TEAM : OWN);
  whose.hidden = !place.me.manages || phrase !== null;
  dialog.body.append(
    makeField("短语内容", text),
    make("div", "sheet-pair", makeField("快捷编码", code), makeField("选择分组", pick)),
    whose,
    make("p", "dialog-note", "可以用 {买家昵称}、{单号}、{快递}、{运单号}、{客服花名} 等，插入时按当前买家自动填好。"),
  );
  dialog.does.append(makeButton("button", "取消", dialog.close), makeSubmit("保存"));
  dialog.submit(async () => {
    if (!text.value.trim()) {
      text.focus();
      return dialog.complain("请写短语内容");
    }
    const own = phrase ? phrase.own : chosen(dialog.form, "whose") !== TEAM;
    const old = phrase ? { old_code: phrase.code } : {};
    try {
      await place.ask("save_phrase", { code: code.value.trim().replace(/^\//, ""), group: pick.value, text: text.value.trim(), own, ...old });
      dialog.close();
      place.hint("已保存");
      onSaved();
    } catch (error) {
      dialog.complain(sayRefusal(error));
    }
  });
  text.focus();
}
