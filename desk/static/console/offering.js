// @ts-check
/** A price for this buyer: within one's own rights at once, beyond them as a request to the people in charge. */
import { Refused, ask } from "../settings/asking.js";
import { byId, makeButton } from "../window/dom.js";
import { getProducts } from "../window/pickers.js";
import { makeArea, makeField, makeSelect, makeSubmit, openDialog } from "./dialogs.js";

const UNPAID = "待付款";

/**
 * What a price can be for: the buyer's unpaid orders, the product in view.
 * @param {import("./shapes.js").Order[]} orders
 * @param {string | null} code
 * @returns {Promise<Map<string, object>>} as it is read → as it is asked for
 */
async function findSubjects(orders, code) {
  /** @type {Map<string, object>} */
  const subjects = new Map();
  for (const order of orders) {
    if (order.status !== UNPAID) continue;
    subjects.set(`订单 ${order.order_no} · ${(order.total_fen / 100).toFixed(2)} 元`, { order_no: order.order_no });
  }
  const product = code ? (await getProducts().catch(() => [])).find((each) => each.code === code) : undefined;
  if (product) subjects.set(product.title, { product_code: product.code });
  return subjects;
}

/**
 * @param {import("./workplace.js").Workplace} place
 * @param {import("./side.js").SidePanel} side
 * @param {(text: string) => void} onWords what may be said of the price that was given
 */
export function setUpOffering(place, side, onWords) {
  byId("open-offer", HTMLButtonElement).addEventListener("click", async () => {
    const { talk, row } = place;
    if (!row || !place.holds) return place.hint("先接待这位买家（Alt+T）");
    const subjects = await findSubjects(side.now?.orders ?? [], row.product_code);
    if (!subjects.size) return place.hint("没有可以优惠的：买家没有待付款的订单，也没有在看的宝贝");
    if (talk === place.talk) open(talk, subjects);
  });

  /** @param {string} talk @param {Map<string, object>} subjects */
  function open(talk, subjects) {
    const opened = openDialog("给优惠价", "offer");
    const subject = makeSelect([...subjects.keys()]);
    const price = document.createElement("input");
    price.className = "field";
    price.type = "number";
    price.min = price.step = "0.01";
    price.inputMode = "decimal";
    price.required = true;
    const reason = makeArea("请示主管时写给主管看，比如：老客户，一次买三件", 2);
    reason.maxLength = 200;
    const asking = makeButton("button", "请示主管", () => void send("approvals", true));
    opened.body.append(makeField("给哪一笔", subject), makeField("优惠价（元）", price, "权限内马上生效，超出的可以请示主管"), makeField("理由", reason));
    opened.does.append(makeButton("button", "取消", opened.close), asking, makeSubmit("给这个价"));
    opened.submit(() => send("offers", false));
    price.focus();

    /** @param {string} path @param {boolean} asks */
    async function send(path, asks) {
      const fen = Math.round(Number(price.value) * 100);
      if (!(fen > 0)) return opened.complain("请填优惠价");
      const wish = { talk, price_fen: fen, reason: reason.value.trim(), ...subjects.get(subject.value) };
      try {
        const answer = await ask("POST", path, wish);
        opened.close();
        place.hint(asks ? "已经请示主管，一有答复就告诉您" : "优惠已生效，跟买家说一声吧");
        if (!asks && place.talk === talk) onWords(answer.offer.text);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        opened.complain(sayWhy(error));
      }
    }
  }
}

/** @param {Refused} refused */
function sayWhy({ code, message }) {
  if (code === "field_wrong") return "优惠价要比原价低，请您核对一下";
  if (code === "beyond_authority") return `${message.replace("，请联系主管处理~", "")}，可以写上理由请示主管`;
  return message;
}
