/** What becomes of the client that finds a gateway's own limit reached. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { json, type Session } from '@sluice/engine';
import { RawClient, TestClient } from '@sluice/testing';
import {
  ChainGateway,
  SessionRegistry,
  type ConnectRequest,
  type EndpointStatus,
  type OnSessionOpen,
} from '../src/index.js';
import { PLATFORMS, TestApplication } from './support/application.js';
import { until } from './support/until.js';

let opened = 0;

@ChainGateway({
  path: '/full',
  codec: json(),
  limits: { connections: 2, closeMs: 100 },
  atLimit: { code: 1008, reason: 'Too many connections' },
  guards: [{ canConnect: ({ query }: ConnectRequest) => !query.has('forbidden') }],
})
class FullGateway implements OnSessionOpen {
  onSessionOpen(session: Session): void {
    opened++;
    session.send('welcome');
  }
}

describe.each(PLATFORMS)('a gateway that closes above its limit (%s)', (platform) => {
  let application: TestApplication;

  const start = async (): Promise<void> => {
    opened = 0;
    application = await TestApplication.start({ platform, providers: [FullGateway] });
    for (let count = 0; count < 2; count++) {
      expect(await (await application.connect('/full')).next()).toBe('welcome');
    }
  };

  const registry = (): SessionRegistry => application.app.get(SessionRegistry);
  const status = (): EndpointStatus => {
    const [endpoint] = registry().endpoints;
    if (endpoint === undefined) throw new Error('There is no endpoint');
    return endpoint;
  };

  afterEach(() => application.stop());

  it('lets the next one in, closes it at once, and counts it nowhere', async () => {
    await start();
    const excess = await application.connect('/full');
    expect(await excess.closed()).toEqual({
      code: 1008,
      reason: 'Too many connections',
      clean: true,
    });
    expect(excess.received).toBe(0);
    expect([status().connections, status().sessions.length, opened]).toEqual([2, 2, 2]);
    await until(() => registry().connections === 2);
  });

  it('ends one that does not answer the Close frame', async () => {
    await start();
    const mute = await RawClient.connect(application.url('/full'));
    expect(await mute.nextFrame()).toMatchObject({ kind: 'close', code: 1008 });
    await mute.ended();
    await until(() => registry().connections === 2);
  });

  it('is exact: of many who come at once only as many are let in as there are places', async () => {
    await start();
    const [first] = status().sessions;
    first?.close();
    await until(() => status().connections === 1);
    const clients = await Promise.all(
      Array.from({ length: 20 }, () => application.connect('/full')),
    );
    const ends = clients.map((client) => client.closed().then(({ code }) => code, String));
    await until(() => registry().connections === 2);
    expect([status().connections, opened]).toEqual([2, 3]);
    await application.app.close();
    const codes = await Promise.all(ends);
    expect(codes.filter((code) => code === 1008)).toHaveLength(19);
    expect(codes.filter((code) => code === 1001)).toHaveLength(1);
  });

  it('asks its guards all the same', async () => {
    await start();
    const refusal = await TestClient.refused(application.url('/full?forbidden'));
    expect(refusal.status).toBe(403);
  });
});
