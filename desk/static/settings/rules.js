// @ts-check
/** 店铺规则: all rules by topic; what was changed is saved together, or not at all. */
import { byId, make } from "../window/dom.js";
import { Refused, ask, attempt, hint } from "./asking.js";
import { RuleCard } from "./rulecard.js";

/** @typedef {{code: string, title: string, note: string, rules: import("./rulecard.js").Rule[]}} Topic */

const TRY_AFTER_MS = 300;
const place = byId("rules", HTMLElement);
const bar = byId("bar", HTMLElement);
const save = byId("save", HTMLButtonElement);
/** @type {Map<string, RuleCard>} */
const cards = new Map();
let timer = 0;

/** @param {Topic[]} topics */
function build(topics) {
  for (const topic of topics) {
    const link = make("a", "pill-link", topic.title);
    link.href = `#${topic.code}`;
    byId("topics", HTMLElement).append(link);
    const heading = make("h2", "", topic.title);
    const section = make("section", "topic", make("header", "", heading, make("p", "soft", topic.note)));
    section.id = topic.code;
    for (const rule of topic.rules) {
      const card = new RuleCard(rule, changed);
      cards.set(rule.name, card);
      section.append(card.node);
    }
    place.append(section);
  }
  place.setAttribute("aria-busy", "false");
}

const dirty = () => [...cards.values()].filter((card) => card.dirty);

function count() {
  const number = dirty().length;
  bar.hidden = number === 0;
  byId("bar-count", HTMLElement).textContent = `有 ${number} 项修改还没保存`;
}

/** @param {RuleCard} card */
function changed(card) {
  count();
  if (!card.rule.effect) return;
  clearTimeout(timer);
  timer = window.setTimeout(tryOut, TRY_AFTER_MS);
}

/** What the changed rules would do, where there is an example. */
async function tryOut() {
  const tried = [...cards.values()].filter((card) => card.rule.effect);
  const changes = tried.filter((card) => card.dirty).map((card) => card.edit);
  try {
    const effects = changes.length ? (await ask("POST", "rules/example", { changes })).effects : {};
    for (const card of tried) card.tryOut(effects[card.name] ?? card.rule.effect);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    cards.get(error.more.field)?.tryOut(""); // what is wrong with it is said when it is saved
  }
}

/** @param {Topic[]} topics @param {(card: RuleCard, rule: import("./rulecard.js").Rule) => void} does */
function eachRule(topics, does) {
  for (const rule of topics.flatMap((topic) => topic.rules)) {
    const card = cards.get(rule.name);
    if (card) does(card, rule);
  }
}

async function keep() {
  const changes = dirty().map((card) => card.edit);
  save.disabled = true;
  try {
    const { topics } = await ask("PATCH", "rules", { changes });
    eachRule(topics, (card, rule) => card.show(rule));
    hint("已保存，下一条消息起生效");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await refused(error);
  } finally {
    save.disabled = false;
    count();
  }
}

/** @param {Refused} error */
async function refused(error) {
  const wrong = cards.get(error.more.field);
  if (!wrong) {
    hint(error.message);
    return;
  }
  wrong.complain(error.message);
  wrong.focus();
  if (error.code !== "rule_changed") return;
  const { topics } = await ask("GET", "rules");
  eachRule(topics, (card, rule) => (card.dirty ? card.rebase(rule) : card.show(rule)));
}

function drop() {
  for (const card of dirty()) card.show(card.rule);
  count();
  hint("已放弃修改");
}

/** @param {string} words */
function sift(words) {
  for (const card of cards.values()) card.node.hidden = !`${card.rule.label}${card.rule.help}`.includes(words);
  for (const section of place.querySelectorAll("section")) {
    section.hidden = !section.querySelector(".rule:not([hidden])");
  }
  byId("none", HTMLElement).hidden = place.querySelector("section:not([hidden])") !== null;
}

save.addEventListener("click", keep);
byId("drop", HTMLButtonElement).addEventListener("click", drop);
const find = byId("find", HTMLInputElement);
find.addEventListener("input", () => sift(find.value.trim()));
window.addEventListener("beforeunload", (event) => {
  if (dirty().length) event.preventDefault();
});
attempt(async () => build((await ask("GET", "rules")).topics));
