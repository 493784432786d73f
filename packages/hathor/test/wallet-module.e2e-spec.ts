/** What `HathorModule` mounts for wallets, and when. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplication, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { SluiceModule } from '@sluice/nestjs';
import { ClientPool, TestClient } from '@sluice/testing';
import type { HathorNetwork } from '../src/codec/index.js';
import { encodeAddress, hathorNetworks } from '../src/codec/index.js';
import type { HathorExtras, HathorOptions, VertexData } from '../src/index.js';
import { HathorChain, HathorModule, HathorWalletChain, HathorWalletStats } from '../src/index.js';
import { ScriptedChain } from './support/scripted-chain.js';
import { ShelfChain } from './support/shelf-chain.js';

const clients = new ClientPool();
let app: INestApplication | undefined;

afterEach(async () => {
  await clients.closeAll();
  await app?.close();
  app = undefined;
});

class PlainChain extends HathorChain {
  vertices(): VertexData[] {
    return [];
  }
}

async function start(options: Partial<HathorOptions & HathorExtras>): Promise<string> {
  const module = await Test.createTestingModule({
    imports: [
      SluiceModule.forRoot({}),
      HathorModule.forRoot({ network: 'unittests', eventQueue: false, ...options }),
    ],
  }).compile();
  app = module.createNestApplication({ logger: false });
  await app.listen(0, '127.0.0.1');
  return `${(await app.getUrl()).replace('http', 'ws')}/v1a/ws`;
}

describe('HathorModule', () => {
  it('mounts the wallet socket for a chain that serves wallets, and exports what goes with it', async () => {
    const client = await clients.connect(await start({ chain: ScriptedChain }));
    expect(await client.nextJson()).toMatchObject({ type: 'capabilities' });
    expect(app?.get(HathorWalletStats).connections).toBe(1);
    const token = HathorWalletChain as unknown as Type<HathorWalletChain>;
    expect(app?.get(token)).toBe(app?.get(HathorChain as unknown as Type<HathorChain>));
  });

  it.each([
    ['with `walletSocket: false`', { chain: ScriptedChain, walletSocket: false }],
    ['for another chain', { chain: PlainChain }],
    ['without a chain', {}],
  ])('mounts none %s', async (_, options) => {
    expect(await TestClient.refused(await start(options))).toMatchObject({ status: 404 });
  });

  it('refuses to mount it for a chain that cannot serve wallets', () => {
    expect(() =>
      HathorModule.forRoot({ network: 'unittests', chain: PlainChain, walletSocket: true }),
    ).toThrow('needs a chain that extends HathorWalletChain');
  });

  it('does not start on a network whose addresses nobody knows, unless it is told', async () => {
    const unknown = { network: 'my-network', chain: ScriptedChain };
    await expect(start(unknown)).rejects.toThrow(
      'What do addresses of network my-network begin with?',
    );
    const { testnet } = hathorNetworks;
    const client = await clients.connect(
      await start({ ...unknown, wallet: { addresses: testnet } }),
    );
    await client.next();
    const address = encodeAddress('P2PKH', new Uint8Array(20), testnet);
    client.send({ type: 'subscribe_address', address });
    expect(await client.nextJson()).toMatchObject({ success: true });
  });

  it('asks for the addresses of an unknown network for the node API too', async () => {
    const { testnet } = hathorNetworks;
    const unknown = { network: 'my-network', chain: ShelfChain, walletSocket: false };
    await expect(start(unknown)).rejects.toThrow(
      'What do addresses of network my-network begin with?',
    );
    const url = await start({ ...unknown, wallet: { addresses: testnet } });
    const balance = async (network: HathorNetwork) => {
      const address = encodeAddress('P2PKH', new Uint8Array(20), network);
      const path = `thin_wallet/address_balance?address=${address}`;
      return (await fetch(`${url.replace(/^ws/, 'http').replace(/ws$/, '')}${path}`)).json();
    };
    expect(await balance(testnet)).toMatchObject({ success: true });
    expect(await balance(hathorNetworks.mainnet)).toMatchObject({ success: false });
  });

  it('does not ask for them where nobody takes addresses', async () => {
    const unknown = { network: 'my-network', chain: ShelfChain };
    await expect(start({ ...unknown, walletSocket: false, nodeApi: false })).resolves.toBeDefined();
  });

  it('does not start with a limit that makes no sense', async () => {
    const options = { chain: ScriptedChain, wallet: { maxSubsAddrsConn: -2 } };
    await expect(start(options)).rejects.toThrow(
      'max_subs_addrs_conn must be an integer from -1 on',
    );
  });
});
