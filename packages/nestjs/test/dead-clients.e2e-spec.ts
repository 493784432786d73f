/** Clients that are gone without saying so, and clients that only seem to be. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { json } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import { FaultProxy, frame, RawClient } from '@sluice/testing';
import { ChainGateway, SessionRegistry, type SluiceOptions } from '../src/index.js';
import { TestApplication } from './support/application.js';
import { until } from './support/until.js';

const HOUR_MS = 3_600_000;

@ChainGateway({ path: '/heard', codec: json(), heartbeat: { intervalMs: 1000, timeoutMs: 300 } })
class HeardGateway {}

@ChainGateway({ path: '/busy', codec: json(), heartbeat: { intervalMs: 300, timeoutMs: 300 } })
class BusyGateway {}

describe('a gateway with a heartbeat', () => {
  let application: TestApplication;

  const start = async (sluice: SluiceOptions = {}): Promise<void> => {
    application = await TestApplication.start({ providers: [HeardGateway, BusyGateway], sluice });
  };

  afterEach(() => application.stop());

  const connections = (): number => application.app.get(SessionRegistry).connections;

  const connect = async (path = '/heard'): Promise<RawClient> => {
    const before = connections();
    const client = await RawClient.connect(application.url(path));
    await until(() => connections() === before + 1);
    return client;
  };

  it('ends a half-open connection in time, and its place is free', async () => {
    const clock = new ManualClock();
    await start({ clock, limits: { connections: 1 } });
    await using proxy = await FaultProxy.start(application.url('/heard'));
    await using client = await RawClient.connect(proxy.url);
    await until(() => connections() === 1);
    proxy.blackhole();
    clock.advance(1000);
    clock.advance(299);
    expect(connections()).toBe(1);
    clock.advance(1);
    await until(() => connections() === 0);
    await using next = await connect();
    next.reset();
    expect(client.received).toBe(0);
  });

  it.each([HOUR_MS, -HOUR_MS])(
    'neither cuts nor spares a client when the wall clock is set by %d ms',
    async (ms) => {
      const clock = new ManualClock();
      await start({ clock });
      await using client = await connect();
      clock.advance(1000);
      expect(await client.nextFrame()).toMatchObject({ kind: 'ping' });
      client.write(frame({ opcode: 'pong' }));
      client.write(frame({ opcode: 'ping' }));
      expect(await client.nextFrame()).toMatchObject({ kind: 'pong' });
      clock.setWall(ms);
      clock.advance(999);
      expect(connections()).toBe(1);
      clock.advance(1);
      expect(await client.nextFrame()).toMatchObject({ kind: 'ping' });
      clock.advance(300);
      await client.ended();
      await until(() => connections() === 0);
    },
  );

  it('tells when a client was heard by the wall clock, however it was set', async () => {
    const clock = new ManualClock();
    await start({ clock });
    await using client = await connect();
    clock.advance(400);
    clock.setWall(HOUR_MS);
    const [details] = application.app.get(SessionRegistry).details();
    expect(details?.heardAt).toBe(clock.now() - 400);
    client.reset();
  });

  it('takes a message that is on its way for a sign of life', async () => {
    const clock = new ManualClock();
    await start({ clock });
    await using client = await connect();
    const witness = await application.connect('/heard');
    const message = frame({ payload: 'x'.repeat(1000) });
    clock.advance(1000);
    for (let second = 0; second < 5; second++) {
      expect(await client.nextFrame()).toMatchObject({ kind: 'ping' });
      client.write(message.subarray(second * 100, second * 100 + 100));
      await witness.ping();
      await witness.ping();
      clock.advance(1000);
    }
    expect(connections()).toBe(2);
    clock.advance(1000);
    await client.ended();
  });

  it('hears what came while the event loop stood still before it judges', async () => {
    await start();
    await using client = await connect('/busy');
    expect(await client.nextFrame()).toMatchObject({ kind: 'ping' });
    client.write(frame({ opcode: 'pong' }));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    client.write(frame({ opcode: 'ping', payload: 'still here' }));
    expect(await client.nextFrame()).toMatchObject({ kind: 'pong' });
    client.reset();
  });
});
