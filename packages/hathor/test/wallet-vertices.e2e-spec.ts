/** The history vertex in all its forms (contract 1.5 and 5), as every connection is told of it. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestClient } from '@sluice/testing';
import type { OutputData, VertexData } from '../src/index.js';
import { decodeScript, hathorNetworks } from '../src/codec/index.js';
import { idOf } from './support/vertex-data.js';
import { accept, WalletApp } from './support/wallet-app.js';
import { addressAt } from './support/wallet-keys.js';

let app: WalletApp;
let client: TestClient;

beforeEach(async () => {
  app = await WalletApp.start();
  client = await app.client();
});

afterEach(() => app.stop());

const HASH = 'a584cf48b161e4a49223ed220df30037ab740e00';
const P2PKH = 'HMcJymyctyhnWsWTXqhP9txDwgNZaMWf42';
const MULTISIG = 'hVtW4HruVoWMassf11gWFRHRhwqAL2urPD';
const TOKEN = idOf('token');

/** An output as the application's chain decodes it with this package's codec. */
function output(hex: string, members: Partial<OutputData> = {}): OutputData {
  const script = Buffer.from(hex, 'hex');
  const decoded = decodeScript(script, hathorNetworks.unittests) ?? {};
  return { value: 1, token_data: 0, script: script.toString('base64'), decoded, ...members };
}

async function told(members: Partial<VertexData>): Promise<Record<string, unknown>> {
  const data = app.chain.add({ name: 'vertex' });
  await app.bus.publish('vertex.accepted', { ...data, ...members });
  return client.nextJson();
}

describe('a history vertex', () => {
  it.each([
    [`76a914${HASH}88ac`, { type: 'P2PKH', address: P2PKH, timelock: null }],
    [`045f5e10006f76a914${HASH}88ac`, { type: 'P2PKH', address: P2PKH, timelock: 1_600_000_000 }],
    [
      `4c045f5e10006f76a94c14${HASH}88ac`,
      { type: 'P2PKH', address: P2PKH, timelock: 1_600_000_000 },
    ],
    [`04ffffffff6f76a914${HASH}88ac`, { type: 'P2PKH', address: P2PKH, timelock: 2 ** 32 - 1 }],
    [`04000000006f76a914${HASH}88ac`, { type: 'P2PKH', address: P2PKH, timelock: 0 }],
    [`a914${HASH}87`, { type: 'MultiSig', address: MULTISIG, timelock: null }],
    [`045f5e10006fa914${HASH}87`, { type: 'MultiSig', address: MULTISIG, timelock: 1_600_000_000 }],
    [`76a914${HASH}88ac00`, {}],
    [`76a913${HASH}88ac`, {}],
    [`6f76a914${HASH}88ac`, {}],
    [`a914${HASH}88`, {}],
    ['0461626364ac', {}],
    ['', {}],
  ])('decodes script %s as %j', async (hex, decoded) => {
    const { outputs } = await told({ outputs: [output(hex)] });
    expect(outputs).toMatchObject([
      { decoded, script: Buffer.from(hex, 'hex').toString('base64') },
    ]);
    expect(Object.keys((outputs as OutputData[])[0]?.decoded ?? {})).toEqual(Object.keys(decoded));
  });

  it.each([
    [0, true],
    [1, false],
    [2, false],
    [3, true],
    [5, true],
    [6, false],
  ])('of version %i has a height only in a block: %p', async (version, isBlock) => {
    const data = accept(app, { name: 'vertex', version });
    const message = await client.nextJson<Record<string, unknown>>();
    expect(message).toMatchObject({ tx_id: data.hash, version, is_block: isBlock });
    if (version !== 6) expect('height' in message).toBe(isBlock);
    expect('token_name' in message).toBe(version === 2);
    expect('aux_pow' in message || 'hash' in message || 'nonce' in message).toBe(false);
  });

  it('numbers tokens by the list of the transaction, authority or not', async () => {
    const { outputs } = await told({
      tokens: [idOf('first'), TOKEN],
      outputs: [
        output(`76a914${HASH}88ac`, { value: 2n ** 63n }),
        output(`76a914${HASH}88ac`, { token_data: 2 }),
        output(`76a914${HASH}88ac`, { token_data: 0x81, value: 3 }),
      ],
    });
    expect(outputs).toMatchObject([
      { token: '00', token_data: 0 },
      { token: TOKEN, token_data: 2 },
      { token: idOf('first'), token_data: 0x81, value: 3 },
    ]);
  });

  it('shows an unreadable spent output without the number of its token', async () => {
    accept(app, { name: 'spent', outputs: [{}] });
    accept(app, { name: 'spender', spends: [[idOf('spent'), 0]], outputs: [addressAt(0)] });
    const [, message] = await client.takeJson<Record<string, unknown>>(2);
    expect(message?.inputs).toEqual([
      {
        value: 100,
        token_data: 0,
        script: 'anQ=',
        decoded: {},
        token: '00',
        type: 'transparent',
        tx_id: idOf('spent'),
        index: 0,
      },
    ]);
  });
});
