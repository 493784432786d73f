import { get, repeat } from '../parts/api.js';
import { fill, h, refill } from '../parts/dom.js';
import { count } from '../parts/format.js';
import { empty, failure, heading } from '../parts/pieces.js';
import { sessionCard } from './session-card.js';
import { sessionTable } from './session-table.js';

/** @typedef {import('../../src/views/session-list.js').SessionPage} SessionPage */

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
      // Those on this page have left.
      if (page.rows.length === 0 && offset > 0) {
        offset = 0;
        await refresh();
        return;
      }
      refill(list, page.total === 0 ? nobody() : [table(page), pager(page)]);
    } catch (error) {
      fill(list, failure(error));
    }
  }

  /** @param {SessionPage} page */
  function table({ rows }) {
    return sessionTable(rows, {
      selected: Number(id),
      isOfOneGateway: filter.gateway !== '',
      address,
    });
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

function nobody() {
  return empty(
    'Nobody is here',
    'Sessions appear as soon as a client connects. The console is one.',
  );
}
