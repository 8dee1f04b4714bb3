// @ts-check
/** Fields for a rule's value, made from its shape (shop/rules/shapes.py). */
import { make, makeButton } from "../window/dom.js";

/**
 * @typedef {object} Shape
 * @property {"number" | "yes" | "time" | "day" | "text" | "choice" | "marks" | "words" | "rows" | "record"} kind
 * @property {string} [unit]
 * @property {number} [scale] so many of the stored make one of the shown
 * @property {number | null} [low]
 * @property {number | null} [high]
 * @property {number} [most]
 * @property {{value: any, label: string}[]} [choices]
 * @property {string} [nothing] what it means that none of them is chosen; such choices are many, and folded away
 * @property {any} [start] what it begins with in a new row
 * @property {Part[]} [parts]
 * @property {Shape} [item]
 *
 * @typedef {{name: string, label: string, only_with: [string, any] | null, shape: Shape}} Part
 * @typedef {{node: HTMLElement, read: () => any}} Field `read` gives the value as the store has it
 */

const MORNING = "09:00";
const EVENING = "18:00";

/**
 * @param {Shape} shape
 * @param {any} value
 * @param {string} label what a reader of the screen hears
 * @returns {Field}
 */
export function makeRuleField(shape, value, label) {
  return MAKERS[shape.kind](shape, value, label);
}

/** What people see of a stored number. @param {number} value @param {number} scale */
export function toShown(value, scale) {
  const digits = String(scale).length - 1;
  if (!digits) return String(value);
  return (value / scale).toFixed(digits).replace(/\.?0+$/, "");
}

/**
 * The stored number, exactly; what is no such number stays as it was typed, and the desk says what is wrong with it.
 * @param {string} text
 * @param {number} scale
 * @returns {number | string}
 */
