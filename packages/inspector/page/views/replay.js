import { get } from '../parts/api.js';
import { fill, h } from '../parts/dom.js';
import { count } from '../parts/format.js';
import { empty, failure, heading } from '../parts/pieces.js';
import { eventRow } from '../parts/event-row.js';

const PAGE = 50;

/**
 * @param {HTMLElement} root
 * @param {import('../main.js').Context} context
 */
export function replay(root, { query }) {
  const stream = h('select', { 'aria-label': 'Stream', onchange: () => void newest() });
  const from = h('input', {
    type: 'number',
    min: 0,
    value: 0,
    'aria-label': 'From event',
    'data-search': true,
  });
  const extent = h('span', { class: 'note' });
  const rows = h('div', { class: 'events' });
  /** @type {readonly import('../../src/views/stream-catalogue.js').StreamView[]} */
  let streams = [];
  const form = h(
    'form',
    {
      class: 'controls',
      onsubmit: (/** @type {Event} */ event) => (
        event.preventDefault(),
        void show(Number(from.value))
      ),
    },
    stream,
    h('label', {}, 'From ', from),
    h('button', { type: 'submit', class: 'primary' }, 'Replay'),
    h('button', { type: 'button', onclick: () => void show(Number(from.value) - PAGE) }, 'Earlier'),
    h('button', { type: 'button', onclick: () => void show(Number(from.value) + PAGE) }, 'Later'),
    h('button', { type: 'button', onclick: () => void newest() }, 'Newest'),
  );
  fill(root, heading('Stored events', extent), form, h('div', { class: 'card table-card' }, rows));
  void begin();

  async function begin() {
    try {
      streams = await get('streams');
      if (streams.length === 0) {
        form.hidden = true;
        fill(rows, empty('No durable streams', 'A stream appears here once its log is open.'));
        return;
      }
      fill(
        stream,
        streams.map(({ name }) => h('option', { value: name }, name)),
      );
      stream.value = query.get('stream') ?? streams[0]?.name ?? '';
      await (query.has('from') ? show(Number(query.get('from'))) : newest());
    } catch (error) {
      fill(rows, failure(error));
    }
  }

  async function newest() {
    try {
      streams = await get('streams');
      const { head = 0 } = streams.find(({ name }) => name === stream.value) ?? {};
      await show(head - PAGE + 1);
    } catch (error) {
      fill(rows, failure(error));
    }
  }

  /** @param {number} wanted */
  async function show(wanted) {
    const start = Math.max(0, Math.trunc(wanted));
    from.value = String(start);
    try {
      const page = await get(`replay/${encodeURIComponent(stream.value)}`, {
        from: start,
        count: PAGE,
      });
      const { first, head, epoch } = page.stream;
      extent.textContent = `events ${count(first)} to ${count(head)} · epoch ${epoch}`;
      fill(
        rows,
        page.events.length === 0
          ? empty('Nothing from there on', `The newest stored event is ${head}.`)
          : page.events.map(eventRow),
      );
    } catch (error) {
      fill(rows, failure(error));
    }
  }
}
