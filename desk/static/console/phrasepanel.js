// @ts-check
/** The phrase panel: groups, search, a click puts the phrase into the field; new ones, changing and removing. */
import { byId, make, makeButton, makeIcon } from "../window/dom.js";
import { askSure } from "./dialogs.js";
import { openPhraseForm } from "./phraseform.js";

/** @typedef {import("./shapes.js").Phrase} Phrase */

const ALL = "全部";
const MINE = "我的";
const ASK_AFTER_MS = 60;

export class PhrasePanel {
  #groups = byId("phrase-groups", HTMLElement);
  #list = byId("phrase-list", HTMLElement);
  #field = byId("phrase-search", HTMLInputElement);
  #timer = 0;
  #group = ALL;
  #asked = 0;

  /** @param {import("./workplace.js").Workplace} place @param {(phrase: Phrase) => void} onPick */
  constructor(place, onPick) {
    this.place = place;
    this.onPick = onPick;
    this.#field.addEventListener("input", () => this.#later(ASK_AFTER_MS));
    this.#field.addEventListener("keydown", (event) => this.#onKey(event));
    byId("phrase-new", HTMLButtonElement).addEventListener("click", () => this.#edit(null));
    place.onEntered.on(() => this.#drawGroups());
    place.onTalk.on(() => this.visible && this.#later(0));
  }

  get visible() {
    return !byId("side-phrases", HTMLElement).hidden;
  }

  refresh() {
    this.#later(0);
  }

  /** Somebody changed phrases of the team. @param {string[]} groups */
  hear(groups) {
    if (this.place.entered) this.place.entered.phrase_groups = groups;
    this.#drawGroups();
    if (this.visible) this.#later(0);
  }

  focus() {
    this.#field.focus();
    this.#field.select();
  }

  /** @param {number} ms */
  #later(ms) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#read(), ms);
  }

  get #names() {
    return this.place.entered?.phrase_groups ?? [];
  }

  #drawGroups() {
    const names = [ALL, MINE, ...this.#names];
    if (!names.includes(this.#group)) this.#group = ALL;
    this.#groups.replaceChildren(
      ...names.map((name) => {
        const chip = makeButton("group-chip", name, () => {
          this.#group = name;
          this.#drawGroups();
          this.#later(0);
        });
        chip.setAttribute("aria-pressed", String(name === this.#group));
        return chip;
      }),
    );
  }

  async #read() {
    const asked = (this.#asked += 1);
    const group = this.#group === ALL || this.#group === MINE ? {} : { group: this.#group };
    const talk = this.place.talk ? { talk: this.place.talk } : {};
    try {
      const { found } = await this.place.ask("phrases", { words: this.#field.value.trim(), ...group, ...talk });
      if (asked === this.#asked) this.#draw(this.#group === MINE ? found.filter((/** @type {Phrase} */ phrase) => phrase.own) : found);
    } catch {
      if (asked === this.#asked) this.#list.replaceChildren(make("li", "side-note", "没有读到快捷短语，请稍后再试"));
    }
  }

  /** @param {Phrase[]} found */
  #draw(found) {
    this.#list.replaceChildren(...(found.length ? found.map((phrase) => this.#makeItem(phrase)) : [this.#makeNone()]));
  }

  #makeNone() {
    const words = this.#field.value.trim();
    const text = words ? `没有找到“${words}”` : this.#group === MINE ? "还没有自己的快捷短语，把常说的话存下来，回复更快" : "这里还没有快捷短语";
    return make("li", "phrase-none", make("p", "", text), makeButton("button main small", "新建", () => this.#edit(null)));
  }

  /** @param {Phrase} phrase */
  #makeItem(phrase) {
    const pick = makeButton("phrase-pick", "", () => this.onPick(phrase));
    pick.append(
      make("span", "phrase-head", make("span", "code", phrase.code ? `/${phrase.code}` : "无编码"), make("span", "option-group", phrase.own ? `我的 · ${phrase.group}` : phrase.group)),
      make("span", "phrase-text", phrase.filled || phrase.text),
    );
    if (phrase.picture) pick.append(make("span", "tag", "带图片"));
    const item = make("li", "phrase-item", pick);
    item.dataset.code = phrase.code;
    if (phrase.own || this.place.me.manages) {
      const edit = makeButton("round small", "", () => this.#edit(phrase));
      edit.setAttribute("aria-label", `编辑 ${phrase.code || phrase.text.slice(0, 8)}`);
      edit.append(makeIcon("edit"));
      const away = makeButton("round small", "", () => void this.#remove(phrase));
      away.setAttribute("aria-label", `删除 ${phrase.code || phrase.text.slice(0, 8)}`);
      away.append(makeIcon("bin"));
      item.append(make("span", "phrase-does", edit, away));
    }
    return item;
  }

  /** @param {Phrase | null} phrase */
  #edit(phrase) {
    const group = this.#group === ALL || this.#group === MINE ? "" : this.#group;
    openPhraseForm(this.place, phrase, this.#names, group, () => this.refresh());
  }

  /** @param {Phrase} phrase */
  async #remove(phrase) {
    const whose = phrase.own ? "您自己的" : "团队共用的，同事也将不能再用";
    if (!(await askSure("删除这条快捷短语？", `/${phrase.code} 是${whose}。`, "删除"))) return;
    if (await this.place.act("remove_phrase", { code: phrase.code, own: phrase.own })) this.refresh();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const first = this.#list.querySelector(".phrase-pick");
    if (event.key === "Enter" && first instanceof HTMLElement) {
      event.preventDefault();
      first.click();
    } else if (event.key === "ArrowDown" && first instanceof HTMLElement) {
      event.preventDefault();
      first.focus();
    }
  }
}
