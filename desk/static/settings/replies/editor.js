// @ts-check
/** Writing an auto-reply: a dialog that changes nothing until it is saved. PH-04, PH-05. */
import { askSure, makeField, makeSubmit, openDialog } from "../../console/dialogs.js";
import { make, makeButton } from "../../window/dom.js";
import { Refused, ask, closeRenewed, hint } from "../asking.js";
import { askWhose } from "./conflict.js";
import { makePreview } from "./preview.js";
import { MOST_WORDINGS, NEW } from "./shapes.js";
import { makeVariables } from "./variables.js";
import { makeWording } from "./wording.js";

/** @typedef {import("./shapes.js").Reply} Reply */
/** @typedef {import("./shapes.js").Library} Library */
/** @typedef {import("./shapes.js").Draft} Draft */
/** @typedef {import("./shapes.js").Standing} Standing */
/** @typedef {import("./wording.js").WordingEditor} WordingEditor */

/**
 * @param {Library} library
 * @param {Reply | null} reply null: a new one
 * @param {() => Promise<void>} onSaved
 * @param {{ keywords: string[], scene: string }} [begun] what a new one starts with
 */
export function openEditor(library, reply, onSaved, begun) {
  const opened = openDialog(reply ? "编辑自动回复" : "新增自动回复", "reply-editor");
  opened.dialog.classList.add("reply-editor");
  const body = make("div", "reply-form");
  let form = makeForm(library, reply, body, begun);
  if (!reply) {
    const scene = makeScenes(library, (chosen) => (form = makeForm(library, chosen, body, begun)));
    opened.body.append(makeField("什么时候回复", scene));
  }
  opened.body.append(body);
  opened.does.append(makeButton("button", "取消", () => void leave()), makeSubmit("保存"));

  async function leave() {
    if (!form.isChanged() || (await askSure("放弃修改", "您改的内容还没有保存，确定放弃吗？", "放弃"))) opened.close();
  }
  opened.dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    void leave();
  });
  // A slip of the finger beside the dialog must not cost what was written.
  opened.dialog.addEventListener("pointerdown", keep(opened.dialog), true);
  opened.dialog.addEventListener("click", keep(".sheet-head .round"), true);

  /** @param {string | HTMLElement} spot where closing is meant @returns {(event: Event) => void} */
  function keep(spot) {
    return (event) => {
      const target = event.target;
      const hit = typeof spot === "string" ? target instanceof Element && target.closest(spot) : target === spot;
      if (!hit) return;
      event.stopImmediatePropagation();
      void leave();
    };
  }
  opened.submit(trySave);

  /** @returns {Promise<void>} */
  async function trySave() {
    opened.complain("");
    try {
      await save(form.key, form.read());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "phrase_changed") return settle(error.more.theirs);
      opened.complain(error.message);
    }
  }

  /** @param {string} key @param {Draft} draft */
  async function save(key, draft) {
    if (key === NEW) await ask("POST", "replies", draft);
    else await ask("PUT", `replies/${key}`, draft);
    await closeRenewed(opened, onSaved);
    hint("已保存，下一条消息就用新内容");
  }

  /** @param {Standing} theirs */
  async function settle(theirs) {
    const whose = await askWhose(theirs, form.read());
    if (whose === "theirs") {
      await closeRenewed(opened, onSaved);
    } else {
      form.version = theirs.version ?? 0;
      if (whose === "mine") await trySave();
    }
  }
  form.focus();
}

/** @param {Library} library @param {(reply: Reply | null) => void} onChange */
function makeScenes(library, onChange) {
  const select = make("select", "field", new Option("买家说到关键词时", NEW));
  for (const name of library.groups) {
    const group = make("optgroup", "");
    group.label = name;
    const shipped = library.replies.filter((reply) => reply.group === name && reply.state !== "own");
    group.append(...shipped.map((reply) => new Option(reply.scene, reply.key)));
    if (shipped.length) select.append(group);
  }
  select.addEventListener("change", () => onChange(library.replies.find((reply) => reply.key === select.value) ?? null));
  return select;
}

/**
 * @param {Library} library
 * @param {Reply | null} reply
 * @param {HTMLElement} place
 * @param {{ keywords: string[], scene: string }} [begun]
 */
