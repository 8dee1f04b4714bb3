// @ts-check
/** Pictures chosen, pasted or dropped: checked, shown, sent up with a bar, and only then put into the talk. */
import { byId, makeButton, make, makePicture } from "./dom.js";

const TYPES = ["image/jpeg", "image/png", "image/webp"];

/** @param {File} file @param {number} limit in bytes @returns {string} what is wrong, or "" */
export function checkPicture(file, limit) {
  if (!TYPES.includes(file.type)) return "只能发送 JPG、PNG 或 WebP 图片哦";
  if (file.size > limit) return `图片有点大，请选 ${Math.floor(limit / 1024 / 1024)} MB 以内的`;
  if (file.size === 0) return "这张图片是空的，请换一张";
  return "";
}

/** @typedef {{token?: string | null, guest?: string | null, talk?: string}} Who an agent is known by a cookie and names the talk */

/**
 * @param {File} file
 * @param {Who} who
 * @param {(share: number) => void} onProgress 0 to 1
 * @returns {Promise<{id: string, url: string}>}
 */
export function uploadPicture(file, who, onProgress) {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    if (who.guest) form.append("guest", who.guest);
    if (who.talk) form.append("talk", who.talk);
    form.append("file", file, file.name || "picture");
    const request = new XMLHttpRequest();
    request.open("POST", who.talk ? "/console/pictures" : "/pictures");
    if (who.token) request.setRequestHeader("Authorization", `Bearer ${who.token}`);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status < 300 && request.response?.id) resolve(request.response);
      else reject(new Error(request.response?.error?.text ?? "图片没有传上去，请再试一次"));
    };
    request.onerror = () => reject(new Error("网络断开了，图片没有传上去"));
    request.send(form);
  });
}

export class PictureTray {
  #tray = byId("tray", HTMLElement);
  limit = 5 * 1024 * 1024;
  /** Why no picture can be sent now; "" when one can. @returns {string} */
  refusal = () => "";

  /**
   * @param {() => Who} who
   * @param {(picture: {id: string, url: string}, who: Who) => void} onReady
   * @param {(text: string) => void} complain
   */
  constructor(who, onReady, complain) {
    this.who = who;
    this.onReady = onReady;
    this.complain = complain;
    const chooser = byId("picture-file", HTMLInputElement);
    byId("open-picture", HTMLButtonElement).addEventListener("click", () => chooser.click());
    chooser.addEventListener("change", () => {
      this.take(chooser.files);
      chooser.value = "";
    });
    document.addEventListener("paste", (event) => {
      if (event.clipboardData?.files.length) {
        event.preventDefault();
        this.take(event.clipboardData.files);
      }
    });
    this.#setUpDrop();
  }

  /** @param {FileList | null | undefined} files */
  take(files) {
    for (const file of files ?? []) {
      const wrong = this.refusal() || checkPicture(file, this.limit);
      if (wrong) this.complain(wrong);
      else this.#preview(file);
    }
  }

  /** Puts away what was chosen and not sent. */
  clear() {
    this.#tray.replaceChildren();
    this.#tray.hidden = true;
  }

  #setUpDrop() {
    const zone = byId("drop", HTMLElement);
    let depth = 0;
    /** @param {DragEvent} event */
    const brings = (event) => event.dataTransfer?.types.includes("Files") ?? false;
    document.addEventListener("dragenter", (event) => {
      if (brings(event)) zone.hidden = ++depth === 0;
    });
    document.addEventListener("dragleave", (event) => {
      if (brings(event)) zone.hidden = --depth <= 0;
    });
    document.addEventListener("dragover", (event) => brings(event) && event.preventDefault());
    document.addEventListener("drop", (event) => {
      depth = 0;
      zone.hidden = true;
      if (!brings(event)) return;
      event.preventDefault();
      this.take(event.dataTransfer?.files);
    });
  }

  /** @param {File} file */
  #preview(file) {
    const address = URL.createObjectURL(file);
    const bar = make("progress", "");
    bar.max = 1;
    bar.hidden = true;
    bar.setAttribute("aria-label", "上传进度");
    const note = make("p", "tray-note", `${file.name || "图片"}（${Math.max(1, Math.round(file.size / 1024))} KB）`);
    note.setAttribute("role", "status");
    const card = make("div", "tray-card", makePicture("tray-picture", address, "待发送的图片"));
    const away = () => {
      URL.revokeObjectURL(address);
      card.remove();
      this.#tray.hidden = !this.#tray.children.length;
    };
    const send = makeButton("button main small", "发送图片", async () => {
      send.disabled = true;
      bar.hidden = false;
      const who = this.who();
      try {
        this.onReady(await uploadPicture(file, who, (share) => (bar.value = share)), who);
        away();
      } catch (error) {
        bar.hidden = true;
        send.disabled = false;
        send.textContent = "再试一次";
        note.textContent = error instanceof Error ? error.message : "图片没有传上去，请再试一次";
      }
    });
    card.append(make("div", "tray-main", note, bar, make("div", "tray-does", send, makeButton("button small", "取消", away))));
    this.#tray.append(card);
    this.#tray.hidden = false;
    send.focus({ preventScroll: true });
  }
}
