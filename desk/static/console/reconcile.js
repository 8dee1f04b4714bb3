// @ts-check
/** Keeps the children of an element in step with a list: what stays the same is not touched. */

/**
 * @typedef {object} Item
 * @property {string} key
 * @property {string} version another version is drawn anew
 * @property {(old: HTMLElement | null) => HTMLElement} make may change and give back the old one
 */

/** @type {WeakMap<HTMLElement, Map<string, {version: string, node: HTMLElement}>>} */
const drawn = new WeakMap();

/** @param {HTMLElement} parent @param {Item[]} items */
export function reconcile(parent, items) {
  const before = drawn.get(parent) ?? new Map();
  const after = new Map();
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const keys = new Set(items.map((item) => item.key));
  for (const [key, { node }] of before) if (!keys.has(key)) node.remove();
  /** @type {Element | null} */
  let place = parent.firstElementChild;
  for (const { key, version, make } of items) {
    const known = before.get(key);
    const node = known?.version === version ? known.node : make(known?.node ?? null);
    after.set(key, { version, node });
    if (known && known.node !== node) {
      if (place === known.node) place = node;
      known.node.replaceWith(node);
    }
    if (node === place) place = place?.nextElementSibling ?? null;
    else parent.insertBefore(node, place);
  }
  drawn.set(parent, after);
  if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused) {
    focused.focus({ preventScroll: true });
  }
}

/** The next list shares nothing with this one. @param {HTMLElement} parent */
export function forget(parent) {
  drawn.delete(parent);
  parent.replaceChildren();
}
