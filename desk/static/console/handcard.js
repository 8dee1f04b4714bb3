// @ts-check
/** The card pinned over the talk for who takes it: why the buyer wants a person, what is known, why it came here. */
import { byId, make } from "../window/dom.js";

/** @typedef {import("./shapes.js").Handover} Handover */

/** Who hands over without having anything to say: the note is the buyer's own words then. */
const NO_COLLEAGUE = new Set(["bot", "buyer", "desk"]);

/** The hand-overs since the bot held it last, oldest first. @param {Iterable<Handover>} handovers */
export function sinceBot(handovers) {
  const sorted = [...handovers].sort((a, b) => a.epoch - b.epoch);
  return sorted.slice(sorted.findLastIndex((handover) => handover.to_holder === "bot") + 1);
}

/** @param {string} title @param {HTMLElement | string} value @param {boolean} [wide] */
function makeFact(title, value, wide = false) {
  return make("div", wide ? "fact wide" : "fact", make("dt", "", title), make("dd", "", value));
}

/** @param {import("./shapes.js").HandCard} card */
function makeIntents(card) {
  return make(
    "span",
    "intents",
    ...(card.intents ?? []).map((intent) =>
      make("span", "tag", intent.confidence ? `${intent.name} ${Math.round(intent.confidence * 100)}%` : intent.name),
    ),
  );
}

export class HandCard {
  #card = byId("hand-card", HTMLDetailsElement);
  #drawn = "";

  /** @param {import("./workplace.js").Workplace} place @param {import("./talkview.js").TalkView} view */
  constructor(place, view) {
    this.place = place;
    view.onNews.on((known) => this.#draw(known));
    place.onTalk.on(() => {
      this.#card.hidden = true;
      this.#drawn = "";
    });
  }

  /** @param {import("./talkview.js").KnownTalk} known */
  #draw(known) {
    const row = this.place.row;
    const records = sinceBot(known.handovers.values());
    const last = records.at(-1);
    const card = records.findLast((record) => record.card && Object.keys(record.card).length)?.card;
    this.#card.hidden = !row || row.holder === "bot" || !last || !card;
    if (this.#card.hidden || !last || !card) return;
    const answered = known.messages.some((message) => message.direction === "agent" && message.at > last.at);
    const drawn = `${this.place.talk} ${last.epoch} ${answered}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    // Who has answered has read it: from then on the talk needs the room.
    this.#card.open = !answered;
    byId("hand-reason", HTMLElement).textContent = card.reason || last.reason || "转人工";
    byId("hand-brief", HTMLElement).textContent = card.summary ?? "";
    const mood = byId("hand-mood", HTMLElement);
    mood.hidden = !card.mood;
    mood.textContent = card.mood ?? "";
    const note = records.findLast((record) => record.note && !NO_COLLEAGUE.has(record.by))?.note;
    byId("hand-facts", HTMLElement).replaceChildren(
      ...(card.summary ? [makeFact("摘要", card.summary, true)] : []),
      ...(note ? [makeFact("同事说", note, true)] : []),
      ...(card.intents?.length ? [makeFact("机器人理解", makeIntents(card))] : []),
      ...(card.facts ?? []).map((fact) => makeFact(fact.label, fact.value)),
      ...(card.answered?.length ? [makeFact("已经答过", makeAnswered(card.answered), true)] : []),
      ...(last.why?.length ? [makeFact("分给我因为", last.why.join("；"), true)] : []),
    );
  }
}

/** @param {string[]} answered */
function makeAnswered(answered) {
  return make("span", "answered", ...answered.map((text) => make("span", "", text)));
}
