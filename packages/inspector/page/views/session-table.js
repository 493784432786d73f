import { h } from '../parts/dom.js';
import { bytes, count, duration } from '../parts/format.js';

/** @typedef {import('../../src/views/session-view.js').SessionRow} SessionRow */
/** @typedef {import('../../src/views/session-view.js').StreamState} StreamState */

/** What a session's flow control and socket do, in words. */
const FLOW = {
  ok: 'keeps up',
  held: 'messages held',
  window: 'window full',
  blocked: 'does not read',
};

/**
 * A column: its title, how it is set, what is in it.
 *
 * @typedef {[title: string, kind: '' | 'mono' | 'number', of: (row: SessionRow) => Node | string]} Column
 */

/** @type {Column} */
const GATEWAY = ['Gateway', '', ({ gateway }) => gateway];

/**
 * Those that tell of trouble come first: a narrow screen shows no more.
 *
 * @type {readonly Column[]}
 */
const COLUMNS = [
  [
    'Flow',
    '',
    ({ flow }) =>
      h('span', { class: `state ${flow}` }, FLOW[/** @type {keyof typeof FLOW} */ (flow)]),
  ],
  ['Stream', '', ({ streams }) => streams.map(streamText).join(', ')],
  ['Subscriptions', '', ({ topics }) => topicsText(topics)],
  [
    'Waiting',
    'number',
    ({ heldMessages, backlogBytes }) =>
      heldMessages > 0 ? `${count(heldMessages)} msg` : bytes(backlogBytes),
  ],
  [
    'Dropped',
    'number',
    ({ dropped }) => (dropped > 0 ? h('b', { class: 'warn' }, count(dropped)) : '0'),
  ],
  ['Age', 'number', ({ openedAt }) => duration((Date.now() - openedAt) / 1000)],
  ['Address', 'mono', ({ address }) => address],
];

/**
 * @param {readonly SessionRow[]} rows
 * @param {object} options
 * @param {number} options.selected whose details are shown
 * @param {boolean} options.isOfOneGateway then no column says so
 * @param {(session: number) => string} options.address of a session's details
 */
export function sessionTable(rows, { selected, isOfOneGateway, address }) {
  const columns = isOfOneGateway ? COLUMNS : [GATEWAY, ...COLUMNS];
  /** @param {SessionRow} row */
  const tableRow = (row) => {
    const isSelected = row.id === selected;
    const href = address(row.id);
    return h(
      'tr',
      { class: isSelected ? 'selected' : '', onclick: () => (location.hash = href) },
      h('td', {}, h('a', { href, 'aria-current': isSelected ? 'true' : undefined }, `#${row.id}`)),
      columns.map(([, kind, of]) => h('td', { class: kind }, of(row))),
    );
  };
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, 'Session'),
          columns.map(([title, kind]) =>
            h('th', { scope: 'col', class: kind === 'number' ? kind : '' }, title),
          ),
        ),
      ),
      h('tbody', {}, rows.map(tableRow)),
    ),
  );
}

/** @param {readonly string[]} topics */
function topicsText([first, ...others]) {
  if (first === undefined) return h('small', {}, 'none');
  return others.length === 0 ? first : `${first} +${others.length}`;
}

/** @param {StreamState} state */
function streamText({ active, sent, lag }) {
  if (!active) return 'not started';
  return lag > 0 ? `at ${sent ?? '–'}, ${count(lag)} behind` : `live at ${sent ?? '–'}`;
}
