// @ts-check
/** The groups beside the list: chosen, added, renamed, put in order, deleted with the question where the phrases go. */
import { makeField, makeSelect, makeSubmit, openDialog } from "../console/dialogs.js";
import { byId, make, makeButton } from "../window/dom.js";
import { Refused, ask, attempt, closeRenewed } from "./asking.js";

/** @typedef {import("./phrases.js").Shelf} Shelf */

/** @param {Shelf} shelf */
export function drawGroups(shelf) {
  const { groups, count } = shelf.library;
  const rows = [{ name: "", count }, ...groups].map(({ name, count: number }) => {
    const button = makeButton("group", "", () => shelf.choose(name));
    button.append(make("span", "", name || "全部"), make("span", "group-count", String(number)));
    button.setAttribute("aria-pressed", String(name === shelf.group));
    return make("li", "", button);
  });
  byId("groups", HTMLElement).replaceChildren(...rows);
  byId("group-add", HTMLButtonElement).onclick = () => askName("新增分组", "", (name) => add(shelf, name));
  drawDoes(shelf);
}

/** What can be done with the chosen group. @param {Shelf} shelf */
function drawDoes(shelf) {
  const place = byId("group-does", HTMLElement);
  const { group } = shelf;
  const at = shelf.library.groups.findIndex((each) => each.name === group);
  place.hidden = at < 0;
  if (at < 0) return;
  const up = makeButton("button small", "上移", () => void move(shelf, at, -1));
  const down = makeButton("button small", "下移", () => void move(shelf, at, 1));
  up.disabled = at === 0;
  down.disabled = at === shelf.library.groups.length - 1;
  place.replaceChildren(
    makeButton("button small", "改名", () => askName("分组改名", group, (name) => rename(shelf, group, name))),
    up,
    down,
    makeButton("button small", "删除分组", () => void remove(shelf, group)),
  );
}

/**
 * @param {string} title
 * @param {string} name
 * @param {(name: string) => Promise<void>} does
 */
function askName(title, name, does) {
  const opened = openDialog(title, "group-form");
  const field = make("input", "field");
  field.value = name;
  field.name = "name";
  field.maxLength = 20;
  field.autocomplete = "off";
  opened.body.append(makeField("分组名称", field, name ? "组里的短语会一起跟过去" : "最多 20 个字"));
  opened.does.append(makeButton("button", "取消", opened.close), makeSubmit("确定"));
  opened.submit(async () => {
    const written = field.value.trim();
    if (!written) return opened.complain("请写分组名称");
    try {
      await does(written);
      opened.close();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      opened.complain(error.message);
    }
  });
  field.select();
}

/** @param {Shelf} shelf @param {string} name */
async function add(shelf, name) {
  const made = await ask("POST", "phrase-groups", { name });
  shelf.group = made.name;
  await shelf.changed("已新增分组");
}

/** @param {Shelf} shelf @param {string} name @param {string} to */
async function rename(shelf, name, to) {
  const made = await ask("PUT", "phrase-groups/name", { name, to });
  shelf.group = made.name;
  await shelf.changed("分组已改名");
}

/** @param {Shelf} shelf @param {number} at @param {number} by */
async function move(shelf, at, by) {
  const names = shelf.library.groups.map((group) => group.name);
  names.splice(at + by, 0, ...names.splice(at, 1));
  await attempt(() => ask("PUT", "phrase-groups/order", { names }));
  await shelf.changed();
}

/** @param {Shelf} shelf @param {string} name */
async function remove(shelf, name) {
  const { groups } = shelf.library;
  const count = groups.find((group) => group.name === name)?.count ?? 0;
  const opened = openDialog(`删除分组“${name}”`, "group-remove");
  const to = makeSelect(groups.map((group) => group.name).filter((each) => each !== name), "请选择");
  to.name = "to";
  opened.body.append(make("p", "dialog-note", count ? `这个分组里还有 ${count} 条短语，请选好移到哪里。` : "这个分组里没有团队的短语；同事自己的短语会移到选好的分组。"), makeField("移到分组", to));
  opened.does.append(makeButton("button", "取消", opened.close), makeSubmit("删除分组"));
  opened.submit(async () => {
    if (count && !to.value) return opened.complain("请选好短语移到哪个分组");
    try {
      await ask("POST", "phrase-groups/removal", { name, to: to.value });
      shelf.group = to.value;
      const said = count ? `已删除分组，${count} 条短语移到了“${to.value}”` : "已删除分组";
      await closeRenewed(opened, () => shelf.changed(said));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      opened.complain(error.message);
    }
  });
}
