// @ts-check
/** 教机器人: what was taught, teaching more, the training and the model that answers buyers. */
import { askSure, makeArea, makeField, makeSubmit, openDialog } from "../console/dialogs.js";
import { byId, make, makeButton } from "../window/dom.js";
import { sayTime } from "../window/times.js";
import { Refused, ask, attempt, closeRenewed, hint } from "./asking.js";
import { makeLive, makeRun, makeTraining } from "./trainings.js";

/** @typedef {{id: number, text: string, intent: string, name: string, by: string, at: string, heard: boolean}} Lesson */
/** @typedef {{family: string, intents: {intent: string, name: string}[]}} Family */

const LOOK_MS = 2000;
const PAUSE_MS = 250;
const words = byId("words", HTMLInputElement);
const chosen = byId("intent", HTMLSelectElement);
/** @type {Family[]} */
let families = [];
let asked = 0;
let shown = "";

/** @param {HTMLSelectElement} select @param {string} first */
function fillIntents(select, first) {
  select.replaceChildren(new Option(first, ""));
  for (const { family, intents } of families) {
    const group = make("optgroup");
    group.label = family;
    group.append(...intents.map(({ intent, name }) => new Option(name, intent)));
    select.append(group);
  }
}

async function read() {
  const mine = (asked += 1);
  const query = new URLSearchParams({ words: words.value, intent: chosen.value });
  const given = await attempt(() => ask("GET", `teaching?${query}`));
  if (!given || mine !== asked) return;
  if (!families.length) {
    families = given.intents;
    fillIntents(chosen, "全部意思");
  }
  byId("lessons", HTMLElement).replaceChildren(...given.lessons.map(makeLesson));
  const none = byId("nothing", HTMLElement);
  none.hidden = given.lessons.length > 0;
  none.textContent = given.state.lessons ? "没有找到，换个词试试~" : "还没有教过。点“教一句”，把买家的说法和意思告诉机器人。";
  byId("add", HTMLButtonElement).disabled = false;
  byId("count", HTMLElement).textContent = `${given.state.lessons} 句`;
  showState(given.state);
}

/** @param {import("./trainings.js").State} state */
function showState(state) {
  byId("model", HTMLElement).removeAttribute("aria-busy");
  const now = JSON.stringify(state);
  if (now === shown) return;
  shown = now;
  byId("live", HTMLElement).replaceChildren(makeLive(state, does));
  byId("run", HTMLElement).replaceChildren(makeRun(state, does));
  byId("past", HTMLElement).hidden = !state.trainings.length;
  byId("trainings", HTMLElement).replaceChildren(...state.trainings.map((training) => makeTraining(training, does)));
}

/** @type {import("./trainings.js").Does} */
const does = {
  train: (goLive) => change("trainings", "训练开始了，机器人照常接待买家", { go_live: goLive }),
  cancel: async (training) => {
    const sure = await askSure("取消这次训练？", "已经训练的部分不保留，正在用的模型不受影响。", "取消训练");
    if (sure) await change(`trainings/${training.number}/cancel`, "训练已取消");
  },
  live: (training) => change(`trainings/${training.number}/live`, "几秒钟后，机器人就用新模型了"),
  back: () => change("live/back", "几秒钟后，机器人就换回上一个模型了"),
  shipped: () => change("live/shipped", "几秒钟后，机器人就换回随程序的模型了"),
};

/** @param {string} path @param {string} said @param {object} [body] */
async function change(path, said, body = {}) {
  const state = await attempt(() => ask("POST", `teaching/${path}`, body));
  if (!state) return;
  showState(state);
  hint(said);
}

/** @param {Lesson} lesson */
function makeLesson(lesson) {
  const drop = makeButton("button small", "删除", () => void forget(lesson));
  drop.setAttribute("aria-label", `删除 ${lesson.text}`);
  return make(
    "li",
    "lesson",
    make("span", "lesson-text", `“${lesson.text}”`),
    make("span", "tag", lesson.name),
    make("span", "soft", `${lesson.by} ${sayTime(lesson.at)}${lesson.heard ? " · 买家原话" : ""}`),
    drop,
  );
}

/** @param {Lesson} lesson */
async function forget(lesson) {
  const text = `“${lesson.text}”不再算作${lesson.name}，下次训练起生效。`;
  if (!(await askSure("删除这一句？", text, "删除"))) return;
  if (await attempt(() => ask("DELETE", `teaching/lessons/${lesson.id}`))) hint("已删除");
  await read();
}

function openForm() {
  const opened = openDialog("教机器人", "lesson-form");
  const area = makeArea("一行一句，例如\n这个能便宜几个大洋不\n再让几个铜板呗", 5);
  const meaning = make("select", "field");
  fillIntents(meaning, "请选择");
  opened.body.append(
    makeField("买家的说法", area, "写成买家平时打字的样子；手机号、地址会自动换成示例"),
    makeField("意思是", meaning),
  );
  opened.does.append(makeButton("button", "取消", opened.close), makeSubmit("教给机器人"));
  opened.submit(async () => {
    const texts = area.value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (!texts.length) return opened.complain("请写上买家的说法");
    if (!meaning.value) return opened.complain("请选一下是什么意思");
    try {
      const lessons = texts.map((text) => ({ text, intent: meaning.value }));
      const done = await ask("POST", "teaching/lessons", { lessons });
      await closeRenewed(opened, read);
      hint(sayTaught(done));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      opened.complain(error.message);
    }
  });
  area.focus();
}

/** @param {{added: number, moved: number, same: number, masked: number}} done */
function sayTaught({ added, moved, same, masked }) {
  const parts = [
    added ? `新教了 ${added} 句` : "",
    moved ? `${moved} 句改了意思` : "",
    same ? `${same} 句已经教过` : "",
    masked ? `${masked} 句里的个人信息换成了示例` : "",
  ];
  return parts.filter(Boolean).join("，");
}

async function look() {
  if (!document.hidden) {
    const state = await ask("GET", "teaching/state").catch(() => null);
    if (state) showState(state);
  }
  window.setTimeout(look, LOOK_MS);
}

let pause = 0;
words.addEventListener("input", () => {
  clearTimeout(pause);
  pause = window.setTimeout(() => void read(), PAUSE_MS);
});
chosen.addEventListener("change", () => void read());
byId("add", HTMLButtonElement).addEventListener("click", openForm);
void read().then(() => window.setTimeout(look, LOOK_MS));
