// @ts-check
/** One field for order numbers, waybills, phones, names and nicks. TR-09. */
import { byId } from "../window/dom.js";

const ASK_AFTER_MS = 200;

/**
 * @param {import("./workplace.js").Workplace} place
 * @param {import("./list.js").TalkList} list
 */
export function setUpSearch(place, list) {
  const field = byId("search", HTMLInputElement);
  const away = byId("search-away", HTMLButtonElement);
  let timer = 0;

  async function ask() {
    const words = field.value.trim();
    away.hidden = !field.value;
    if (!words) return list.showFound(null);
    const answer = await place.act("search", { words });
    if (!answer || words !== field.value.trim()) return;
    place.putAll(answer.rows);
    list.showFound(answer.rows);
  }

  function clear() {
    field.value = "";
    void ask();
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), ASK_AFTER_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      clear();
      field.blur();
    } else if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(timer);
      void ask().then(() => list.shown.length && field.value.trim() && list.onOpen(list.shown[0].id));
    } else if (event.key === "ArrowDown") {
      const first = document.querySelector("#rows .talk-row");
      if (first instanceof HTMLElement) {
        event.preventDefault();
        first.focus();
      }
    }
  });
  away.addEventListener("click", () => {
    clear();
    field.focus();
  });
  byId("tabs", HTMLElement).addEventListener("click", () => {
    clearTimeout(timer);
    field.value = "";
    away.hidden = true;
  });
  return {
    focus() {
      field.focus();
      field.select();
    },
  };
}
