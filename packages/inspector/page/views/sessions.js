import { get, post, repeat } from '../parts/api.js';
import { fill, h, refill } from '../parts/dom.js';
import { bytes, count, duration } from '../parts/format.js';
import { empty, failure, heading, json, toast } from '../parts/pieces.js';

/** @typedef {import('../../src/views/session-list.js').SessionPage} SessionPage */
/** @typedef {import('../../src/views/session-view.js').SessionRow} SessionRow */
/** @typedef {import('../../src/views/session-view.js').SessionView} SessionView */
/** @typedef {import('../../src/views/session-view.js').StreamState} StreamState */
/** @typedef {import('../../src/views/session-view.js').SubscriptionView} SubscriptionView */

/** What a session's flow control and socket do, in words. */
const FLOW = {
  ok: 'keeps up',
  held: 'messages held',
  window: 'window full',
  blocked: 'does not read',
};

/** What a stream's reader waits for. */
const WAITS = {
  idle: 'an acknowledgement',
  queued: 'its turn',
  reading: 'the log',
  blocked: 'its socket',
  live: 'new events',
  ended: 'nothing',
};

/**
 * @param {HTMLElement} root
 * @param {import('../main.js').Context} context
 */
export function sessions(root, { query, rest: [id], go }) {
  const list = h('div', { class: 'card table-card' });
  const detail = h('aside', { class: 'detail', 'aria-label': 'Session' });
  const filter = { gateway: query.get('gateway') ?? '', text: query.get('text') ?? '' };
  let offset = Number(query.get('offset')) || 0;
  const select = h('select', {
    'aria-label': 'Gateway',
    onchange: () => change({ gateway: select.value }),
  });
  fill(select, h('option', { value: '' }, 'All gateways'));
  const search = h('input', {
    type: 'search',
    placeholder: 'Address or path',
    'aria-label': 'Address or path',
    'data-search': true,
    value: filter.text,
    oninput: () => change({ text: search.value }),
  });
  const total = h('span', { class: 'note' });
  fill(
    root,
    heading('Sessions', total, select, search),
    h('div', { class: id === undefined ? 'split' : 'split open' }, list, detail),
  );

  /** @param {Partial<typeof filter>} part */
  function change(part) {
    Object.assign(filter, part);
    offset = 0;
    void refresh();
    void refreshDetail();
  }

  /**
   * Address of a session's details, or of the list alone: with what is chosen here, so that the list stays as it is.
   *
   * @param {number} [session]
   */
  function address(session) {
    const chosen = Object.entries({ ...filter, offset: offset === 0 ? '' : String(offset) });
    const kept = String(new URLSearchParams(chosen.filter(([, value]) => value !== '')));
    const path = session === undefined ? '#/sessions' : `#/sessions/${session}`;
    return kept === '' ? path : `${path}?${kept}`;
  }

  async function refresh() {
    try {
      const page = await get('sessions', { ...filter, offset });
      total.textContent = `${count(page.total)} connected`;
      refill(list, table(page, Number(id)));
    } catch (error) {
      fill(list, failure(error));
    }
  }

  /**
   * @param {SessionPage} page
   * @param {number} selected
   */
  function table(page, selected) {
    if (page.total === 0) {
      return empty(
        'Nobody is here',
        'Sessions appear as soon as a client connects. The console is one.',
      );
    }
    return h(
      'div',
      {},
      h(
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
              [
                'Session',
                'Gateway',
                'Address',
                'Subscriptions',
                'Stream',
                'Flow',
                'Waiting',
                'Dropped',
                'Age',
              ].map((title) => h('th', { scope: 'col' }, title)),
            ),
          ),
          h(
            'tbody',
            {},
            page.rows.map((/** @type {SessionRow} */ row) =>
              tableRow(row, row.id === selected, address(row.id)),
            ),
          ),
        ),
      ),
      pager(page),
    );
  }

  /** @param {SessionPage} page */
  function pager(page) {
    if (page.total <= page.rows.length) return null;
    /** @param {number} to */
    const turn = (to) => () => {
      offset = Math.max(0, to);
      void refresh();
    };
    return h(
      'div',
      { class: 'pager' },
      h('button', { type: 'button', onclick: turn(offset - 100), disabled: offset === 0 }, 'Back'),
      `${offset + 1} to ${offset + page.rows.length} of ${count(page.total)}`,
      h(
        'button',
        {
          type: 'button',
          onclick: turn(offset + 100),
          disabled: offset + page.rows.length >= page.total,
        },
        'On',
      ),
    );
  }

  async function refreshDetail() {
    if (id === undefined) return;
    try {
      refill(detail, sessionCard(await get(`sessions/${id}`), address(), go));
    } catch (error) {
      fill(
        detail,
        h(
          'div',
          { class: 'card' },
          failure(error),
          h('a', { class: 'button', href: address() }, 'Close'),
        ),
      );
    }
  }

  void get('gateways').then(
    (gateways) => {
      for (const { gateway } of gateways) {
        select.append(h('option', { value: gateway }, gateway));
      }
      select.value = filter.gateway;
    },
    () => undefined,
  );
  const ends = [repeat(2000, refresh), repeat(2000, refreshDetail)];
  return () => ends.forEach((end) => end());
}

/**
 * @param {SessionRow} row
 * @param {boolean} selected
 * @param {string} href of its details
 */
