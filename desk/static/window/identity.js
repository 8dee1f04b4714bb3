// @ts-check
/** Who opens the window and what is in view. The token comes in the hash, which no server logs; the query is second. */
import { keep, recall } from "./memory.js";

const GUEST = "xiaoer.guest";
const NAMES = ["token", "product", "order", "host"];

/** @param {Location} place */
function readPlace(place) {
  const hash = new URLSearchParams(place.hash.slice(1));
  const query = new URLSearchParams(place.search);
  return Object.fromEntries(NAMES.map((name) => [name, hash.get(name) || query.get(name) || null]));
}

/** A token that came in the query moves to the hash, out of referrers and later requests. */
function hideToken() {
  const query = new URLSearchParams(location.search);
  const token = query.get("token");
  if (!token) return;
  const hash = new URLSearchParams(location.hash.slice(1));
  if (!hash.get("token")) hash.set("token", token);
  query.delete("token");
  history.replaceState(null, "", `${location.pathname}?${query}#${hash}`);
}

export function readIdentity() {
  const found = readPlace(location);
  hideToken();
  return {
    token: found.token,
    product: found.product,
    order: found.order,
    host: found.host,
    embedded: window.parent !== window,
    get guest() {
      return found.token ? null : recall(GUEST);
    },
    /** @param {string | null} guest as the desk answered it */
    keepGuest(guest) {
      if (guest && !found.token) keep(GUEST, guest);
    },
    /** The desk does not know this guest any more: a new one may begin. @returns {boolean} whether there was one */
    forgetGuest() {
      const known = this.guest !== null;
      if (known) keep(GUEST, null);
      return known;
    },
  };
}

/** @typedef {ReturnType<typeof readIdentity>} Identity */
