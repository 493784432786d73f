/** Whether the system probes clients that are silent, as Linux tells it. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { json } from '@sluice/engine';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { ChainGateway, SessionRegistry, type EndpointLimits } from '../src/index.js';
import { TestApplication } from './support/application.js';
import { rawRequest } from './support/raw-upgrade.js';
import { until } from './support/until.js';

@ChainGateway({ path: '/kept', codec: json(), heartbeat: false })
class KeptGateway {}

@ChainGateway({
  path: '/short',
  codec: json(),
  port: 'free',
  address: '127.0.0.1',
  limits: { keepAliveMs: 7900 },
})
class ShortGateway {}

@ChainGateway({ path: '/never', codec: json(), limits: { keepAliveMs: Infinity } })
class NeverGateway {}

/** `tr` in `/proc/net/tcp`. */
const [NO_TIMER, RETRANSMISSION, KEEP_ALIVE] = [0, 1, 2];

interface SocketTimer {
  readonly kind: number;
  readonly seconds: number;
}

/** The timer of the server's side of a client's connection. */
function timerOf({ localPort = 0, remotePort = 0 }: Socket): SocketTimer {
  const hex = (port: number): string => `0100007F:${port.toString(16).padStart(4, '0')}`;
  const ends = `${hex(remotePort)} ${hex(localPort)} 01`.toUpperCase();
  const line = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .find((text) => text.includes(ends));
  const [, kind, ticks] = /^.+ (\w\w):(\w{8}) /.exec(line ?? '') ?? [];
  // A hundred ticks are a second, whatever the kernel's own are.
  return { kind: Number(`0x${kind}`), seconds: Math.ceil(Number(`0x${ticks}`) / 100) };
}

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('keepAliveMs', () => {
  let application: TestApplication;

  const start = async (limits: EndpointLimits = {}): Promise<void> => {
    const providers = [KeptGateway, ShortGateway, NeverGateway];
    application = await TestApplication.start({ providers, sluice: { limits } });
  };

  afterEach(() => application.stop());

  async function timer(path: string): Promise<SocketTimer> {
    const { endpoints } = application.app.get(SessionRegistry);
    const port = endpoints.find(({ name }) => name === path)?.port ?? application.port;
    const client = await rawRequest(port, path);
    await once(client, 'data');
    // Until the 101 answer is acknowledged, that is what the timer is for.
    await until(() => timerOf(client).kind !== RETRANSMISSION);
    const found = timerOf(client);
    client.destroy();
    return found;
  }

  it('is a minute by default, without a heartbeat too', async () => {
    await start();
    const { kind, seconds } = await timer('/kept');
    expect([kind, seconds > 50 && seconds <= 60]).toEqual([KEEP_ALIVE, true]);
  });

  it("is a gateway's own where it sets one, in whole seconds", async () => {
    await start({ keepAliveMs: 600_000 });
    const { kind, seconds } = await timer('/short');
    expect([kind, seconds > 4 && seconds <= 7]).toEqual([KEEP_ALIVE, true]);
  });

  it("is the module's otherwise", async () => {
    await start({ keepAliveMs: 600_000 });
    const { kind, seconds } = await timer('/kept');
    expect([kind, seconds > 500 && seconds <= 600]).toEqual([KEEP_ALIVE, true]);
  });

  it('of Infinity leaves the connection alone', async () => {
    await start();
    expect(await timer('/never')).toEqual({ kind: NO_TIMER, seconds: 0 });
  });
});
