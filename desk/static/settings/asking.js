// @ts-check
/** Asking the desk from the pages of 设置, and saying what came of it. */
import { byId } from "../window/dom.js";

const HINT_MS = 4000;
let timer = 0;

/** The desk said no, or could not be asked: `message` is for the person, `code` and `more` for the page. */
export class Refused extends Error {
  /** @param {string} code @param {string} text @param {Record<string, any>} more */
  constructor(code, text, more) {
    super(text);
    this.code = code;
    this.more = more;
  }
}

/**
 * @param {"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} method
 * @param {string} path below /api/v1/
 * @param {object | FormData} [body]
 * @returns {Promise<any>}
 * @throws {Refused}
 */
export async function ask(method, path, body) {
  const plain = body !== undefined && !(body instanceof FormData);
  let answer;
  try {
    answer = await fetch(`/api/v1/${path}`, {
      method,
      headers: plain ? { "Content-Type": "application/json" } : {},
      body: plain ? JSON.stringify(body) : /** @type {FormData | undefined} */ (body),
    });
  } catch {
    throw new Refused("offline", "网络不太通畅，请您稍后再试", {});
  }
  if (answer.status === 401) {
    location.assign(`/signin?next=${encodeURIComponent(location.pathname)}`);
    return new Promise(() => {});
  }
  const given = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (answer.ok) return given;
  const { code = "internal", text = "系统开小差了，请您稍后再试", ...more } = given.error ?? {};
  throw new Refused(code, text, more);
}

/** Said for a moment at the foot of the page. @param {string} text */
export function hint(text) {
  const place = byId("hint", HTMLElement);
  place.textContent = text;
  place.hidden = false;
  clearTimeout(timer);
  timer = window.setTimeout(() => (place.hidden = true), HINT_MS);
}

/**
 * After a change: the list shows it before the dialog goes, so that nobody opens what is no longer so.
 * @param {import("../console/dialogs.js").Opened} opened
 * @param {() => Promise<void>} renew
 */
export async function closeRenewed(opened, renew) {
  await attempt(renew);
  opened.close();
}

/** Does it, and says what went wrong. @template T @param {() => Promise<T>} does @returns {Promise<T | null>} */
export async function attempt(does) {
  try {
    return await does();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    hint(error.message);
    return null;
  }
}
