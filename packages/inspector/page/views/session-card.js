import { post } from '../parts/api.js';
import { h } from '../parts/dom.js';
import { bytes, count, duration } from '../parts/format.js';
import { json, toast } from '../parts/pieces.js';

/** @typedef {import('../../src/views/session-view.js').SessionView} SessionView */
/** @typedef {import('../../src/views/session-view.js').StreamState} StreamState */
/** @typedef {import('../../src/views/session-view.js').SubscriptionView} SubscriptionView */

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
 * @param {SessionView} session
 * @param {string} list address of the list without the details
 * @param {(hash: string) => void} go
 */
export function sessionCard(session, list, go) {
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
