// @ts-check
/** One rule of the page: what it is, its fields, who set it, what it does, what is wrong with it. */
import { make, makeButton } from "../window/dom.js";
import { makeRuleField } from "./rulefields.js";

/**
 * @typedef {object} Rule
 * @property {string} name
 * @property {string} label
 * @property {string} help
 * @property {import("./rulefields.js").Shape} shape
 * @property {any} value
 * @property {any} default
 * @property {string} default_text
 * @property {string | null} set_by
 * @property {string | null} set_at
 * @property {string} effect
 */

const WHEN = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const WIDE = new Set(["rows", "words", "marks", "record"]);

export class RuleCard {
  /** @param {Rule} rule @param {(card: RuleCard) => void} onChange */
  constructor(rule, onChange) {
    this.rule = rule;
    this.name = rule.name;
    this.onChange = onChange;
    this.field = makeRuleField(rule.shape, rule.value, rule.label);
    this.before = "";
    this.fallback = "";
    this.place = make("div", "rule-field");
    this.who = make("span", "soft");
    this.reset = makeButton("button small", "恢复默认", () => this.#put(this.rule.default, true));
    this.reset.setAttribute("aria-label", `${rule.label}恢复默认`);
    this.effect = make("p", "rule-effect");
    this.wrong = make("p", "rule-wrong");
    this.wrong.setAttribute("role", "alert");
    const heading = make("h3", "", rule.label);
    const words = make("div", "rule-words", heading, make("p", "soft", rule.help));
    const foot = make("div", "rule-foot", this.who, this.reset);
    const wide = WIDE.has(rule.shape.kind) ? " wide" : "";
    this.node = make("article", `card rule${wide}`, words, this.place, this.effect, this.wrong, foot);
    this.node.id = `rule-${rule.name}`;
    this.node.addEventListener("input", () => this.#changed());
    this.node.addEventListener("change", () => this.#changed());
    this.show(rule);
  }

  get dirty() {
    return JSON.stringify(this.field.read()) !== this.before;
  }

  /** What the desk is asked to set. */
  get edit() {
    const value = this.field.read();
    const reset = JSON.stringify(value) === this.fallback;
    return { name: this.name, expected: this.rule.value, ...(reset ? { reset } : { value }) };
  }

  /** As the desk has it now; what was typed is given up. @param {Rule} rule */
  show(rule) {
    this.rule = rule;
    this.fallback = JSON.stringify(makeRuleField(rule.shape, rule.default, "").read());
    this.field = makeRuleField(rule.shape, rule.value, rule.label);
    this.before = JSON.stringify(this.field.read());
    this.place.replaceChildren(this.field.node);
    this.#tell();
  }

  /** A colleague has set it meanwhile: theirs is what stands, what was typed here stays typed. @param {Rule} rule */
  rebase(rule) {
    this.rule = rule;
    this.before = JSON.stringify(makeRuleField(rule.shape, rule.value, "").read());
    const said = this.wrong.textContent ?? "";
    this.#tell();
    this.complain(said);
  }

  /** @param {string} text what is wrong with it; "" takes it back */
  complain(text) {
    this.wrong.textContent = text;
    this.wrong.hidden = !text;
    this.node.classList.toggle("refused", Boolean(text));
  }

  /** @param {string} text what it would do */
  tryOut(text) {
    this.effect.textContent = text;
    this.effect.hidden = !text;
  }

  focus() {
    this.node.scrollIntoView({ block: "center" });
    /** @type {HTMLElement | null} */ (this.place.querySelector("input, select, textarea"))?.focus({ preventScroll: true });
  }

  /** @param {any} value @param {boolean} byHand */
  #put(value, byHand) {
    this.field = makeRuleField(this.rule.shape, value, this.rule.label);
    this.place.replaceChildren(this.field.node);
    if (byHand) this.#changed();
  }

  #changed() {
    this.node.classList.toggle("changed", this.dirty);
    this.complain("");
    this.reset.hidden = JSON.stringify(this.field.read()) === this.fallback;
    this.onChange(this);
  }

  #tell() {
    const { set_by: by, set_at: at, default_text: usual, effect } = this.rule;
    this.node.classList.toggle("changed", this.dirty);
    this.reset.hidden = JSON.stringify(this.field.read()) === this.fallback;
    this.who.textContent = at ? `默认 ${usual} · ${by} ${WHEN.format(new Date(at))} 设置` : `默认 ${usual}`;
    this.complain("");
    this.tryOut(effect);
  }
}
