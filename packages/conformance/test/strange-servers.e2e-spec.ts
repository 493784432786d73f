/** Servers that are not there, or say nothing, or too much: the report is clear, and comes in time. */
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  conformanceSuite,
  DIALECTS,
  runConformance,
  type CheckResult,
  type ConformanceDriver,
} from '../src/index.js';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

const sockets = new Set<Socket>();
let tcp: Server | undefined;
let server: WebSocketServer | undefined;

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const client of server?.clients ?? []) client.terminate();
  await new Promise((resolve) => (tcp === undefined ? resolve(null) : tcp.close(resolve)));
  await new Promise((resolve) => (server === undefined ? resolve(null) : server.close(resolve)));
  tcp = undefined;
  server = undefined;
});

/** A server that grants every upgrade. @param serve what it does then. */
async function granting(serve: (socket: WebSocket) => void = () => undefined): Promise<string> {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    serve(socket);
  });
  await once(server, 'listening');
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function listening(): Promise<string> {
  tcp = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  return `ws://127.0.0.1:${(tcp.address() as AddressInfo).port}`;
}

describe.each(DIALECTS)('%s', (dialect) => {
  it('says that nobody is there', async () => {
    const url = await listening();
    await new Promise((resolve) => tcp?.close(resolve));
    tcp = undefined;
    const report = await runConformance({ dialect, url });
    expect(report).toMatchObject({ results: [], failed: 0 });
    expect(report.unreachable).toMatch(/^could not connect to ws:.*ECONNREFUSED/);
  });

  it('says that a server accepts connections and never answers the upgrade', async () => {
    const report = await runConformance({ dialect, url: await listening(), timeoutMs: 20 });
    expect(report).toMatchObject({ results: [], failed: 0 });
    expect(report.unreachable).toContain('Opening handshake has timed out');
  });

  it('judges a server that says nothing in the time given, and waits for each kind of event once', async () => {
    const results: CheckResult[] = [];
    const report = await runConformance({
      dialect,
      url: await granting(),
      timeoutMs: 20,
      activityMs: 20,
      onResult: (result) => results.push(result),
    });
    expect(report.unreachable).toBeUndefined();
    expect(report.results).toEqual(results);
    expect(report.results).toHaveLength(conformanceSuite(dialect).length);
    const { passed, failed, skipped } = report;
    expect(passed + failed + skipped).toBe(results.length);
    // It cannot be right about the handshake, which this server leaves to its library.
    expect(failed).toBeGreaterThan(0);
    for (const { outcome, expected, seen, why } of results) {
      if (outcome === 'fail') expect([typeof expected, typeof seen]).toEqual(['string', 'string']);
      if (outcome === 'skipped') expect(why).not.toBe('');
    }
    const quiet = results.filter(({ why }) => /^no .* within 20 ms$/.test(why ?? ''));
    const kinds = new Set(quiet.map(({ why }) => why));
    expect(quiet).toHaveLength(kinds.size);
  });

  it('survives a server that sends nonsense without an end', async () => {
    const url = await granting((socket) => {
      const timer = setInterval(() => {
        socket.send('{"type":"EVENT","ack":null,"method":5,"event":[]}');
      }, 1);
      socket.on('close', () => {
        clearInterval(timer);
      });
    });
    const report = await runConformance({
      dialect,
      url,
      timeoutMs: 10,
      activityMs: 10,
      limitMs: 1500,
    });
    expect(report.failed).toBeGreaterThan(0);
    expect(report.results).toHaveLength(conformanceSuite(dialect).length);
  });
});

describe('a run', () => {
  it('skips what has not run at its time limit, or when it is ended', async () => {
    const url = await granting();
    const late = await runConformance({ dialect: 'basalt', url, limitMs: 0 });
    const abort = AbortSignal.abort();
    const ended = await runConformance({ dialect: 'basalt', url, signal: abort });
    const reasons = (report: typeof late) => [...new Set(report.results.map(({ why }) => why))];
    expect([reasons(late), reasons(ended)]).toEqual([
      ['the run’s time limit was reached'],
      ['the run was ended'],
    ]);
  });

  it('runs the checks that are asked for: by section, endpoint or title', async () => {
    const url = await granting();
    const run = async (only: string[]) =>
      (await runConformance({ dialect: 'hathor', url, only, timeoutMs: 10 })).results.map(
        ({ ref, endpoint }) => `${ref} ${endpoint}`,
      );
    expect(await run(['§7.3'])).toEqual(['hathor §7.3 ws']);
    expect(new Set(await run(['mining_ws T4', 'T4 mining_ws', 'T5']))).toEqual(
      new Set(
        ['T4 mining_ws', 'T5 ws', 'T5 event_ws', 'T5 mining_ws'].map((at) => `hathor §0.1 ${at}`),
      ),
    );
    expect(await run(['GROUPS A REORG'])).toEqual(['hathor §7.77 event_ws']);
  });

  it('stops what happens by itself while it runs, and lets it go on', async () => {
    const url = await granting();
    const acts: string[] = [];
    const control: ConformanceDriver = {
      act: (action) => {
        acts.push(action);
        return Promise.resolve({ announced: [] });
      },
      hold: () => {
        acts.push('hold');
        return Promise.resolve(() => {
          acts.push('release');
          return Promise.resolve();
        });
      },
    };
    await runConformance({ dialect: 'basalt', url, control, only: ['§14.3'], timeoutMs: 10 });
    expect(acts).toEqual(['hold', 'mine', 'release']);
  });

  it('skips what its driver cannot do, and says why', async () => {
    const url = await granting();
    const options = { dialect: 'basalt', url, only: ['§14.3'], timeoutMs: 500 } as const;
    const control = 'http://127.0.0.1:1/control';
    const [absent] = (await runConformance({ ...options, control })).results;
    expect(absent).toMatchObject({
      outcome: 'skipped',
      why: expect.stringMatching(/^the driver http:.*\/basalt cannot be reached/),
    });
    const [none] = (await runConformance(options)).results;
    expect(none).toMatchObject({ outcome: 'skipped', why: 'needs a driver' });
  });
});
