/** Golden messages of every topic but `confirmation`, from the event to the wire. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fixedClock } from './support/fixed-clock.js';
import { NanoApp } from './support/nano-app.js';
import { vectors, type TopicVectors, type WireNotification } from './support/vectors.js';
import {
  bootstrapExitFrom,
  difficultyFrom,
  telemetryFrom,
  unconfirmedFrom,
  voteFrom,
  workFrom,
} from './support/wire-events.js';

const TIME = 1_700_000_000_123;
const WORK_BASE = 'fffffc0000000000';

let app: NanoApp;

beforeEach(async () => {
  app = await NanoApp.start({ sluice: { clock: fixedClock(TIME) } });
});
afterEach(() => app.stop());

/** What a subscriber of a topic receives for what is published. */
async function announced(
  topic: string,
  publish: () => Promise<unknown>,
): Promise<WireNotification> {
  const client = await app.connected({ action: 'subscribe', topic });
  await publish();
  return client.nextJson();
}

/** A golden message as this server sends it: the envelope's time is when the message is built. */
const golden = (message: WireNotification, differs: object = {}): WireNotification => ({
  ...message,
  time: String(TIME),
  message: { ...message.message, ...differs },
});

const served = (name: string) => vectors<TopicVectors>(name).server;

describe('vectors of', () => {
  it.each(served('vote'))('vote: $message.type', async (vector) => {
    const { sequence: timestamp } = vector.message;
    const sent = await announced('vote', () =>
      app.bus.publish('vote.processed', { ...voteFrom(vector.message), type: 'vote' }),
    );
    const duration = timestamp === '18446744073709551615' ? '15' : '0';
    expect(sent).toEqual(golden(vector, { timestamp, duration, type: 'vote' }));
  });

  it.each(served('started_election'))('started_election: $message.hash', async (vector) => {
    const hash = vector.message.hash as string;
    const sent = await announced('started_election', () =>
      app.bus.publish('election.started', { hash }),
    );
    expect(sent).toEqual(golden(vector));
  });

  it.each(served('stopped_election'))('stopped_election: $message.hash', async (vector) => {
    const hash = Buffer.from(vector.message.hash as string, 'hex');
    const sent = await announced('stopped_election', () =>
      app.bus.publish('election.stopped', { hash }),
    );
    expect(sent).toEqual(golden(vector));
  });

  it.each(served('active_difficulty'))('active_difficulty', async (vector) => {
    const sent = await announced('active_difficulty', () =>
      app.bus.publish('difficulty.changed', difficultyFrom(vector.message)),
    );
    // The guide shortens it, to another last digit than the formula has.
    const multiplier = expect.stringMatching(/^1\.50000000\d{7}$/);
    expect(sent).toEqual(golden(vector, { multiplier }));
  });

  it.each(served('work'))('work: success $message.success, $message.reason', async (vector) => {
    const sent = await announced('work', () =>
      app.bus.publish('work.generated', workFrom(vector.message, WORK_BASE)),
    );
    expect(sent).toEqual(golden(vector));
  });

  it.each(served('telemetry'))('telemetry', async (vector) => {
    const sent = await announced('telemetry', () =>
      app.bus.publish('telemetry.received', telemetryFrom(vector.message)),
    );
    expect(sent).toEqual(golden(vector));
    expect(Object.keys(sent.message)).toEqual(Object.keys(vector.message));
  });

  it.each(served('new_unconfirmed_block').slice(1))('new_unconfirmed_block', async (vector) => {
    const { hash = '' } = vector;
    const sent = await announced('new_unconfirmed_block', () =>
      app.bus.publish('block.unconfirmed', unconfirmedFrom(vector.message, hash)),
    );
    expect(sent).toEqual(golden(vector));
    expect(Object.keys(sent)).toEqual(['topic', 'time', 'hash', 'message']);
  });

  it('bootstrap: started, exited', async () => {
    const [started, exited] = served('bootstrap');
    if (started === undefined || exited === undefined) throw new Error('There are two');
    const client = await app.connected({ action: 'subscribe', topic: 'bootstrap' });
    const { id, mode, ...end } = bootstrapExitFrom(exited.message);
    await app.bus.publish('bootstrap.started', { id, mode });
    await app.bus.publish('bootstrap.exited', { id, mode, ...end });
    expect(await client.takeJson(2)).toEqual([golden(started), golden(exited)]);
  });
});

describe('members that newer nodes add', () => {
  it('telemetry has them between active_difficulty and node_id', async () => {
    const [vector] = served('telemetry');
    const sent = await announced('telemetry', () =>
      app.bus.publish('telemetry.received', {
        ...telemetryFrom(vector?.message ?? {}),
        maker: 'nf_node',
        extended: {
          databaseBackend: 'rocksdb',
          confirmationLatency: { p50: 310, p90: 520n, p99: 1200 },
          bootstrapStatus: 'syncing',
        },
      }),
    );
    expect(sent.message).toEqual({
      ...vector?.message,
      maker: 'nf_node',
      database_backend: 'rocksdb',
      confirmation_latency_ms_p50: '310',
      confirmation_latency_ms_p90: '520',
      confirmation_latency_ms_p99: '1200',
      bootstrap_status: 'syncing',
    });
    expect(Object.keys(sent.message).slice(15, 22)).toEqual([
      'active_difficulty',
      'database_backend',
      'confirmation_latency_ms_p50',
      'confirmation_latency_ms_p90',
      'confirmation_latency_ms_p99',
      'bootstrap_status',
      'node_id',
    ]);
  });
});
