// @ts-check
/** Talk with the page that the window is embedded in. Both sides check whom they hear. */

const NAME = "xiaoer";

/**
 * @param {import("./identity.js").Identity} identity
 * @param {(shown: boolean) => void} onShown
 */
export function meetHost(identity, onShown) {
  const origin = identity.embedded ? identity.host : null;
  /** @param {object} news */
  const tell = (news) => {
    if (origin) window.parent.postMessage({ from: NAME, ...news }, origin);
  };
  if (origin) {
    window.addEventListener("message", (event) => {
      if (event.source !== window.parent || event.origin !== origin || event.data?.to !== NAME) return;
      if (typeof event.data.shown === "boolean") onShown(event.data.shown);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) tell({ close: true });
    });
  }
  return {
    embedded: origin !== null,
    /** @param {number} count */
    unread: (count) => tell({ unread: count }),
    /** @param {string} code */
    product: (code) => tell({ product: code }),
    close: () => tell({ close: true }),
    ready: () => tell({ ready: true }),
  };
}

/** @typedef {ReturnType<typeof meetHost>} Host */
