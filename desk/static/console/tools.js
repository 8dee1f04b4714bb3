// @ts-check
/** The buttons over the field: faces, pictures, orders, products, phrases. */
import { byId } from "../window/dom.js";
import { setUpFaces } from "../window/facepicker.js";
import { cardOfOrder, setUpPickers } from "../window/pickers.js";
import { PictureTray } from "../window/pictures.js";
import { Signal } from "./signal.js";

/** @typedef {import("./shapes.js").Order} Order */
/** @typedef {import("../window/shapes.js").Card} Card */

const NOT_MINE = "先接待这位买家（Alt+T）";
const WORDS = { orders: "发送订单给买家", products: "发送宝贝给买家", none: "买家还没有下过单" };

/**
 * @param {import("./workplace.js").Workplace} place
 * @param {import("./writing.js").Writing} writing
 * @param {import("./sending.js").Sending} sending
 * @param {import("./side.js").SidePanel} side
 */
export function setUpTools(place, writing, sending, side) {
  setUpFaces((face) => writing.insert(face), () => writing.focus());
  writing.onFaceBlank = () => {
    if (byId("faces", HTMLElement).hidden) byId("open-faces", HTMLButtonElement).click();
  };

  const tray = new PictureTray(
    () => ({ talk: place.talk }),
    (picture, { talk }) => talk && sending.put(talk, { picture: picture.id }, { kind: "picture", text: "", cards: [], picture: picture.url }),
    (text) => place.hint(text),
  );
  tray.refusal = () => (place.holds ? "" : NOT_MINE);
  place.onTalk.on(() => tray.clear());
  place.onEntered.on(({ limits }) => (tray.limit = limits.picture_bytes));

  /** @param {"order" | "product"} kind @param {string} id @param {Card} card */
  function sendCard(kind, id, card) {
    if (!place.holds) return place.hint(NOT_MINE);
    sending.put(place.talk, { card: { kind, id } }, { kind: "card", text: "", cards: [card], picture: null });
  }

  /** @param {Order} order @returns {import("../window/shapes.js").Order} */
  const asPick = (order) => ({ ...order, picture: order.lines[0]?.picture ?? "" });
  setUpPickers(async () => (side.now?.orders ?? []).map(asPick), sendCard, WORDS);

  /** @type {Signal<void>} */
  const phrases = new Signal();
  byId("open-phrases", HTMLButtonElement).addEventListener("click", () => phrases.tell());

  return {
    /** @param {Order} order */
    sendOrder: (order) => sendCard("order", order.order_no, cardOfOrder(asPick(order))),
    openPhrases: () => phrases.tell(),
    /** @param {() => void} does */
    onPhrases: (does) => phrases.on(does),
  };
}
