/** What one client can make the server keep, and for how long. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { SubscribeMessage } from '@nestjs/websockets';
import { json, type Session } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import { fragments, frame, RawClient, type TestClient } from '@sluice/testing';
import { once } from 'node:events';
import { NEVER, type Observable } from 'rxjs';
import { ChainGateway, SessionRegistry } from '../src/index.js';
import { TestApplication, type ApplicationOptions } from './support/application.js';
import { rawRequest } from './support/raw-upgrade.js';
import { until } from './support/until.js';

const gates: (() => void)[] = [];

@ChainGateway({ path: '/open', codec: json(), limits: { payloadBytes: 1024 * 1024 } })
class OpenGateway {
  @SubscribeMessage('wait')
  wait(): Promise<void> {
    return new Promise((resolve) => gates.push(resolve));
  }

  @SubscribeMessage('stream')
  stream(): Observable<never> {
    return NEVER;
  }
}

describe('what a client costs', () => {
  let application: TestApplication;

  const start = async (options: ApplicationOptions = {}): Promise<void> => {
    gates.length = 0;
    application = await TestApplication.start({ providers: [OpenGateway], ...options });
  };

  afterEach(() => application.stop());

  const sessions = (): readonly Session[] =>
    application.app.get(SessionRegistry).endpoints.flatMap((endpoint) => endpoint.sessions);

  /** Resolves once `value` stands still while the server serves others. */
  const settled = async (witness: TestClient, value: () => number): Promise<number> => {
    let before: number;
    do {
      before = value();
      for (let i = 0; i < 20; i++) await witness.ping();
    } while (value() !== before);
    return before;
  };

  it('a client that pings but does not read is no longer read, and gets every pong later', async () => {
    await start();
    const client = await RawClient.connect(application.url('/open'));
    await until(() => sessions().length === 1);
    const [session] = sessions();
    const witness = await application.connect('/open');
    client.stall();
    const pings = Buffer.concat(
      Array<Buffer>(1000).fill(frame({ opcode: 'ping', payload: 'x'.repeat(125) })),
    );
    for (let i = 0; i < 100; i++) client.write(pings);
    await settled(witness, () => session?.queuedBytes ?? 0);
    expect(session?.queuedBytes).toBeLessThan(256 * 1024);
    client.resume();
    await until(() => client.received === 100_000);
    client.reset();
  });

  it('commands that wait are bounded in bytes too', async () => {
    await start();
    const client = await application.connect('/open');
    const filler = 'x'.repeat(1_000_000);
    client.send({ type: 'wait' });
    for (let i = 0; i < 5; i++) client.send({ type: 'wait', filler });
    let heard = false;
    const pong = client.ping().then(() => (heard = true));
    const witness = await application.connect('/open');
    for (let i = 0; i < 50; i++) await witness.ping();
    expect(heard).toBe(false);
    for (let done = 0; done < 6; done++) {
      await until(() => gates.length === done + 1);
      gates[done]?.();
    }
    await pong;
  });

  it('a client that is no longer read is found out when it is gone', async () => {
    const clock = new ManualClock();
    await start({ sluice: { clock } });
    const client = await rawRequest(application.port, '/open');
    await once(client, 'data');
    for (let i = 0; i < 100; i++) client.write(frame({ payload: '{"type":"stream"}' }));
    const witness = await application.connect('/open');
    const [session] = sessions();
    // More than this process takes in of a client that it does not read: it does not see the end of the connection.
    client.write(frame({ payload: 'x'.repeat(512 * 1024) }));
    for (let i = 0; i < 20; i++) await witness.ping();
    client.destroy();
    for (let i = 0; i < 20 && session?.phase !== 'closed'; i++) {
      clock.advance(10_000);
      await witness.ping();
    }
    expect(session?.phase).toBe('closed');
  });

  it('a client that is no longer read is not cut for its silence', async () => {
    const clock = new ManualClock();
    await start({ sluice: { clock } });
    const client = await RawClient.connect(application.url('/open'));
    for (let i = 0; i < 100; i++) client.sendText('{"type":"wait"}');
    const witness = await application.connect('/open');
    for (let i = 0; i < 7; i++) {
      clock.advance(30_000);
      await witness.ping();
    }
    clock.advance(9_999);
    for (let i = 0; i < 100; i++) {
      await until(() => gates.length === i + 1);
      gates[i]?.();
    }
    clock.advance(1);
    await witness.ping();
    expect(sessions().map(({ phase }) => phase)).toEqual(['open', 'open']);
    client.reset();
  });

  it('a message above the limit is found out before its last fragment', async () => {
    await start();
    const client = await RawClient.connect(application.url('/open'));
    for (const part of fragments('x'.repeat(1024 * 1024 + 1), 64 * 1024).slice(0, -1)) {
      client.write(part);
    }
    client.write(frame({ opcode: 'continuation', fin: false, payload: 'xx' }));
    expect(await client.nextFrame()).toMatchObject({ kind: 'close', code: 1009 });
    client.reset();
  });
});
