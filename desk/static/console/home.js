// @ts-check
/** What stands in the middle while no conversation is open: a greeting, and what waits. CW-25, HE-16. */
import { byId, make, makeButton } from "../window/dom.js";

/** @typedef {import("./list.js").Tab} Tab */

/** @param {import("./workplace.js").Workplace} place @param {(tab: Tab) => void} onTab */
export function setUpHome(place, onTab) {
  const home = byId("home", HTMLElement);

  function draw() {
    const { entered } = place;
    if (!entered) return;
    const { left, tasks, complaints } = entered.counts;
    byId("home-hello", HTMLElement).textContent = `${greet(place.now())}，${place.me.name}`;
    const tiles = /** @type {[string, number, Tab, string][]} */ ([
      ["我的会话", place.rows.count("mine"), "mine", ""],
      ["正在排队", place.rows.count("queue"), "queue", "waiting"],
      ["遗留留言", left ?? 0, "tasks", "waiting"],
      ["待办", tasks ?? 0, "tasks", ""],
      ["投诉", complaints ?? 0, "tasks", "bad"],
    ]);
    byId("home-tiles", HTMLElement).replaceChildren(
      ...tiles.map(([name, count, tab, tone]) => {
        const tile = makeButton(`tile ${count ? tone : ""}`.trim(), "", () => onTab(tab));
        tile.append(make("strong", "", String(count)), make("span", "", name));
        return tile;
      }),
    );
  }

  place.onEntered.on(draw);
  place.onRows.on(() => !home.hidden && draw());
}

/** By the shop's clock. @param {number} now */
function greet(now) {
  const hour = new Date(now + 8 * 3_600_000).getUTCHours();
  if (hour < 6) return "夜深了";
  if (hour < 11) return "早上好";
  if (hour < 13) return "中午好";
  if (hour < 18) return "下午好";
  return "晚上好";
}