function makeForm(library, reply, place, begun) {
  const own = reply === null || reply.state === "own";
  const offers = reply ?? library.own;
  const preview = makePreview();
  /** @type {WordingEditor[]} */
  let editors = [];
  let last = 0;
  const list = make("div", "wordings");
  const words = makeVariables(library.variables, offers.fills, (name) => insert(`{${name}}`));
  const add = makeButton("button small", "加一条话术", () => {
    put({ text: "" });
    editors.at(-1)?.area.focus();
  });
  const keys = own ? makeKeywords(reply, begun) : null;
  const switches = makeSwitches(reply);
  const shipped = reply && !own ? make("p", "dialog-note", `${reply.scene}。${reply.off}。`) : null;
  const main = make("div", "reply-main", shipped, keys?.node ?? null, words, list, add, switches.node);
  place.replaceChildren(main, preview.node);

  function changed() {
    preview.show(editors.map((editor) => editor.read()));
  }
  function renumber() {
    editors.forEach((editor, place) => editor.renumber(place + 1, editors.length === 1));
    add.hidden = editors.length >= MOST_WORDINGS;
    changed();
  }
  /** @param {import("./shapes.js").Wording} wording */
  function put(wording) {
    const editor = makeWording(wording, offers, library.products, changed, (gone) => {
      editors = editors.filter((each) => each !== gone);
      gone.node.remove();
      last = 0;
      renumber();
    });
    editor.area.addEventListener("focus", () => (last = editors.indexOf(editor)));
    editors.push(editor);
    list.append(editor.node);
    renumber();
  }
  /** @param {string} text */
  function insert(text) {
    const area = editors[last]?.area;
    if (!area) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const wording of reply?.wordings.length ? reply.wordings : [{ text: "" }]) put(wording);

  const form = {
    key: reply?.key ?? NEW,
    version: reply?.version ?? 0,
    /** @returns {Draft} */
    read: () => ({
      version: form.version,
      scene: reply?.scene ?? "",
      priority: 0,
      keywords: [],
      ...keys?.read(),
      wordings: editors.map((editor) => editor.read()),
      ...switches.read(),
    }),
    isChanged: () => JSON.stringify(form.read()) !== before,
    focus: () => (keys?.first ?? editors[0]?.area)?.focus(),
  };
  const before = JSON.stringify(form.read());
  return form;
}

/** @param {Reply | null} reply @param {{ keywords: string[], scene: string }} [begun] */
function makeKeywords(reply, begun) {
  const words = make("input", "field");
  words.value = (reply ?? begun)?.keywords.join("，") ?? "";
  words.placeholder = "例如：福袋，上新";
  const name = make("input", "field");
  name.value = (reply ?? begun)?.scene ?? "";
  name.maxLength = 60;
  name.placeholder = "例如：福袋活动";
  const rank = make("input", "field");
  rank.type = "number";
  rank.min = "0";
  rank.max = "99";
  rank.value = String(reply?.priority ?? 0);
  const node = make(
    "div",
    "reply-keys",
    makeField("关键词", words, "机器人接待时，买家的话里有任意一个就回复；每个至少 2 个字，用逗号隔开"),
    makeField("名称", name, "给同事看的，可以不填"),
    makeField("优先级", rank, "0 到 99，大的先回复"),
  );
  const split = () => words.value.split(/[,，、;；\n]+/).map((word) => word.trim()).filter(Boolean);
  return { node, first: words, read: () => ({ keywords: split(), scene: name.value.trim(), priority: Number(rank.value) || 0 }) };
}

/** @param {Reply | null} reply */
function makeSwitches(reply) {
  const enabled = makeSwitch("启用", reply?.enabled ?? true);
  const person = makeSwitch("说完转人工", reply?.to_person ?? false);
  enabled.node.hidden = reply !== null && !reply.may_be_off;
  person.node.hidden = reply !== null && !reply.may_call_person;
  return {
    node: make("div", "reply-switches", enabled.node, person.node),
    read: () => ({ enabled: enabled.input.checked, to_person: person.input.checked }),
  };
}

/** @param {string} text @param {boolean} checked */
function makeSwitch(text, checked) {
  const input = make("input", "");
  input.type = "checkbox";
  input.checked = checked;
  return { input, node: make("label", "reply-switch", input, text) };
}
