/** Limits in number, size and time: what is above them is refused or waits, and costs nobody else anything. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { json, type Session } from '@sluice/engine';
import { SteppedClock } from '@sluice/engine/testing';
import { fragments, frame, RawClient, TestClient } from '@sluice/testing';
import { ChainGateway, ConnectedSession, SessionRegistry } from '../src/index.js';
import { TestApplication, type ApplicationOptions } from './support/application.js';
import { until } from './support/until.js';

@ChainGateway({
  path: '/limited',
  codec: json(),
  limits: { commandsPerSecond: 10, fragments: 8, payloadBytes: 4096 },
})
class LimitedGateway {
  @SubscribeMessage('count')
  count(@MessageBody() body: { n: number }): { n: number } {
    return { n: body.n };
  }

  @SubscribeMessage('fill')
  fill(@MessageBody() body: { bytes: number }, @ConnectedSession() session: Session): void {
    for (let left = body.bytes; left > 0; left -= 65_536) session.send('x'.repeat(65_536));
  }
}

describe('an endpoint with limits', () => {
  let application: TestApplication;

  const start = async (sluice: ApplicationOptions['sluice'] = {}): Promise<void> => {
    application = await TestApplication.start({ providers: [LimitedGateway], sluice });
  };
  const session = (index: number): Session | undefined =>
    application.app.get(SessionRegistry).endpoints[0]?.sessions[index];

  afterEach(() => application.stop());

  it('takes a message in as many fragments as the limit says, and closes with 1008 at one more', async () => {
    await start();
    const client = await RawClient.connect(application.url('/limited'));
    const text = JSON.stringify({ type: 'count', n: 1 });
    const eight = fragments(text, Math.ceil(text.length / 8));
    expect(eight).toHaveLength(8);
    for (const part of eight) client.write(part);
    expect(await client.nextFrame()).toMatchObject({ text: '{"n":1}' });
    for (const part of fragments(text, 1).slice(0, 9)) client.write(part);
    expect(await client.nextFrame()).toMatchObject({ kind: 'close', code: 1008 });
    client.reset();
  });

  it('closes with 1008 on a frame that trickles in byte by byte', async () => {
    await start();
    const client = await RawClient.connect(application.url('/limited'));
    client.write(frame({ announcedLength: 4096 }));
    const witness = await TestClient.connect(application.url('/limited'));
    const answer = client.nextFrame({ timeoutMs: 60_000 });
    let answered = false;
    const stop = (): void => void (answered = true);
    void answer.then(stop, stop);
    while (!answered) {
      client.write(Buffer.of(0));
      await witness.ping();
    }
    expect(await answer).toMatchObject({ kind: 'close', code: 1008 });
    client.reset();
    await witness.close();
  });

  it('carries out no more commands in a second than the limit says, loses none, and holds up nobody else', async () => {
    const clock = new SteppedClock();
    await start({ clock });
    const client = await application.connect('/limited');
    for (let n = 0; n < 25; n++) client.send({ type: 'count', n });
    expect(await client.takeJson(10)).toEqual(Array.from({ length: 10 }, (_, n) => ({ n })));
    const other = await application.connect('/limited');
    other.send({ type: 'count', n: 100 });
    expect(await other.nextJson()).toEqual({ n: 100 });
    expect(client.pending).toBe(0);
    clock.advance(500);
    expect(await client.takeJson(5)).toEqual([10, 11, 12, 13, 14].map((n) => ({ n })));
    clock.advance(1000);
    expect((await client.takeJson(10)).at(-1)).toEqual({ n: 24 });
  });

  it('answers what waits for its second before the application ends', async () => {
    await start({ clock: new SteppedClock() });
    const client = await application.connect('/limited');
    for (let n = 0; n < 25; n++) client.send({ type: 'count', n });
    await client.take(10);
    await application.app.close();
    expect((await client.takeJson(15)).at(-1)).toEqual({ n: 24 });
    expect(await client.closed()).toMatchObject({ code: 1001 });
  });

  it('evicts those for whom most waits when all clients together hold too much', async () => {
    const clock = new SteppedClock();
    await start({ clock, limits: { totalOutboundBytes: 6_000_000 } });
    const clients: RawClient[] = [];
    for (const bytes of [14_000_000, 5_900_000, 0]) {
      const client = await RawClient.connect(application.url('/limited'));
      clients.push(client);
      await until(() => session(clients.length - 1) !== undefined);
      if (bytes === 0) continue;
      client.stall();
      client.sendText(JSON.stringify({ type: 'fill', bytes }));
      const filled = session(clients.length - 1);
      await until(() => (filled?.backlog ?? 0) > 100_000);
    }
    const [most, less, none] = [session(0), session(1), session(2)];
    expect(most?.backlog).toBeGreaterThan(less?.backlog ?? Infinity);
    expect((most?.backlog ?? 0) + (less?.backlog ?? 0)).toBeGreaterThan(6_000_000);
    clock.advance(1000);
    expect([most?.phase, less?.phase, none?.phase]).toEqual(['closed', 'open', 'open']);
    for (const client of clients) client.reset();
  });

  it('refuses with 429 an address that connects again and again, and lets others in', async () => {
    const clock = new SteppedClock();
    await start({
      clock,
      trustedProxies: ['loopback'],
      limits: { upgradesPerSecondPerAddress: 1 },
    });
    const from = (address: string) => ({ headers: { 'X-Forwarded-For': address } });
    const url = application.url('/limited');
    for (let count = 0; count < 10; count++) {
      await (await TestClient.connect(url, from('192.0.2.1'))).close();
    }
    const refusal = await TestClient.refused(url, from('192.0.2.1'));
    expect([refusal.status, refusal.headers['retry-after']]).toEqual([429, '1']);
    await (await TestClient.connect(url, from('192.0.2.2'))).close();
    clock.advance(1000);
    await (await TestClient.connect(url, from('192.0.2.1'))).close();
  });
});
