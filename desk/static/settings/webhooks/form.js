// @ts-check
/** The form of an address, and the secret that is shown once. */
import { makeField, makeSubmit, openDialog } from "../../console/dialogs.js";
import { make, makeButton } from "../../window/dom.js";
import { Refused } from "../asking.js";

/** @typedef {import("../../console/dialogs.js").Opened} Opened */

/** @param {Record<string, string>} areas @param {string[]} chosen */
function makeAreas(areas, chosen) {
  const boxes = Object.entries(areas).map(([area, name]) => {
    const box = make("input");
    box.type = "checkbox";
    box.value = area;
    box.checked = chosen.includes(area);
    return make("label", "", box, name);
  });
  return make("fieldset", "webhook-choices", make("legend", "sheet-label", "推送哪些内容"), ...boxes);
}

/**
 * @param {Record<string, string>} areas
 * @param {{name: string, url: string, areas: string[]} | null} hook null: a new one
 * @param {(opened: Opened, wish: {name: string, url: string, areas: string[]}) => Promise<void>} save
 */
export function openForm(areas, hook, save) {
  const opened = openDialog(hook ? "编辑推送网址" : "添加推送网址", "webhook-form");
  const name = make("input", "field");
  name.maxLength = 30;
  name.placeholder = "给哪个程序用，例如 进销存";
  name.value = hook?.name ?? "";
  const url = make("input", "field");
  url.type = "url";
  url.maxLength = 500;
  url.placeholder = "https://";
  url.value = hook?.url ?? "";
  opened.form.noValidate = true;
  opened.body.append(makeField("名称", name), makeField("网址", url), makeAreas(areas, hook ? hook.areas : Object.keys(areas)));
  opened.does.append(makeButton("button", "取消", opened.close), makeSubmit(hook ? "保存" : "添加"));
  opened.submit(async () => {
    const chosen = [...opened.form.querySelectorAll("input:checked")].map((box) => /** @type {HTMLInputElement} */ (box).value);
    if (!name.value.trim()) return opened.complain("请写上名称");
    if (!url.value.trim()) return opened.complain("请写上网址");
    if (!chosen.length) return opened.complain("请至少勾选一项");
    try {
      await save(opened, { name: name.value, url: url.value, areas: chosen });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      opened.complain(error.message);
    }
  });
  name.focus();
}

/** @param {string} title @param {string} secret */
export function showSecret(title, secret) {
  const opened = openDialog(title, "webhook-secret");
  const field = make("input", "field");
  field.readOnly = true;
  field.value = secret;
  field.setAttribute("aria-label", "密钥");
  const copy = makeButton("button", "复制", async () => {
    field.select();
    await navigator.clipboard?.writeText(secret).catch(() => undefined);
    copy.textContent = "已复制";
  });
  const note = "您的程序用这个密钥核对签名。请现在就存到程序里，关上以后再也看不到了。";
  opened.body.append(make("p", "dialog-note", note), make("div", "webhook-secret", field, copy));
  opened.does.append(makeSubmit("我存好了"));
  opened.submit(opened.close);
  field.select();
}
