// @ts-check
/** A dialog over the console: title, body, buttons; closed by Esc, by its cross and by who opened it. */
import { make, makeButton, makeIcon } from "../window/dom.js";

/**
 * @typedef {object} Opened
 * @property {HTMLDialogElement} dialog
 * @property {HTMLFormElement} form
 * @property {HTMLElement} body
 * @property {HTMLElement} does the buttons, last one to the right
 * @property {() => void} close
 * @property {(text: string) => void} complain says what is wrong; "" takes it back
 * @property {(onSubmit: () => Promise<void> | void) => void} submit
 */

let count = 0;

/** @param {string} title @param {string} [id] @returns {Opened} */
export function openDialog(title, id = `dialog-${(count += 1)}`) {
  document.getElementById(id)?.remove();
  const dialog = make("dialog", "sheet");
  dialog.id = id;
  const heading = make("h2", "", title);
  heading.id = `${id}-title`;
  dialog.setAttribute("aria-labelledby", heading.id);
  const cross = makeButton("round", "", () => dialog.close());
  cross.setAttribute("aria-label", "关闭");
  cross.append(makeIcon("close"));
  const body = make("div", "sheet-body");
  const wrong = make("p", "sheet-wrong");
  wrong.hidden = true;
  wrong.setAttribute("role", "alert");
  const does = make("div", "sheet-does");
  const form = make("form", "", make("header", "sheet-head", heading, cross), body, wrong, does);
  form.method = "dialog";
  dialog.append(form);
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  });
  dialog.addEventListener("pointerdown", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  let busy = false;
  return {
    dialog,
    form,
    body,
    does,
    close: () => dialog.close(),
    complain: (text) => {
      wrong.hidden = !text;
      wrong.textContent = text;
    },
    submit: (onSubmit) =>
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (busy) return;
        busy = true;
        try {
          await onSubmit();
        } finally {
          busy = false;
        }
      }),
  };
}

/** @param {string} text */
export function makeSubmit(text) {
  const button = make("button", "button main", text);
  button.type = "submit";
  return button;
}

/** @param {string} label @param {HTMLElement} control @param {string} [hint] */
export function makeField(label, control, hint = "") {
  return make("label", "sheet-field", make("span", "sheet-label", label), control, hint ? make("small", "", hint) : null);
}

/** @param {string} placeholder @param {number} [rows] */
export function makeArea(placeholder, rows = 3) {
  const area = make("textarea", "field");
  area.rows = rows;
  area.placeholder = placeholder;
  return area;
}

/** @param {string[]} values @param {string} [first] what stands there before a choice; without it the first value is chosen */
export function makeSelect(values, first = "") {
  const select = make("select", "field");
  if (first) select.append(new Option(first, ""));
  for (const value of values) select.append(new Option(value, value));
  return select;
}

/**
 * Choices of which one holds, as pills; arrow keys walk as the browser does it.
 * @param {string} name
 * @param {string} legend
 * @param {string[]} values
 * @param {string} chosen
 * @param {(value: string) => void} [onChange]
 */
export function makePills(name, legend, values, chosen, onChange) {
  const pills = values.map((value) => {
    const input = make("input", "");
    input.type = "radio";
    input.name = name;
    input.value = value;
    input.checked = value === chosen;
    input.addEventListener("change", () => onChange?.(value));
    return make("label", "pill", input, make("span", "", value));
  });
  return make("fieldset", "pills", make("legend", "sheet-label", legend), ...pills);
}

/** @param {HTMLFormElement} form @param {string} name @returns {string} */
export function chosen(form, name) {
  return String(new FormData(form).get(name) ?? "");
}

/**
 * @param {string} title
 * @param {string} text
 * @param {string} placeholder
 * @returns {Promise<string>} "" where the person thought better of it
 */
export function askWords(title, text, placeholder) {
  return new Promise((resolve) => {
    const opened = openDialog(title);
    const area = makeArea(placeholder);
    let words = "";
    opened.body.append(make("p", "dialog-note", text), area);
    opened.does.append(makeButton("button", "取消", opened.close), makeSubmit("确定"));
    opened.submit(() => {
      words = area.value.trim();
      if (words) opened.close();
      else opened.complain("请写几个字");
    });
    opened.dialog.addEventListener("close", () => resolve(words));
    area.focus();
  });
}

/** @param {string} title @param {string} text @param {string} yes @returns {Promise<boolean>} */
export function askSure(title, text, yes) {
  return new Promise((resolve) => {
    const opened = openDialog(title);
    let sure = false;
    opened.body.append(make("p", "dialog-note", text));
    const submit = makeSubmit(yes);
    opened.does.append(makeButton("button", "取消", opened.close), submit);
    submit.focus();
    opened.submit(() => {
      sure = true;
      opened.close();
    });
    opened.dialog.addEventListener("close", () => resolve(sure));
  });
}
