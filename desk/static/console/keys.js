// @ts-check
/** The keys of the console in one table, which the help shows too. By the place of the key, so Option on a Mac works. */
import { isOfIme } from "../window/composer.js";
import { make, makeButton } from "../window/dom.js";
import { openDialog } from "./dialogs.js";

/** @typedef {{keys: string, help: string, code?: string, mod?: "alt" | "ctrl" | "", does?: () => void}} Key */

/** Written on screen and done by other parts. @type {Key[]} */
const FIELD_KEYS = [
  { keys: "/", help: "在输入框里选快捷短语，↑↓ 选择，Enter 插入，Esc 收起" },
  { keys: "Tab / Shift+Tab", help: "在待填的空之间跳" },
  { keys: "Enter", help: "发送；Shift+Enter 换行；Ctrl+Enter 提醒过的用语仍然发送" },
];

/** @param {Key[]} keys */
export function setUpKeys(keys) {
  const shown = [...keys, ...FIELD_KEYS];
  const help = () => showHelp(shown);
  /** @type {Key[]} */
  const all = [...keys, { keys: "F1", help: "", code: "F1", mod: "", does: help }];

  document.addEventListener("keydown", (event) => {
    if (isOfIme(event) || event.repeat && !event.code.startsWith("Arrow")) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?" && !isTyping(event.target)) {
      event.preventDefault();
      return help();
    }
    const found = all.find((key) => key.code === event.code && fits(key, event));
    if (!found?.does) return;
    event.preventDefault();
    found.does();
  });
  return { help };
}

/** AltGr writes letters on some keyboards, and comes as Ctrl+Alt. @param {Key} key @param {KeyboardEvent} event */
function fits(key, event) {
  if (event.shiftKey) return false;
  const control = event.ctrlKey || event.metaKey;
  if (key.mod === "alt") return event.altKey && !control;
  if (key.mod === "ctrl") return control && !event.altKey;
  return !event.altKey && !control;
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** @param {Key[]} keys */
function showHelp(keys) {
  const dialog = openDialog("键盘快捷键", "help");
  dialog.body.append(
    make("dl", "key-list", ...keys.filter((key) => key.help).map((key) => make("div", "", make("dt", "", make("kbd", "", key.keys)), make("dd", "", key.help)))),
  );
  const known = makeButton("button main", "知道了", dialog.close);
  dialog.does.append(known);
  known.focus();
}
