/** What can be done to the sample's Nano chain from outside, and what is refused. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UnsignedBlock } from '@sluice/nano/wire';
import {
  blockHash,
  blockToJson,
  encodeAccount,
  generateWork,
  publicKeyOf,
  secretKeyOf,
  signHash,
  workRoot,
} from '@sluice/nano/wire';
import { ClientPool } from '@sluice/testing';
import { hashes, NanoSample } from './support/nano-sample.js';
import { SamplePool } from './support/sample-pool.js';

const key = secretKeyOf('0'.repeat(64), 0);
const stranger = encodeAccount(publicKeyOf(key));
const ZEROS = '0'.repeat(64);

/** A block as a wallet makes it. */
function signed(draft: UnsignedBlock): object {
  const work = generateWork(workRoot(draft), 'f000000000000000') ?? 0n;
  return blockToJson({ ...draft, work, signature: signHash(blockHash(draft), key) });
}

describe('the control endpoints of Nano', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();
  let nano: NanoSample;

  beforeAll(async () => {
    nano = new NanoSample(await samples.start(['--log', 'memory']), clients);
  });

  afterAll(async () => {
    await clients.closeAll();
    await samples.endAll();
  });

  it('take blocks that a wallet outside has signed, and its subscription hears of them', async () => {
    const client = await nano.subscriber({ confirmation: { accounts: [stranger] } });
    const sent = await nano.control('send', { to: stranger, amount: '1000' });
    const [link = ''] = sent.confirmed;
    const [representative = ''] = (await nano.status()).representatives;
    const draft = { type: 'state', account: stranger, representative } as const;
    const opening = { ...draft, previous: ZEROS, balance: 1000n, link };
    const opened = await nano.control('process', { block: signed(opening) });
    expect(opened.confirmed).toEqual([blockHash(opening)]);
    const payment = { ...draft, previous: blockHash(opening), balance: 1n, link: ZEROS };
    const paid = await nano.control('process', { block: signed(payment) });
    expect(hashes(await nano.sofar(client))).toEqual([
      link,
      ...opened.confirmed,
      ...paid.confirmed,
    ]);
    expect(await nano.post('process', { block: signed(payment) })).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('old') },
    });
  });

  it('publish an event as it is, its numbers as text', async () => {
    const client = await nano.subscriber({ vote: undefined, confirmation: undefined });
    const vote = {
      account: stranger,
      signature: '00'.repeat(64),
      timestamp: '18446744073709551615',
      blocks: ['AB'.repeat(32)],
      type: 'vote',
    };
    await nano.control('event', { type: 'vote.processed', data: vote });
    const block = signed({
      type: 'state',
      account: stranger,
      previous: ZEROS,
      representative: stranger,
      balance: 5n,
      link: 'CD'.repeat(32),
    });
    const confirmation = {
      account: stranger,
      amount: '340282366920938463463374607431768211455',
      hash: 'AB'.repeat(32),
      confirmationType: 'inactive',
      subtype: 'receive',
      block,
    };
    await nano.control('event', { type: 'block.confirmed', data: confirmation });
    const [voted, confirmed] = await nano.sofar(client);
    await client.close();
    expect(voted?.message).toMatchObject({ account: stranger, timestamp: vote.timestamp });
    expect(confirmed?.message).toMatchObject({
      amount: confirmation.amount,
      block: { ...block, subtype: 'receive' },
    });
  });

  it('tell where an account stands', async () => {
    const { wallet, genesis } = await nano.status();
    const response = await fetch(`${nano.controlUrl}/account/${wallet.accounts[0] ?? ''}`);
    expect(await response.json()).toMatchObject({
      account: wallet.accounts[0],
      balance: expect.stringMatching(/^\d+$/),
      epoch: 0,
    });
    expect((await fetch(`${nano.controlUrl}/account/${genesis}1`)).status).toBe(404);
  });

  it.each([
    ['send', { to: 'nano_1' }, 400],
    ['send', { amount: '1.5' }, 400],
    ['send', { amount: -1 }, 400],
    ['send', { confirmation: 'perhaps' }, 400],
    ['send', { unknown: true }, 400],
    ['confirm', { hash: 'short' }, 400],
    ['confirm', { hash: ZEROS }, 409],
    ['stop', { hash: ZEROS }, 409],
    ['elect', { hash: ZEROS }, 409],
    ['vote', { hashes: [] }, 400],
    ['vote', { hashes: [ZEROS], representative: stranger }, 409],
    ['epoch', { epoch: 3 }, 400],
    ['receive', { source: ZEROS }, 409],
    ['process', { block: { type: 'state' } }, 400],
    ['telemetry', { peer: 99 }, 409],
    ['difficulty', { multiplier: 0.5 }, 400],
    ['pace', { pace: 'quick' }, 400],
    ['event', { type: 'no.event', data: {} }, 400],
    ['event', { type: 'block.confirmed', data: {} }, 400],
    ['event', { type: 'vote.processed', data: { account: 'nano_1' } }, 400],
  ])('%s %j is refused with %i, and nothing happens', async (action, body, status) => {
    const client = await nano.subscriber({ confirmation: undefined, vote: undefined });
    const before = await nano.status();
    const answer = await nano.post(action, body);
    expect(answer.status).toBe(status);
    expect(await nano.status()).toEqual(before);
    expect(await nano.sofar(client)).toEqual([]);
    await client.close();
    await nano.subscribed('vote', 0);
  });
});
