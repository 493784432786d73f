import { afterEach, describe, expect, it } from '@jest/globals';
import type { DynamicModule, INestApplication } from '@nestjs/common';
import { Injectable, Module, ValidationPipe } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { EventBus } from '@sluice/engine';
import { SessionRegistry, SluiceModule } from '@sluice/nestjs';
import { ClientPool, RawClient, type TestClient } from '@sluice/testing';
import type { VoteProcessed } from '../src/index.js';
import { NanoModule, NanoWallets } from '../src/index.js';
import { RECEIVE, RECEIVER, SEND, SENDER } from './support/golden-events.js';
import { settled } from './support/nano-app.js';

@Injectable()
class Accounts {
  readonly open = new Set<string>();
}

@Module({ providers: [Accounts], exports: [Accounts] })
class AccountsModule {}

@Injectable()
class OpenWallets extends NanoWallets {
  constructor(private readonly accounts: Accounts) {
    super();
  }

  has(account: string): boolean {
    return this.accounts.open.has(account);
  }
}

@Injectable()
class BrokenWallets extends NanoWallets {
  has(): boolean {
    throw new Error('The wallets are closed');
  }
}

/** What types do not allow. */
@Injectable()
class LateWallets extends NanoWallets {
  has(): boolean {
    return Promise.reject(new Error('The wallets are closed')) as never;
  }
}

const clients = new ClientPool();
let app: INestApplication;

afterEach(async () => {
  await clients.closeAll();
  await app.close();
});

async function start(nano: DynamicModule): Promise<TestClient> {
  const module = await Test.createTestingModule({
    imports: [SluiceModule.forRoot({}), nano],
    providers: [
      { provide: APP_PIPE, useValue: new ValidationPipe({ transform: true, whitelist: true }) },
    ],
  }).compile();
  app = module.createNestApplication({ logger: false });
  await app.listen(0, '127.0.0.1');
  const [endpoint] = app.get(SessionRegistry).endpoints;
  return clients.connect(`ws://127.0.0.1:${endpoint?.port}`);
}

const bus = () => app.get(EventBus);
const HERE = { port: 'free', address: '127.0.0.1' } as const;
const wallets = { localWallets: OpenWallets, imports: [AccountsModule] };
const local = {
  action: 'subscribe',
  topic: 'confirmation',
  options: { all_local_accounts: true },
};

describe('NanoModule', () => {
  it.each<[string, () => DynamicModule]>([
    ['forRoot', () => NanoModule.forRoot({ ...HERE, ...wallets })],
    [
      'forRootAsync',
      () =>
        NanoModule.forRootAsync({
          ...wallets,
          inject: [Accounts],
          useFactory: (accounts: Accounts) => ({ ...HERE, wallets: [...accounts.open] }),
        }),
    ],
  ])('%s: accounts are local as long as the application’s wallets have them', async (_, nano) => {
    const client = await start(nano());
    client.send(local);
    await settled(client);
    await bus().publish('block.confirmed', SEND);
    await client.expectSilence();
    app.get(Accounts, { strict: false }).open.add(SENDER);
    await bus().publish('block.confirmed', RECEIVE);
    await bus().publish('block.confirmed', SEND);
    expect(await client.nextJson()).toMatchObject({ message: { account: SENDER } });
  });

  it.each([
    ['fail', BrokenWallets],
    ['take their time, and fail', LateWallets],
  ])(
    'sends confirmations to those who name accounts, although the wallets %s',
    async (_, wallets) => {
      const client = await start(NanoModule.forRoot({ ...HERE, localWallets: wallets }));
      client.send({ ...local, options: { accounts: [SENDER], all_local_accounts: true } });
      await settled(client);
      await bus().publish('block.confirmed', SEND);
      expect(await client.nextJson()).toMatchObject({ message: { account: SENDER } });
    },
  );

  it('takes local accounts in any form, and refuses what is none', async () => {
    const client = await start(
      NanoModule.forRoot({ ...HERE, wallets: [RECEIVER.replace('nano_', 'xrb-')] }),
    );
    client.send(local);
    await settled(client);
    await bus().publish('block.confirmed', RECEIVE);
    expect(await client.nextJson()).toMatchObject({ message: { account: RECEIVER } });
    const nobody = NanoModule.forRoot({ ...HERE, wallets: ['nobody'] });
    const module = Test.createTestingModule({ imports: [SluiceModule.forRoot({}), nobody] });
    await expect(module.compile()).rejects.toThrow('wallets');
  });

  it('writes signatures of votes in hex, if told so', async () => {
    const client = await start(NanoModule.forRoot({ ...HERE, voteSignature: 'hex' }));
    client.send({ action: 'subscribe', topic: 'vote' });
    await settled(client);
    const vote: VoteProcessed = {
      account: SENDER,
      signature: Buffer.alloc(64, 0xab),
      timestamp: 16,
      blocks: [SEND.hash],
      type: 'vote',
    };
    await bus().publish('vote.processed', vote);
    expect(await client.nextJson()).toMatchObject({ message: { signature: 'AB'.repeat(64) } });
  });

  it('relates multipliers of work to the base difficulty of its network', async () => {
    const base = 'fffffc0000000000';
    const client = await start(NanoModule.forRoot({ ...HERE, baseDifficulty: base }));
    client.send({ action: 'subscribe', topic: 'work' });
    await settled(client);
    await bus().publish('work.generated', {
      outcome: 'cancelled',
      request: { hash: SEND.hash, difficulty: 'ffffff999999999a' },
      duration: 1,
    });
    expect(await client.nextJson()).toMatchObject({
      message: { request: { multiplier: '10.000000000009095' } },
    });
  });

  it('has limits, if told so', async () => {
    const limits = { payloadBytes: 100 };
    const client = await start(NanoModule.forRoot({ ...HERE, limits }));
    client.send(' '.repeat(101));
    expect(await client.closed()).toMatchObject({ code: 1009 });
  });

  it('pings clients, if told so', async () => {
    const heartbeat = { intervalMs: 20, timeoutMs: 5000 };
    const client = await start(NanoModule.forRoot({ ...HERE, heartbeat }));
    await settled(client);
    await using raw = await RawClient.connect(client.url);
    expect(await raw.nextFrame()).toMatchObject({ kind: 'ping' });
  });
});

describe('an event that the wire cannot carry', () => {
  it('costs its message and nothing else', async () => {
    const client = await start(NanoModule.forRoot(HERE));
    for (const topic of ['confirmation', 'vote', 'telemetry', 'started_election']) {
      client.send({ action: 'subscribe', topic });
    }
    await settled(client);
    await bus().publish('block.confirmed', { ...SEND, account: 'nobody' });
    await bus().publish('block.confirmed', { ...SEND, hash: 'AB' });
    await bus().publish('block.confirmed', { ...SEND, amount: -1n });
    await bus().publish('election.started', { hash: new Uint8Array(31) });
    await bus().publish('election.started', { hash: SEND.hash });
    expect(await client.nextJson()).toMatchObject({ topic: 'started_election' });
    await client.expectSilence();
  });
});

describe('an event that nobody has asked for', () => {
  it('is not even looked at', async () => {
    const client = await start(NanoModule.forRoot(HERE));
    await settled(client);
    const untouchable = new Proxy(SEND, {
      get: () => {
        throw new Error('looked at');
      },
    });
    await expect(bus().publish('block.confirmed', untouchable)).resolves.toBeUndefined();
  });
});
