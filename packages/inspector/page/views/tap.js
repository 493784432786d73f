import { follow } from '../parts/api.js';
import { fill, h } from '../parts/dom.js';
import { count } from '../parts/format.js';
import { empty, heading } from '../parts/pieces.js';
import { eventRow } from '../parts/event-row.js';

/** Rows that the page keeps. */
const ROWS = 200;

/**
 * @param {HTMLElement} root
 * @param {import('../main.js').Context} context
 */
export function tap(root, { query }) {
  const type = search('Type, such as vertex', 'type', query);
  const text = search('Any text', 'text', query);
  const state = h('span', { class: 'note' }, 'connecting');
  const pause = h(
    'button',
    { type: 'button', 'aria-pressed': 'false', onclick: togglePause },
    'Pause',
  );
  const rows = h('div', { class: 'events', role: 'log', 'aria-label': 'Events' });
  const nothing = empty('Quiet', 'Events appear here as the application publishes them.');
  let paused = false;
  let shown = 0;
  let skipped = 0;
  let end = listen();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  fill(
    root,
    heading(
      'Live events',
      state,
      type,
      text,
      pause,
      h('button', { type: 'button', onclick: clear }, 'Clear'),
    ),
    h('div', { class: 'card table-card' }, rows, nothing),
  );
  for (const input of [type, text]) input.addEventListener('input', changed);

  function listen() {
    return follow('events', { events: show }, opened, { type: type.value, text: text.value });
  }

  /** @param {boolean} isOpen */
  function opened(isOpen) {
    if (!isOpen) state.textContent = 'no connection';
    else if (shown === 0) state.textContent = 'listening';
  }

  /** Not with every key: each change is a new request. */
  function changed() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      end();
      clear();
      end = listen();
    }, 300);
  }

  /** @param {import('../../src/tap/event-tap.js').TapBatch} batch */
  function show(batch) {
    skipped += batch.skipped;
    if (paused) {
      skipped += batch.events.length;
    } else {
      shown += batch.events.length;
      rows.prepend(...batch.events.map(eventRow).reverse());
      while (rows.childElementCount > ROWS) rows.lastElementChild?.remove();
    }
    nothing.hidden = rows.childElementCount > 0;
    state.textContent = `${count(shown)} shown${skipped > 0 ? `, ${count(skipped)} passed over` : ''}`;
  }

  function clear() {
    rows.replaceChildren();
    nothing.hidden = false;
    shown = 0;
    skipped = 0;
    state.textContent = 'listening';
  }

  function togglePause() {
    paused = !paused;
    pause.textContent = paused ? 'Go on' : 'Pause';
    pause.setAttribute('aria-pressed', String(paused));
  }

  return () => {
    clearTimeout(timer);
    end();
  };
}

/**
 * @param {string} placeholder
 * @param {string} name
 * @param {URLSearchParams} query
 */
function search(placeholder, name, query) {
  return h('input', {
    type: 'search',
    placeholder,
    'aria-label': placeholder,
    'data-search': true,
    value: query.get(name) ?? '',
  });
}