export function toStored(text, scale) {
  const digits = String(scale).length - 1;
  const found = /^(-?\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  const rest = found?.[2] ?? "";
  if (!found || rest.length > digits) return text.trim();
  return Number(found[1] + rest.padEnd(digits, "0"));
}

/** @param {HTMLElement} control @param {string} label */
function named(control, label) {
  control.setAttribute("aria-label", label);
  return control;
}

/** @param {string} type @param {any} value @param {string} label @returns {Field} */
function plainField(type, value, label) {
  const input = make("input", "field");
  input.type = type;
  input.value = value ?? "";
  named(input, label);
  return { node: input, read: () => input.value.trim() };
}

/** @param {Shape} shape @param {any} value @param {string} label @returns {Field} */
function numberField(shape, value, label) {
  const { unit = "", scale = 1, low, high } = shape;
  const input = make("input", "field number");
  input.inputMode = scale === 1 ? "numeric" : "decimal";
  input.autocomplete = "off";
  input.value = typeof value === "number" ? toShown(value, scale) : "";
  named(input, `${label}${unit && `（${unit}）`}`);
  if (typeof low === "number" && typeof high === "number") {
    input.title = `${toShown(low, scale)} 到 ${toShown(high, scale)}`;
  }
  const node = make("span", "with-unit", input, unit ? make("span", "soft", unit) : null);
  return { node, read: () => toStored(input.value, scale) };
}

/** @param {Shape} _shape @param {any} value @param {string} label @returns {Field} */
function yesField(_shape, value, label) {
  const input = make("input", "");
  input.type = "checkbox";
  input.checked = Boolean(value);
  return { node: make("label", "pill", input, make("span", "", label)), read: () => input.checked };
}

/** @param {Shape} shape @param {any} value @param {string} label @returns {Field} */
function choiceField(shape, value, label) {
  const select = make("select", "field");
  for (const choice of shape.choices ?? []) select.append(new Option(choice.label, choice.value));
  select.value = value ?? shape.choices?.[0]?.value;
  named(select, label);
  return { node: select, read: () => select.value };
}

/** @param {Shape} shape @param {any[]} value @param {string} label @returns {Field} */
function marksField(shape, value, label) {
  const pills = (shape.choices ?? []).map((choice) => {
    const input = make("input", "");
    input.type = "checkbox";
    input.checked = value.includes(choice.value);
    return { choice, input, node: make("label", "pill", input, make("span", "", choice.label)) };
  });
  const group = make("div", "pills", ...pills.map((pill) => pill.node));
  group.setAttribute("role", "group");
  const chosen = () => pills.filter((pill) => pill.input.checked).map((pill) => pill.choice);
  const node = named(group, label);
  return {
    node: shape.nothing ? folded(node, label, () => chosen().map((choice) => choice.label).join("、") || shape.nothing) : node,
    read: () => chosen().map((choice) => choice.value),
  };
}

/** Opens on what is chosen. @param {HTMLElement} inner @param {string} label @param {() => string | undefined} chosen */
function folded(inner, label, chosen) {
  const said = make("span", "");
  const tell = () => (said.textContent = chosen() ?? "");
  const node = make("details", "rule-fold", make("summary", "field", make("span", "unseen", label), said), inner);
  node.addEventListener("change", tell);
  tell();
  return node;
}

/** @param {Shape} _shape @param {string[]} value @param {string} label @returns {Field} */
function wordsField(_shape, value, label) {
  const area = make("textarea", "field");
  area.rows = Math.min(8, Math.max(3, value.length + 1));
  area.placeholder = "一行写一个词";
  area.value = value.join("\n");
  named(area, label);
  const read = () =>
    area.value
      .split("\n")
      .map((word) => word.trim())
      .filter(Boolean);
  return { node: area, read };
}

/** A list of records: rows to add, change, take away. @param {Shape} shape @param {any[]} value @param {string} label @returns {Field} */
function rowsField(shape, value, label) {
  const item = /** @type {Shape} */ (shape.item);
  /** @type {{node: HTMLElement, field: Field}[]} */
  let rows = [];
  const list = make("ol", "rule-rows");
  const changed = () => list.dispatchEvent(new Event("input", { bubbles: true }));
  const number = () =>
    rows.forEach((row, at) => {
      row.node.querySelector(".rule-row-off")?.setAttribute("aria-label", `删除${label}第 ${at + 1} 行`);
      row.field.node.setAttribute("aria-label", `${label}第 ${at + 1} 行`);
    });
  /** @param {any} own */
  const put = (own) => {
    const field = recordField(item, own, label);
    const off = makeButton("button small rule-row-off", "删除", () => {
      const at = rows.findIndex((each) => each.field === field);
      rows = rows.filter((each) => each.field !== field);
      row.remove();
      number();
      changed();
      (rows[Math.min(at, rows.length - 1)]?.node.querySelector("button") ?? add).focus();
    });
    const row = make("li", "rule-row", field.node, off);
    rows.push({ node: row, field });
    list.append(row);
    number();
    return row;
  };
  const add = makeButton("button small", "添加一行", () => {
    const row = put(blank(item, rows.at(-1)?.field.read()));
    changed();
    row.querySelector("input")?.focus();
  });
  named(add, `${label}添加一行`);
  for (const own of value) put(own);
  const node = make("div", "rule-list", list, add);
  node.setAttribute("role", "group");
  return {
    node: named(node, label),
    read: () => rows.map((row) => row.field.read()),
  };
}

/** @param {Shape} shape @param {any} value @param {string} label @returns {Field} */
function recordField(shape, value, label) {
  const parts = (shape.parts ?? []).map((part) => {
    const field = makeRuleField(part.shape, value[part.name], part.label);
    const node = make("div", `rule-part ${part.shape.kind}`, make("span", "sheet-label", part.label), field.node);
    return { ...part, field, node };
  });
  const read = () => Object.fromEntries(parts.map((part) => [part.name, part.field.read()]));
  const sift = () => {
    const now = read();
    const away = new Set();
    for (const part of parts) {
      const [other, value] = part.only_with ?? [];
      part.node.hidden = other !== undefined && (away.has(other) || now[other] !== value);
      if (part.node.hidden) away.add(part.name);
    }
  };
  const node = make("div", "rule-record", ...parts.map((part) => part.node));
  node.setAttribute("role", "group");
  node.addEventListener("change", sift);
  sift();
  return { node: named(node, label), read };
}

/** What a new row begins with: like the last one where there is one, without its own rows. @param {Shape} shape @param {any} last */
function blank(shape, last) {
  return Object.fromEntries((shape.parts ?? []).map((part) => [part.name, begin(part, last?.[part.name])]));
}

/** @param {Part} part @param {any} last */
function begin(part, last) {
  const { kind, low, choices, nothing, start } = part.shape;
  if (kind === "rows" || nothing) return [];
  if (kind === "text" || kind === "day") return "";
  if (kind === "time") return part.name === "starts" ? MORNING : EVENING;
  if (last !== undefined) return last;
  if (kind === "marks") return [];
  if (kind === "choice") return choices?.[0]?.value;
  return start ?? low ?? 0;
}

/** @type {Record<Shape["kind"], (shape: Shape, value: any, label: string) => Field>} */
const MAKERS = {
  number: numberField,
  yes: yesField,
  time: (_shape, value, label) => plainField("time", value, label),
  day: (_shape, value, label) => plainField("date", value, label),
  text: (shape, value, label) => plainField("text", value, label),
  choice: choiceField,
  marks: marksField,
  words: wordsField,
  rows: rowsField,
  record: recordField,
};
