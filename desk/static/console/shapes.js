// @ts-check
/**
 * The shapes that the console and the desk exchange (docs/console.md). Types only: nothing runs here.
 *
 * @typedef {import("../window/shapes.js").Card} Card
 * @typedef {import("../window/shapes.js").HolderName} HolderName
 * @typedef {Omit<import("../window/shapes.js").Message, "kind"> & {talk: string, kind: string, key?: string | null,
 *   recalled?: boolean, author_id?: string | null, mine?: boolean}} Message kind may also be recall or rating; `mine` is
 *   this page's own
 *
 * @typedef {object} Row a conversation in the lists
 * @property {string} id
 * @property {string} nick
 * @property {boolean} guest
 * @property {HolderName} holder
 * @property {number} epoch
 * @property {number | null} position
 * @property {{id: string, name: string} | null} agent
 * @property {{code: string, name: string} | null} group
 * @property {string} reason
 * @property {string | null} queued_at
 * @property {string | null} waiting_since
 * @property {{seq: number, direction: string, kind: string, text: string, at: string} | null} last
 * @property {number} last_seq
 * @property {number} unread
 * @property {number} buyer_read
 * @property {boolean} urgent
 * @property {string[]} tags
 * @property {string} intent
 * @property {string} intent_name
 * @property {string} mood
 * @property {string | null} order_no
 * @property {string | null} product_code
 * @property {boolean} assisted
 * @property {{number: string, started_at: string} | null} service
 *
 * @typedef {"备注" | "求助" | "悄悄话"} NoteKind
 * @typedef {{talk: string, number: number, kind: NoteKind, author_id: string, author: string, text: string, at: string}} Note
 *
 * @typedef {object} HandCard what the taker should know
 * @property {string} [reason]
 * @property {string} [summary]
 * @property {{intent: string, name: string, confidence: number}[]} [intents] confidence 0 to 1
 * @property {{label: string, value: string}[]} [facts]
 * @property {string | null} [order_no]
 * @property {string[]} [answered]
 * @property {string} [mood]
 *
 * @typedef {object} Handover
 * @property {string} [talk]
 * @property {number} epoch
 * @property {string} at
 * @property {HolderName} from_holder
 * @property {HolderName} to_holder
 * @property {string} from_agent
 * @property {string} to_agent
 * @property {string} group
 * @property {string} reason
 * @property {string} note
 * @property {string} by
 * @property {string[]} why
 * @property {HandCard | null} card
 *
 * @typedef {"在线" | "挂起" | "示忙" | "离线"} SeatState
 * @typedef {{staff_id: string, name: string, role: string, state: SeatState, since: string, load: number,
 *   limit: number, groups: string[]}} Seat
 * @typedef {{number: string, kind: string, title: string, created_at: string, due_at: string, talk: string, nick: string,
 *   order_no: string, owner: string, intent_name: string, draft: string}} Task
 * @typedef {{id: number, kind: string, at: string, talk: string, nick: string, staff: string, note: string}} Alert
 * @typedef {{code: string, group: string, text: string, filled: string, own: boolean, shipped: boolean, why: string,
 *   picture: PhrasePicture | null}} Phrase
 * @typedef {{id: string, url: string}} PhrasePicture goes to the buyer after the text
 * @typedef {{code: string, text: string}} PhraseUsed as it was inserted
 * @typedef {{start: number, end: number, word: string, kind: string, advice: string, blocked: boolean,
 *   instead?: string}} Finding places count characters, not UTF-16 units
 *
 * @typedef {object} Entered
 * @property {{id: string, name: string, role: string, leader: boolean, manages: boolean}} me
 * @property {Seat[]} seats
 * @property {{code: string, name: string}[]} groups
 * @property {Row[]} mine
 * @property {Row[]} queue
 * @property {Alert[]} alerts
 * @property {Record<string, string>} drafts
 * @property {{left: number, tasks: number, complaints: number, approvals: number}} counts
 * @property {Limits} limits
 * @property {string[]} reasons
 * @property {Record<string, string[]>} causes by kind
 * @property {string[]} results
 * @property {string[]} phrase_groups
 * @property {string} [now]
 *
 * @typedef {{text: number, note: number, answer_seconds: number, warn_seconds: number, recall_seconds: number,
 *   picture_bytes: number}} Limits
 *
 * @typedef {object} Order
 * @property {string} order_no
 * @property {string} status
 * @property {string} created
 * @property {string | null} paid
 * @property {number} total_fen
 * @property {string} goods
 * @property {{title: string, variant: string, quantity: number, price_fen: number, picture: string}[]} lines
 * @property {{name: string, phone: string, address: string}} receiver
 * @property {string} remark
 * @property {{waybill: string, courier: string, state: string, events: {at: string, place: string, text: string}[]}[]} parcels
 *
 * @typedef {object} Side what stands beside a conversation
 * @property {{nick: string, name: string, phone: string, province: string, level: number, registered_at: string | null,
 *   orders: number, spent_fen: number, guest: boolean}} buyer
 * @property {Order[]} orders
 * @property {{number: string, kind: string, state: string, step: string, order_no: string, amount_fen: number,
 *   created_at: string}[]} requests
 * @property {{number: string, cause: string, text: string, created_at: string, reply_by: string}[]} complaints
 * @property {{number: string, price_fen: number, list_fen: number, expires_at: string, state: string}[]} offers
 * @property {Task[]} tasks
 * @property {{number: string, agent: string, started_at: string, closed_at: string | null, kind: string, cause: string,
 *   result: string, rating: number | null, comment: string}[]} services
 * @property {{contacts: number, old_problem: boolean} | null} [history] of a buyer who comes again and again
 *
 * @typedef {"mine" | "queue" | "bot" | "all"} Which
 * @typedef {"回复" | NoteKind} Mode what the field writes
 */
export {};
