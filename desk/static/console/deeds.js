// @ts-check
/** What is done with a conversation: taking, passing on, giving back, closing, marking. */
import { make, makeButton } from "../window/dom.js";
import { askSure, chosen, makeArea, makeField, makePills, makeSelect, makeSubmit, openDialog } from "./dialogs.js";
import { makeLamp } from "./people.js";
import { sayRefusal } from "./workplace.js";

/** @typedef {import("./workplace.js").Workplace} Workplace */
/** @typedef {import("./shapes.js").Row} Row */

/** @param {Workplace} place @param {Row | undefined} row @returns {Promise<boolean>} */
export async function take(place, row) {
  if (!row || place.isMine(row)) return false;
  if (row.holder === "agent") {
    const name = row.agent?.name ?? "同事";
    if (!place.me.leader) {
      place.hint(`${name} 已经接待这位买家了`);
      return false;
    }
    if (!(await askSure("接过这位买家？", `${name} 正在接待 ${row.nick}，接过来后由您回复，${name} 会马上知道。`, "接过来"))) return false;
  }
  return (await place.act("take", { talk: row.id })) !== null;
}

/** The one who has waited longest in the queue. @param {Workplace} place */
export function nextWaiting(place) {
  return place.rows.list("queue")[0];
}

/** @param {Workplace} place @param {Row} row @param {boolean} on */
export function markUrgent(place, row, on) {
  return place.act("urgent", { talk: row.id, on });
}

/**
 * @param {Workplace} place
 * @param {import("./dialogs.js").Opened} dialog
 * @param {string} event
 * @param {object} data
 * @param {string} done
 */
async function finish(place, dialog, event, data, done) {
  try {
    const answer = await place.ask(event, data);
    place.put(answer.row);
    dialog.close();
    place.hint(done);
  } catch (error) {
    dialog.complain(sayRefusal(error));
  }
}

/** @param {Workplace} place @param {Row} row */
export function openTransfer(place, row) {
  const dialog = openDialog(`转接 ${row.nick}`, "transfer");
  const goals = make("div", "goals");
  goals.setAttribute("role", "radiogroup");
  goals.setAttribute("aria-label", "转给谁");
  const filter = make("input", "field");
  filter.type = "search";
  filter.placeholder = "找同事或分组";
  filter.setAttribute("aria-label", "找同事或分组");
  const reason = makeSelect(place.entered?.reasons ?? [], "请选择原因");
  const note = makeArea("给同事的话，买家看不到", 2);
  const draw = () => {
    const words = filter.value.trim();
    goals.replaceChildren(...makeGoals(place, words));
    if (!goals.childElementCount) goals.append(make("p", "dialog-note", words ? "没有找到，换个名字试试" : "现在没有别的同事在岗"));
  };
  filter.addEventListener("input", draw);
  draw();
  queueMicrotask(() => filter.focus());
  dialog.body.append(filter, goals, makeField("原因", reason), makeField("附言", note));
  dialog.does.append(makeButton("button", "取消", dialog.close), makeSubmit("转接"));
  dialog.submit(async () => {
    const [kind, id] = chosen(dialog.form, "goal").split(":");
    if (!id) return dialog.complain("请选择转给哪位同事或哪个分组");
    if (!reason.value) return dialog.complain("请选择转接原因");
    const to = kind === "staff" ? { to_staff: id } : { to_group: id };
    await finish(place, dialog, "transfer", { talk: row.id, ...to, reason: reason.value, note: note.value.trim() }, `${row.nick} 已转出`);
  });
}

const ORDER = ["在线", "挂起", "示忙", "离线"];

/** @param {Workplace} place @param {string} words */
function makeGoals(place, words) {
  const people = [...place.seats.values()]
    .filter((seat) => seat.staff_id !== place.me.id && (seat.name.includes(words) || seat.role.includes(words)))
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.load / (a.limit || 1) - b.load / (b.limit || 1));
  const groups = (place.entered?.groups ?? []).filter((group) => group.name.includes(words));
  return [
    ...people.map((seat) => {
      const more = make("span", "goal-more", makeLamp(seat.state), `${seat.state} · ${seat.load}/${seat.limit}`);
      return makeGoal(`staff:${seat.staff_id}`, seat.name, seat.role, more, seat.state === "离线");
    }),
    ...groups.map((group) => makeGoal(`group:${group.code}`, group.name, "分组，由最空的同事接", null, false)),
  ];
}

/** @param {string} value @param {string} name @param {string} help @param {HTMLElement | null} more @param {boolean} off */
function makeGoal(value, name, help, more, off) {
  const input = make("input", "");
  input.type = "radio";
  input.name = "goal";
  input.value = value;
  input.disabled = off;
  return make("label", off ? "goal off" : "goal", input, make("span", "goal-main", make("strong", "", name), make("small", "", help)), more);
}

/** @param {Workplace} place @param {Row} row */
export function openHandBack(place, row) {
  const dialog = openDialog(`把 ${row.nick} 交回机器人`, "hand-back");
  const settled = makeArea("比如：已答应今天补发，等仓库回复", 3);
  dialog.body.append(
    make("p", "dialog-note", "机器人会从订单和物流的实际情况重新接起，买家再找人工时会优先回到您这里。"),
    makeField("和买家谈妥了什么", settled, "会记在交接里，下一位同事看得到"),
  );
  dialog.does.append(makeButton("button", "取消", dialog.close), makeSubmit("交回机器人"));
  dialog.submit(() => finish(place, dialog, "hand_back", { talk: row.id, settled: settled.value.trim() }, `${row.nick} 已交回机器人`));
  settled.focus();
}

/** @param {Workplace} place @param {Row} row @param {{order_no: string, goods: string}[]} orders */
export function openClose(place, row, orders) {
  const causes = place.entered?.causes ?? {};
  const results = place.entered?.results ?? [];
  const dialog = openDialog(`结束服务 · ${row.nick}`, "close-talk");
  const kinds = Object.keys(causes);
  const guess = kinds.find((kind) => causes[kind].includes(row.intent_name)) ?? kinds[0] ?? "";
  const cause = makeSelect(causes[guess] ?? [], "请选择原因");
  cause.value = causes[guess]?.includes(row.intent_name) ? row.intent_name : "";
  const order = makeSelect([], "不关联订单");
  for (const each of orders) order.append(new Option(`${each.order_no} ${each.goods}`, each.order_no));
  if (orders.some((each) => each.order_no === row.order_no)) order.value = row.order_no ?? "";
  const pickKind = makePills("kind", "类型", kinds, guess, (kind) => {
    cause.replaceChildren(new Option("请选择原因", ""), ...causes[kind].map((value) => new Option(value, value)));
  });
  dialog.body.append(pickKind, makeField("原因", cause), makePills("result", "结果", results, results[0] ?? ""));
  if (orders.length) dialog.body.append(makeField("订单", order));
  dialog.does.append(make("small", "dialog-note", "买家会收到道别和评价邀请"), makeButton("button", "取消", dialog.close), makeSubmit("结束服务"));
  dialog.submit(async () => {
    if (!cause.value) {
      cause.focus();
      return dialog.complain("请选择原因，报表里会用到");
    }
    const ending = { kind: chosen(dialog.form, "kind"), cause: cause.value, result: chosen(dialog.form, "result") };
    await finish(place, dialog, "close", { talk: row.id, ...ending, ...(order.value ? { order_no: order.value } : {}) }, `和 ${row.nick} 的服务已结束`);
  });
  cause.focus();
}