function tableRow(row, selected, href) {
  const {
    id,
    gateway,
    address,
    topics,
    streams,
    flow,
    backlogBytes,
    heldMessages,
    dropped,
    openedAt,
  } = row;
  return h(
    'tr',
    { class: selected ? 'selected' : '', onclick: () => (location.hash = href) },
    h('td', {}, h('a', { href, 'aria-current': selected ? 'true' : undefined }, `#${id}`)),
    h('td', {}, gateway),
    h('td', { class: 'mono' }, address),
    h('td', {}, topics.length === 0 ? h('small', {}, 'none') : topicsText(topics)),
    h('td', {}, streams.map(streamText).join(', ')),
    h(
      'td',
      {},
      h('span', { class: `state ${flow}` }, FLOW[/** @type {keyof typeof FLOW} */ (flow)]),
    ),
    h(
      'td',
      { class: 'number' },
      heldMessages > 0 ? `${count(heldMessages)} msg` : bytes(backlogBytes),
    ),
    h('td', { class: 'number' }, dropped > 0 ? h('b', { class: 'warn' }, count(dropped)) : '0'),
    h('td', { class: 'number' }, duration((Date.now() - openedAt) / 1000)),
  );
}

/** @param {readonly string[]} topics */
function topicsText([first = '', ...others]) {
  return others.length === 0 ? first : `${first} +${others.length}`;
}

/** @param {StreamState} state */
function streamText({ active, sent, lag }) {
  if (!active) return 'not started';
  return lag > 0 ? `at ${sent ?? '–'}, ${count(lag)} behind` : `live at ${sent ?? '–'}`;
}

/**
 * @param {SessionView} session
 * @param {string} list address of the list without the details
 * @param {(hash: string) => void} go
 */
function sessionCard(session, list, go) {
  return h(
    'div',
    { class: 'card' },
    h(
      'header',
      { class: 'detail-head' },
      h('h2', {}, `Session #${session.id}`),
      h('a', { class: 'button', href: list, 'aria-label': 'Close the details' }, '✕'),
    ),
    facts([
      ['Gateway', `${session.gateway} at ${session.endpoint}`],
      ['Address', session.address],
      ['Request', session.url],
      ['Phase', session.phase],
      ['Connected for', duration((Date.now() - session.openedAt) / 1000)],
      ['Last heard', `${duration((Date.now() - session.heardAt) / 1000)} ago`],
      ['Waits in this process', bytes(session.backlogBytes)],
      ['Commands waiting', count(session.pendingCommands)],
      ['Dropped messages', count(session.dropped)],
    ]),
    session.streams
      .map((/** @type {StreamState} */ stream) => [
        h('h3', {}, `Stream ${stream.stream}`),
        windowBar(stream),
        facts([
          [
            'Waits for',
            stream.active ? WAITS[/** @type {keyof typeof WAITS} */ (stream.phase)] : 'its start',
          ],
          ['Cursor', stream.sent ?? 'before the first event'],
          ['Acknowledged', stream.acked ?? 'nothing'],
          ['Window', count(stream.window)],
          ['Behind', `${count(stream.lag)} events`],
        ]),
      ])
      .flat(),
    h('h3', {}, 'Subscriptions'),
    session.subscriptions.length === 0
      ? h('p', { class: 'note' }, 'None.')
      : session.subscriptions.map(subscriptionPiece),
    h('details', {}, h('summary', {}, 'Handshake headers'), json(session.headers)),
    h(
      'button',
      {
        type: 'button',
        class: 'danger',
        onclick: async () => {
          if (!confirm(`Disconnect session #${session.id} of ${session.address}?`)) return;
          try {
            await post(`disconnect/${session.id}`);
            toast(`Session #${session.id} is disconnected`);
            go(list);
          } catch (error) {
            toast(String(error instanceof Error ? error.message : error));
          }
        },
      },
      'Disconnect',
    ),
  );
}

/** @param {StreamState} stream */
function windowBar({ active, sent, acked, window }) {
  if (!active || window === 0) return null;
  const pending = sent === null ? 0 : Number(sent) - Number(acked ?? -1);
  const bar = h('i', { class: 'bar-fill' });
  bar.style.width = `${Math.min(100, (pending / window) * 100)}%`;
  return h(
    'div',
    { class: 'window' },
    h('span', { class: 'bar-track' }, bar),
    h('small', {}, `${count(pending)} of ${count(window)} unacknowledged`),
  );
}

/** @param {SubscriptionView} subscription */
function subscriptionPiece({ topic, options, keys, keyCount, heldMessages, heldBytes }) {
  return h(
    'div',
    { class: 'subscription' },
    h('b', { class: 'mono' }, topic),
    h('small', {}, keys === null ? 'every event' : `${count(keyCount)} keys`),
    heldMessages > 0 &&
      h('small', { class: 'warn' }, `${count(heldMessages)} messages held, ${bytes(heldBytes)}`),
    keys !== null &&
      keys.length > 0 &&
      h('p', { class: 'keys mono' }, keys.join('\n') + (keyCount > keys.length ? '\n…' : '')),
    options !== null && json(options),
  );
}

/** @param {[string, string | number][]} rows */
function facts(rows) {
  return h(
    'dl',
    { class: 'facts' },
    rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
  );
}
