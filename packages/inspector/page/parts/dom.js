/** Elements without a framework. Text is always text: nothing here reads HTML. */

/** @typedef {string | number | Node | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | undefined | ((event: any) => void)>} Attributes */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element. Attributes that are functions are listeners (`onclick`), `true` is an empty attribute, `false` none.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

/**
 * An SVG element.
 *
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

/**
 * Puts children in the place of all that an element has.
 *
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';

/**
 * As {@link fill}, for what is drawn again every few seconds: the focus stays where it is, and so does what is unfolded or
 * scrolled.
 *
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function refill(element, ...children) {
  const active = document.activeElement;
  const focused = active !== null && element.contains(active) ? keyOf(active) : undefined;
  const unfolded = Array.from(element.querySelectorAll('details[open] > summary'), keyOf);
  const scrolled = Array.from(element.querySelectorAll('.scroll'), (part) => ({
    left: part.scrollLeft,
    top: part.scrollTop,
  }));
  fill(element, ...children);
  for (const summary of element.querySelectorAll('details > summary')) {
    if (unfolded.includes(keyOf(summary))) summary.parentElement?.setAttribute('open', '');
  }
  for (const [index, part] of element.querySelectorAll('.scroll').entries()) {
    part.scrollTo(scrolled[index] ?? {});
  }
  if (focused === undefined) return;
  const again = Array.from(element.querySelectorAll(FOCUSABLE)).find(
    (part) => keyOf(part) === focused,
  );
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/**
 * A link is the same one if it leads to the same place, anything else if it has the same text.
 *
 * @param {Element} part
 */
function keyOf(part) {
  return `${part.tagName} ${part.getAttribute('href') ?? part.textContent}`;
}

/**
 * The element of the page with an id.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${id}`);
  return element;
}

/**
 * @param {Element} element
 * @param {Attributes} attributes
 */
function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

/**
 * @param {Element} element
 * @param {(Child | Child[])[]} children
 */
function append(element, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === 'number' ? String(child) : child);
  }
}
