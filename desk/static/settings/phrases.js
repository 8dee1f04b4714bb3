// @ts-check
/** 快捷短语: the list of the team's, group by group. PH-01, PH-09, PH-11. */
import { askSure, openDialog } from "../console/dialogs.js";
import { byId, make, makeButton, makePicture } from "../window/dom.js";
import { ask, attempt, hint } from "./asking.js";
import { editPhrase } from "./phraseform.js";
import { drawGroups } from "./phrasegroups.js";
import { sayDay, showHistory, showRemoved } from "./phrasehistory.js";
import { openImport } from "./phraseimport.js";
import { makeMovable } from "./phraseorder.js";

/**
 * @typedef {object} Phrase
 * @property {string} code
 * @property {string} group
 * @property {string} text
 * @property {boolean} shipped
 * @property {number} version
 * @property {string} by
 * @property {string | null} at
 * @property {{sent: number, unedited: number}} uses
 * @property {import("../console/shapes.js").PhrasePicture | null} picture
 * @property {string} twin code of the one that says the same, or ""
 */
/**
 * @typedef {object} Library
 * @property {Phrase[]} phrases
 * @property {number} count
 * @property {{name: string, count: number}[]} groups
 * @property {number} removed
 * @property {{phrases: number, text: number, group: number, days: number, picture: number}} limits
 * @property {{name: string, sample: string, help: string}[]} variables
 */

/** What the page shows, and where one is in it. */
export class Shelf {
  /** @type {Library} */
  library = { phrases: [], count: 0, groups: [], removed: 0, limits: { phrases: 100, text: 500, group: 20, days: 90, picture: 5 * 1024 * 1024 }, variables: [] };
  group = "";
  #search = byId("search", HTMLInputElement);
  #mark = byId("mark", HTMLSelectElement);

  constructor() {
    this.#search.addEventListener("input", () => this.draw());
    this.#mark.addEventListener("change", () => this.draw());
  }

  async load() {
    this.library = await ask("GET", "phrases");
    if (!this.library.groups.some((group) => group.name === this.group)) this.group = "";
    this.draw();
  }

  get full() {
    return this.library.count >= this.library.limits.phrases;
  }

  /** Only a whole group can be put in order. */
  get ordering() {
    return this.group !== "" && !this.#search.value.trim() && !this.#mark.value;
  }

  /** @param {string} group "" for all */
  choose(group) {
    this.group = group;
    this.draw();
  }

  get shown() {
    const words = this.#search.value.trim().toLowerCase().replace(/^\//, "");
    const mark = this.#mark.value;
    return this.library.phrases.filter(
      (phrase) =>
        (!this.group || phrase.group === this.group) &&
        (!words || phrase.code.includes(words) || phrase.text.toLowerCase().includes(words)) &&
        (mark !== "unused" || !phrase.uses.sent) &&
        (mark !== "twin" || phrase.twin !== ""),
    );
  }

  draw() {
    const { count, limits, removed } = this.library;
    byId("count", HTMLElement).textContent = `${count}/${limits.phrases}`;
    const add = byId("add", HTMLButtonElement);
    add.disabled = this.full;
    add.title = this.full ? `已满 ${limits.phrases} 条，请先删掉不用的` : "";
    const bin = byId("removed", HTMLButtonElement);
    bin.hidden = !removed;
    bin.textContent = `已删除 ${removed}`;
    byId("order-note", HTMLElement).hidden = !this.ordering || this.shown.length < 2;
    drawGroups(this);
    byId("list", HTMLElement).replaceChildren(...this.shown.map((phrase) => makeItem(this, phrase)));
    drawNothing(this);
  }

  /** After a change, whoever made it. @param {string} [said] */
  async changed(said) {
    if (said) hint(said);
    await attempt(() => this.load());
  }
}

