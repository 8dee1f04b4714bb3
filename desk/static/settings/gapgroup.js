// @ts-check
/** One group of 没答好的问题 as a card: how often, why, what it may mean, who said it how. */
import { make } from "../window/dom.js";

/**
 * @typedef {"open" | "taught" | "replied" | "dismissed"} State
 *
 * @typedef {object} Example
 * @property {number[]} ids
 * @property {string} text
 * @property {number} count
 * @property {string[]} kinds
 * @property {string} reason
 * @property {string} talk
 * @property {string} at
 * @property {string} intent
 * @property {string} intent_name
 *
 * @typedef {object} Group
 * @property {string} state
 * @property {number} count
 * @property {number} buyers
 * @property {string} newest
 * @property {number} waiting
 * @property {{ kind: string, count: number }[]} kinds
 * @property {{ intent: string, name: string, percent: number } | null} likely
 * @property {Example[]} examples
 * @property {number} more
 * @property {number[]} rest
 *
 * @typedef {object} Found
 * @property {"done" | "loading" | "none"} grouping
 * @property {boolean} cut
 * @property {Record<State, number>} counts
 * @property {number} messages
 * @property {{ kind: string, count: number }[]} shares
 * @property {Group[]} groups
 * @property {number} left
 */

const AT_ONCE = 4;
const OPEN = "待处理";
/** The one kind of which the reason says more than its name. */
const HANDED = "转人工";

/** @param {Group} group @param {HTMLElement[]} does */
export function drawGroup(group, does) {
  const name = group.examples[0]?.text ?? "";
  const often = make("span", "gap-count", `${group.count} 次 · ${group.buyers} 位买家`);
  const head = make("div", "card-head", make("strong", "", name), often, make("div", "card-does", ...does));
  const card = make("article", "card gap", head, drawWhy(group));
  card.setAttribute("aria-label", name);
  card.append(make("ul", "gap-examples", ...group.examples.slice(0, AT_ONCE).map(drawExample)));
  const others = group.examples.slice(AT_ONCE);
  if (others.length) {
    const summary = make("summary", "", `还有 ${others.length + group.more} 种说法`);
    const more = group.more ? make("p", "soft", `另有 ${group.more} 种说法没有列出`) : null;
    card.append(make("details", "gap-more", summary, make("ul", "gap-examples", ...others.map(drawExample)), more));
  }
  if (group.waiting) card.append(make("p", "soft", `教过之后又有 ${group.waiting} 条，新模型上线后再没答好的会回到“待处理”。`));
  return card;
}

/** @param {Group} group */
function drawWhy(group) {
  const kinds = group.kinds.map(({ kind, count }) => make("span", "tag", `${kind} ${count}`));
  const likely = group.likely && group.state === OPEN
    ? make("span", "soft", "可能是：", make("b", "gap-likely", group.likely.name), `（机器人有 ${group.likely.percent}% 的把握）`)
    : null;
  return make("p", "gap-why", ...kinds, likely);
}

/** @param {Example} example */
function drawExample(example) {
  const link = make("a", "gap-talk", "看对话");
  link.href = `/console#${encodeURIComponent(example.talk)}`;
  link.setAttribute("aria-label", `看对话：${example.text}`);
  const times = example.count > 1 ? make("span", "soft", `${example.count} 次`) : null;
  const learned = example.intent_name ? make("span", "tag good", `教作：${example.intent_name}`) : null;
  const why = example.kinds.includes(HANDED) && example.reason ? make("span", "soft", example.reason) : null;
  return make("li", "", make("q", "", example.text), times, learned, why, link);
}
