// @ts-check
/** Signing in: by hand, or in the demo shop with a tap on a colleague. */
import { byId } from "./window/dom.js";

const form = byId("form", HTMLFormElement);
const staffId = byId("staff-id", HTMLInputElement);
const password = byId("password", HTMLInputElement);
const refusal = byId("refusal", HTMLElement);
const enter = byId("enter", HTMLButtonElement);

/** The words of a refusal; empty where it was done. @param {string} path @param {object} body @returns {Promise<string>} */
async function send(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return answer.ok ? "" : (await answer.json()).error.text;
  } catch {
    return "网络不太通畅，请您稍后再试~";
  }
}

/** @param {boolean} busy */
function setBusy(busy) {
  for (const button of document.querySelectorAll("button")) button.disabled = busy;
  enter.textContent = busy ? "登录中…" : "登录";
}

/** @param {string} text */
function showRefusal(text) {
  refusal.textContent = text;
  refusal.hidden = !text;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (enter.disabled) return;
  showRefusal("");
  setBusy(true);
  const text = await send("/api/staff/sign-in", { staff_id: staffId.value, password: password.value });
  // The desk has made sure that this is a path of its own.
  if (!text) return location.replace(form.dataset.onward ?? "/console");
  setBusy(false);
  showRefusal(text);
  password.value = "";
  password.focus();
});

byId("reveal", HTMLButtonElement).addEventListener("click", (event) => {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  const shown = password.type === "password";
  password.type = shown ? "text" : "password";
  button.textContent = shown ? "隐藏" : "显示";
  button.setAttribute("aria-pressed", String(shown));
});

document.getElementById("sign-out")?.addEventListener("click", async () => {
  setBusy(true);
  const text = await send("/api/staff/sign-out", {});
  if (!text) return location.reload();
  setBusy(false);
  showRefusal(text);
});

const accounts = document.getElementById("accounts");
accounts?.addEventListener("click", (event) => {
  const account = event.target instanceof Element ? event.target.closest("button") : null;
  if (!account || account.disabled) return;
  staffId.value = account.dataset.id ?? "";
  password.value = accounts.dataset.password ?? "";
  form.requestSubmit();
});

// Also when the browser's way back shows the page as it was left.
window.addEventListener("pageshow", () => setBusy(false));
setBusy(false);
