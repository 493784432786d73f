/** Behaviours of the node's own test suite: all other topics (contract 11.17 to 11.29). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestClient } from '@sluice/testing';
import type { NanoTopic, VoteProcessed } from '../src/index.js';
import { hex64, multiplierOf } from '../src/wire/index.js';
import { OTHER_SEND, SEND, SENDER, STRANGER } from './support/golden-events.js';
import { NanoApp, settled } from './support/nano-app.js';
import { vectors, type TopicVectors, type WireNotification } from './support/vectors.js';
import { telemetryFrom } from './support/wire-events.js';

let app: NanoApp;
let client: TestClient;

beforeEach(async () => {
  app = await NanoApp.start();
  client = await app.connect('/');
});
afterEach(() => app.stop());

async function subscribed(topic: NanoTopic, options?: object): Promise<void> {
  client.send({ action: 'subscribe', topic, ack: true, ...(options && { options }) });
  expect(await client.nextJson()).toMatchObject({ ack: 'subscribe' });
  expect(app.count(topic)).toBe(1);
}

const announced = (): Promise<WireNotification> => client.nextJson();

const VOTE: VoteProcessed = {
  account: SENDER,
  signature: '80'.repeat(64),
  timestamp: 1765074100224,
  duration: 9,
  blocks: [SEND.hash],
  type: 'vote',
};

describe('votes', () => {
  it('nano §11.17 a plain subscription receives a vote', async () => {
    await subscribed('vote');
    await app.bus.publish('vote.processed', VOTE);
    expect(await announced()).toMatchObject({ topic: 'vote', message: { type: 'vote' } });
  });

  it('nano §11.18 a replay arrives where replays are included', async () => {
    await subscribed('vote', { include_replays: 'true', include_indeterminate: 'false' });
    await app.bus.publish('vote.processed', { ...VOTE, type: 'indeterminate' });
    await app.bus.publish('vote.processed', { ...VOTE, type: 'replay' });
    expect(await announced()).toMatchObject({ message: { type: 'replay' } });
  });

  it('nano §11.19 a vote of a listed representative arrives', async () => {
    await subscribed('vote', { representatives: [SENDER] });
    await app.bus.publish('vote.processed', { ...VOTE, account: STRANGER });
    await app.bus.publish('vote.processed', VOTE);
    expect(await announced()).toMatchObject({ message: { account: SENDER } });
    await client.expectSilence();
  });

  it('nano §11.20 a vote has these members', async () => {
    await subscribed('vote');
    await app.bus.publish('vote.processed', VOTE);
    const { message } = await announced();
    expect(Object.entries(message)).toEqual([
      ['account', SENDER],
      ['signature', BigInt(`0x${'80'.repeat(64)}`).toString()],
      ['sequence', '1765074100224'],
      ['timestamp', '1765074100224'],
      ['duration', '9'],
      ['blocks', [SEND.hash]],
      ['type', 'vote'],
    ]);
  });
});

describe('elections', () => {
  it('nano §11.21 an election that starts is announced', async () => {
    await subscribed('started_election');
    await app.bus.publish('election.started', { hash: SEND.hash });
    expect(await announced()).toMatchObject({
      topic: 'started_election',
      message: { hash: SEND.hash },
    });
  });

  it('nano §11.22 an election that is removed is announced', async () => {
    await subscribed('stopped_election');
    await app.bus.publish('election.stopped', { hash: SEND.hash });
    expect(await announced()).toMatchObject({
      topic: 'stopped_election',
      message: { hash: SEND.hash },
    });
  });
});

describe('work', () => {
  const DEFAULT = 0xfffffff800000000n;
  const REACHED = 0xfffffffaaaaaaaabn;

  beforeEach(async () => {
    await subscribed('work');
    await app.bus.publish('work.generated', {
      outcome: 'success',
      request: { hash: SEND.hash, difficulty: DEFAULT },
      result: { source: 'local', work: 0x12n, difficulty: REACHED },
      duration: 306,
    });
  });

  it('nano §11.23 work says what was asked for', async () => {
    const { message } = await announced();
    expect(message).toMatchObject({
      success: 'true',
      reason: '',
      duration: '306',
      request: {
        version: 'work_1',
        hash: SEND.hash,
        difficulty: 'fffffff800000000',
        multiplier: '1.000000000000000',
      },
      bad_peers: '',
    });
  });

  it('nano §11.24 work says what was found', async () => {
    const { message } = await announced();
    const result = message.result as Readonly<Record<string, string>>;
    expect(result).toMatchObject({ work: '0000000000000012', difficulty: hex64(REACHED, 'd') });
    expect(Number(result.multiplier)).toBeCloseTo(multiplierOf(REACHED, DEFAULT), 6);
    expect(result.multiplier).toMatch(/^1\.5\d{14}$/);
  });
});

it('nano §11.25 a bootstrap attempt that starts is announced', async () => {
  await subscribed('bootstrap');
  await app.bus.publish('bootstrap.started', { id: '123abc', mode: 'legacy' });
  const { message } = await announced();
  expect(message).toEqual({ reason: 'started', id: '123abc', mode: 'legacy' });
});

it('nano §11.26 a ping is answered, whatever the connection has', async () => {
  client.send({ action: 'ping' });
  const answer = await client.nextJson<{ readonly time: string }>();
  expect(answer).toEqual({ ack: 'pong', time: expect.stringMatching(/^\d{13}$/) });
  client.send({ action: 'ping', ack: false, topic: 'nothing', options: [], id: 1.5 });
  expect(await client.nextJson()).toMatchObject({ ack: 'pong', id: '1.5' });
  await settled(client);
});

it('nano §11.27 telemetry of a peer arrives with every figure', async () => {
  await subscribed('telemetry');
  const [golden] = vectors<TopicVectors>('telemetry').server;
  await app.bus.publish('telemetry.received', telemetryFrom(golden?.message ?? {}));
  expect((await announced()).message).toEqual(golden?.message);
});

it('nano §11.28 a state send that is new is announced', async () => {
  await subscribed('new_unconfirmed_block');
  const { hash, block } = OTHER_SEND;
  if (block.type !== 'state') throw new Error('A state block');
  await app.bus.publish('block.unconfirmed', { hash, block, subtype: 'send' });
  expect(await announced()).toMatchObject({
    topic: 'new_unconfirmed_block',
    hash,
    message: { type: 'state', subtype: 'send', account: OTHER_SEND.account },
  });
});

it('nano §11.29 a new difficulty is announced with its multiplier', async () => {
  await subscribed('active_difficulty');
  const [minimum, current] = [0xfffffff800000000n, 0xfffffffc12345678n];
  await app.bus.publish('difficulty.changed', {
    networkMinimum: minimum,
    networkReceiveMinimum: 'fffffe0000000000',
    networkCurrent: current,
    networkReceiveCurrent: 'fffffff07c1f07c2',
  });
  const { message } = await announced();
  expect(message.network_minimum).toBe('fffffff800000000');
  expect(Number(message.multiplier)).toBeCloseTo(multiplierOf(current, minimum), 6);
});
