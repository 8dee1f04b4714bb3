// @ts-check
/** The order within a group: by dragging, by Alt+↑ and Alt+↓, by buttons (a phone has neither). */
import { byId, makeButton } from "../window/dom.js";
import { ask, attempt } from "./asking.js";

/** @typedef {import("./phrases.js").Shelf} Shelf */

let dragged = "";

/** @param {Shelf} shelf @param {HTMLElement} item @param {import("./phrases.js").Phrase} phrase */
export function makeMovable(shelf, item, phrase) {
  const codes = shelf.shown.map((each) => each.code);
  const at = codes.indexOf(phrase.code);
  item.tabIndex = 0;
  item.draggable = true;
  item.classList.add("movable");
  item.setAttribute("aria-label", `/${phrase.code}，第 ${at + 1} 条，Alt+上下键移动`);
  item.addEventListener("keydown", (event) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    void move(shelf, phrase.code, event.key === "ArrowUp" ? at - 1 : at + 1);
  });
  item.addEventListener("dragstart", (event) => {
    dragged = phrase.code;
    event.dataTransfer?.setData("text/plain", phrase.code);
    item.classList.add("dragged");
  });
  item.addEventListener("dragend", () => item.classList.remove("dragged"));
  item.addEventListener("dragover", (event) => {
    if (!codes.includes(dragged) || dragged === phrase.code) return;
    event.preventDefault();
    item.classList.add("target");
  });
  item.addEventListener("dragleave", () => item.classList.remove("target"));
  item.addEventListener("drop", (event) => {
    event.preventDefault();
    item.classList.remove("target");
    if (codes.includes(dragged)) void move(shelf, dragged, at);
  });
  const does = item.querySelector(".card-does");
  does?.prepend(makeStep(shelf, phrase.code, "上移", at - 1, at === 0), makeStep(shelf, phrase.code, "下移", at + 1, at === codes.length - 1));
}

/** @param {Shelf} shelf @param {string} code @param {string} text @param {number} to @param {boolean} end */
function makeStep(shelf, code, text, to, end) {
  const button = makeButton("button small", text === "上移" ? "↑" : "↓", () => void move(shelf, code, to, text));
  button.setAttribute("aria-label", `${text} ${code}`);
  button.disabled = end;
  return button;
}

/**
 * @param {Shelf} shelf
 * @param {string} code
 * @param {number} to
 * @param {string} [pressed] the button that was pressed keeps the focus
 */
async function move(shelf, code, to, pressed) {
  const codes = shelf.shown.map((phrase) => phrase.code);
  if (to < 0 || to >= codes.length || codes.indexOf(code) === to) return;
  codes.splice(to, 0, ...codes.splice(codes.indexOf(code), 1));
  await attempt(() => ask("PUT", "phrase-groups/places", { name: shelf.group, codes }));
  await shelf.changed();
  const item = byId("list", HTMLElement).querySelector(`[data-code="${code}"]`);
  const button = pressed ? item?.querySelector(`[aria-label="${pressed} ${code}"]:not(:disabled)`) : null;
  const focused = button ?? item;
  if (focused instanceof HTMLElement) focused.focus();
}
