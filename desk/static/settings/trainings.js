// @ts-check
/** The model that answers buyers, the training under way, and those that are over, in words for a manager. */
import { make, makeButton } from "../window/dom.js";
import { sayTime } from "../window/times.js";

/**
 * @typedef {{text: string, name: string, before_name: string, after_name: string, after: string, intent: string, taught: boolean}} Changed
 * @typedef {{name: string, shipped: boolean, at: string | null, by: string, problem: string, back: string | null}} Live
 * @typedef {{train: (goLive: boolean) => Promise<void>, cancel: (training: Training) => Promise<void>,
 *   live: (training: Training) => Promise<void>, back: () => Promise<void>, shipped: () => Promise<void>}} Does
 * @typedef {{under_way: Training | null, trainings: Training[], live: Live, fresh: number, lessons: number}} State
 */
/**
 * @typedef {object} Training
 * @property {string} number
 * @property {"等待" | "训练中" | "检验中" | "可用" | "不如原来" | "失败" | "已取消"} state
 * @property {number} percent
 * @property {boolean} go_live
 * @property {number} lessons
 * @property {string} by
 * @property {string} asked_at
 * @property {string | null} started_at
 * @property {string | null} ended_at
 * @property {number} exam
 * @property {number} exam_before
 * @property {number} exam_after
 * @property {number} lessons_before
 * @property {number} lessons_after
 * @property {Changed[]} changed
 * @property {boolean} live
 * @property {boolean} usable
 * @property {string} error
 */

const SHOWN = 40;
const SHIPPED = "随程序的模型";
const STEPS = {
  等待: "等机器人开始，一般几秒钟",
  训练中: "机器人正在学习，买家不会受影响",
  检验中: "正在用考题比一比新旧两个模型",
};

/** @param {number} count */
const say = (count) => count.toLocaleString("zh-CN");

/** @param {State} state @param {Does} does */
export function makeLive({ live }, does) {
  const since = live.at ? `${live.by} ${sayTime(live.at)} 换上` : "还没有换过模型";
  const buttons = make("div", "card-does");
  if (live.back) buttons.append(makeButton("button small", `换回上一个（${live.back}）`, () => void does.back()));
  if (!live.shipped && live.back !== SHIPPED) buttons.append(makeButton("button small", "换回随程序的模型", () => void does.shipped()));
  return make(
    "div",
    "card-head",
    make("span", "soft", "正在用"),
    make("strong", "", live.name),
    make("span", "soft", since),
    live.problem ? make("p", "problem", live.problem) : null,
    buttons,
  );
}

/** The training under way, or what is to do. @param {State} state @param {Does} does */
export function makeRun(state, does) {
  const running = state.under_way;
  if (running) return makeProgress(running, does);
  const box = make("input");
  box.type = "checkbox";
  box.id = "go-live";
  box.checked = true;
  const start = makeButton("button main", "开始训练", () => void does.train(box.checked));
  start.disabled = !state.lessons;
  return make(
    "div",
    "start",
    make("p", "", sayFresh(state)),
    make("label", "check", box, "考题上不比原来差，就自动上线"),
    start,
  );
}

/** @param {State} state */
function sayFresh({ fresh, lessons }) {
  if (!lessons) return "先教几句，再训练";
  return fresh ? `有 ${say(fresh)} 句教过的话，正在用的模型还没学` : "教过的话，正在用的模型都学过了";
}

/** @param {Training} training @param {Does} does */
function makeProgress(training, does) {
  const bar = make("progress", "bar");
  bar.max = 100;
  bar.value = training.percent;
  bar.setAttribute("aria-label", "训练进度");
  return make(
    "div",
    "progress",
    make("p", "", make("strong", "", training.state), ` ${training.percent}% · ${STEPS[/** @type {keyof typeof STEPS} */ (training.state)] ?? ""}`),
    bar,
    make("p", "soft", `${training.by} ${sayTime(training.asked_at)} 开始，学 ${say(training.lessons)} 句${training.go_live ? "，通过后自动上线" : ""}`),
    makeButton("button small", "取消训练", () => void does.cancel(training)),
  );
}

/** @param {Training} training @param {Does} does */
export function makeTraining(training, does) {
  const sign = { 可用: "good", 不如原来: "poor", 失败: "poor" }[/** @type {string} */ (training.state)] ?? "";
  const buttons = make("div", "card-does");
  if (training.usable) buttons.append(makeButton("button small main", "上线", () => void does.live(training)));
  return make(
    "li",
    "card",
    make(
      "div",
      "card-head",
      make("strong", "", `训练 ${training.number}`),
      make("span", `tag ${sign}`, training.live ? "正在用" : training.state),
      make("span", "soft", `${training.by} ${sayTime(training.asked_at)}${sayLasted(training)}`),
      buttons,
    ),
    ...(training.exam ? [makeMarks(training), makeChanged(training)] : []),
    training.error ? make("p", "problem", training.error) : null,
  );
}

/** @param {Training} training */
function sayLasted({ started_at, ended_at }) {
  if (!started_at || !ended_at) return "";
  const minutes = (Date.parse(ended_at) - Date.parse(started_at)) / 60_000;
  return minutes < 1 ? "，用了不到一分钟" : `，用了 ${Math.round(minutes)} 分钟`;
}

/** @param {Training} training */
function makeMarks(training) {
  const gain = training.exam_after - training.exam_before;
  const verdict = gain < 0 ? `少答对 ${-gain} 题` : gain ? `多答对 ${gain} 题` : "和原来一样";
  return make(
    "ul",
    "marks",
    make("li", "", `${say(training.exam)} 道没学过的考题：原来答对 ${say(training.exam_before)}，现在 ${say(training.exam_after)}（${verdict}）`),
    make("li", "", `教过的 ${say(training.lessons)} 句：原来听懂 ${say(training.lessons_before)}，现在 ${say(training.lessons_after)}`),
  );
}

/** @param {Training} training */
function makeChanged({ changed }) {
  if (!changed.length) return null;
  const rows = changed.slice(0, SHOWN).map((each) => {
    const right = each.after_name === each.name;
    const said = right ? `原来听成${each.before_name}，现在听懂了` : `现在听成${each.after_name}，原来是对的`;
    return make("li", right ? "good" : "poor", `“${each.text}”（${each.name}）：${said}`);
  });
  return make("details", "changed", make("summary", "", `看看哪些答得不一样了（${changed.length} 句）`), make("ul", "", ...rows));
}
