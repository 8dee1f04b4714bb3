// @ts-check
/** Which column is seen where there is room for one, the short words at the bottom, and leaving the desk. */
import { byId } from "../window/dom.js";

const HINT_MS = 4000;

/** @param {import("./workplace.js").Workplace} place @param {() => void} onOpen */
export function setUpStage(place, onOpen) {
  const root = document.documentElement;
  const hint = byId("hint", HTMLElement);
  let hintTimer = 0;

  place.onHint.on((text) => {
    hint.textContent = text;
    hint.hidden = false;
    clearTimeout(hintTimer);
    hintTimer = window.setTimeout(() => (hint.hidden = true), HINT_MS);
  });
  place.onTalk.on(() => {
    byId("home", HTMLElement).hidden = Boolean(place.talk);
    byId("talk-part", HTMLElement).hidden = !place.talk;
    byId("side", HTMLElement).hidden = !place.talk;
    root.classList.toggle("talking", Boolean(place.talk));
    root.classList.remove("side-open");
  });
  byId("talk-back", HTMLButtonElement).addEventListener("click", () => place.show(""));
  byId("sign-out", HTMLButtonElement).addEventListener("click", async () => {
    await fetch("/api/staff/sign-out", { method: "POST" }).catch(() => undefined);
    location.assign("/signin");
  });

  return {
    /** @param {string} id */
    open(id) {
      if (!id) return;
      const touch = matchMedia("(pointer: coarse)").matches;
      place.show(id);
      if (!touch && place.holds) onOpen();
    },
  };
}
