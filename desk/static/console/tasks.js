// @ts-check
/** 留言 and what else is to be done, due first: open the talk, with the draft already there, or tick it off. CW-10. */
import { byId, make, makeButton } from "../window/dom.js";
import { sayTime } from "../window/times.js";

/** @typedef {import("./shapes.js").Task} Task */

export class TaskList {
  #list = byId("tasks", HTMLElement);

  /**
   * @param {import("./workplace.js").Workplace} place
   * @param {object} does
   * @param {(task: Task) => void} does.open
   * @param {(count: number) => void} does.count
   */
  constructor(place, does) {
    this.place = place;
    this.does = does;
    byId("tab-tasks", HTMLButtonElement).addEventListener("click", () => void this.read());
    place.onEntered.on(({ counts }) => {
      does.count(counts.tasks);
      void this.read();
    });
  }

  async read() {
    const answer = await this.place.act("tasks", {});
    if (answer) this.#draw(answer.tasks);
  }

  /** @param {Task[]} tasks */
  #draw(tasks) {
    this.does.count(tasks.length);
    this.#list.replaceChildren(
      ...(tasks.length ? tasks.map((task) => this.#makeItem(task)) : [make("li", "empty", make("strong", "", "留言都处理完了"), make("span", "", "买家下班后留的话、要回电核实的事，会排在这里"))]),
    );
  }

  /** @param {Task} task */
  #makeItem(task) {
    const late = Date.parse(task.due_at) < this.place.now();
    const item = make(
      "li",
      "task",
      make("p", "task-head", make("strong", "", task.nick || task.kind), make("span", `task-due${late ? " over" : ""}`, `${sayTime(task.due_at)} 前${late ? "（已过）" : ""}`)),
      make("p", "task-title", task.title),
      make("p", "row-chips", make("span", "tag", task.kind), task.intent_name ? make("span", "tag sky", task.intent_name) : null, task.order_no ? make("span", "tag digits", task.order_no) : null, task.owner ? make("span", "tag", task.owner) : null),
      task.draft ? make("p", "task-draft", `建议答复：${task.draft}`) : null,
      make("p", "task-does", task.talk ? makeButton("button small main", "打开会话", () => this.does.open(task)) : null, makeButton("button small", "办完了", () => void this.#done(task))),
    );
    item.dataset.task = task.number;
    return item;
  }

  /** @param {Task} task */
  async #done(task) {
    if (await this.place.act("task_done", { number: task.number })) await this.read();
  }
}
