import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { SubscribeMessage } from '@nestjs/websockets';
import { json, memoryLog } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import { frame, RawClient, TestClient } from '@sluice/testing';
import { ChainGateway, SessionRegistry, type OnSessionClose } from '../src/index.js';
import { PLATFORMS, TestApplication, type ApplicationOptions } from './support/application.js';
import { until } from './support/until.js';

const order: string[] = [];
const gates: (() => void)[] = [];

@Injectable()
class Ledger implements OnModuleDestroy {
  onModuleDestroy(): void {
    order.push('ledger destroyed');
  }
}

@ChainGateway({ path: '/life', codec: json(), heartbeat: { intervalMs: 1000, timeoutMs: 300 } })
class LifeGateway implements OnSessionClose {
  constructor(readonly ledger: Ledger) {}

  @SubscribeMessage('slow')
  slow(): Promise<object> {
    return new Promise((resolve) => {
      gates.push(() => {
        order.push('command done');
        resolve({ slow: true });
      });
    });
  }

  @SubscribeMessage('flood')
  flood() {
    return { flood: 'x'.repeat(12 * 1024 * 1024) };
  }

  onSessionClose(): void {
    order.push('session closed');
  }
}

@ChainGateway({
  path: '/kept',
  codec: json(),
  heartbeat: { frame: 'pong', intervalMs: 1000, timeoutMs: 300 },
})
class KeptGateway {}

const undecided = new Promise<boolean>(() => undefined);

@ChainGateway({
  path: '/undecided',
  codec: json(),
  guards: [{ canConnect: () => undecided }],
  limits: { handshakeMs: 600_000 },
})
class UndecidedGateway {}

@ChainGateway({
  path: '/quiet',
  codec: json(),
  heartbeat: false,
  shutdown: {},
  closeReply: (code) => ({ code: code ?? 1000 }),
})
class QuietGateway {}

describe.each(PLATFORMS)('life cycle on %s', (platform) => {
  let application: TestApplication;

  const start = async (options: ApplicationOptions = {}): Promise<void> => {
    order.length = gates.length = 0;
    const providers = [Ledger, LifeGateway, QuietGateway, KeptGateway, UndecidedGateway];
    application = await TestApplication.start({ platform, providers, ...options });
  };

  const sessions = (): number =>
    application.app
      .get(SessionRegistry)
      .endpoints.reduce((sum, { sessions }) => sum + sessions.length, 0);

  afterEach(() => application.stop());

  it('a client that was not heard is pinged, and cut if it does not answer', async () => {
    const clock = new ManualClock();
    await start({ sluice: { clock } });
    const dead = await RawClient.connect(application.url('/life'));
    const alive = await RawClient.connect(application.url('/life'));
    await until(() => sessions() === 2);
    clock.advance(1000);
    expect(await dead.nextFrame()).toMatchObject({ kind: 'ping' });
    expect(await alive.nextFrame()).toMatchObject({ kind: 'ping' });
    alive.write(frame({ opcode: 'pong' }));
    alive.write(frame({ opcode: 'ping' }));
    expect(await alive.nextFrame()).toMatchObject({ kind: 'pong' });
    clock.advance(300);
    await dead.ended();
    await until(() => sessions() === 1);
    alive.reset();
  });

  it('unsolicited Pongs keep a connection alive, and silence is no fault', async () => {
    const clock = new ManualClock();
    await start({ sluice: { clock } });
    const client = await RawClient.connect(application.url('/kept'));
    await until(() => sessions() === 1);
    for (let round = 0; round < 3; round++) {
      clock.advance(1000);
      expect(await client.nextFrame()).toEqual({ kind: 'pong', bytes: Buffer.alloc(0) });
    }
    clock.advance(60_000);
    expect(sessions()).toBe(1);
    client.reset();
  });

  it('an endpoint without heartbeat never pings', async () => {
    const clock = new ManualClock();
    await start({ sluice: { clock } });
    const client = await RawClient.connect(application.url('/quiet'));
    await until(() => sessions() === 1);
    clock.advance(3_600_000);
    client.write(frame({ opcode: 'ping', payload: 'mine' }));
    expect(await client.nextFrame()).toMatchObject({ kind: 'pong' });
    client.reset();
  });

  it('shutdown lets commands finish before anything they need is gone', async () => {
    await start();
    const client = await application.connect('/life');
    client.send({ type: 'slow' });
    await client.expectSilence();
    const closed = application.app.close();
    const refusal = await TestClient.refused(application.url('/life'));
    expect(refusal.status).toBe(503);
    gates[0]?.();
    await closed;
    expect(await client.nextJson()).toEqual({ slow: true });
    expect(await client.closed()).toMatchObject({ code: 1001, clean: true });
    expect(order).toEqual(['command done', 'session closed', 'ledger destroyed']);
  });

  it('shutdown sends an empty Close frame where the dialect wants one', async () => {
    await start();
    const client = await application.connect('/quiet');
    await client.ping();
    await application.app.close();
    expect((await client.closed()).code).toBe(1005);
  });

  it('clients that do not read and commands that do not end hold shutdown up no longer than its limit', async () => {
    const clock = new ManualClock();
    await start({ sluice: { clock, limits: { shutdownMs: 2000 } } });
    const stalled = await RawClient.connect(application.url('/life'));
    stalled.stall();
    stalled.sendText('{"type":"flood"}');
    const endless = await application.connect('/life');
    endless.send({ type: 'slow' });
    await until(() => gates.length === 1);
    clock.turn();
    let ended = false;
    const closed = application.app.close().then(() => (ended = true));
    for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toBe(false);
    clock.advance(1000);
    expect((await endless.closed()).code).toBe(1001);
    expect(ended).toBe(false);
    clock.advance(1000);
    await closed;
    stalled.reset();
  });

  it('clients that wait for a guard are turned away at once', async () => {
    await start();
    const refusal = TestClient.refused(application.url('/undecided'));
    await until(() => application.app.get(SessionRegistry).connections === 1);
    await application.app.close();
    expect((await refusal).status).toBe(503);
  });

  it('a client that does not answer a Close frame is cut', async () => {
    await start({ sluice: { limits: { closeMs: 20 } } });
    const client = await RawClient.connect(application.url('/life'));
    await until(() => sessions() === 1);
    await application.app.close();
    expect(await client.nextFrame()).toMatchObject({ kind: 'close', code: 1001 });
    expect(await client.ended()).not.toBe('local');
  });

  it('closes the log last', async () => {
    const log = memoryLog();
    const close = log.close.bind(log);
    log.close = () => {
      order.push('log closed');
      return close();
    };
    await start({ sluice: { log } });
    await application.app.close();
    expect(order).toEqual(['ledger destroyed', 'log closed']);
  });

  it('a client that closes gets its code back, without its reason', async () => {
    await start();
    const client = await application.connect('/life');
    expect(await client.close(4001, 'my own words')).toMatchObject({ code: 4001, reason: '' });
  });

  it.each([
    ['none', '/life', 1005],
    ['the one its dialect has for that', '/quiet', 1000],
  ])('a client that closes without a code gets %s', async (_, path, code) => {
    await start();
    const client = await application.connect(path);
    expect(await client.close()).toMatchObject({ code, reason: '', clean: true });
  });
});
