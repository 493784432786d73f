import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { EventEmitter, once } from 'node:events';
import { CliRun } from './support/cli-run.js';
import { eventFrame } from './support/event-frames.js';
import { ScriptedServer, ScriptedServers } from './support/scripted-server.js';
import { WatchedLoad, type WatchedLoadOptions } from './support/watched-load.js';

const block = (number: number): string =>
  JSON.stringify({ type: 'new_block', block: { number, hash: `0x${String(number)}` } });

describe('sluice load', () => {
  const servers = new ScriptedServers();
  afterEach(() => servers.stopAll());

  const start = (options: WatchedLoadOptions) => WatchedLoad.start(servers, options);

  it('reports what many clients got, as JSON', async () => {
    const load = await start({ path: '/ws/blocks', clients: 20, args: ['--json', '--for', '1m'] });
    load.toAll(block(1), block(2));
    await load.settled();
    load.clock.advance(1500);
    const { code, report } = await load.end();
    expect(code).toBe(0);
    expect(report).toMatchObject({
      dialect: 'basalt',
      clients: { asked: 20, connected: 20, refused: 0, lost: 0 },
      messages: 40,
      perClient: { least: 2, most: 2 },
      roundTripMs: { count: expect.any(Number), p50: expect.any(Number) },
      ageMs: null,
      spreadMs: { count: 38 },
      findings: { gap: 0, duplicate: 0, disorder: 0, reset: 0 },
      compared: { gap: 0, disorder: 0 },
      notes: [],
    });
  });

  it('fails if messages are missing by their numbers', async () => {
    const load = await start({ path: '/v1a/event_ws', clients: 3, args: ['--json'] });
    load.toAll(eventFrame(0), eventFrame(3));
    const { code, report } = await load.end();
    expect(code).toBe(1);
    expect(report).toMatchObject({ findings: { gap: 6 }, notes: ['events 1 to 2 did not come'] });
  });

  it('fails if one client misses what others get', async () => {
    const load = await start({
      path: '/api/v1/streams/valid_transactions',
      clients: 3,
      args: ['--json'],
    });
    for (const id of ['a', 'b', 'c', 'd']) {
      const text = JSON.stringify({ height: 1, asset_id: id, transaction_id: id });
      load.sockets.forEach((socket, at) => {
        if (at !== 1 || !['b', 'c'].includes(id)) socket.send(text);
      });
      await load.settled();
    }
    const { code, report } = await load.end();
    expect(code).toBe(1);
    expect(report).toMatchObject({
      findings: { gap: 0 },
      compared: { gap: 2 },
      notes: ['2 messages before d came to other clients only'],
    });
  });

  it('measures the round trips of the protocol where it has any', async () => {
    const load = await start({
      path: '/v1a/ws',
      clients: 2,
      args: ['--json', '--ping', '1s'],
      script: (socket) => {
        socket.on('message', () => {
          socket.send('{"type":"pong"}');
        });
      },
    });
    for (let second = 0; second < 3; second++) {
      await load.settled();
      load.clock.advance(1000);
    }
    const { report } = await load.end();
    expect(report).toMatchObject({ roundTripMs: { count: 8 } });
  });

  it('fails if a client loses its connection', async () => {
    const load = await start({ path: '/ws/blocks', clients: 3, args: ['--json'] });
    load.sockets.pop()?.close(1008);
    const { code, report } = await load.end();
    expect([code, report]).toMatchObject([
      1,
      { clients: { connected: 3, lost: 1 }, notes: ['a connection ended with 1008'] },
    ]);
  });

  it('spreads the connections over --ramp', async () => {
    const connections = new EventEmitter();
    const server = await servers.start((_, nth) => connections.emit(String(nth)));
    const clock = new ManualClock();
    const [first, second] = ['0', '1'].map((nth) => once(connections, nth));
    const args = [
      'load',
      `${server.url}/ws/blocks`,
      '--clients',
      '2',
      '--ramp',
      '8s',
      '--ping',
      '1h',
    ];
    const { ended } = new CliRun([...args, '--for', '0s'], { clock });
    await first;
    expect(clock.nextInMs).toBe(4000);
    clock.advance(4000);
    await second;
    while (clock.nextInMs !== 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(0);
    expect(await ended).toBe(0);
  });

  it('is over when nobody is left', async () => {
    const gone = await ScriptedServer.start(() => undefined);
    await gone.stop();
    const { code, stdout } = await CliRun.of(['load', `${gone.url}/ws/blocks`, '--for', '1h']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^clients {8}0 of 100 connected, 100 refused, 0 lost\n/);
    expect(stdout).toContain('nobody listens there (ECONNREFUSED)');
  });

  it('draws a line on a terminal, and reports when it is interrupted', async () => {
    const { run, clock } = await start({ path: '/ws/blocks', clients: 1, isTTY: true });
    clock.advance(250);
    expect(run.stderr.text).toContain('\r\u001b[K0 s  1/1 clients  0 messages  round trip p99');
    expect(await run.interrupt()).toBe(130);
    expect(run.stderr.text.endsWith('\r\u001b[K')).toBe(true);
    expect(run.stdout.text).toMatch(/^clients {8}1 of 1 connected/);
  });
});
