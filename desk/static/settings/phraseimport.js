// @ts-check
/** A file of phrases: dropped or chosen, looked through row by row, taken as far as it was chosen, undone if wanted. */
import { makeField, makeSelect, makeSubmit, openDialog } from "../console/dialogs.js";
import { make, makeButton } from "../window/dom.js";
import { Refused, ask, attempt, closeRenewed } from "./asking.js";
import { sayDay } from "./phrasehistory.js";

/** @typedef {import("./phrases.js").Shelf} Shelf */
/** @typedef {{line: number, code: string, group: string, text: string, verdict: string, reason: string}} Row */
/** @typedef {{rows: Row[], state: string, count: number, limit: number}} Checked */

const DEFAULT_GROUP = "对话用语";
/** Verdict → look; those that may be ticked, and those that are at first. @type {Record<string, {tag: string, free: boolean, ticked: boolean}>} */
const VERDICTS = {
  新增: { tag: "tag good", free: true, ticked: true },
  更改: { tag: "tag hot", free: true, ticked: true },
  相同: { tag: "tag", free: false, ticked: false },
  重复: { tag: "tag waiting", free: false, ticked: false },
  超出: { tag: "tag bad", free: true, ticked: false },
  有误: { tag: "tag bad", free: false, ticked: false },
};
const ADDS = new Set(["新增", "超出"]);

/** @param {Shelf} shelf */
export function openImport(shelf) {
  const opened = openDialog("导入快捷短语", "phrase-import");
  const groups = shelf.library.groups.map((group) => group.name);
  const group = makeSelect(groups);
  group.name = "group";
  if (groups.includes(DEFAULT_GROUP)) group.value = DEFAULT_GROUP;
  const input = make("input", "");
  input.type = "file";
  input.accept = ".csv,.xlsx,text/csv";
  const drop = make("label", "drop", make("strong", "", "把文件拖到这里，或点这里选择"), make("small", "", "千牛导出的 CSV、本店导出的 CSV 或 XLSX，2 MB 以内"), input);
  const result = make("div", "import-result");
  const submit = makeSubmit("导入");
  submit.disabled = true;
  opened.body.append(drop, makeField("没有写分组的，放进", group), result);
  void listImports(shelf, opened, result);
  opened.does.append(makeButton("button", "取消", opened.close), submit);
  /** @type {File | null} */
  let file = null;
  /** @type {Checked | null} */
  let checked = null;

  const form = (/** @type {Record<string, string>} */ more) => {
    const data = new FormData();
    for (const [name, value] of Object.entries({ group: group.value, ...more })) data.append(name, value);
    if (file) data.append("file", file);
    return data;
  };
  const tally = () => {
    const chosen = result.querySelectorAll("input:checked");
    const added = [...chosen].filter((box) => box instanceof HTMLInputElement && ADDS.has(box.dataset.verdict ?? "")).length;
    const room = checked ? checked.limit - checked.count : 0;
    submit.textContent = chosen.length ? `导入 ${chosen.length} 条` : "导入";
    submit.disabled = !chosen.length || added > room;
    opened.complain(added > room ? `还能放 ${room} 条，选了 ${added} 条新的，请取消几条` : "");
  };
  const look = async () => {
    if (!file) return;
    opened.complain("");
    checked = null;
    submit.disabled = true;
    result.replaceChildren(make("p", "dialog-note", "正在核对…"));
    try {
      checked = await ask("POST", "phrases/import", form({}));
      result.replaceChildren(...makeResult(/** @type {Checked} */ (checked), file.name));
      tally();
    } catch (error) {
      result.replaceChildren();
      if (!(error instanceof Refused)) throw error;
      opened.complain(`没有导入：${error.message}`);
    }
  };
  const pick = (/** @type {File | undefined} */ picked) => {
    if (!picked) return;
    file = picked;
    void look();
  };
  input.addEventListener("change", () => {
    pick(input.files?.[0]);
    input.value = "";
  });
  group.addEventListener("change", () => void look());
  result.addEventListener("change", tally);
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    pick(event.dataTransfer?.files[0]);
  });
  opened.submit(async () => {
    if (!checked) return;
    const lines = [...result.querySelectorAll("input:checked")].map((box) => Number(box.getAttribute("value")));
    try {
      const taken = await ask("POST", "phrases/import/rows", form({ state: checked.state, lines: JSON.stringify(lines) }));
      await shelf.changed();
      showTaken(shelf, opened, taken);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "conflict") await look();
      opened.complain(error.code === "conflict" ? "刚刚有同事改了短语，已经重新核对，请您再看一遍" : error.message);
    }
  });
}

