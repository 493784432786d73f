import { repeat, get } from '../parts/api.js';
import { Chart, sparkline } from '../parts/chart.js';
import { fill, h, refill } from '../parts/dom.js';
import { SPAN } from '../parts/feed.js';
import { bytes, count, milliseconds, percent, rate } from '../parts/format.js';
import { empty, failure, heading } from '../parts/pieces.js';

/** @typedef {import('../../src/sampling/sample.js').Sample} Sample */
/** @typedef {import('../../src/views/gateway-view.js').GatewayView} GatewayView */
/** @typedef {{ title: string, of: (sample: Sample) => number, format: (value: number) => string, note?: (sample: Sample) => string, alarm?: (sample: Sample) => boolean }} Tile */

/** @type {Tile[]} */
const TILES = [
  {
    title: 'Sessions',
    of: ({ gauges }) => gauges.sessions,
    format: count,
    note: ({ gauges }) =>
      gauges.blocked > 0 ? `${count(gauges.blocked)} do not read` : 'all read',
    alarm: ({ gauges }) => gauges.blocked > 0,
  },
  {
    title: 'Events in / s',
    of: ({ rates }) => rates.events,
    format: rate,
    note: ({ rates }) => `${rate(rates.commands)} commands / s`,
  },
  {
    title: 'Messages out / s',
    of: ({ rates }) => rates.messages,
    format: rate,
    note: ({ rates }) => `${bytes(rates.bytes)} / s`,
  },
  {
    title: 'Lag in events',
    of: ({ gauges }) => gauges.lagEvents,
    format: count,
    note: ({ gauges }) => `${count(gauges.unacknowledged)} unacknowledged`,
  },
  {
    title: 'Dropped / s',
    of: ({ rates }) => rates.drops,
    format: rate,
    note: ({ drops }) => `${count(sum(Object.values(drops)))} since the start`,
    alarm: ({ rates }) => rates.drops > 0,
  },
  {
    title: 'Memory',
    of: ({ process }) => process.rss,
    format: bytes,
    note: ({ process }) => `${bytes(process.heapUsed)} heap`,
  },
];

/**
 * @param {HTMLElement} root
 * @param {import('../main.js').Context} context
 */
export function overview(root, { feed }) {
  const tiles = h('div', { class: 'tiles' });
  const gateways = h('div', { class: 'card' });
  const charts = [
    new Chart({
      title: 'Throughput',
      format: rate,
      span: SPAN,
      lines: [
        { name: 'messages / s', colour: 1, of: ({ rates }) => rates.messages },
        { name: 'events / s', colour: 2, of: ({ rates }) => rates.events },
      ],
    }),
    new Chart({
      title: 'Behind',
      format: count,
      span: SPAN,
      lines: [
        { name: 'lag in events', colour: 3, of: ({ gauges }) => gauges.lagEvents },
        { name: 'held messages', colour: 4, of: ({ gauges }) => gauges.heldMessages },
      ],
    }),
    new Chart({
      title: 'Memory',
      format: bytes,
      span: SPAN,
      lines: [
        { name: 'resident', colour: 1, of: ({ process }) => process.rss },
        { name: 'heap', colour: 2, of: ({ process }) => process.heapUsed },
        { name: 'wait for sockets', colour: 4, of: ({ gauges }) => gauges.outboundBytes },
      ],
    }),
    new Chart({
      title: 'Event loop',
      format: milliseconds,
      span: SPAN,
      lines: [{ name: 'worst delay', colour: 3, of: ({ process }) => process.loopDelayMs }],
    }),
  ];
  const cpu = h('span', { class: 'note' });
  fill(
    root,
    heading('Overview', cpu),
    tiles,
    h(
      'div',
      { class: 'charts' },
      charts.map(({ element }) => element),
    ),
    gateways,
  );
  const endFigures = feed.watch(() => {
    const { samples } = feed;
    const newest = samples.at(-1);
    cpu.textContent = newest === undefined ? '' : `CPU ${percent(newest.process.cpu)} of a core`;
    fill(
      tiles,
      TILES.map((tile) => drawTile(tile, samples)),
    );
    for (const chart of charts) chart.show(samples);
  });
  const endGateways = repeat(2000, async () => {
    try {
      refill(gateways, h('h3', {}, 'Gateways'), gatewayRows(await get('gateways'), feed));
    } catch (error) {
      fill(gateways, failure(error));
    }
  });
  return () => {
    endFigures();
    endGateways();
  };
}

/**
 * @param {Tile} tile
 * @param {readonly Sample[]} samples
 */
function drawTile({ title, of, format, note, alarm }, samples) {
  const newest = samples.at(-1);
  return h(
    'section',
    { class: `card tile${newest !== undefined && alarm?.(newest) ? ' alarm' : ''}` },
    h('h3', {}, title),
    h('strong', {}, newest === undefined ? '–' : format(of(newest))),
    h('small', {}, newest === undefined ? '' : (note?.(newest) ?? '')),
    sparkline(samples.slice(-90).map(of)),
  );
}

/**
 * @param {readonly GatewayView[]} gateways
 * @param {import('../parts/feed.js').Feed} feed
 */
function gatewayRows(gateways, feed) {
  if (gateways.length === 0) {
    return empty('No gateways', 'The application has no class with @ChainGateway().');
  }
  const most = Math.max(1, ...gateways.map(({ connections }) => connections));
  const rates = feed.samples.at(-1)?.endpoints ?? {};
  /** @param {string} shared */
  const isShared = (shared) => gateways.filter(({ name }) => name === shared).length > 1;
  return h(
    'div',
    { class: 'bars' },
    gateways.map(({ name, gateway, paths: [path], connections }) => {
      const bar = h('i', { class: 'bar-fill' });
      bar.style.width = `${(connections / most) * 100}%`;
      return h(
        'a',
        { class: 'bar-row', href: `#/sessions?gateway=${encodeURIComponent(gateway)}` },
        h('b', {}, gateway),
        h('small', { class: 'mono' }, path === '*' ? 'any path' : path),
        h('span', { class: 'bar-track' }, bar),
        h('span', { class: 'number' }, `${count(connections)} sessions`),
        // Gateways of one name share their figures.
        h('span', { class: 'number' }, isShared(name) ? '' : `${rate(rates[name] ?? 0)} / s`),
      );
    }),
  );
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
