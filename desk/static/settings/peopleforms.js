// @ts-check
/** Dialogs of 员工: hiring, changing, a new password. */
import { makeField, makeSelect, makeSubmit, openDialog } from "../console/dialogs.js";
import { make, makeButton } from "../window/dom.js";
import { Refused, ask, closeRenewed, hint } from "./asking.js";

/** @typedef {import("./people.js").Person} Person @typedef {import("./people.js").Team} Team */

const OWN = "password";

/** @param {string} value @param {number} most */
function textField(value, most) {
  const input = make("input", "field");
  input.value = value;
  input.maxLength = most;
  input.autocomplete = "off";
  return input;
}

/** Role and groups: a role brings its own groups, more may be added. @param {Team} team @param {string} role @param {string[]} groups */
function makeRole(team, role, groups) {
  const select = makeSelect(team.roles.map((each) => each.role));
  select.value = role;
  const may = make("p", "dialog-note");
  const marks = team.groups.map((group) => {
    const input = make("input", "");
    input.type = "checkbox";
    input.value = group.code;
    return { input, node: make("label", "pill", input, make("span", "", group.name)) };
  });
  /** @param {string[]} codes */
  const mark = (codes) => {
    for (const each of marks) each.input.checked = codes.includes(each.input.value);
    may.textContent = `可以：${of()?.may.join("；") || "暂无后台权限"}`;
  };
  const of = () => team.roles.find((each) => each.role === select.value);
  select.addEventListener("change", () => mark(of()?.groups ?? []));
  mark(groups);
  const pills = make("fieldset", "pills", make("legend", "sheet-label", "技能组"), ...marks.map((each) => each.node));
  return {
    nodes: [makeField("角色", select), may, pills],
    read: () => ({
      role: select.value,
      groups: marks.filter((each) => each.input.checked).map((each) => each.input.value),
    }),
  };
}

/** Ours, or one that the manager types. */
function makeSecret() {
  const input = textField("", 256);
  input.type = "password";
  input.name = OWN;
  input.autocomplete = "new-password";
  return {
    node: makeField("初始密码", input, "留空则自动生成一个，只显示一次"),
    read: () => input.value || null,
  };
}

/**
 * Asks the desk; what it refuses is said in the dialog.
 * @template T
 * @param {import("../console/dialogs.js").Opened} opened
 * @param {() => Promise<T>} does
 * @returns {Promise<T | null>}
 */
async function tried(opened, does) {
  try {
    return await does();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    opened.complain(error.message);
    return null;
  }
}

/** @param {import("../console/dialogs.js").Opened} opened @param {string} text */
function endWith(opened, text) {
  opened.does.append(makeButton("button", "取消", opened.close), makeSubmit(text));
}

/** @param {Team} team @param {() => Promise<void>} onDone */
export function openHiring(team, onDone) {
  const opened = openDialog("添加员工", "hiring");
  const id = textField("", 32);
  const name = textField("", 20);
  const role = makeRole(team, "综合客服", team.roles.find((each) => each.role === "综合客服")?.groups ?? []);
  const secret = makeSecret();
  opened.body.append(
    makeField("工号", id, "登录时用，字母、数字、- 和 _"),
    makeField("花名", name, "买家看到的名字"),
    ...role.nodes,
    secret.node,
  );
  endWith(opened, "添加");
  opened.submit(async () => {
    const body = { staff_id: id.value.trim(), name: name.value.trim(), ...role.read(), password: secret.read() };
    if (!body.staff_id || !body.name) {
      opened.complain("请填写工号和花名");
      return;
    }
    const done = await tried(opened, () => ask("POST", "people", body));
    if (!done) return;
    await closeRenewed(opened, onDone);
    tellSecret(`${body.name}已添加`, body.name, done.password);
  });
  id.focus();
}

/** @param {Team} team @param {Person} person @param {() => Promise<void>} onDone */
export function openPerson(team, person, onDone) {
  const opened = openDialog(`修改 ${person.name}`, "person");
  const name = textField(person.name, 20);
  const role = makeRole(team, person.role, person.groups);
  const limit = textField(String(person.max_buyers), 3);
  limit.inputMode = "numeric";
  opened.body.append(
    makeField("花名", name, "买家看到的名字"),
    ...role.nodes,
    makeField("同时接待上限", limit, "0 到 200；0 表示按店铺规则"),
  );
  endWith(opened, "保存");
  opened.submit(async () => {
    if (!/^\d{1,3}$/.test(limit.value.trim())) {
      opened.complain("「同时接待上限」要填 0 到 200 之间的整数");
      return;
    }
    const now = { name: name.value.trim(), ...role.read(), max_buyers: Number(limit.value) };
    const before = /** @type {Record<string, any>} */ (person);
    const body = Object.fromEntries(
      Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])),
    );
    const path = `people/${encodeURIComponent(person.id)}`;
    if (Object.keys(body).length && !(await tried(opened, () => ask("PATCH", path, body)))) return;
    await closeRenewed(opened, onDone);
    hint("已保存，权限即时生效");
  });
  name.focus();
}

/** @param {Person} person @param {() => Promise<void>} onDone */
export function openPassword(person, onDone) {
  const opened = openDialog(`重设 ${person.name} 的密码`, "password");
  const secret = makeSecret();
  opened.body.append(make("p", "dialog-note", `${person.name}在所有设备上都会退出，需用新密码登录。`), secret.node);
  endWith(opened, "重设");
  opened.submit(async () => {
    const path = `people/${encodeURIComponent(person.id)}/password`;
    const done = await tried(opened, () => ask("POST", path, { password: secret.read() }));
    if (!done) return;
    await closeRenewed(opened, onDone);
    tellSecret("密码已重设", person.name, done.password);
  });
}

/** A password that was made here is seen this once. @param {string} title @param {string} name @param {string | null} password */
function tellSecret(title, name, password) {
  hint(title);
  if (!password) return;
  const opened = openDialog(title, "secret");
  const shown = make("output", "secret", password);
  const copy = makeButton("button", "复制", async () => {
    await navigator.clipboard.writeText(password);
    hint("已复制");
  });
  copy.hidden = !navigator.clipboard;
  opened.body.append(
    make("p", "dialog-note", `请把这个密码告诉${name}。关闭后不再显示，忘了可以重设。`),
    shown,
  );
  opened.does.append(copy, makeSubmit("我记下了"));
  opened.submit(opened.close);
}