/** @param {Shelf} shelf */
function drawNothing(shelf) {
  const place = byId("nothing", HTMLElement);
  place.hidden = shelf.shown.length > 0;
  if (place.hidden) return;
  const searching = shelf.library.count > 0 && !shelf.ordering && (byId("search", HTMLInputElement).value || byId("mark", HTMLSelectElement).value);
  const text = searching ? "没有找到这样的短语" : "这里还没有快捷短语，把常说的话存下来，回复更快";
  const add = makeButton("button main", "新增", () => editPhrase(shelf, null));
  add.disabled = shelf.full;
  place.replaceChildren(make("p", "", text), ...(searching ? [] : [add]));
}

/** @param {Shelf} shelf @param {Phrase} phrase */
function makeItem(shelf, phrase) {
  const { sent, unedited } = phrase.uses;
  const marks = [
    sent ? null : make("span", "tag waiting", "未用过"),
    phrase.twin ? make("span", "tag bad", `与 /${phrase.twin} 重复`) : null,
    phrase.shipped ? make("span", "tag", "自带") : null,
  ];
  const used = sent ? `近 ${shelf.library.limits.days} 天用了 ${sent} 次，其中 ${unedited} 次没改就发` : "";
  const changed = phrase.by ? `${phrase.by} 改于 ${sayDay(phrase.at ?? "")}` : "";
  const does = make(
    "span",
    "card-does",
    makeButton("button small", "历史", () => void showHistory(shelf, phrase)),
    makeButton("button small", "编辑", () => editPhrase(shelf, phrase)),
    makeButton("button small", "删除", () => void remove(shelf, phrase)),
  );
  for (const button of does.children) button.setAttribute("aria-label", `${button.textContent} ${phrase.code}`);
  const item = make(
    "li",
    "card phrase",
    make("div", "card-head", make("span", "phrase-code", `/${phrase.code}`), make("span", "soft", phrase.group), ...marks),
    make("p", "phrase-text", phrase.text),
    phrase.picture ? makePicture("phrase-picture", phrase.picture.url, `/${phrase.code} 的图片`) : null,
    make("p", "soft", [used, changed].filter(Boolean).join(" · ")),
    does,
  );
  item.dataset.code = phrase.code;
  if (shelf.ordering) makeMovable(shelf, item, phrase);
  return item;
}

/** @param {Shelf} shelf @param {Phrase} phrase */
async function remove(shelf, phrase) {
  if (!(await askSure("删除这条快捷短语？", `/${phrase.code} 是团队共用的，删除后同事也不能再用；以后可以从“已删除”里找回。`, "删除"))) return;
  const done = await attempt(() => ask("DELETE", `phrases/${phrase.code}?version=${phrase.version}`));
  await shelf.changed(done ? "已删除" : undefined);
}

/** Forms to choose from. */
function openExport() {
  const opened = openDialog("导出快捷短语");
  const forms = [
    ["xlsx", "XLSX 表格", "编码、内容、分组、位置都在，改好还能导回来"],
    ["csv", "CSV（UTF-8）", "和上面一样的内容，任何表格软件都能打开"],
    ["qianniu", "千牛 CSV（GBK）", "快捷短语编码、快捷短语、快捷短语分组三列，可以导进千牛"],
  ];
  for (const [form, title, note] of forms) {
    const link = make("a", "export-form", make("strong", "", title), make("small", "", note));
    link.href = `/api/v1/phrases/export?form=${form}`;
    link.download = "";
    link.addEventListener("click", () => window.setTimeout(opened.close));
    opened.body.append(link);
  }
  opened.does.append(makeButton("button", "取消", opened.close));
}

const shelf = new Shelf();
byId("add", HTMLButtonElement).addEventListener("click", () => editPhrase(shelf, null));
byId("import", HTMLButtonElement).addEventListener("click", () => openImport(shelf));
byId("export", HTMLButtonElement).addEventListener("click", openExport);
byId("removed", HTMLButtonElement).addEventListener("click", () => void showRemoved(shelf));
void attempt(() => shelf.load()).then(() => {
  const meant = shelf.library.phrases.find((phrase) => `#${encodeURIComponent(phrase.code)}` === location.hash);
  if (meant) editPhrase(shelf, meant);
});
