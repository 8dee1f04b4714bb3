// @ts-check
/** One wording in the editor: its text with the word check, and when it may be said. */
import { make, makeButton } from "../../window/dom.js";
import { ask, attempt } from "../asking.js";
import { LONGEST, describeTime } from "./shapes.js";

/** @typedef {import("./shapes.js").Wording} Wording */
/** @typedef {import("./shapes.js").Offers} Offers */

const PAUSE_MS = 300;
let count = 0;

/**
 * @typedef {object} WordingEditor
 * @property {HTMLElement} node
 * @property {HTMLTextAreaElement} area
 * @property {() => Wording} read
 * @property {(number: number, only: boolean) => void} renumber
 */

/**
 * @param {Wording} wording
 * @param {Offers} offers
 * @param {string[]} products
 * @param {() => void} onChange
 * @param {(editor: WordingEditor) => void} onRemove
 * @returns {WordingEditor}
 */
export function makeWording(wording, offers, products, onChange, onRemove) {
  const area = make("textarea", "field");
  area.rows = 3;
  area.value = wording.text;
  area.placeholder = "写给买家的话，例如：您好，今晚八点上新，欢迎来看看";
  area.id = `wording-${(count += 1)}`;
  const label = make("label", "sheet-label");
  label.htmlFor = area.id;
  const length = make("small", "wording-length");
  const found = make("ul", "wording-found");
  found.setAttribute("aria-live", "polite");
  found.id = `${area.id}-found`;
  area.setAttribute("aria-describedby", found.id);
  const times = makeTimes(wording);
  const condition = makeCondition(wording, offers);
  const product = makeProduct(wording, offers, products);
  const summary = make("summary", "");
  const more = make("details", "wording-more", summary);
  more.open = Boolean(wording.starts || wording.first || wording.last);
  more.append(make("div", "wording-times", condition.node, product?.node ?? null, ...times.nodes));
  const drop = makeButton("button small", "删掉这条", () => onRemove(editor));
  const head = make("div", "wording-head", label, length, drop);
  const node = make("div", "wording", head, area, found, more);

  /** @type {WordingEditor} */
  const editor = {
    node,
    area,
    read: () => ({ text: area.value, when: { ...condition.read(), ...product?.read() }, ...times.read() }),
    renumber: (number, only) => {
      label.textContent = only ? "回复内容" : `话术 ${number}`;
      drop.hidden = only;
    },
  };
  function sum() {
    const chosen = [condition.label(), String(product?.read().product ?? ""), describeTime(times.read())].filter(Boolean);
    summary.textContent = chosen.length ? `只在：${chosen.join("，")}` : "时间段、有效期、适用情况（现在不限）";
  }
  const check = makeCheck(area, offers, length, found);
  area.addEventListener("input", () => {
    check();
    onChange();
  });
  more.addEventListener("input", () => {
    sum();
    onChange();
  });
  check();
  sum();
  return editor;
}

/** @param {HTMLTextAreaElement} area @param {Offers} offers @param {HTMLElement} length @param {HTMLElement} found */
function makeCheck(area, offers, length, found) {
  let timer = 0;
  return () => {
    length.textContent = `${[...area.value].length}/${LONGEST}`;
    length.classList.toggle("over", [...area.value].length > LONGEST);
    clearTimeout(timer);
    timer = window.setTimeout(async () => {
      const text = area.value;
      if (!text.trim()) return found.replaceChildren();
      const report = await attempt(() => ask("POST", "replies/check", { text }));
      if (report && area.value === text) found.replaceChildren(...describe(report, text, offers));
    }, PAUSE_MS);
  };
}

/**
 * @param {{ problem: string | null, findings: { word: string, advice: string, instead: string | null }[] }} report
 * @param {string} text
 * @param {Offers} offers
 */
function describe(report, text, offers) {
  const hits = report.findings.map((each) => {
    const instead = each.instead ? `，可以改成“${each.instead}”` : "";
    return make("li", "bad", `“${each.word}”：${each.advice}${instead}`);
  });
  if (report.problem && !hits.length) hits.push(make("li", "bad", report.problem));
  const named = [...text.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? "");
  const strange = named.filter((name) => !offers.fills.includes(name));
  if (strange.length && !report.problem) {
    const names = [...new Set(strange)].join("、");
    hits.push(make("li", "warn", `这个场景通常不知道“${names}”，不知道的时候会改用其他话术`));
  }
  return hits;
}

/** @param {Wording} wording */
function makeTimes(wording) {
  const kinds = /** @type {const} */ ([
    ["starts", "time", "每天从"],
    ["ends", "time", "到"],
    ["first", "date", "有效期从"],
    ["last", "date", "到"],
  ]);
  const inputs = kinds.map(([name, type, text]) => {
    const input = make("input", "field");
    input.type = type;
    input.name = name;
    input.value = wording[name] ?? "";
    return make("label", "sheet-field", make("span", "sheet-label", text), input);
  });
  return {
    nodes: [make("div", "sheet-pair", ...inputs.slice(0, 2)), make("div", "sheet-pair", ...inputs.slice(2))],
    read: () => Object.fromEntries(inputs.map((label) => label.querySelector("input")).map((i) => [i?.name, i?.value])),
  };
}

/** @param {Wording} wording @param {Offers} offers */
function makeCondition(wording, offers) {
  const { product: _, ...when } = wording.when ?? {};
  const select = make("select", "field", new Option("不限", ""));
  for (const [place, each] of offers.conditions.entries()) {
    select.append(new Option(each.label, String(place), false, isSame(each.when, when)));
  }
  const node = make("label", "sheet-field", make("span", "sheet-label", "适用情况"), select);
  node.hidden = !offers.conditions.length;
  const chosen = () => (select.value ? offers.conditions[Number(select.value)] : undefined);
  return { node, read: () => chosen()?.when ?? {}, label: () => chosen()?.label ?? "" };
}

/** @param {object} one @param {object} other */
function isSame(one, other) {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
}

/** @param {Wording} wording @param {Offers} offers @param {string[]} products */
function makeProduct(wording, offers, products) {
  if (!offers.of_product) return null;
  const chosen = String(wording.when?.product ?? "");
  const titles = chosen && !products.includes(chosen) ? [chosen, ...products] : products;
  const select = make("select", "field", new Option("所有商品", ""), ...titles.map((title) => new Option(title, title)));
  select.value = chosen;
  const node = make("label", "sheet-field", make("span", "sheet-label", "只对这款商品"), select);
  return { node, read: () => (select.value ? { product: select.value } : {}) };
}
