// @ts-check
/** One's own seat: name, state, how many buyers; and changing the state, with what the desk asks first. */
import { byId, make, makeButton } from "../window/dom.js";
import { Refused } from "../window/link.js";
import { askWords, openDialog } from "./dialogs.js";
import { makeLamp } from "./people.js";
import { sayRefusal } from "./workplace.js";

/** @typedef {import("./shapes.js").SeatState} SeatState */

const STATES = /** @type {[SeatState, string][]} */ ([
  ["在线", "正常接待，新买家会分给您"],
  ["挂起", "手上的买家继续聊，不再分新买家"],
  ["示忙", "暂时离开，不分新买家"],
  ["离线", "下班，先把手上的买家交接好"],
]);

/** @param {import("./workplace.js").Workplace} place @param {(id: string) => void} onOpen */
export function setUpSeat(place, onOpen) {
  const opener = byId("seat", HTMLButtonElement);
  const menu = byId("seat-menu", HTMLElement);
  const choices = byId("seat-states", HTMLElement);

  /** @param {boolean} open */
  function show(open) {
    menu.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) /** @type {HTMLElement | null} */ (choices.querySelector('[aria-checked="true"]') ?? choices.firstElementChild)?.focus();
  }

  function draw() {
    const seat = place.seats.get(place.me.id);
    if (!place.entered || !seat) return;
    byId("seat-name", HTMLElement).textContent = seat.name || place.me.name;
    byId("seat-role", HTMLElement).textContent = seat.role || place.me.role;
    byId("seat-state", HTMLElement).replaceChildren(makeLamp(seat.state), seat.state);
    byId("seat-load", HTMLElement).textContent = `接待 ${seat.load}/${seat.limit}`;
    byId("open-settings", HTMLAnchorElement).hidden = !place.me.leader;
    for (const id of ["off-duty", "home-online"]) byId(id, HTMLElement).hidden = seat.state !== "离线";
    choices.replaceChildren(...STATES.map(([state, help]) => makeChoice(state, help, seat.state === state)));
  }

  /** @param {SeatState} state @param {string} help @param {boolean} chosen */
  function makeChoice(state, help, chosen) {
    const button = makeButton("seat-choice", "", () => {
      show(false);
      opener.focus();
      void change(place, state, "", onOpen);
    });
    button.setAttribute("role", "menuitemradio");
    button.setAttribute("aria-checked", String(chosen));
    button.append(makeLamp(state), make("span", "", make("strong", "", state), make("small", "", help)));
    return button;
  }

  for (const id of ["go-online", "home-online"]) {
    byId(id, HTMLButtonElement).addEventListener("click", () => void change(place, "在线", "", onOpen));
  }
  opener.addEventListener("click", () => show(menu.hidden));
  menu.addEventListener("keydown", (event) => {
    const buttons = [...menu.querySelectorAll("button, a")].filter((each) => each instanceof HTMLElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      show(false);
      opener.focus();
    } else if (step) {
      event.preventDefault();
      const here = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      buttons[(here + step + buttons.length) % buttons.length]?.focus();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    const inside = event.target instanceof Node && (menu.contains(event.target) || opener.contains(event.target));
    if (!menu.hidden && !inside) show(false);
  });
  place.onSeats.on(draw);
}

/**
 * @param {import("./workplace.js").Workplace} place
 * @param {SeatState} state
 * @param {string} note
 * @param {(id: string) => void} onOpen
 */
async function change(place, state, note, onOpen) {
  try {
    const answer = await place.ask("state", note ? { state, note } : { state });
    place.putSeat(answer.seat);
    place.hint(`您现在是“${answer.seat.state}”`);
  } catch (error) {
    const code = error instanceof Refused ? error.code : "";
    if (code === "note_needed") {
      const why = await askWords("只剩您一个座位了", `${sayRefusal(error)} 请写一下原因，主管会马上知道。`, "比如：去仓库核对一件货，十分钟");
      if (why) await change(place, state, why, onOpen);
    } else if (code === "left_open" && error instanceof Refused) {
      showLeft(error, onOpen);
    } else {
      place.hint(sayRefusal(error));
    }
  }
}

/** @param {Refused} refused @param {(id: string) => void} onOpen */
function showLeft(refused, onOpen) {
  const rows = /** @type {import("./shapes.js").Row[]} */ (refused.facts.rows ?? []);
  const dialog = openDialog("还有买家没有交接");
  dialog.body.append(
    make("p", "dialog-note", refused.message || "请先转接或结束这些会话，再离线。"),
    make(
      "ul",
      "left-open",
      ...rows.map((row) =>
        make("li", "", make("span", "", row.nick), makeButton("button small", "去交接", () => {
          dialog.close();
          onOpen(row.id);
        })),
      ),
    ),
  );
  dialog.does.append(makeButton("button main", "知道了", () => dialog.close()));
}
