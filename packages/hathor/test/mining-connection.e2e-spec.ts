/** Connections to the mining socket: rules T1 to T5, limits, and clients that do not read. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { engineMetrics, MetricsRegistry } from '@sluice/engine';
import { fakeSession } from '@sluice/engine/testing';
import { closeFrame, frame, RawClient, TestClient } from '@sluice/testing';
import { METRICS, SluiceModule } from '@sluice/nestjs';
import type { TemplateMessage } from '../src/index.js';
import { HathorModule, hathorMetrics, MiningGateway } from '../src/index.js';
import { eventually } from './support/eventually.js';
import { MiningApp } from './support/mining-app.js';
import { QuarryChain } from './support/quarry-chain.js';
import { ShelfChain } from './support/shelf-chain.js';

let app: MiningApp | undefined;

afterEach(async () => {
  await app?.stop();
  app = undefined;
});

async function start(...options: Parameters<typeof MiningApp.start>): Promise<MiningApp> {
  app = await MiningApp.start(...options);
  return app;
}

describe('the mining socket', () => {
  it.each(['/v1a/mining_ws', '/v1a/mining_ws/', '/v1a/mining_ws/a/b', '/v1a/mining', '/mining', '/mining/'])(
    'hathor §0.1 T1, §0.2 D6: is at %s',
    async (path) => {
      const server = await start();
      const miner = await server.connect(path);
      expect(await miner.nextJson()).toMatchObject({ method: 'mining.notify' });
    },
  ); // prettier-ignore

  it.each(['/mining_ws', '/v1a', '/v2/mining_ws', '/v1a/minings'])(
    'hathor §0.1 T1: is not at %s',
    async (path) => {
      const { http } = await start();
      const { status } = await TestClient.refused(`${http.replace('http', 'ws')}${path}`);
      expect(status).toBe(404);
    },
  );

  it('hathor §0.1 T2, T4: chooses no sub-protocol and no extension, and answers pings', async () => {
    const { socket } = await start();
    const miner = await RawClient.connect(socket, {
      headers: {
        'sec-websocket-protocol': 'mining',
        'sec-websocket-extensions': 'permessage-deflate',
        origin: 'https://pool.example',
      },
    });
    const { headers } = await miner.upgraded();
    expect(headers['sec-websocket-protocol']).toBeUndefined();
    expect(headers['sec-websocket-extensions']).toBeUndefined();
    await miner.nextFrame();
    miner.write(frame({ opcode: 'ping', payload: 'here' }));
    expect(await miner.nextFrame()).toMatchObject({ kind: 'pong' });
    miner.reset();
  });

  it('hathor §0.1 T5: answers a Close with 1000, also one without a code', async () => {
    const server = await start();
    const answer = { code: 1000, reason: '', clean: true };
    expect(await (await server.miner()).close(4000, 'bye')).toEqual(answer);
    expect(await (await server.miner()).close()).toEqual(answer);
  });

  it('hathor §3.6: a block that is handed in just before the Close is taken in, and answered', async () => {
    const server = await start();
    const submission = { id: 1, method: 'mining.submit', params: [await server.block()] };
    await using miner = await RawClient.connect(server.socket);
    await miner.nextFrame();
    miner.write(Buffer.concat([frame({ payload: JSON.stringify(submission) }), closeFrame(1000)]));
    expect(await miner.nextFrame()).toMatchObject({ text: '{"id":1,"error":null,"result":true}' });
    expect((await server.template()).height).toBe(2);
  });

  it('hathor §0.1 T5: closes with an empty Close when the application ends', async () => {
    const server = await start();
    const miner = await server.miner();
    const closed = miner.closed();
    await server.app.close();
    expect(await closed).toEqual({ code: 1005, reason: '', clean: true });
  });

  it('hathor §6 counts its connections', async () => {
    const server = await start();
    expect(server.stats.connections).toBe(0);
    const miner = await server.miner();
    await server.miner();
    expect(server.stats.connections).toBe(2);
    const metrics = server.app.get<MetricsRegistry>(METRICS);
    expect(metrics.total(hathorMetrics.miningConnections)).toBe(2);
    await miner.close();
    await eventually(() => server.stats.connections === 1);
  });

  it('does not mind who is gone before he was greeted', async () => {
    const server = await start();
    const { session } = fakeSession();
    session.terminate();
    await server.app.get(MiningGateway).onSessionOpen(session);
    expect([server.stats.connections, server.chain.asked]).toEqual([0, 0]);
  });

  it('has limits of its own where the application sets them', async () => {
    const server = await start({ mining: { limits: { connections: 1, payloadBytes: 100 } } });
    const miner = await server.miner();
    expect((await TestClient.refused(server.socket)).status).toBe(429);
    miner.send('['.repeat(101));
    expect((await miner.closed()).code).toBe(1006);
  });

  it('is not mounted for a chain that cannot mine', async () => {
    const module = await Test.createTestingModule({
      imports: [
        SluiceModule.forRoot(),
        HathorModule.forRoot({ network: 'unittests', chain: ShelfChain, eventQueue: false }),
      ],
    }).compile();
    const other = module.createNestApplication({ logger: false });
    await other.listen(0, '127.0.0.1');
    const url = await other.getUrl();
    const { status } = await TestClient.refused(`${url.replace('http', 'ws')}/v1a/mining_ws`);
    expect(status).toBe(404);
    expect((await fetch(`${url}/v1a/mining`)).status).toBe(404);
    await other.close();
  });

  it('is refused by name where it was asked for and the chain cannot mine', () => {
    const forRoot = () =>
      HathorModule.forRoot({ network: 'unittests', chain: ShelfChain, miningSocket: true });
    expect(forRoot).toThrow("Hathor's mining socket needs a chain that extends HathorMiningChain");
  });

  it('is left out where the application says so', () => {
    const definition = HathorModule.forRoot({
      network: 'unittests',
      chain: QuarryChain,
      miningSocket: false,
    });
    expect(JSON.stringify(definition.controllers?.map(({ name }) => name))).not.toMatch('Mining');
  });
});

describe('a miner that does not read', () => {
  it('hathor §3.4: gets the newest templates when it reads again, not a backlog, and others do not wait', async () => {
    const metrics = new MetricsRegistry();
    const dropped = () => metrics.total(engineMetrics.messagesDropped);
    const server = await start({ sluice: { metrics } });
    const slow = await RawClient.connect(server.socket);
    const reader = await server.miner();
    await slow.nextFrame();
    slow.stall();
    let sent = 0;
    while (dropped() < 100) {
      const tip = (++sent).toString(16).padStart(64, '0');
      await server.chain.addTransaction(tip);
      await reader.until((text) => text.includes(tip));
    }
    const last = sent.toString(16).padStart(64, '0');
    slow.resume();
    let seen = 0;
    for (let tip; tip !== last; seen++) {
      const message = await slow.nextFrame();
      if (message.kind !== 'text') continue;
      const { params } = JSON.parse(message.text) as { params: [TemplateMessage] };
      tip = params[0].parents[1];
    }
    expect(seen).toBe(sent - dropped());
    slow.reset();
  }, 30_000);
});
