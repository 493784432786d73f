import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import type { BlockTemplate } from '@sluice/hathor/codec';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { NODE_TEMPLATE } from '../../test/support/template.js';
import { MiningConnection } from './mining-connection.js';

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

const NOTIFY = `{"id":null,"method":"mining.notify","params":[${NODE_TEMPLATE}]}`;

/** A node that answers by the test's script. */
describe('a mining connection', () => {
  let server: WebSocketServer;
  let url: string;
  let clock: ManualClock;
  let connection: MiningConnection;
  let running: Promise<void>;
  let received: (readonly BlockTemplate[])[];
  let lost: [reason: string, retryMs: number][];
  let changed: () => void;

  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  afterEach(async () => {
    connection.stop();
    for (const socket of server.clients) socket.terminate();
    await Promise.allSettled([running, new Promise((closed) => server.close(closed))]);
  });

  function dial(target = url): void {
    clock = new ManualClock();
    [received, lost] = [[], []];
    changed = () => undefined;
    connection = new MiningConnection(
      target,
      {
        templates: (templates) => {
          received.push(templates);
          changed();
        },
        lost: (...loss) => {
          lost.push(loss);
          changed();
        },
      },
      clock,
    );
    running = connection.run();
    running.catch(() => undefined);
  }

  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => (changed = resolve));
  };

  /** The next connection, which answers `mining.refresh` with `result`. */
  async function node(result?: string): Promise<{ socket: WebSocket; requests: Request[] }> {
    const [socket] = (await once(server, 'connection')) as [WebSocket];
    const requests: Request[] = [];
    socket.on('message', (data: Buffer) => {
      const request = JSON.parse(data.toString()) as Request;
      requests.push(request);
      if (request.method !== 'mining.refresh' || result === undefined) return;
      socket.send(`{"id":${request.id},"error":null,"result":${result}}`);
    });
    return { socket, requests };
  }

  it('asks for templates at once, and takes notifications with all their digits', async () => {
    dial();
    const { socket, requests } = await node('[]');
    await until(() => received.length === 1);
    expect(requests).toEqual([{ id: 1, method: 'mining.refresh', params: [] }]);
    expect(received).toEqual([[]]);
    socket.send(NOTIFY);
    await until(() => received.length === 2);
    expect(received[1]).toMatchObject([{ score: 9007199254740993123456789n }]);
  });

  it('tells accepted, stale and refused blocks apart, although errors have no id', async () => {
    dial();
    const { socket, requests } = await node('[]');
    await until(() => received.length === 1);
    const blocks = ['aa', 'bb', 'cc'].map((hex) => connection.submit(hex));
    while (requests.length < 4) await once(socket, 'message');
    const [, first, second] = requests;
    expect(first).toMatchObject({ method: 'mining.submit', params: { hexdata: 'aa' } });
    socket.send(`{"id":${first?.id},"error":null,"result":true}`);
    socket.send(`{"id":${second?.id},"error":null,"result":false}`);
    socket.send('{"id":null,"error":{"code":-32603,"message":"Internal error"},"result":null}');
    expect(await Promise.all(blocks)).toEqual([
      { outcome: 'accepted' },
      { outcome: 'stale' },
      { outcome: 'refused', reason: 'Internal error (-32603)' },
    ]);
  });

  it('dials again with ever longer pauses, which are short again after it has worked', async () => {
    dial();
    const { socket } = await node('[]');
    await until(() => received.length === 1);
    const unanswered = connection.submit('aa');
    socket.close();
    await until(() => lost.length === 1);
    expect(await unanswered).toEqual({ outcome: 'lost' });
    expect(await connection.submit('bb')).toEqual({ outcome: 'lost' });
    for (const [count, pause] of [500, 1000, 2000, 4000, 8000, 10_000, 10_000].entries()) {
      expect(lost[count]).toEqual([expect.stringContaining('ended the connection'), pause]);
      const again = node();
      clock.advance(pause);
      (await again).socket.close();
      await until(() => lost.length === count + 2);
    }
    const good = node('[]');
    clock.advance(10_000);
    (await good).socket.once('message', () => undefined);
    await until(() => received.length === 2);
    (await good).socket.close();
    await until(() => lost.length === 9);
    expect(lost.at(-1)?.[1]).toBe(500);
  });

  it('asks again every five seconds, and leaves a node that does not answer', async () => {
    dial();
    const { socket, requests } = await node();
    while (requests.length < 1) await once(socket, 'message');
    socket.send(NOTIFY);
    socket.send(`{"id":${requests[0]?.id},"error":null,"result":[]}`);
    await until(() => received.length === 2);
    clock.advance(5_000);
    while (requests.length < 2) await once(socket, 'message');
    clock.advance(5_000);
    await until(() => lost.length === 1);
    expect(lost[0]?.[0]).toBe('the node no longer answers');
  });

  it.each([
    ['{"type":"dashboard:metrics"}', 'no mining endpoint: it says {"type":"dashboard:metrics"}'],
    ['hello', 'no mining endpoint'],
    ['{"method":"mining.notify","params":[{}]}', 'a template whose versions is undefined'],
  ])('says that it is no mining endpoint when it hears %s first', async (text, words) => {
    dial();
    (await node()).socket.send(text);
    await expect(running).rejects.toThrow(words);
  });

  it('says so when it hears nothing', async () => {
    dial();
    const { socket, requests } = await node();
    while (requests.length < 1) await once(socket, 'message');
    clock.advance(10_000);
    await expect(running).rejects.toThrow('no mining endpoint: no answer to mining.refresh');
  });

  it('says so when nothing listens, or the server answers something else', async () => {
    dial('ws://127.0.0.1:1/');
    await expect(running).rejects.toThrow('ws://127.0.0.1:1/: connection refused');
    server.options.path = '/mining_ws';
    dial();
    await expect(running).rejects.toThrow('no mining endpoint: the server answers 400');
  });

  it('ends when it is told to, connected or not', async () => {
    dial();
    const { socket } = await node('[]');
    await until(() => received.length === 1);
    connection.stop();
    await running;
    expect(lost).toEqual([]);
    dial();
    const second = await node('[]');
    await until(() => received.length === 1);
    second.socket.terminate();
    await until(() => lost.length === 1);
    connection.stop();
    await running;
    expect(socket.readyState).toBeGreaterThan(1);
  });
});
