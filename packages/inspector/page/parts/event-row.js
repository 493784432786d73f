import { h } from './dom.js';
import { clock } from './format.js';
import { json } from './pieces.js';

const SUMMARY = 160;

/**
 * An event that opens to all that is known of it.
 *
 * @param {{ id: number, type?: string, time?: number, data: unknown }} event
 */
export function eventRow({ id, type, time, data }) {
  const text = JSON.stringify(data) ?? '';
  const row = h(
    'details',
    { class: 'event' },
    h(
      'summary',
      {},
      h('span', { class: 'number event-id' }, `#${id}`),
      time !== undefined && h('time', {}, clock(time)),
      type !== undefined && h('b', { class: 'mono' }, type),
      h('span', { class: 'mono event-text' }, text.slice(0, SUMMARY)),
    ),
  );
  // Of hundreds of rows few are opened.
  row.addEventListener('toggle', () => row.append(json(data)), { once: true });
  return row;
}
