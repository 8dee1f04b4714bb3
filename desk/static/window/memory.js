// @ts-check
/** The browser's storage, which may be forbidden or full: then nothing is kept and nothing breaks. */

/** @typedef {"localStorage" | "sessionStorage"} Shelf the second is forgotten with the tab */

/** @param {string} key @param {Shelf} [shelf] */
export function recall(key, shelf = "localStorage") {
  try {
    return window[shelf].getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string | null} value null forgets it
 * @param {Shelf} [shelf]
 */
export function keep(key, value, shelf = "localStorage") {
  try {
    if (value === null) window[shelf].removeItem(key);
    else window[shelf].setItem(key, value);
  } catch {
    // private mode or no room left
  }
}

/** @param {string} prefix */
export function keysWith(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
