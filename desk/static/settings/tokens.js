// @ts-check
/** 接口令牌: seen, made, shown once, ended. */
import { askSure, makeField, makeSubmit, openDialog } from "../console/dialogs.js";
import { byId, make, makeButton } from "../window/dom.js";
import { sayTime } from "../window/times.js";
import { Refused, ask, attempt, closeRenewed, hint } from "./asking.js";

/** @typedef {{id: string, name: string, scopes: string[], by: string, created_at: string, used_at: string | null}} Token */

const list = byId("tokens", HTMLUListElement);
const DEEDS = /** @type {[string, string][]} */ ([["read", "查看"], ["write", "修改"]]);
/** @type {Record<string, {name: string, deeds: string[]}>} */
let areas = {};

/** @param {string} scope */
function sayScope(scope) {
  const [area, deed] = scope.split(":");
  return `${areas[area]?.name ?? area} · ${Object.fromEntries(DEEDS)[deed] ?? deed}`;
}

/** @param {Token} token */
function makeCard(token) {
  const used = token.used_at ? `最近使用 ${sayTime(token.used_at)}` : "还没有用过";
  return make(
    "li",
    "card",
    make(
      "div",
      "card-head",
      make("strong", "", token.name),
      make("span", "soft", `${token.by} 建于 ${sayTime(token.created_at)}，${used}`),
      make("div", "card-does", makeButton("button small", "停用", () => void end(token))),
    ),
    make("div", "token-scopes", ...token.scopes.map((scope) => make("span", "tag", sayScope(scope)))),
  );
}

async function read() {
  const given = await attempt(() => ask("GET", "tokens"));
  if (!given) return;
  areas = given.areas;
  list.replaceChildren(...given.tokens.map(makeCard));
  byId("empty", HTMLElement).hidden = given.tokens.length > 0;
  byId("count", HTMLElement).textContent = `${given.tokens.length}/${given.limit}`;
  byId("new", HTMLButtonElement).disabled = false;
}

/** @param {Token} token */
async function end(token) {
  if (!(await askSure("停用这个令牌？", `用“${token.name}”的程序从下一次调用起会被拒绝，停用后不能恢复。`, "停用"))) return;
  if (await attempt(() => ask("DELETE", `tokens/${token.id}`))) hint(`“${token.name}”已停用`);
  await read();
}

function makeScopes() {
  const rows = Object.entries(areas).flatMap(([area, { name, deeds }]) => [
    make("span", "", name),
    ...DEEDS.map(([deed, does]) => {
      if (!deeds.includes(deed)) return make("span");
      const box = make("input");
      box.type = "checkbox";
      box.name = "scope";
      box.value = `${area}:${deed}`;
      return make("label", "", box, make("span", "unseen", name), does);
    }),
  ]);
  return make("fieldset", "scopes", make("legend", "sheet-label", "可以做什么"), ...rows);
}

function openForm() {
  const opened = openDialog("新建令牌", "token-form");
  const name = make("input", "field");
  name.maxLength = 30;
  name.placeholder = "给哪个程序用，例如 进销存";
  opened.body.append(makeField("名称", name), makeScopes());
  opened.does.append(makeButton("button", "取消", opened.close), makeSubmit("新建"));
  opened.submit(async () => {
    const scopes = [...opened.form.querySelectorAll("input:checked")].map((box) => /** @type {HTMLInputElement} */ (box).value);
    if (!name.value.trim()) return opened.complain("请写上名称");
    if (!scopes.length) return opened.complain("请至少勾选一项");
    try {
      const made = await ask("POST", "tokens", { name: name.value, scopes });
      await closeRenewed(opened, read);
      showSecret(made.secret);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      opened.complain(error.message);
    }
  });
  name.focus();
}

/** @param {string} secret */
function showSecret(secret) {
  const opened = openDialog("令牌建好了", "token-secret");
  const field = make("input", "field");
  field.readOnly = true;
  field.value = secret;
  field.setAttribute("aria-label", "令牌");
  const copy = makeButton("button", "复制", async () => {
    field.select();
    await navigator.clipboard?.writeText(secret).catch(() => undefined);
    copy.textContent = "已复制";
  });
  opened.body.append(make("p", "dialog-note", "请现在就存到程序里，关上以后再也看不到了。"), make("div", "secret", field, copy));
  opened.does.append(makeSubmit("我存好了"));
  opened.submit(opened.close);
  field.select();
}

byId("new", HTMLButtonElement).addEventListener("click", openForm);
void read();
