/** What no node has (PROTOCOL.md, "Extensions"): conditions on blocks. Off, they are unknown options. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { memoryLog } from '@sluice/engine';
import type { NanoOptions } from '../src/index.js';
import { ALL_EVENTS, LEGACY_SEND, OTHER_SEND, RECEIVE, SEND } from './support/golden-events.js';
import { NanoApp, receivedBy } from './support/nano-app.js';
import type { WireNotification } from './support/vectors.js';

let app: NanoApp;
afterEach(() => app.stop());

const ON = { extensions: { conditions: true } };

/** Hashes of what a subscription receives of all golden confirmations. */
async function hashes(options: object, nano: NanoOptions = ON): Promise<unknown[]> {
  app = await NanoApp.start({ nano });
  const client = await app.connected({ action: 'subscribe', topic: 'confirmation', options });
  for (const event of ALL_EVENTS) await app.bus.publish('block.confirmed', event);
  return ((await receivedBy(client)) as WireNotification[]).map(({ message }) => message.hash);
}

const ALL = ALL_EVENTS.map(({ hash }) => hash);

describe('conditions', () => {
  it('a minimum amount lets that amount and larger ones pass', async () => {
    const minimum_amount = OTHER_SEND.amount.toString();
    expect(await hashes({ minimum_amount })).toEqual([OTHER_SEND.hash, LEGACY_SEND.hash]);
  });

  it.each(['', '1e30', '-1', 'much', '0x10', '1.5'])(
    'a minimum amount %j counts as absent',
    async (minimum_amount) => {
      expect(await hashes({ minimum_amount })).toEqual(ALL);
    },
  );

  it('subtypes let only their blocks pass; legacy blocks go by their type', async () => {
    expect(await hashes({ subtypes: ['receive', 'epoch', 'other'] })).toEqual([RECEIVE.hash]);
    await app.stop();
    expect(await hashes({ subtypes: ['send'] })).toEqual(ALL.filter((h) => h !== RECEIVE.hash));
    await app.stop();
    expect(await hashes({ subtypes: [] })).toEqual([]);
  });

  it('come on top of accounts and types', async () => {
    const accounts = [SEND.account, RECEIVE.account];
    const options = { accounts, subtypes: ['send'], confirmation_type: 'active_quorum' };
    expect(await hashes(options)).toEqual([SEND.hash]);
  });
});

describe('extensions that are off', () => {
  it('are unknown options', async () => {
    const options = {
      minimum_amount: '1' + '0'.repeat(38),
      subtypes: ['epoch'],
      since: '',
      window: 1,
    };
    expect(await hashes(options, {})).toEqual(ALL);
  });

  it('change no acknowledgement and no message', async () => {
    app = await NanoApp.start({ sluice: { log: memoryLog() } });
    const client = await app.connect();
    const options = { since: 'earliest', window: '5' };
    client.send({ action: 'subscribe', topic: 'confirmation', ack: true, options });
    expect(Object.keys(await client.nextJson<object>())).toEqual(['ack', 'time']);
    await app.bus.publish('block.confirmed', SEND);
    expect(Object.keys(await client.nextJson<object>())).toEqual(['topic', 'time', 'message']);
  });
});
