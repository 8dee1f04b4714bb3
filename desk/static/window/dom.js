// @ts-check
/** Making elements. Strings become text, never markup. */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} [className]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, className = "", ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const child of children) {
    if (typeof child === "string") node.appendChild(document.createTextNode(child));
    else if (child) node.appendChild(child);
  }
  return node;
}

/**
 * @param {string} className
 * @param {string} text
 * @param {() => void} onClick
 */
export function makeButton(className, text, onClick) {
  const button = make("button", className, text);
  button.type = "button";
  button.addEventListener("click", onClick);
  return button;
}

/**
 * A picture of ours or of the shop; anything that is not a path on this site is left out.
 * @param {string} className
 * @param {string | null} address
 * @param {string} alt
 */
export function makePicture(className, address, alt) {
  const image = make("img", className);
  image.alt = alt;
  image.draggable = false;
  if (address && /^(\/(?!\/)|blob:)/.test(address)) image.src = address;
  image.addEventListener("error", () => image.classList.add("missing"));
  return image;
}

/** @param {string} name a symbol of icons.svg */
export function makeIcon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.appendChild(use);
  return svg;
}

/**
 * The element with this id; a missing one is a mistake in the template.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const node = document.getElementById(id);
  if (!(node instanceof kind)) throw new Error(`no ${kind.name} #${id}`);
  return node;
}

/** An id no one else has; also over plain http, where crypto.randomUUID is missing. */
export function makeId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
