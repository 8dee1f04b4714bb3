// @ts-check
/** What a buyer would read, with samples or with what is known of a real conversation. */
import { make } from "../../window/dom.js";
import { ask, attempt } from "../asking.js";

/** @typedef {import("./shapes.js").Wording} Wording */

const PAUSE_MS = 250;

export function makePreview() {
  const select = make("select", "field", new Option("示例内容", ""));
  select.setAttribute("aria-label", "用哪个会话预览");
  const list = make("div", "preview-list");
  list.setAttribute("aria-live", "polite");
  const node = make("aside", "reply-preview", make("h3", "", "买家会看到"), select, list);
  node.setAttribute("aria-label", "预览");
  let timer = 0;
  /** @type {Wording[]} */
  let shown = [];

  async function draw() {
    const wordings = shown.filter((wording) => wording.text.trim());
    if (!wordings.length) return list.replaceChildren(make("p", "soft", "写几个字，这里就会显示买家看到的样子。"));
    const found = await attempt(() => ask("POST", "replies/preview", { wordings, talk: select.value || null }));
    if (found) list.replaceChildren(...found.shown.map(describe));
  }
  /** @param {Wording[]} wordings */
  function show(wordings) {
    shown = wordings;
    clearTimeout(timer);
    timer = window.setTimeout(() => void draw(), PAUSE_MS);
  }
  select.addEventListener("change", () => void draw());
  void ask("GET", "replies/talks").then(
    ({ talks }) => {
      for (const talk of talks) select.append(new Option(`${talk.nick} 的会话`, talk.id));
    },
    () => (select.hidden = true),
  );
  return { node, show };
}

/** @param {{ text: string, missing: string[], timed_out: boolean }} each */
function describe(each) {
  const notes = [
    each.missing.length ? `这个会话里还不知道“${each.missing.join("、")}”，这时不会用这条` : "",
    each.timed_out ? "现在不在它的时间里" : "",
  ].filter(Boolean);
  const note = notes.length ? make("p", "preview-note", notes.join("；")) : null;
  return make("div", "preview-one", make("p", "preview-bubble", each.text), note);
}