/** @param {Checked} checked @param {string} name @returns {HTMLElement[]} */
function makeResult(checked, name) {
  const counts = Object.keys(VERDICTS)
    .map((verdict) => ({ verdict, count: checked.rows.filter((row) => row.verdict === verdict).length }))
    .filter(({ count }) => count)
    .map(({ verdict, count }) => make("span", VERDICTS[verdict].tag, `${verdict} ${count}`));
  const sum = make("p", "import-sum", make("strong", "", name), ...counts);
  return [sum, make("ul", "import-rows", ...checked.rows.map(makeRow))];
}

/** @param {Row} row */
function makeRow(row) {
  const look = VERDICTS[row.verdict];
  const box = make("input", "");
  box.type = "checkbox";
  box.value = String(row.line);
  box.dataset.verdict = row.verdict;
  box.disabled = !look.free;
  box.checked = look.ticked;
  const head = make("span", "import-head", make("span", "soft", `第 ${row.line} 行`), make("span", look.tag, row.verdict), make("span", "phrase-code", row.code ? `/${row.code}` : ""), make("span", "soft", row.group));
  return make("li", "", make("label", "import-row", box, make("span", "", head, make("span", "phrase-text", row.text), row.reason ? make("span", "import-why", row.reason) : null)));
}

/** @param {Shelf} shelf @param {import("../console/dialogs.js").Opened} opened @param {{batch: string, added: number, changed: number}} taken */
function showTaken(shelf, opened, taken) {
  const undo = makeButton("button", "撤销这次导入", () => void takeBack(shelf, opened, taken.batch));
  opened.complain("");
  opened.body.replaceChildren(make("p", "import-done", `已导入：新增 ${taken.added} 条，更改 ${taken.changed} 条。`));
  const done = makeButton("button main", "好的", opened.close);
  opened.does.replaceChildren(undo, done);
  done.focus();
}

/** Imports of late, as long as no file is chosen. @param {Shelf} shelf @param {import("../console/dialogs.js").Opened} opened @param {HTMLElement} place */
async function listImports(shelf, opened, place) {
  const given = await attempt(() => ask("GET", "phrases/imports"));
  if (!given?.imports.length || place.childElementCount) return;
  const rows = given.imports.map((/** @type {{batch: string, by: string, at: string, count: number}} */ { batch, by, at, count }) => {
    const undo = makeButton("button small", "撤销", () => void takeBack(shelf, opened, batch));
    undo.setAttribute("aria-label", `撤销 ${by} ${sayDay(at)} 的导入`);
    return make("li", "card-head", make("span", "", `${by} 导入了 ${count} 条`), make("span", "soft", sayDay(at)), make("span", "card-does", undo));
  });
  place.replaceChildren(make("p", "sheet-label", "最近的导入"), make("ul", "imports", ...rows));
}

/** @param {Shelf} shelf @param {import("../console/dialogs.js").Opened} opened @param {string} batch */
async function takeBack(shelf, opened, batch) {
  const undone = await attempt(() => ask("POST", `phrases/imports/${batch}/undo`));
  if (!undone) return;
  const kept = undone.kept.length ? `；${undone.kept.map((/** @type {string} */ code) => `/${code}`).join("、")} 后来又改过，没有动` : "";
  await closeRenewed(opened, () => shelf.changed(`已撤销 ${undone.undone} 条${kept}`));
}
