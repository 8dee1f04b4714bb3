// @ts-check
/** The buyer's word on a service that has ended: one to five stars and, if one likes, a comment. Once. */
import { make } from "./dom.js";
import { Refused } from "./link.js";
import { keep, recall } from "./memory.js";

const MEANS = ["很不满意", "不满意", "一般", "满意", "非常满意"];
const COMMENT_LENGTH = 500;
const COMMENT_TALL = 128; // pixels, as BORDERS
const BORDERS = 2;
const NEAR_LIMIT = 50;
const SHELF = "xiaoer.rating.";
const CLOSED = "这次服务已经评价过，或者过了可以评价的时间，谢谢您的关心";

/** @typedef {{service: string, stars: number, comment: string}} Rating `stars` 0: the desk takes none any more */
/** @typedef {(rating: Rating) => Promise<unknown>} Rate throws Refused */

/** @param {string} service @param {string} question the shop's words @param {Rate} rate */
export function makeRating(service, question, rate) {
  const card = make("section", "card rating");
  card.setAttribute("aria-label", "服务评价");
  const known = readRating(service);
  /** @param {Rating} rating */
  const end = (rating) => {
    keep(SHELF + service, JSON.stringify(rating), "sessionStorage");
    const had = card.contains(document.activeElement);
    const said = makeRated(rating);
    card.replaceChildren(said);
    if (had) said.focus({ preventScroll: true });
  };
  card.append(known ? makeRated(known) : makeForm({ service, question, rate, end }));
  return card;
}

/** The desk does not tell the stars back; this tab knows its own. @param {string} service @returns {Rating | null} */
function readRating(service) {
  try {
    const rating = JSON.parse(recall(SHELF + service, "sessionStorage") ?? "");
    return Number.isInteger(rating?.stars) && rating.stars <= MEANS.length ? rating : null;
  } catch {
    return null;
  }
}

/** @param {Rating} rating */
function makeRated({ stars, comment }) {
  const said = make("div", "rated");
  said.tabIndex = -1;
  if (stars < 1) {
    said.append(make("p", "card-note", CLOSED));
    return said;
  }
  const shown = make("span", "rated-stars", "★".repeat(stars) + "☆".repeat(MEANS.length - stars));
  shown.setAttribute("role", "img");
  shown.setAttribute("aria-label", `${stars} 星，共 ${MEANS.length} 星`);
  said.append(make("p", "", "您的评价：", shown), comment ? make("p", "rated-comment", comment) : "");
  return said;
}

/** @param {{service: string, question: string, rate: Rate, end: (rating: Rating) => void}} asked */
function makeForm({ service, question, rate, end }) {
  const look = () => (send.disabled = !stars.chosen || comment.tooLong);
  const stars = makeStars(service, look);
  const comment = makeComment(look);
  const failure = make("p", "failure");
  failure.setAttribute("role", "alert");
  const send = make("button", "button main small", "提交");
  const marks = make("fieldset", "", make("legend", "", question), ...stars.parts);
  const form = make("form", "", marks, ...comment.parts, failure, make("div", "rating-end", send));
  let busy = false; // the button stays enabled meanwhile: disabled it would lose the focus
  look();

  async function submit() {
    const rating = { service, stars: stars.chosen, comment: comment.text };
    busy = true;
    failure.textContent = "";
    try {
      await rate(rating);
      end(rating);
    } catch (error) {
      if (error instanceof Refused && error.code === "conflict") end({ service, stars: 0, comment: "" });
      else failure.textContent = sayWhy(error);
    } finally {
      busy = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!busy && !send.disabled) void submit();
  });
  return form;
}

/** @param {unknown} error */
function sayWhy(error) {
  const heard = error instanceof Refused && !["offline", "no_answer"].includes(error.code);
  return heard ? error.message : "网络不太好，评价还没有提交，请您稍后再试";
}

/**
 * Five radio buttons: arrow keys, touch and screen readers know them.
 * @param {string} service
 * @param {() => void} onChange
 */
function makeStars(service, onChange) {
  const row = make("div", "stars");
  const word = make("p", "stars-word");
  const inputs = MEANS.map((means, index) => {
    const input = make("input", "unseen");
    input.type = "radio";
    input.name = `stars-${service}`;
    input.value = String(index + 1);
    input.setAttribute("aria-label", `${index + 1} 星，${means}`);
    const shape = make("span", "star-shape");
    shape.setAttribute("aria-hidden", "true");
    row.append(make("label", "star", input, shape));
    return input;
  });
  const chosen = () => inputs.findIndex((input) => input.checked) + 1;

  /** @param {number} stars what is chosen, or what the pointer is over */
  function paint(stars) {
    row.querySelectorAll(".star").forEach((star, index) => {
      star.classList.toggle("lit", index < stars);
      star.querySelector(".star-shape")?.replaceChildren(index < stars ? "★" : "☆");
    });
    word.textContent = stars ? MEANS[stars - 1] : "轻点星星打分";
  }

  row.addEventListener("change", () => {
    paint(chosen());
    onChange();
  });
  row.addEventListener("pointerover", (event) => {
    const star = event.target instanceof Element ? event.target.closest(".star") : null;
    if (star && event.pointerType === "mouse") paint([...row.children].indexOf(star) + 1);
  });
  row.addEventListener("pointerleave", () => paint(chosen()));
  paint(0);
  return {
    parts: [row, word],
    get chosen() {
      return chosen();
    },
  };
}

/** @param {() => void} onChange */
function makeComment(onChange) {
  const field = make("textarea", "field");
  field.rows = 2;
  field.placeholder = "还有想说的吗？（选填）";
  field.setAttribute("aria-label", "评价内容，选填");
  const count = make("p", "count");
  count.setAttribute("role", "status");
  count.hidden = true;
  const left = () => COMMENT_LENGTH - [...field.value.trim()].length;
  field.addEventListener("input", () => {
    count.hidden = left() > NEAR_LIMIT;
    count.classList.toggle("over", left() < 0);
    count.textContent = left() < 0 ? `超出 ${-left()} 字` : `还可以写 ${left()} 字`;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight + BORDERS, COMMENT_TALL)}px`;
    onChange();
  });
  return {
    parts: [field, count],
    get text() {
      return field.value.trim();
    },
    get tooLong() {
      return left() < 0;
    },
  };
}
