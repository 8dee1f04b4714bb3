// @ts-check
/** What can be put into a text: chips with a sample of each. */
import { make, makeButton } from "../../window/dom.js";

/**
 * @param {{ name: string, sample: string, help: string }[]} variables
 * @param {string[]} fills those that are known there
 * @param {(name: string) => void} onPick
 */
export function makeVariables(variables, fills, onPick) {
  const known = variables.filter((each) => fills.includes(each.name));
  const chips = known.map((each) => {
    const chip = makeButton("chip", each.name, () => onPick(each.name));
    chip.append(make("span", "chip-sample", each.sample));
    chip.title = each.help;
    return chip;
  });
  const node = make("details", "variables", make("summary", "", "插入变量"), make("div", "chips", ...chips));
  node.open = chips.length <= 12;
  return node;
}
