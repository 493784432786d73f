import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventBus } from '@sluice/engine';
import { SluiceModule } from '@sluice/nestjs';
import { ClientPool, type TestClient } from '@sluice/testing';
import type { AcmeBlock } from './acme-block.js';
import { AcmeChain } from './acme-chain.js';
import { AcmeModule } from './acme.module.js';

@Injectable()
class ChainAtSeven extends AcmeChain {
  latest(): AcmeBlock {
    return { height: 7, hash: 'aa' };
  }
}

const clients = new ClientPool();
let app: INestApplication | undefined;

async function connect(module: DynamicModule): Promise<TestClient> {
  @Module({ imports: [SluiceModule.forRoot(), module] })
  class TestModule {}
  app = await NestFactory.create(TestModule, { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  return clients.connect(`${(await app.getUrl()).replace('http', 'ws')}/acme`);
}

afterEach(async () => {
  await clients.closeAll();
  await app?.close();
  app = undefined;
});

describe('AcmeModule', () => {
  it('acme §1 welcomes every client', async () => {
    const client = await connect(AcmeModule.forRoot({ network: 'mainnet', chain: ChainAtSeven }));
    expect(await client.nextJson()).toEqual({ type: 'welcome', network: 'mainnet', height: 7 });
  });

  it('has options that are known later', async () => {
    const client = await connect(
      AcmeModule.forRootAsync({ useFactory: () => Promise.resolve({ network: 'testnet' }) }),
    );
    expect(await client.nextJson()).toEqual({ type: 'welcome', network: 'testnet', height: null });
  });

  it('acme §2 and §3 sends blocks to whoever subscribes', async () => {
    const client = await connect(AcmeModule.forRoot({ network: 'mainnet' }));
    await client.nextJson();
    client.send({ type: 'subscribe', topic: 'blocks' });
    expect(await client.nextJson()).toEqual({ type: 'subscribed', topic: 'blocks' });
    const bus = app?.get(EventBus);
    await bus?.publish('acme.block', { height: 8, hash: 'bb' });
    expect(await client.nextJson()).toEqual({ type: 'block', height: 8, hash: 'bb' });
    client.send({ type: 'unsubscribe', topic: 'blocks' });
    expect(await client.nextJson()).toEqual({ type: 'unsubscribed', topic: 'blocks' });
    await bus?.publish('acme.block', { height: 9, hash: 'cc' });
    await client.expectSilence();
  });

  it.each([
    [{ type: 'subscribe', topic: 'nothing' }, 'invalid'],
    [{ type: 'unsubscribe', topic: 'blocks' }, 'state'],
    [{ type: 'dance' }, 'unknown_command'],
  ])('acme §4 answers %j with %s', async (message, code) => {
    const client = await connect(AcmeModule.forRoot({ network: 'mainnet' }));
    await client.nextJson();
    client.send(message);
    expect(await client.nextJson()).toMatchObject({ type: 'error', code });
  });

  it('acme §4 closes with 1007 on what is not JSON', async () => {
    const client = await connect(AcmeModule.forRoot({ network: 'mainnet' }));
    client.send('{');
    expect(await client.closed()).toMatchObject({ code: 1007 });
  });
});
