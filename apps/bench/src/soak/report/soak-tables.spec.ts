import { describe, expect, it } from '@jest/globals';
import type { ProcessHoldings } from '../probe/process-holdings.js';
import type { SoakResult, SoakSample } from '../run/soak-result.js';
import { soakCurves } from './curves.js';
import { soakTables } from './soak-tables.js';

const HOLDINGS: ProcessHoldings = {
  heapUsed: 2 ** 20,
  external: 2 ** 20,
  rss: 2 ** 27,
  handles: { TCPSocketWrap: 10 },
  listeners: 60,
  loopDelay: { p99: 1, max: 2 },
  collection: { from: 0, to: 1 },
};
const LATENCY = { count: 3, p50: 1, p95: 2, p99: 3, max: 4 };
const SAMPLES: readonly SoakSample[] = [0, 1, 2].map((minute) => ({
  minute,
  server: HOLDINGS,
  twin: HOLDINGS,
  sessions: 5,
  latency: LATENCY,
}));
const RESULT: SoakResult = {
  settings: { seed: 1, clients: 28, rate: 15, minutes: 2, interrupted: false },
  machine: { node: 'v20', platform: 'any', cores: 2, processor: 'any', memoryGiB: 8, load: 0 },
  chains: { published: 1234, done: 100, refused: 0, leftOut: 0 },
  endpoints: [
    { endpoint: 'nano', clients: 4, connections: 9, messages: 1500, ended: 0, latency: LATENCY },
    { endpoint: 'mining', clients: 4, connections: 9, messages: 0, ended: 0, latency: undefined },
  ],
  samples: SAMPLES,
  accusations: [
    {
      client: { endpoint: 'nano', behaviour: 'fast', number: 7 },
      fault: { kind: 'missed', expected: 'a', got: 'b' },
      minute: 1.5,
    },
  ],
  verdicts: [{ name: 'every event once', passed: false, text: '1 faults' }],
};

describe('the report of a soak', () => {
  it('has the figures of each endpoint, the verdicts, and whom what happened to first', () => {
    const tables = soakTables(RESULT);
    expect(tables).toMatch(
      /\| nano +\| +4 \| +9 \| +1,500 \| +0 \| +1\.0 \| +2\.0 \| +3\.0 \| +4\.0 \|/,
    );
    expect(tables).toMatch(/\| mining .*–/);
    expect(tables).toMatch(/\| every event once \| \*\*NO\*\* \| 1 faults \|/);
    expect(tables).toContain('client 7 (fast, nano): missed; expected a, got b');
  });

  it('says if it was to run longer', () => {
    const settings = { ...RESULT.settings, interrupted: true };
    expect(soakTables({ ...RESULT, settings })).toContain('2.0 minutes (interrupted)');
  });

  it('has curves with a point for each sample', () => {
    const lines = Array.from(soakCurves(SAMPLES).matchAll(/<polyline[^>]* points="([^"]*)"/g));
    expect(lines.map(([, points]) => points?.split(' ').length)).toEqual(lines.map(() => 3));
    expect(lines).toHaveLength(9);
  });
});
