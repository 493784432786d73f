import { describe, expect, it } from '@jest/globals';
import type { ProcessHoldings } from '../probe/process-holdings.js';
import type { SoakSample } from './soak-result.js';
import {
  complaintVerdict,
  deliveryVerdict,
  growthVerdicts,
  restVerdicts,
} from './soak-verdicts.js';

const MIB = 2 ** 20;
const HOLDINGS: ProcessHoldings = {
  heapUsed: 50 * MIB,
  external: 10 * MIB,
  rss: 200 * MIB,
  handles: { TCPSocketWrap: 10 },
  listeners: 60,
  loopDelay: { p99: 1, max: 2 },
  collection: { from: 0, to: 10 },
};
const LATENCY = { count: 1, p50: 1, p95: 1, p99: 1, max: 1 };

/** Twenty minutes, one sample each; the chains grow in both processes alike. */
function samples(change: (minute: number) => Partial<SoakSample>): SoakSample[] {
  return Array.from({ length: 20 }, (_, minute) => {
    const chain = { ...HOLDINGS, heapUsed: HOLDINGS.heapUsed + minute * MIB };
    return { minute, sessions: 8, latency: LATENCY, server: chain, twin: chain, ...change(minute) };
  });
}

const failed = (all: readonly { readonly name: string; readonly passed: boolean }[]) =>
  all.filter(({ passed }) => !passed).map(({ name }) => name);

describe('the verdicts over what a server holds', () => {
  it('let chains grow', () => {
    expect(failed(growthVerdicts(samples(() => ({}))))).toEqual([]);
  });

  it('see memory that grows more than that of the same chains without clients', () => {
    const grown = samples((minute) => ({
      server: { ...HOLDINGS, heapUsed: HOLDINGS.heapUsed + 2 * minute * MIB },
    }));
    expect(failed(growthVerdicts(grown))).toEqual(['memory does not grow']);
  });

  it('see buffers that stay', () => {
    const grown = samples((minute) => ({
      twin: HOLDINGS,
      server: { ...HOLDINGS, external: HOLDINGS.external + minute * MIB },
    }));
    expect(failed(growthVerdicts(grown))).toEqual(['memory does not grow']);
  });

  it('see handles that stay, however many clients there are', () => {
    const handles = (minute: number) => ({ TCPSocketWrap: 10 + 100 * minute, Timeout: minute });
    const grown = samples((minute) => ({
      sessions: 8 + 100 * minute,
      server: { ...HOLDINGS, handles: handles(minute) },
      twin: HOLDINGS,
    }));
    expect(failed(growthVerdicts(grown))).toEqual(['handles do not grow']);
  });

  it('see listeners that stay', () => {
    const grown = samples((minute) => ({ server: { ...HOLDINGS, listeners: 60 + minute } }));
    expect(failed(growthVerdicts(grown))).toContain('listeners do not grow');
  });

  it('see what is left when all have gone', () => {
    const [before] = samples(() => ({ sessions: 0 }));
    if (before === undefined) throw new Error('no sample');
    expect(failed(restVerdicts(before, before))).toEqual([]);
    const server = {
      ...HOLDINGS,
      external: 40 * MIB,
      handles: { TCPSocketWrap: 10, Timeout: 5 },
      listeners: 61,
    };
    expect(failed(restVerdicts(before, { ...before, server, sessions: 1 }))).toEqual([
      'no session is left',
      'no handle is left',
      'no listener is left',
      'no memory is left',
    ]);
  });
});

describe('the verdicts over what clients and the server say', () => {
  it('fail with the first fault', () => {
    expect(deliveryVerdict(0)).toMatchObject({ passed: true });
    expect(deliveryVerdict(1)).toMatchObject({ passed: false, text: '1 faults' });
  });

  it('fail with the first line that the server prints', () => {
    expect(complaintVerdict({ lines: 0, last: '' })).toMatchObject({ passed: true });
    expect(complaintVerdict({ lines: 1, last: 'out of order' })).toMatchObject({
      passed: false,
      text: '1 lines: out of order',
    });
  });
});
