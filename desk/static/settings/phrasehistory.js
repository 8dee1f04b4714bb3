// @ts-check
/** What a phrase said before and who changed it, and phrases that were removed; each can be had back. PH-33. */
import { openDialog } from "../console/dialogs.js";
import { make, makeButton, makePicture } from "../window/dom.js";
import { ask, attempt } from "./asking.js";

/** @typedef {import("./phrases.js").Shelf} Shelf */
/** @typedef {{code: string, group: string, text: string, picture: import("../console/shapes.js").PhrasePicture | null}} Words */
/** @typedef {{id: number, action: string, by: string, at: string, before: Words | null, after: Words | null}} Change */

/** @param {string} at */
export function sayDay(at) {
  return new Date(at).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
}

/** @param {Shelf} shelf @param {import("./phrases.js").Phrase} phrase */
export async function showHistory(shelf, phrase) {
  const given = await attempt(() => ask("GET", `phrases/${phrase.code}/history`));
  if (!given) return;
  /** @type {Change[]} */
  const changes = given.changes;
  const opened = openDialog(`/${phrase.code} 的历史`, "phrase-history");
  const list = make("ol", "history");
  const restore = (/** @type {Change} */ change, /** @type {boolean} */ before) => async () => {
    const done = await attempt(() => ask("POST", `phrases/${phrase.code}/restore`, { change: change.id, before, version: phrase.version }));
    await shelf.changed(done ? "已恢复" : undefined);
    if (done) opened.close();
  };
  changes.forEach((change, number) => {
    list.append(makeEntry(`${change.by} ${change.action}`, change.at, change.after, number === 0 ? null : restore(change, false)));
  });
  const oldest = changes.at(-1);
  if (oldest?.before) list.append(makeEntry(`最早的内容`, null, oldest.before, restore(oldest, true)));
  opened.body.append(changes.length ? list : make("p", "dialog-note", "这一条还没有人改过，是店铺自带的内容。"));
  opened.does.append(makeButton("button", "关闭", opened.close));
}

/** @param {string} who @param {string | null} at @param {Words | null} words @param {(() => void) | null} restore */
function makeEntry(who, at, words, restore) {
  const head = make("div", "card-head", make("strong", "", who), make("span", "soft", at ? sayDay(at) : ""));
  if (words && restore) head.append(make("span", "card-does", makeButton("button small", "恢复", restore)));
  if (words && !restore) head.append(make("span", "tag good", "现在的内容"));
  const picture = words?.picture ? makePicture("phrase-picture", words.picture.url, "当时的图片") : null;
  return make("li", "", head, words ? make("p", "phrase-text", words.text) : null, picture, words ? make("p", "soft", words.group) : null);
}

/** @param {Shelf} shelf */
export async function showRemoved(shelf) {
  const given = await attempt(() => ask("GET", "phrases/removed"));
  if (!given) return;
  const opened = openDialog("已删除的短语", "phrase-removed");
  const list = make("ol", "history");
  for (const phrase of given.phrases) {
    const restore = async () => {
      const done = await attempt(() => ask("POST", `phrases/${phrase.code}/restore`, { version: phrase.version }));
      await shelf.changed(done ? `已恢复 /${phrase.code}` : undefined);
      if (done) opened.close();
    };
    list.append(makeEntry(`/${phrase.code}　${phrase.by} 删除`, phrase.at, phrase, restore));
  }
  opened.body.append(list);
  opened.does.append(makeButton("button", "关闭", opened.close));
}
