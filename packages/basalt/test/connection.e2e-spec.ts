/** Client traffic, keep-alive and the end of connections (contract 9). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { UpstreamLink } from '@sluice/relay';
import { frame, TestClient } from '@sluice/testing';
import { BasaltApps } from './support/basalt-app.js';
import { toyBlock } from './support/toy-blocks.js';
import { until } from './support/until.js';
import { vector } from './support/vectors.js';

interface ClientFrames {
  readonly cases: readonly {
    readonly client: {
      readonly opcode: 'text' | 'binary' | 'ping' | 'close';
      readonly payload?: string;
      readonly payload_hex?: string;
      readonly size_bytes?: number;
      readonly invalid_utf8?: boolean;
      readonly code?: number;
      readonly reason?: string;
    };
    readonly server:
      string | { readonly opcode: string; readonly payload?: string; readonly code?: number };
  }[];
}

const apps = new BasaltApps();
afterEach(() => apps.stopAll());

function payloadOf({ client }: ClientFrames['cases'][number]): Buffer {
  if (client.invalid_utf8 === true) return Buffer.of(0xc3, 0x28);
  if (client.size_bytes !== undefined) return Buffer.alloc(client.size_bytes, 'x');
  if (client.payload_hex !== undefined) return Buffer.from(client.payload_hex, 'hex');
  if (client.code === undefined) return Buffer.from(client.payload ?? '');
  const code = Buffer.alloc(2);
  code.writeUInt16BE(client.code);
  return Buffer.concat([code, Buffer.from(client.reason ?? '')]);
}

describe('what a client sends', () => {
  const recorded = vector<ClientFrames>('client-frames').cases;

  it.each(recorded.map((each, index) => ({ ...each, name: `${index} ${each.client.opcode}` })))(
    'basalt §14.11 §14.12 is answered as recorded: $name',
    async (each) => {
      const app = await apps.start();
      const client = await app.raw();
      client.write(frame({ opcode: each.client.opcode, payload: payloadOf(each) }));
      if (each.server === 'nothing') {
        await app.announce(toyBlock(1));
        expect(await client.nextFrame()).toMatchObject({ kind: 'text' });
      } else if (typeof each.server === 'string') {
        expect(await client.nextFrame()).toMatchObject({ kind: 'close', code: 1000, reason: '' });
        await client.ended();
      } else if (each.server.opcode === 'pong') {
        expect(await client.nextFrame()).toMatchObject({
          kind: 'pong',
          bytes: Buffer.from(each.server.payload ?? ''),
        });
      } else {
        expect(await client.nextFrame()).toMatchObject({ kind: 'close', code: each.server.code });
      }
      client.reset();
    },
  );

  it('basalt §14.11 of any size and kind brings no answer, and blocks go on coming', async () => {
    const app = await apps.start();
    const client = await app.connect();
    for (const message of ['', '{"type":"subscribe"}', 'x'.repeat(5_000_000)]) client.send(message);
    client.send(Buffer.alloc(20_000_000));
    await client.expectSilence();
    await app.announce(toyBlock(1), toyBlock(2));
    expect(await client.takeJson(2)).toMatchObject([
      { block: { number: 1 } },
      { block: { number: 2 } },
    ]);
  });

  it('closes with 1002 on a violation of the protocol', async () => {
    const app = await apps.start();
    const client = await app.raw();
    client.write(Buffer.of(0x83, 0x80, 0, 0, 0, 0));
    expect(await client.nextFrame()).toMatchObject({ kind: 'close', code: 1002 });
    client.reset();
  });

  it.each([1000, 1001, 3000, 4999])('answers Close %i with the same code', async (code) => {
    const app = await apps.start();
    const client = await app.connect();
    expect(await client.close(code, 'bye')).toEqual({ code, reason: '', clean: true });
  });
});

describe('a connection', () => {
  it('basalt §14.14 that is gone is counted no longer, and the others go on', async () => {
    const app = await apps.start();
    const [leaving, dying, ...staying] = [
      await app.connect(),
      await app.connect(),
      await app.connect(),
      await app.connect(),
    ];
    expect(app.status.connections).toBe(4);
    await leaving?.close();
    dying?.terminate();
    await until(() => app.status.connections === 2);
    await app.announce(toyBlock(1));
    for (const client of staying)
      expect(await client.nextJson()).toMatchObject({ type: 'new_block' });
  });

  it('basalt §14.17 is kept alive by an unsolicited, empty pong every 30 seconds', async () => {
    const app = await apps.start();
    const client = await app.raw();
    for (let minute = 0; minute < 4; minute++) {
      app.clock.advance(30_000);
      expect(await client.nextFrame()).toEqual({ kind: 'pong', bytes: Buffer.alloc(0) });
    }
    expect(app.status.sessions).toHaveLength(1);
    client.reset();
  });

  it('is closed with 1001 at shutdown', async () => {
    const app = await apps.start();
    const client = await app.connect();
    await app.app.close();
    expect(await client.closed()).toMatchObject({ code: 1001, clean: true });
  });

  it('basalt §14.24 a wallet library comes back after a second and gets the latest block first', async () => {
    const app = await apps.start({ basalt: { compat: 'node' }, latest: toyBlock(100) });
    const firsts: unknown[] = [];
    const wallet = new UpstreamLink({
      upstreams: [app.url],
      clock: app.clock,
      attempt: async ({ upstream, signal, online }) => {
        const client = await TestClient.connect(upstream);
        signal.addEventListener('abort', () => {
          client.terminate();
        });
        online();
        firsts.push(await client.nextJson());
        await client.closed();
      },
    });
    wallet.start();
    await until(() => firsts.length === 1);
    await app.announce(toyBlock(101));
    app.status.sessions[0]?.close(1011);
    await until(() => wallet.status.state === 'waiting');
    expect(wallet.status.waitMs).toBe(1000);
    app.clock.advance(1000);
    await until(() => firsts.length === 2);
    expect(firsts).toMatchObject([
      { type: 'current_block', block: { number: 100 } },
      { type: 'current_block', block: { number: 101 } },
    ]);
    await wallet.stop();
  });
});
