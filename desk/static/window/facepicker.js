// @ts-check
/** The sheet of faces over the field. Arrow keys walk, Esc closes. */
import { byId, makeButton } from "./dom.js";
import { FACES } from "./faces.js";

/** @param {(face: string) => void} onPick @param {() => void} onClose */
export function setUpFaces(onPick, onClose) {
  const sheet = byId("faces", HTMLElement);
  const opener = byId("open-faces", HTMLButtonElement);
  const buttons = FACES.map(([face, name], index) => {
    const button = makeButton("face", face, () => onPick(face));
    button.setAttribute("aria-label", name);
    button.title = name;
    button.tabIndex = index ? -1 : 0;
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    return button;
  });
  sheet.append(...buttons);

  /** @param {boolean} open */
  function show(open) {
    sheet.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (!open) onClose();
  }

  /** @param {number} index */
  function walk(index) {
    const next = buttons[Math.max(0, Math.min(buttons.length - 1, index))];
    buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
    next.focus();
  }

  opener.addEventListener("click", () => show(sheet.hidden));
  sheet.addEventListener("keydown", (event) => {
    const here = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const perLine = getComputedStyle(sheet).gridTemplateColumns.split(" ").length;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: perLine, ArrowUp: -perLine }[event.key];
    if (step) {
      event.preventDefault();
      walk(here + step);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      show(false);
    }
  });
  document.addEventListener("pointerdown", (event) => {
    const inside = event.target instanceof Node && (sheet.contains(event.target) || opener.contains(event.target));
    const field = event.target instanceof Element && event.target.closest("#composer");
    if (!sheet.hidden && !inside && !field) show(false);
  });
}
