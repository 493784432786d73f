import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { json, SluiceError, type Codec, type Session } from '@sluice/engine';
import { frame, RawClient, type TestClient } from '@sluice/testing';
import { concat, from, of, Subject, throwError, type Observable } from 'rxjs';
import { ChainGateway, ConnectedSession, SessionRegistry } from '../src/index.js';
import { PLATFORMS, TestApplication } from './support/application.js';
import { until } from './support/until.js';

const pending: ((value: string) => void)[] = [];
const started: string[] = [];
const stream = new Subject<number>();

@ChainGateway({ path: '/strict', codec: json(), faults: () => ({ action: 'drop' }) })
class StrictGateway {
  @SubscribeMessage('hello')
  hello(): object {
    return { hello: true };
  }
}

/** JSON, where a frame may be an array of commands. */
const batches: Codec = {
  ...json(),
  decode: (payload) =>
    [JSON.parse(payload.toString()) as unknown].flat().map((data) => {
      const { type } = data as { type: string };
      return { name: type, data, text: JSON.stringify(data) };
    }),
};

@ChainGateway({ path: '/commands', codec: batches })
class CommandsGateway {
  @SubscribeMessage('echo')
  echo(@MessageBody() body: { value: unknown }, @ConnectedSession() session: Session) {
    return { value: body.value, endpoint: session.info.endpoint };
  }

  @SubscribeMessage('later')
  later(@MessageBody('value') value: string): Promise<string> {
    started.push(value);
    return new Promise((resolve) => pending.push(resolve));
  }

  @SubscribeMessage('silent')
  silent(): void {
    started.push('silent');
  }

  @SubscribeMessage('numbers')
  numbers(): Observable<number> {
    return from([1, 2, 3]);
  }

  @SubscribeMessage('stream')
  stream(): Observable<number> {
    return stream;
  }

  @SubscribeMessage('breaks')
  breaks(): Observable<number> {
    return concat(
      of(1),
      throwError(() => new SluiceError('STATE', 'broken')),
    );
  }

  @SubscribeMessage('bytes')
  bytes(): Buffer {
    return Buffer.from('bytes');
  }

  @SubscribeMessage('cycle')
  cycle(): unknown {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    return cycle;
  }
}

describe.each(PLATFORMS)('commands on %s', (platform) => {
  let application: TestApplication;
  let client: TestClient;

  beforeEach(async () => {
    pending.length = 0;
    started.length = 0;
    application = await TestApplication.start({
      platform,
      providers: [CommandsGateway, StrictGateway],
    });
    client = await application.connect('/commands');
  });

  afterEach(() => application.stop());

  it('answers with what the handler returns', async () => {
    client.send({ type: 'echo', value: 1 });
    expect(await client.nextJson()).toEqual({ value: 1, endpoint: '/commands' });
  });

  it('answers with what a promise resolves to, and takes the next command only then', async () => {
    client.send({ type: 'later', value: 'slow' });
    client.send({ type: 'echo', value: 'fast' });
    await client.expectSilence();
    expect(started).toEqual(['slow']);
    pending[0]?.('done');
    expect(await client.nextJson()).toBe('done');
    expect(await client.nextJson()).toMatchObject({ value: 'fast' });
  });

  it('answers with every emission of an Observable before the next command', async () => {
    client.send({ type: 'numbers' });
    client.send({ type: 'echo', value: 4 });
    expect(await client.takeJson(4)).toEqual([1, 2, 3, { value: 4, endpoint: '/commands' }]);
  });

  it('sends what an Observable emitted before it failed, then the fault', async () => {
    client.send({ type: 'breaks' });
    expect(await client.nextJson()).toBe(1);
    expect(await client.nextJson()).toMatchObject({ error: { code: 'STATE', message: 'broken' } });
  });

  it('unsubscribes from an Observable when the client leaves', async () => {
    client.send({ type: 'stream' });
    await client.expectSilence();
    expect(stream.observed).toBe(true);
    const other = await application.connect('/commands');
    await client.close();
    await other.ping();
    expect(stream.observed).toBe(false);
  });

  it('sends nothing for undefined', async () => {
    client.send({ type: 'silent' });
    await client.expectSilence();
    expect(started).toEqual(['silent']);
  });

  it('sends bytes as a binary frame', async () => {
    client.send({ type: 'bytes' });
    expect((await client.nextBinary()).toString()).toBe('bytes');
  });

  it('answers all commands of one frame in order', async () => {
    client.send([{ type: 'later' }, { type: 'numbers' }, { type: 'unknown' }]);
    await client.expectSilence();
    pending[0]?.('first');
    expect(await client.takeJson(5)).toEqual([
      'first',
      1,
      2,
      3,
      {
        error: {
          code: 'UNKNOWN_COMMAND',
          message: 'There is no command unknown',
          command: 'unknown',
        },
      },
    ]);
  });

  it('keeps the commands of one session from waiting for those of another', async () => {
    const other = await application.connect('/commands');
    client.send({ type: 'later' });
    await client.expectSilence();
    other.send({ type: 'echo', value: 2 });
    expect(await other.nextJson()).toMatchObject({ value: 2 });
  });

  it('a fault that drops the session loses no earlier reply', async () => {
    const strict = await RawClient.connect(application.url('/strict'));
    const text = (type: string) => frame({ payload: JSON.stringify({ type }) });
    strict.write(Buffer.concat([text('hello'), text('unknown')]));
    expect(await strict.nextFrame()).toEqual({ kind: 'text', text: '{"hello":true}' });
    await strict.ended();
    expect(strict.received).toBe(1);
  });

  it('a fault that drops the session loses no reply, however much the client sends on', async () => {
    const strict = await application.connect('/strict');
    const hello = '{"type":"hello"}';
    for (let n = 0; n < 3000; n++) strict.send(hello);
    strict.send('{"type":"unknown"}');
    for (let n = 0; n < 3000; n++) strict.send(hello);
    await strict.take(3000);
    expect(await strict.closed()).toMatchObject({ code: 1006 });
    expect(strict.received).toBe(3000);
  });

  it('a dropped client that neither reads nor lets go is cut', async () => {
    const strict = await RawClient.connect(application.url('/strict'));
    strict.stall();
    strict.sendText('{"type":"unknown"}');
    await until(() => application.app.get(SessionRegistry).connections === 1);
    strict.reset();
  });

  it('tells the client of a result that cannot be encoded, and goes on', async () => {
    client.send({ type: 'cycle' });
    client.send({ type: 'echo', value: 3 });
    expect(await client.nextJson()).toEqual({
      error: { code: 'INTERNAL', message: 'Internal error', command: 'cycle' },
    });
    expect(await client.nextJson()).toMatchObject({ value: 3 });
  });
});
