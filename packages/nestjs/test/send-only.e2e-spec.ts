/** Endpoints that only send, on a port of their own: what nodes without commands do with what clients say. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventBus, inOrder, sendOnly } from '@sluice/engine';
import { closeFrame, fragments, frame, RawClient, TestClient } from '@sluice/testing';
import { text } from 'node:stream/consumers';
import { connect } from 'node:net';
import { ChainGateway, FlowControl, SessionRegistry, Topic } from '../src/index.js';
import { TestApplication } from './support/application.js';
import { HANDSHAKE, rawAnswer, rawRequest } from './support/raw-upgrade.js';
import { until } from './support/until.js';

declare module '@sluice/engine' {
  interface ChainEventMap {
    'test.ticked': number;
  }
}

const REFUSAL = 'HTTP/1.1 400 Bad Request\r\n\r\nno key';

@ChainGateway({
  path: '*',
  codec: sendOnly(),
  port: 'free',
  address: '127.0.0.1',
  limits: { connections: 3, payloadBytes: 1024 },
  atLimit: 'drop',
  badHandshake: REFUSAL,
  discardsMessages: true,
  violations: (code) => `violation ${String(code)}`,
  closeCodes: (code) => code >= 1000 && code !== 1012,
})
@FlowControl(inOrder())
class TickGateway {
  @Topic('tick', { event: 'test.ticked', autoSubscribe: true })
  tick(tick: number) {
    return { tick };
  }
}

describe('an endpoint that only sends', () => {
  let application: TestApplication;
  let port: number;
  let url: string;

  beforeEach(async () => {
    application = await TestApplication.start({ providers: [TickGateway] });
    const [endpoint] = application.app.get(SessionRegistry).endpoints;
    port = endpoint?.port ?? 0;
    url = `ws://127.0.0.1:${String(port)}`;
  });

  afterEach(() => application.stop());

  const tick = (n: number) => application.app.get(EventBus).publish('test.ticked', n);

  it('drops what clients say, however much it is, and goes on sending', async () => {
    await using client = await RawClient.connect(url);
    client.write(frame({ payload: 'no JSON' }));
    client.write(frame({ opcode: 'binary', payload: Buffer.alloc(3 * 1024 * 1024, 0xff) }));
    for (const part of fragments('ä'.repeat(10_000), 777)) {
      client.write(part);
      client.write(frame({ opcode: 'ping', payload: 'x' }));
      expect(await client.nextFrame()).toMatchObject({ kind: 'pong' });
    }
    await tick(1);
    expect(await client.nextFrame()).toMatchObject({ text: '{"tick":1}' });
  });

  it.each([
    ['bad UTF-8', frame({ payload: Buffer.of(0xff) }), 1007],
    ['a message inside a message', Buffer.concat([frame({ fin: false }), frame()]), 1002],
    ['a reserved bit', frame({ rsv: 4 }), 1002],
    ['a Close frame with a code that may not be', closeFrame(1012), 1002],
    ['a Close frame with a code that may never be', closeFrame(999), 1002],
    [
      'a Close frame with a bad reason',
      frame({ opcode: 'close', payload: Buffer.of(3, 232, 255) }),
      1007,
    ],
  ])('answers %s with a reason of its own', async (_, bytes, code) => {
    await using client = await RawClient.connect(url);
    client.write(bytes);
    const reason = `violation ${String(code)}`;
    expect(await client.nextFrame()).toMatchObject({ kind: 'close', code, reason });
  });

  /** The test clients cannot read such a Close frame. */
  it.each([1000, 1011, 1500, 2500, 4321, 5000])('echoes close code %i', async (code) => {
    const socket = await rawRequest(port, '/');
    const next = () => new Promise<Buffer>((resolve) => socket.once('data', resolve));
    await next();
    socket.write(Buffer.concat([closeFrame(code, 'bye'), frame({ payload: 'too late' })]));
    expect(await next()).toEqual(Buffer.of(0x88, 2, code >> 8, code & 0xff));
    await tick(1);
    expect(await text(socket)).toBe('');
  });

  it('cuts a client that keeps the connection after a close code of its own', async () => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.write(`GET / HTTP/1.1\r\n${HANDSHAKE.join('\r\n')}\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.write(closeFrame(1500));
    const registry = application.app.get(SessionRegistry);
    await until(() => registry.connections === 0);
    socket.destroy();
  });

  it.each(['/', '/any/path?x=1', '/%zz', '//'])('takes the target %s', async (target) => {
    const client = await TestClient.connect(url + target);
    expect(await client.close(1000)).toMatchObject({ code: 1000 });
  });

  it.each(['', 'Host: [', 'Host: any where'])('takes the Host header "%s"', async (host) => {
    const headers = [...HANDSHAKE.slice(1), ...(host === '' ? [] : [host])];
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET / HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    const [first] = (await new Promise<Buffer>((resolve) => socket.once('data', resolve)))
      .toString()
      .split('\r\n');
    expect(first).toBe('HTTP/1.1 101 Switching Protocols');
    socket.destroy();
  });

  it('refuses what is no WebSocket handshake in its own words', async () => {
    const withoutKey = HANDSHAKE.filter((header) => !header.startsWith('Sec-WebSocket-Key'));
    expect(await rawAnswer(port, '/', withoutKey)).toBe(REFUSAL);
  });

  it('ends one connection too many without a byte, counts from the accept, and takes the next after one has left', async () => {
    const half = connect(port, '127.0.0.1');
    const first = await TestClient.connect(url);
    const second = await TestClient.connect(url);
    const refused = connect(port, '127.0.0.1');
    expect(await text(refused)).toBe('');
    await second.close();
    const third = await TestClient.connect(url);
    await tick(7);
    expect([await first.nextJson(), await third.nextJson()]).toEqual([{ tick: 7 }, { tick: 7 }]);
    half.destroy();
    await first.close();
    await third.close();
  });
});

it('an application port cannot drop connections', async () => {
  @ChainGateway({ path: '/a', codec: sendOnly(), atLimit: 'drop' })
  class SharedGateway {}
  const app = await TestApplication.create({ providers: [SharedGateway] });
  await expect(app.init()).rejects.toThrow('atLimit: only a port of its own can drop connections');
  await app.close();
});
