/** Lines over time, drawn as SVG. */
import { fill, h, svg } from './dom.js';
import { clock } from './format.js';

/** @typedef {import('../../src/sampling/sample.js').Sample} Sample */
/** @typedef {{ name: string, colour: number, of: (sample: Sample) => number }} Line */
/** @typedef {{ title: string, lines: Line[], format: (value: number) => string, span: number }} ChartOptions */

const WIDTH = 600;
const HEIGHT = 120;
/** A page that was just opened has few samples: they get the whole width from here on, milliseconds. */
const LEAST_SPAN = 30_000;

export class Chart {
  /** @param {ChartOptions} options `span`: most milliseconds from the left to the right. */
  constructor(options) {
    this.options = options;
    /** @type {readonly Sample[]} */
    this.samples = [];
    this.plot = svg('svg', {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': options.title,
    });
    this.top = h('span', { class: 'chart-top' });
    this.legend = h('div', { class: 'legend' });
    this.time = h('span', { class: 'chart-time' });
    this.frame = h('div', { class: 'chart-frame' }, this.plot, this.top, this.time);
    this.element = h(
      'section',
      { class: 'card chart' },
      h('header', {}, h('h3', {}, options.title), this.legend),
      this.frame,
    );
    /** @type {number | undefined} */
    this.pointer = undefined;
    this.frame.addEventListener('pointermove', (event) => {
      const { left, width } = this.frame.getBoundingClientRect();
      this.pointer = (event.clientX - left) / width;
      this.draw();
    });
    this.frame.addEventListener('pointerleave', () => {
      this.pointer = undefined;
      this.draw();
    });
  }

  /** @param {readonly Sample[]} samples oldest first */
  show(samples) {
    this.samples = samples;
    this.draw();
  }

  draw() {
    const { lines, format } = this.options;
    const end = this.samples.at(-1)?.time ?? Date.now();
    const start = end - this.span(end);
    const span = end - start;
    const samples = this.samples.filter(({ time }) => time >= start);
    const most = Math.max(0, ...lines.flatMap(({ of }) => samples.map(of)));
    const top = niceTop(most);
    /** @param {number} time */
    const x = (time) => ((time - start) / span) * WIDTH;
    /** @param {number} value */
    const y = (value) => HEIGHT - (value / top) * (HEIGHT - 6) - 1;
    const picked = this.pick(samples, start, span);
    fill(
      this.plot,
      [0.5, 1].map((share) =>
        svg('line', { class: 'grid', x1: 0, x2: WIDTH, y1: y(top * share), y2: y(top * share) }),
      ),
      lines.flatMap((line) => drawLine(line, samples, x, y)),
      picked &&
        svg('line', { class: 'cross', x1: x(picked.time), x2: x(picked.time), y1: 0, y2: HEIGHT }),
    );
    const shown = picked ?? samples.at(-1);
    this.top.textContent = format(top);
    this.time.textContent = picked === undefined ? '' : clock(picked.time);
    fill(
      this.legend,
      lines.map(({ name, colour, of }) =>
        h(
          'span',
          {},
          h('i', { class: `swatch colour-${colour}` }),
          `${name} `,
          h('b', {}, shown === undefined ? '–' : format(of(shown))),
        ),
      ),
    );
  }

  /** @param {number} end */
  span(end) {
    const known = end - (this.samples[0]?.time ?? end);
    return Math.min(this.options.span, Math.max(LEAST_SPAN, known));
  }

  /**
   * @param {readonly Sample[]} samples
   * @param {number} start
   * @param {number} span
   */
  pick(samples, start, span) {
    const { pointer } = this;
    if (pointer === undefined) return undefined;
    const time = start + pointer * span;
    /** @param {Sample} sample */
    const distance = (sample) => Math.abs(sample.time - time);
    const [first] = samples;
    return (
      first &&
      samples.reduce((best, next) => (distance(next) < distance(best) ? next : best), first)
    );
  }
}

/**
 * A small line without axes.
 *
 * @param {number[]} values oldest first
 */
export function sparkline(values) {
  const top = Math.max(...values, 1e-9);
  const step = 100 / Math.max(1, values.length - 1);
  const points = values.map((value, index) => `${index * step},${23 - (value / top) * 21}`);
  return svg(
    'svg',
    { class: 'spark', viewBox: '0 0 100 24', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    values.length > 1 &&
      svg('polygon', { class: 'area', points: `0,24 ${points.join(' ')} 100,24` }),
    values.length > 1 && svg('polyline', { points: points.join(' ') }),
  );
}

/**
 * @param {Line} line
 * @param {readonly Sample[]} samples
 * @param {(time: number) => number} x
 * @param {(value: number) => number} y
 */
function drawLine({ colour, of }, samples, x, y) {
  return runsOf(samples).flatMap((run) => {
    const points = run.map((sample) => `${x(sample.time).toFixed(1)},${y(of(sample)).toFixed(1)}`);
    const [from, to] = [run[0]?.time ?? 0, run.at(-1)?.time ?? 0];
    return [
      svg('polygon', {
        class: `area colour-${colour}`,
        points: `${x(from)},${HEIGHT} ${points.join(' ')} ${x(to)},${HEIGHT}`,
      }),
      svg('polyline', { class: `stroke colour-${colour}`, points: points.join(' ') }),
    ];
  });
}

/**
 * Where nobody watched there is a gap, and no line through it.
 *
 * @param {readonly Sample[]} samples
 */
function runsOf(samples) {
  /** @type {Sample[][]} */
  const runs = [];
  let before = -Infinity;
  for (const sample of samples) {
    if (sample.time - before > 5000) runs.push([]);
    runs.at(-1)?.push(sample);
    before = sample.time;
  }
  return runs;
}

/** @param {number} most */
function niceTop(most) {
  if (most <= 0) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 5, 10].find((factor) => most <= factor * magnitude) ?? 10;
  return step * magnitude;
}
