/** Three servers, each of which may end. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordingFollower } from '@sluice/engine/testing';
import { jetstreamLog, type JetStreamLogStore } from '../src/index.js';
import { event, texts, textsFrom } from './support/events.js';
import { NatsCluster } from './support/nats-cluster.js';

describe('a stream on three servers', () => {
  let cluster: NatsCluster;
  let stores: JetStreamLogStore[];
  beforeEach(async () => {
    cluster = await NatsCluster.start();
    stores = [];
  }, 60_000);
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await cluster.end();
  });

  function store(options = {}): JetStreamLogStore {
    const made = jetstreamLog({
      servers: cluster.urls,
      replicas: 3,
      timeout: 2000,
      closeTimeout: 500,
      ...options,
    });
    stores.push(made);
    return made;
  }

  it('goes on for its writer and its followers when the server that leads it is killed', async () => {
    const log = await store({ lease: { ttl: 30_000 } }).open('events', { epoch: 'e' });
    const follower = await RecordingFollower.of(store());
    const leader = await cluster.leader('sluice-events');
    for (let id = 0; id < 60; id += 2) {
      const stored = log.append([event(id), event(id + 1)]);
      if (id === 20) await leader.halt('SIGKILL');
      await stored;
    }
    await follower.reaches(59);
    expect(follower.texts).toEqual(texts(0, 59));
    expect([follower.renewals, follower.lost]).toEqual([0, undefined]);
    expect(await textsFrom(follower.log)).toEqual(texts(0, 59));
  }, 60_000);
});
