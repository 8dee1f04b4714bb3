// @ts-check
/**
 * The shapes that the window and the desk exchange. Types only: nothing runs here.
 *
 * @typedef {"buyer" | "bot" | "agent" | "system"} Direction
 * @typedef {{kind: "product", code: string, title: string, price_fen: number, picture: string}} ProductCard
 * @typedef {{kind: "order", order_no: string, goods: string, status: string, total_fen: number, created: string}} OrderCard
 * @typedef {{at: string, place: string, text: string}} Scan
 * @typedef {{kind: "parcel", waybill: string, courier: string, state: string, events: Scan[]}} ParcelCard
 * @typedef {{kind: "request", number: string, kind_name: string, step: string}} RequestCard
 * @typedef {{kind: "recall", seq: number}} RecallCard message `seq` was taken back
 * @typedef {{kind: "rating", service: string}} RatingCard
 * @typedef {ProductCard | OrderCard | ParcelCard | RequestCard | RecallCard | RatingCard} Card
 *
 * @typedef {object} Message
 * @property {number} seq counts from 1 without gaps in its conversation
 * @property {string | null} client_msg_id
 * @property {Direction} direction
 * @property {"text" | "picture" | "card" | "notice" | "recall" | "rating"} kind
 * @property {string} text
 * @property {string} at ISO, UTC
 * @property {string} author
 * @property {{title: string}[]} buttons
 * @property {Card[]} cards
 * @property {string | null} picture
 * @property {boolean} [recalled] taken back: no text, cards or picture any more
 *
 * @typedef {"bot" | "queue" | "agent"} HolderName
 * @typedef {{holder: HolderName, epoch: number, position: number | null, agent?: string | null}} Holder
 * @typedef {{code: string, text: string}} Failure
 *
 * @typedef {object} Opened
 * @property {true} ok
 * @property {string} conversation_id
 * @property {string | null} guest
 * @property {string | null} nick
 * @property {number} last_seq
 * @property {Message[]} messages
 * @property {boolean} more
 * @property {number} read the newest seq that an agent has read
 * @property {{name: string, service_name: string}} shop
 * @property {string[]} hot
 * @property {{text: number, picture_bytes: number}} limits
 *
 * @typedef {{text?: string, picture?: string, button?: {seq: number, index: number},
 *   card?: {kind: "order" | "product", id: string}, person?: true, talk?: string,
 *   phrases?: {code: string, text: string}[], attached?: {id: string, url: string}[], anyway?: boolean}} Body what a buyer sends, or an agent in a `talk`
 * @typedef {{kind: Message["kind"], text: string, cards: Card[], picture: string | null}} Shown how it looks meanwhile
 * @typedef {{id: string, at: string, state: "waiting" | "failed", why: string, code?: string, body: Body,
 *   shown: Shown}} Pending
 *
 * @typedef {{code: string, title: string, kind: string, price_fen: number, picture: string, best_seller: boolean}} Product
 * @typedef {{order_no: string, created: string, goods: string, status: string, total_fen: number, picture: string}} Order
 */
export {};
