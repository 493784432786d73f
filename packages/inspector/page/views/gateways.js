import { get, repeat } from '../parts/api.js';
import { fill, h, refill } from '../parts/dom.js';
import { count, rate } from '../parts/format.js';
import { empty, failure, heading } from '../parts/pieces.js';

/** @typedef {import('../../src/views/gateway-view.js').GatewayView} GatewayView */

/**
 * @param {HTMLElement} root
 * @param {import('../main.js').Context} context
 */
export function gateways(root, { feed }) {
  const cards = h('div', { class: 'cards' });
  const total = h('span', { class: 'note' });
  fill(root, heading('Gateways and topics', total), cards);
  return repeat(2000, async () => {
    try {
      const gateways = await get('gateways');
      const rates = feed.samples.at(-1)?.endpoints ?? {};
      total.textContent = `${count(gateways.length)} mounted`;
      refill(
        cards,
        gateways.length === 0
          ? empty('No gateways', 'The application has no class with @ChainGateway().')
          : gateways.map((/** @type {GatewayView} */ gateway) =>
              card(gateway, isAlone(gateway, gateways) ? (rates[gateway.name] ?? 0) : undefined),
            ),
      );
    } catch (error) {
      fill(cards, failure(error));
    }
  });
}

/**
 * @param {GatewayView} gateway
 * @param {number | undefined} messages by second; undefined where gateways share a name, and so their figures
 */
function card({ gateway, paths: [path, ...others], port, connections, topics }, messages) {
  const query = `gateway=${encodeURIComponent(gateway)}`;
  return h(
    'section',
    { class: 'card gateway' },
    h(
      'header',
      {},
      h('h2', {}, gateway),
      h(
        'small',
        { class: 'mono' },
        `${path === '*' ? 'any path' : path} · ${port === null ? 'closed' : `port ${port}`}`,
      ),
    ),
    others.length > 0 && h('small', { class: 'mono' }, `also at ${others.join(', ')}`),
    h(
      'p',
      { class: 'figures' },
      h('span', {}, h('b', {}, count(connections)), ' sessions'),
      messages !== undefined && h('span', {}, h('b', {}, rate(messages)), ' messages / s'),
    ),
    topics.length === 0
      ? h('p', { class: 'note' }, 'No topics: it answers commands, or sends a stream.')
      : h('ul', { class: 'topics' }, topics.map(topicItem)),
    h(
      'footer',
      { class: 'controls' },
      h('a', { class: 'button', href: `#/sessions?${query}` }, 'Sessions'),
      h('a', { class: 'button', href: `#/console?${query}` }, 'Console'),
    ),
  );
}

/**
 * @param {GatewayView} gateway
 * @param {readonly GatewayView[]} gateways
 */
function isAlone(gateway, gateways) {
  return gateways.every((other) => other === gateway || other.name !== gateway.name);
}

/** @param {{ name: string, receivers: number }} topic */
function topicItem({ name, receivers }) {
  return h(
    'li',
    { class: receivers > 0 ? '' : 'idle' },
    h('span', { class: 'mono' }, name),
    h('span', { class: 'number' }, receivers === 1 ? '1 session' : `${count(receivers)} sessions`),
  );
}
