// @ts-check
/** 员工: who works here as what, who is signed in, and what a manager does with them. */
import { askSure } from "../console/dialogs.js";
import { byId, make, makeButton } from "../window/dom.js";
import { ask, attempt, hint } from "./asking.js";
import { openHiring, openPassword, openPerson } from "./peopleforms.js";

/**
 * @typedef {object} Person
 * @property {string} id
 * @property {string} name
 * @property {string} role
 * @property {string[]} groups codes
 * @property {boolean} active
 * @property {boolean} receives talks with buyers
 * @property {number} max_buyers 0: as the rules say
 * @property {number} limit
 * @property {string | null} state null: never sat down
 * @property {number} load
 * @property {string | null} last_sign_in_at
 * @property {{created_at: string, seen_at: string, address: string}[]} sessions
 *
 * @typedef {{role: string, groups: string[], may: string[]}} RoleRights
 * @typedef {{people: Person[], groups: {code: string, name: string}[], roles: RoleRights[]}} Team
 */

const WHEN = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
/** @type {Record<string, string>} */
const LAMPS = { 在线: "good", 挂起: "waiting", 示忙: "waiting" };

/** @type {Team} */
let team = { people: [], groups: [], roles: [] };

async function load() {
  team = await ask("GET", "people");
  show();
}

function show() {
  const here = team.people.filter((person) => person.active);
  const left = team.people.filter((person) => !person.active);
  byId("count", HTMLElement).textContent = `在职 ${here.length} 人`;
  byId("people", HTMLElement).replaceChildren(...here.map(card));
  byId("people", HTMLElement).setAttribute("aria-busy", "false");
  byId("left", HTMLElement).replaceChildren(...left.map(card));
  byId("left-place", HTMLElement).hidden = left.length === 0;
  byId("left-count", HTMLElement).textContent = `已离职 ${left.length} 人`;
  showRights();
}

/** @param {Person} person */
function card(person) {
  const head = make(
    "div",
    "card-head",
    make("strong", "", person.name),
    make("span", "soft", `工号 ${person.id}`),
    make("span", "tag hot", person.role),
    person.active && person.state ? make("span", `tag ${LAMPS[person.state] ?? ""}`, person.state) : null,
    person.active ? null : make("span", "tag", "已离职"),
  );
  if (person.active) head.append(deeds(person));
  const node = make("article", person.active ? "card" : "card off", head, facts(person));
  node.id = `person-${person.id}`;
  node.setAttribute("aria-label", `${person.name} ${person.role}`);
  if (person.sessions.length) node.append(signedIn(person));
  return node;
}

/** @param {Person} person */
function facts(person) {
  const names = person.groups.map((code) => team.groups.find((group) => group.code === code)?.name ?? code);
  const last = person.last_sign_in_at;
  const said = [
    ["技能组", names.join("、") || "无"],
    ["接待", !person.receives ? "不接待买家" : `${person.load} / ${person.limit} 位${person.max_buyers ? "" : "（按规则）"}`],
    ["上次登录", last ? WHEN.format(new Date(last)) : "还没有登录过"],
  ];
  const shown = person.active ? said : said.filter(([label]) => label === "上次登录");
  return make(
    "dl",
    "person-facts",
    ...shown.map(([label, text]) => make("div", "", make("dt", "soft", label), make("dd", "", text))),
  );
}

/** @param {Person} person */
function signedIn(person) {
  const lines = person.sessions.map((session) =>
    make("li", "soft", `${session.address || "未知地址"} · ${WHEN.format(new Date(session.seen_at))} 还在使用`),
  );
  const count = make("summary", "", `登录中 ${person.sessions.length} 处`);
  return make("details", "person-sessions", count, make("ul", "", ...lines));
}

/** @param {Person} person */
function deeds(person) {
  /** @param {string} text @param {() => void} does */
  const deed = (text, does) => {
    const button = makeButton("button small", text, does);
    button.setAttribute("aria-label", `${text} ${person.name}`);
    return button;
  };
  const out = deed("退出登录", () => signOut(person));
  out.hidden = person.sessions.length === 0;
  return make(
    "div",
    "card-does",
    deed("修改", () => openPerson(team, person, load)),
    deed("重设密码", () => openPassword(person, load)),
    out,
    deed("离职", () => dismiss(person)),
  );
}

/** @param {Person} person */
async function signOut(person) {
  const sure = await askSure("退出登录", `${person.name}在所有设备上都要重新登录，手上的买家不受影响。`, "退出登录");
  if (!sure) return;
  await attempt(async () => {
    await ask("DELETE", `people/${encodeURIComponent(person.id)}/sessions`);
    await load();
    hint(`${person.name}已在所有设备上退出`);
  });
}

/** @param {Person} person */
async function dismiss(person) {
  const held = person.load ? `手上的 ${person.load} 位买家会回到排队，由空闲的同事接着接待。` : "";
  const text = `${person.name}会马上退出登录，以后不能再登录，工号不再给别人用。${held}`;
  if (!(await askSure(`${person.name}离职`, text, "确认离职"))) return;
  await attempt(async () => {
    await ask("DELETE", `people/${encodeURIComponent(person.id)}`);
    await load();
    hint(`${person.name}已离职`);
  });
}

function showRights() {
  const all = [...new Set(team.roles.flatMap((role) => role.may))];
  const head = make("tr", "", ...["角色", ...all].map((text) => make("th", "", text)));
  for (const cell of head.children) cell.setAttribute("scope", "col");
  byId("rights-head", HTMLElement).replaceChildren(head);
  const rows = team.roles.map((role) => {
    const name = make("th", "", role.role);
    name.scope = "row";
    const cells = all.map((text) => {
      const may = role.may.includes(text);
      return make("td", may ? "yes" : "no", make("span", "", may ? "可以" : "—"));
    });
    return make("tr", "", name, ...cells);
  });
  byId("rights", HTMLElement).replaceChildren(...rows);
}

byId("add", HTMLButtonElement).addEventListener("click", () => openHiring(team, load));
attempt(load);
