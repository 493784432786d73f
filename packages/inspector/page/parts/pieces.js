/** Pieces that several views are made of. */
import { h } from './dom.js';

/**
 * What is shown where there is nothing.
 *
 * @param {string} title
 * @param {string} hint
 */
export function empty(title, hint) {
  return h('div', { class: 'empty' }, h('b', {}, title), h('p', {}, hint));
}

/** @param {unknown} error */
export function failure(error) {
  const message = error instanceof Error ? error.message : String(error);
  return h(
    'div',
    { class: 'empty failure', role: 'alert' },
    h('b', {}, 'That did not work'),
    h('p', {}, message),
  );
}

/**
 * @param {string} title
 * @param {...(Node | string)} controls
 */
export function heading(title, ...controls) {
  return h(
    'div',
    { class: 'heading' },
    h('h1', {}, title),
    h('div', { class: 'controls' }, controls),
  );
}

/**
 * A few words at the bottom of the screen, for a while.
 *
 * @param {string} text
 */
export function toast(text) {
  const place = document.getElementById('toast');
  if (place === null) return;
  place.textContent = text;
  place.classList.add('shown');
  setTimeout(() => {
    if (place.textContent === text) place.classList.remove('shown');
  }, 4000);
}

/** @param {unknown} value */
export function json(value) {
  return h('pre', { class: 'json', tabindex: 0 }, JSON.stringify(value, null, 2) ?? '');
}
