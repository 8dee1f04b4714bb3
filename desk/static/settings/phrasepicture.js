// @ts-check
/** The picture of a phrase in its form: chosen, shown, changed, taken away; kept with the phrase when that is saved. */
import { make, makeButton, makePicture } from "../window/dom.js";
import { checkPicture } from "../window/pictures.js";
import { Refused, ask } from "./asking.js";

/** @typedef {import("../console/shapes.js").PhrasePicture} PhrasePicture */

export class PictureField {
  /** Undefined: nobody touched it. @type {PhrasePicture | null | undefined} */
  #chosen = undefined;
  #shown = make("div", "picture-shown");
  #note = make("p", "soft");
  #file = make("input", "");
  #choose = makeButton("button small", "", () => this.#file.click());
  #away = makeButton("button small", "去掉图片", () => this.#put(null));
  /** While it is on its way, the phrase waits. @type {Promise<void>} */
  settled = Promise.resolve();

  /** @param {PhrasePicture | null} picture @param {number} limit in bytes */
  constructor(picture, limit) {
    this.picture = picture;
    this.limit = limit;
    this.#file.type = "file";
    this.#file.accept = "image/jpeg,image/png,image/webp";
    this.#file.hidden = true;
    this.#file.setAttribute("aria-label", "选择图片");
    this.#file.addEventListener("change", () => (this.settled = this.#take()));
    this.#note.setAttribute("role", "status");
    this.element = make("div", "picture-field", this.#shown, make("div", "picture-main", this.#note, make("div", "picture-does", this.#choose, this.#away)), this.#file);
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "图片");
    this.#draw();
  }

  /** What the desk is told of it: nothing where nobody touched it. @returns {{picture?: string}} */
  get told() {
    return this.#chosen === undefined ? {} : { picture: this.#chosen?.id ?? "" };
  }

  async #take() {
    const file = this.#file.files?.[0];
    this.#file.value = "";
    if (!file) return;
    const wrong = checkPicture(file, this.limit);
    if (wrong) return this.#say(wrong);
    this.#say("正在上传…");
    const form = new FormData();
    form.append("file", file, file.name || "picture");
    try {
      this.#put(await ask("POST", "phrases/pictures", form));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#say(error.message);
    }
  }

  /** @param {PhrasePicture | null} picture */
  #put(picture) {
    this.#chosen = this.picture = picture;
    this.#draw();
    this.#choose.focus();
  }

  /** @param {string} text */
  #say(text) {
    this.#note.textContent = text;
  }

  #draw() {
    const { picture } = this;
    this.#shown.replaceChildren(...(picture ? [makePicture("", picture.url, "短语的图片")] : []));
    this.#shown.hidden = this.#away.hidden = !picture;
    this.#choose.textContent = picture ? "换一张" : "加图片";
    this.#say(picture ? "发送文字后，接着发送这张图片" : "可以带一张图片，如尺码表、使用说明");
  }
}
