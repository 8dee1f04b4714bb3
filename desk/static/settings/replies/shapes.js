// @ts-check
/**
 * @typedef {object} Wording
 * @property {string} text
 * @property {Record<string, string | boolean>} [when]
 * @property {string} [starts] HH:MM
 * @property {string} [ends]
 * @property {string} [first] a day, 2026-11-20
 * @property {string} [last]
 * @property {string} [condition] `when` in words
 *
 * @typedef {object} Offers what an editor may choose from
 * @property {{ label: string, when: Record<string, string | boolean> }[]} conditions
 * @property {boolean} of_product
 * @property {string[]} fills names of variables that are known there
 *
 * @typedef {object} ReplyFacts
 * @property {string} key
 * @property {string} group
 * @property {string} scene
 * @property {"bot" | "desk" | "keyword"} sayer
 * @property {string} off what switching it off does
 * @property {boolean} may_be_off
 * @property {boolean} may_call_person
 * @property {"shipped" | "changed" | "own"} state
 * @property {boolean} enabled
 * @property {boolean} to_person
 * @property {Wording[]} wordings
 * @property {string[]} keywords
 * @property {number} priority
 * @property {number} version
 * @property {string} changed_by
 * @property {string} changed_at
 * @property {string} problem
 *
 * @typedef {ReplyFacts & Offers} Reply
 *
 * @typedef {object} Draft what is saved
 * @property {number} version
 * @property {string} scene
 * @property {Wording[]} wordings
 * @property {boolean} enabled
 * @property {boolean} to_person
 * @property {string[]} keywords
 * @property {number} priority
 *
 * @typedef {object} Library
 * @property {number} count
 * @property {number} limit
 * @property {string[]} groups
 * @property {Reply[]} replies
 * @property {{ name: string, sample: string, help: string }[]} variables
 * @property {string[]} products
 * @property {Offers} own
 *
 * @typedef {Omit<Draft, "version"> & { version?: number, by?: string, removed?: boolean }} Standing
 *
 * @typedef {object} Change
 * @property {number} id
 * @property {string} action
 * @property {string} name
 * @property {string} at
 * @property {Standing | null} before
 * @property {Standing | null} after
 */

export const LONGEST = 500;
export const MOST_WORDINGS = 60;
/** The reply that is about to be added. */
export const NEW = "";

/** @param {Wording} wording when it is said, in words; "" for always */
export function describeTime(wording) {
  const days = [wording.first, wording.last].some(Boolean) ? `${wording.first || "即日"} 至 ${wording.last || "长期"}` : "";
  const hours = wording.starts ? `${wording.starts}–${wording.ends}` : "";
  return [days, hours].filter(Boolean).join(" ");
}

/** @param {string} iso */
export function describeMoment(iso) {
  return new Date(iso).toLocaleString("zh-CN", {
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone: "Asia/Shanghai",
  });
}
