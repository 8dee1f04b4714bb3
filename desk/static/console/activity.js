// @ts-check
/** Tells the desk, now and then, that there is a hand on the keys. */

const EVERY_MS = 30_000;

/** @param {import("./workplace.js").Workplace} place */
export function setUpActivity(place) {
  let told = 0;
  const tell = () => {
    if (!place.entered || Date.now() - told < EVERY_MS) return;
    told = Date.now();
    place.link().tell("active", {});
  };
  for (const sign of ["keydown", "pointerdown", "pointermove", "wheel"]) {
    document.addEventListener(sign, tell, { capture: true, passive: true });
  }
}
