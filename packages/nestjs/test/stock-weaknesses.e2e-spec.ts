/** What the stock WsAdapter does not do; the numbers are those of our list of its weaknesses. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { SubscribeMessage, MessageBody } from '@nestjs/websockets';
import { engineMetrics, json, MetricsRegistry, type Codec, type Session } from '@sluice/engine';
import type { Server } from 'node:http';
import { ChainGateway, ConnectGuard, ConnectedSession, type OnSessionOpen } from '../src/index.js';
import { PLATFORMS, TestApplication, type ApplicationOptions } from './support/application.js';
import { rawAnswer } from './support/raw-upgrade.js';
import { RecordingLogger } from './support/recording-logger.js';

const upperCase: Codec = {
  decode: (payload) => [{ name: 'shout', data: payload.toString(), text: payload.toString() }],
  reply: (result) => result,
  encode: String,
};

@ChainGateway({ path: '/text', codec: upperCase })
class TextGateway {
  @SubscribeMessage('shout')
  shout(@MessageBody() text: string): string | Buffer {
    return text === 'bytes' ? Buffer.from([1, 2]) : text.toUpperCase();
  }
}

const gates: (() => void)[] = [];

@ChainGateway({ path: '/json/:room', codec: json({ id: 'id' }), limits: { payloadBytes: 100 } })
class JsonGateway {
  @SubscribeMessage('where')
  where(@ConnectedSession() session: Session) {
    return { room: session.info.params.room };
  }

  @SubscribeMessage('slow')
  slow(): Promise<object> {
    return new Promise((resolve) => {
      gates.push(() => {
        resolve({ slow: true });
      });
    });
  }

  @SubscribeMessage('bigint')
  bigint() {
    return { value: 2n ** 70n };
  }

  @SubscribeMessage('refuse')
  refuse(): never {
    throw new Error('secret');
  }
}

const opening: (() => void)[] = [];

@ChainGateway({ path: '/hooks', codec: json() })
class HooksGateway implements OnSessionOpen {
  private ready = false;

  async handleConnection(client: { close(): void }, request: { url: string }): Promise<void> {
    if (request.url.includes('throw')) throw new Error('in handleConnection');
    if (request.url.includes('wait')) await new Promise<void>((resolve) => opening.push(resolve));
  }

  onSessionOpen(): void {
    this.ready = true;
  }

  handleDisconnect(): void {
    throw new Error('in handleDisconnect');
  }

  @SubscribeMessage('ready')
  isReady() {
    return { ready: this.ready };
  }
}

class NobodyGuard extends ConnectGuard {
  canConnect(): boolean {
    return false;
  }
}

@ChainGateway({ path: '/nobody', codec: json(), guards: [NobodyGuard] })
class NobodyGateway {}

@ChainGateway({ path: '/json/main', codec: json(), limits: { payloadBytes: 1000 } })
class SecondGateway {}

describe.each(PLATFORMS)('weaknesses of the stock adapter, on %s', (platform) => {
  let application: TestApplication;

  const start = async (options: ApplicationOptions = {}): Promise<void> => {
    gates.length = opening.length = 0;
    application = await TestApplication.start({
      platform,
      providers: [TextGateway, JsonGateway, HooksGateway, NobodyGateway],
      ...options,
    });
  };

  afterEach(() => application.stop());

  it('1: each path has its own dialect, with text, bytes and request ids', async () => {
    await start();
    const text = await application.connect('/text');
    const object = await application.connect('/json/a');
    text.send('hello');
    text.send('bytes');
    object.send({ type: 'where', id: 7 });
    expect(await text.next()).toBe('HELLO');
    expect([...(await text.nextBinary())]).toEqual([1, 2]);
    expect(await object.nextJson()).toEqual({ room: 'a', id: 7 });
  });

  it('2: paths have parameters and trailing slashes, and an unknown one is a 404', async () => {
    await start();
    const client = await application.connect('/json/b/');
    client.send({ type: 'where' });
    expect(await client.nextJson()).toEqual({ room: 'b' });
    for (const path of ['/unknown', '//any/text', '/text/more', '/TEXT']) {
      expect(await rawAnswer(application.port, path)).toMatch(/^HTTP\/1.1 404 Not Found\r\n/);
    }
    const badHost = await rawAnswer(application.port, '/text', [
      'Host: a b',
      'Connection: Upgrade',
      'Upgrade: websocket',
    ]);
    expect(badHost).toMatch(/^HTTP\/1.1 400 Bad Request\r\n(.+\r\n)+\r\n\{/);
  });

  it('3: upgrades of other listeners on the same server are left alone', async () => {
    await start();
    const server = application.app.getHttpServer() as Server;
    server.on('upgrade', (request, socket) => {
      if (request.url === '/foreign') socket.end('HTTP/1.1 200 OK\r\n\r\nforeign');
    });
    expect(await rawAnswer(application.port, '/foreign')).toContain('foreign');
    await (await application.connect('/text')).ping();
  });

  it('4: two gateways on one path are refused at start, and each path has its own limits', async () => {
    @ChainGateway({ path: '/text/', codec: json() })
    class TwinGateway {}
    const twins = await TestApplication.create({ platform, providers: [TextGateway, TwinGateway] });
    await expect(twins.init()).rejects.toThrow(
      /(Twin|Text)Gateway and (Twin|Text)Gateway are both mounted at \/text/,
    );
    await start({ providers: [SecondGateway, JsonGateway] });
    const [small, large] = [
      await application.connect('/json/x'),
      await application.connect('/json/main'),
    ];
    const message = { type: 'where', filler: 'x'.repeat(500) };
    small.send(message);
    large.send(message);
    expect((await small.closed()).code).toBe(1009);
    expect(await large.nextJson()).toMatchObject({ error: { code: 'UNKNOWN_COMMAND' } });
  });

  it('5: commands wait until an asynchronous handleConnection is done', async () => {
    await start();
    const client = await application.connect('/hooks?wait');
    client.send({ type: 'ready' });
    await client.expectSilence();
    opening[0]?.();
    expect(await client.nextJson()).toEqual({ ready: true });
  });

  it('6: hooks that throw and results beyond JSON.stringify end no process', async () => {
    await start();
    const thrown = await application.connect('/hooks?throw');
    expect((await thrown.closed()).code).toBe(1011);
    await (await application.connect('/hooks')).close();
    const client = await application.connect('/json/a');
    client.send({ type: 'bigint' });
    expect(await client.nextJson()).toEqual({ value: 2n ** 70n });
  });

  it('7: a fast reply never overtakes a slow one, nor an error', async () => {
    await start();
    const client = await application.connect('/json/a');
    for (const type of ['slow', 'refuse', 'where']) client.send({ type });
    await client.expectSilence();
    gates[0]?.();
    expect(await client.nextJson()).toEqual({ slow: true });
    expect(await client.nextJson()).toMatchObject({ error: { command: 'refuse' } });
    expect(await client.nextJson()).toEqual({ room: 'a' });
  });

  it('8: connections are limited, and reading stops while commands pile up', async () => {
    await start({ sluice: { limits: { connectionsPerAddress: 1, pendingCommands: 2 } } });
    const client = await application.connect('/json/a');
    const refusal = await rawAnswer(application.port, '/json/a');
    expect(refusal).toMatch(/^HTTP\/1.1 429 Too Many Requests\r\n(.+\r\n)*Retry-After: 1\r\n/);
    for (let i = 0; i < 5; i++) client.send({ type: 'slow' });
    const other = await application.connect('/text', { localAddress: '127.0.0.2' });
    await other.ping();
    let heard = false;
    const pong = client.ping().then(() => (heard = true));
    for (let answered = 0; answered < 5; answered++) {
      await other.ping();
      if (answered === 1) expect(heard).toBe(false);
      gates[answered]?.();
      expect(await client.nextJson()).toEqual({ slow: true });
    }
    await pong;
  });

  it('9: unknown commands and broken frames are answered', async () => {
    await start();
    const client = await application.connect('/json/a');
    client.send({ type: 'nothing' });
    client.send('{');
    client.send('5');
    const codes = (await client.takeJson<{ error: { code: string } }>(3)).map(
      ({ error }) => error.code,
    );
    expect(codes).toEqual(['UNKNOWN_COMMAND', 'MALFORMED', 'INVALID']);
  });

  it('10: errors have the shape of the dialect and show neither cause nor input', async () => {
    await start();
    const client = await application.connect('/json/a');
    client.send({ type: 'refuse', mine: 'echo' });
    expect(await client.nextJson()).toEqual({
      error: { code: 'INTERNAL', message: 'Internal error', command: 'refuse' },
    });
  });

  it('11: guards run before the connection exists', async () => {
    await start();
    expect(await rawAnswer(application.port, '/nobody')).toMatch(/^HTTP\/1.1 403 Forbidden\r\n/);
  });

  it('12: at shutdown replies in progress arrive, then a Close frame', async () => {
    await start();
    const client = await application.connect('/json/a');
    client.send({ type: 'slow' });
    await client.expectSilence();
    const stopped = application.app.close();
    gates[0]?.();
    expect(await client.nextJson()).toEqual({ slow: true });
    expect((await client.closed()).code).toBe(1001);
    await stopped;
  });

  it('13: clients cannot flood the log', async () => {
    const logger = new RecordingLogger();
    await start({ logger });
    const client = await application.connect('/json/a');
    for (let i = 0; i < 25; i++) client.send({ type: 'refuse' });
    await client.take(25);
    client.send({ type: 'where', filler: 'x'.repeat(500) });
    await client.closed();
    expect(logger.at('error')).toHaveLength(10);
  });

  it('14: replies of one turn leave in one write', async () => {
    const metrics = new MetricsRegistry();
    await start({ sluice: { metrics, limits: { pendingCommands: 1000 } } });
    const client = await application.connect('/json/a');
    const frames = Array.from({ length: 500 }, () => client.send({ type: 'where' }));
    await client.take(frames.length);
    expect(metrics.total(engineMetrics.writes)).toBeLessThan(frames.length / 10);
  });
});
