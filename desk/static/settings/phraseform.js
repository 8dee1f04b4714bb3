// @ts-check
/** The form of a phrase of the team's: text with its length, word check and variables; what to do when a colleague was
 * quicker. PH-09, PH-32, PH-33. */
import { makeArea, makeField, makeSelect, makeSubmit, openDialog } from "../console/dialogs.js";
import { make, makeButton } from "../window/dom.js";
import { Refused, ask, closeRenewed } from "./asking.js";
import { PictureField } from "./phrasepicture.js";

/** @typedef {import("./phrases.js").Shelf} Shelf */
/** @typedef {import("./phrases.js").Phrase} Phrase */
/** @typedef {{code: string, group: string, text: string, picture: string, version: number, removed: boolean, by: string}} Theirs */

const CHECK_AFTER_MS = 250;
const CHIPS = 8;

/** @param {Shelf} shelf @param {Phrase | null} phrase null for a new one */
export function editPhrase(shelf, phrase) {
  const { limits, groups } = shelf.library;
  const opened = openDialog(phrase ? "编辑快捷短语" : "新增快捷短语", "phrase-form");
  const text = makeArea("短语内容，*** 处会提醒客服填写", 6);
  text.value = phrase?.text ?? "";
  text.name = "text";
  const length = make("span", "phrase-length");
  const words = make("div", "phrase-words");
  words.setAttribute("role", "status");
  const code = make("input", "field");
  code.value = phrase?.code ?? "";
  code.name = "code";
  code.maxLength = 20;
  code.placeholder = "如 yj1，不填会自动给一个";
  code.autocomplete = "off";
  const group = makeSelect(groups.map((each) => each.name));
  group.name = "group";
  group.value = phrase?.group || shelf.group || groups[0]?.name || "";
  const picture = new PictureField(phrase?.picture ?? null, limits.picture);
  const conflict = make("div", "conflict");
  conflict.hidden = true;
  opened.body.append(
    conflict,
    makeField("短语内容", text),
    make("div", "phrase-under", words, length),
    makeChips(shelf, text),
    picture.element,
    make("div", "sheet-pair", makeField("快捷编码", code), makeField("选择分组", group)),
  );
  const submit = makeSubmit("保存");
  opened.does.append(makeButton("button", "取消", opened.close), submit);
  const count = () => {
    const signs = [...text.value.trim()].length;
    length.textContent = `${signs}/${limits.text}`;
    length.classList.toggle("over", signs > limits.text);
    submit.disabled = signs > limits.text;
  };
  watchWords(text, words, count);
  let version = phrase?.version ?? null;
  opened.submit(async () => {
    await picture.settled;
    const draft = { text: text.value.trim(), code: code.value.trim(), group: group.value, ...picture.told };
    if (!draft.text) {
      text.focus();
      return opened.complain("请写短语内容");
    }
    opened.complain("");
    try {
      await (phrase ? ask("PUT", `phrases/${phrase.code}`, { ...draft, version }) : ask("POST", "phrases", draft));
      await closeRenewed(opened, () => shelf.changed("已保存"));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      opened.complain(error.message);
      if (error.code !== "phrase_changed") return;
      version = error.more.theirs.version;
      showConflict(conflict, error.more.theirs, draft.text, text, () => text.dispatchEvent(new Event("input")));
    }
  });
  count();
  text.focus();
}

/**
 * Both texts side by side; nothing is lost, whichever is kept.
 * @param {HTMLElement} place
 * @param {Theirs} theirs
 * @param {string} mine
 * @param {HTMLTextAreaElement} text
 * @param {() => void} changed
 */
function showConflict(place, theirs, mine, text, changed) {
  const said = theirs.removed ? `${theirs.by} 刚刚删除了这一条。再点保存，会把您写的存回来。` : `${theirs.by} 刚刚改成了下面这样。再点保存，会换成您写的。`;
  const take = makeButton("button small", "用同事的内容", () => {
    text.value = theirs.text;
    changed();
  });
  const back = makeButton("button small", "用我写的", () => {
    text.value = mine;
    changed();
  });
  place.replaceChildren(
    make("p", "", said),
    make("div", "conflict-both", make("figure", "", make("figcaption", "soft", `${theirs.by} 的（${theirs.group}${theirs.picture ? "，带图片" : ""}）`), make("p", "phrase-text", theirs.text), take),
      make("figure", "", make("figcaption", "soft", "您写的"), make("p", "phrase-text", mine), back)),
  );
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
}

/** Variables that a click puts into the text. @param {Shelf} shelf @param {HTMLTextAreaElement} text */
function makeChips(shelf, text) {
  const chips = shelf.library.variables.map(({ name, sample, help }) => {
    const chip = makeButton("chip", name, () => {
      text.setRangeText(`{${name}}`, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input"));
      text.focus();
    });
    chip.title = `${help}，如：${sample}`;
    return chip;
  });
  const more = make("details", "chips-more", make("summary", "", `更多变量（${chips.length - CHIPS} 个）`), make("div", "chips", ...chips.slice(CHIPS)));
  const place = make("div", "", make("div", "chips", ...chips.slice(0, CHIPS)), more);
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", "插入变量，发送时按当前买家自动填好");
  return place;
}

/** Says while one types which words no buyer should read. @param {HTMLTextAreaElement} text @param {HTMLElement} place @param {() => void} typed */
function watchWords(text, place, typed) {
  let timer = 0;
  const check = async () => {
    const written = text.value;
    const { findings, problem } = await ask("POST", "phrases/check", { text: written }).catch(() => ({ findings: [], problem: "" }));
    if (written !== text.value) return;
    const lines = findings.map((/** @type {{word: string, advice: string, instead: string | null}} */ { word, advice, instead }) => {
      const line = make("p", "word-found", make("strong", "", `“${word}”`), ` ${advice}`);
      if (instead !== null) {
        line.append(makeButton("button small", instead ? `换成“${instead}”` : "删去", () => {
          text.value = text.value.replace(word, instead);
          text.dispatchEvent(new Event("input"));
        }));
      }
      return line;
    });
    place.replaceChildren(...(lines.length || !problem ? lines : [make("p", "word-found", problem)]));
  };
  text.addEventListener("input", () => {
    typed();
    clearTimeout(timer);
    timer = window.setTimeout(() => void check(), CHECK_AFTER_MS);
  });
}
