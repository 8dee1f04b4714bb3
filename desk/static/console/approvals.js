// @ts-check
/** For the people in charge: how many prices, refunds and compensations wait for their decision, and the way there. */
import { byId, make } from "../window/dom.js";

/** @param {import("./workplace.js").Workplace} place @returns {(waiting: number) => void} to be told of every change */
export function setUpApprovals(place) {
  const way = byId("open-approvals", HTMLAnchorElement);

  /** @param {number} waiting */
  function show(waiting) {
    way.hidden = !place.me.leader || !waiting;
    way.replaceChildren(make("span", "", `${waiting} 条申请等您审批`), make("strong", "", "去审批"));
  }

  place.onEntered.on(({ counts }) => show(counts.approvals));
  return show;
}
