// @ts-check
/** Which column is seen where there is room for one, the short words at the bottom, and leaving the desk. */
import { byId } from "../window/dom.js";

/** The conversation in view stands in the address: a reload shows it again, and “back” on a phone leads to the list. */
const HINT_MS = 4000;
const OPENS_MS = 8000;

/** @param {import("./workplace.js").Workplace} place @param {() => void} onOpen */
export function setUpStage(place, onOpen) {
  const root = document.documentElement;
  const hint = byId("hint", HTMLElement);
  const narrow = matchMedia("(max-width: 700px)");
  const onward = byId("hint-open", HTMLButtonElement);
  let hintTimer = 0;

  place.onHint.on(({ text, talk }) => {
    byId("hint-text", HTMLElement).textContent = text;
    hint.hidden = false;
    hint.classList.toggle("opens", Boolean(talk));
    onward.hidden = !talk;
    onward.onclick = () => {
      hint.hidden = true;
      open(talk);
    };
    clearTimeout(hintTimer);
    hintTimer = window.setTimeout(() => (hint.hidden = true), talk ? OPENS_MS : HINT_MS);
  });
  place.onTalk.on(() => {
    byId("home", HTMLElement).hidden = Boolean(place.talk);
    byId("talk-part", HTMLElement).hidden = !place.talk;
    byId("side", HTMLElement).hidden = !place.talk;
    root.classList.toggle("talking", Boolean(place.talk));
    root.classList.remove("side-open");
    const address = location.pathname + (place.talk && `#${place.talk}`);
    if (address === location.pathname + location.hash) return;
    if (narrow.matches && place.talk && !location.hash) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  });
  window.addEventListener("popstate", () => place.show(location.hash.slice(1)));
  byId("talk-back", HTMLButtonElement).addEventListener("click", () => place.show(""));
  byId("sign-out", HTMLButtonElement).addEventListener("click", async () => {
    await fetch("/api/staff/sign-out", { method: "POST" }).catch(() => undefined);
    location.assign("/signin");
  });

  /** @param {string} id */
  function open(id) {
    if (!id) return;
    const touch = matchMedia("(pointer: coarse)").matches;
    place.show(id);
    if (!touch && place.holds) onOpen();
  }

  return {
    open,
    /** The conversation that the address names, when the page is loaded. @returns {boolean} whether it names one */
    reopen() {
      const named = place.talk ? "" : location.hash.slice(1);
      open(named);
      return Boolean(named);
    },
  };
}
