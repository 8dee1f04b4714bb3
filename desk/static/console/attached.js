// @ts-check
/** Pictures that came with quick phrases: shown above the field, sent after the text, each can be taken off. */
import { byId, make, makeButton, makeIcon, makePicture } from "../window/dom.js";

/** @typedef {import("./shapes.js").PhrasePicture} PhrasePicture */

export class Attached {
  #box = byId("attached", HTMLElement);
  /** @type {Map<string, PhrasePicture[]>} by conversation */
  #pictures = new Map();

  /** @param {import("./workplace.js").Workplace} place @param {() => void} onTakenOff the field is what comes next */
  constructor(place, onTakenOff) {
    this.place = place;
    this.onTakenOff = onTakenOff;
    place.onTalk.on(() => this.draw());
  }

  /** Once, however often the phrase was put in. @param {string} talk @param {PhrasePicture} picture */
  add(talk, picture) {
    const others = this.of(talk).filter((each) => each.id !== picture.id);
    this.#put(talk, [...others, picture]);
  }

  /** @param {string} talk @returns {PhrasePicture[]} */
  of(talk) {
    return this.#pictures.get(talk) ?? [];
  }

  /** They go out now. @param {string} talk @returns {PhrasePicture[]} */
  take(talk) {
    const taken = this.of(talk);
    this.#put(talk, []);
    return taken;
  }

  /** @param {boolean} [hidden] while a note is written */
  draw(hidden = false) {
    const pictures = this.of(this.place.talk);
    this.#box.hidden = hidden || !pictures.length;
    this.#box.replaceChildren(...pictures.map((picture) => this.#makeCard(picture)));
  }

  /** @param {PhrasePicture} picture */
  #makeCard(picture) {
    const { talk } = this.place;
    const away = makeButton("round small", "", () => {
      this.#put(talk, this.of(talk).filter((each) => each.id !== picture.id));
      this.onTakenOff();
    });
    away.setAttribute("aria-label", "不发这张图片");
    away.append(makeIcon("close"));
    return make("div", "attached-card", makePicture("attached-picture", picture.url, "随短语发送的图片"), make("span", "attached-note", "发送文字后，接着发送这张图片"), away);
  }

  /** @param {string} talk @param {PhrasePicture[]} pictures */
  #put(talk, pictures) {
    if (pictures.length) this.#pictures.set(talk, pictures);
    else this.#pictures.delete(talk);
    if (talk === this.place.talk) this.draw();
  }
}
