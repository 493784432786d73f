import { describe, expect, it } from '@jest/globals';
import { JetStreamApiError } from '@nats-io/jetstream';
import { ManualClock } from '@sluice/engine/testing';
import type { ServerConnection } from './server-connection.js';
import { WriterLease } from './writer-lease.js';

const TTL = 9000;
const WRONG_SEQUENCE = { code: 400, err_code: 10071, description: 'wrong last sequence' };

/** What becomes of a message on its way to the server and back. */
type Way = 'answered' | 'answer lost' | 'lost';

/** The stream of the lease on a server: one message, forgotten after a time. */
class LeaseServer {
  readonly clock = new ManualClock(1_000_000);
  /** Of the next messages; `answered` when there are no more. */
  ways: Way[] = [];
  stored: { seq: number; id: string; text: string; at: number } | undefined;
  private seq = 0;

  get connection(): ServerConnection {
    const streams = {
      info: () => Promise.resolve({ state: { messages: this.held ? 1 : 0, last_seq: this.seq } }),
      getMessage: () => {
        const { stored } = this;
        return Promise.resolve(stored && { string: () => stored.text });
      },
      purge: () => Promise.resolve((this.stored = undefined)),
    };
    const publish = (
      _: string,
      text: string,
      { msgID, expect }: { msgID: string; expect: { lastSequence: number } },
    ) => this.take(text, msgID, expect.lastSequence);
    const connection = { answering: true, ended: false, manager: { streams } };
    return { ...connection, publisher: { publish } } as unknown as ServerConnection;
  }

  get held(): boolean {
    return this.stored !== undefined && this.clock.now() < this.stored.at + TTL;
  }

  private async take(text: string, id: string, last: number) {
    const way = this.ways.shift() ?? 'answered';
    if (way === 'lost') throw new Error('timeout');
    const duplicate = this.stored?.id === id;
    if (!duplicate) {
      if (last !== this.seq) throw new JetStreamApiError(WRONG_SEQUENCE);
      this.stored = { seq: ++this.seq, id, text, at: this.clock.now() };
    }
    await Promise.resolve();
    if (way === 'answer lost') throw new Error('timeout');
    return { seq: this.stored?.seq ?? 0, duplicate };
  }
}

async function pass(clock: ManualClock, ms: number): Promise<void> {
  for (let left = ms; left >= 0; left -= 100) {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    if (left > 0) clock.advance(Math.min(100, left));
  }
}

describe('a lease', () => {
  const settings = { storage: 'file', replicas: 1 } as const;

  async function held(server: LeaseServer) {
    const lease = new WriterLease(server.connection, 'lease', TTL, settings, server.clock);
    const losses: number[] = [];
    const acquired = lease.acquire(new AbortController().signal, () =>
      losses.push(server.clock.now()),
    );
    await pass(server.clock, 2000);
    await acquired;
    return { lease, losses };
  }

  it('is renewed for as long as the server answers', async () => {
    const server = new LeaseServer();
    const { lease, losses } = await held(server);
    await pass(server.clock, 10 * TTL);
    expect([lease.lost, losses, server.held]).toEqual([false, [], true]);
  });

  it('is known to be lost before the server has forgotten it, whichever answer was the last', async () => {
    for (const ways of [[], ['answered'], ['answer lost', 'answered'], ['lost', 'answered']]) {
      const server = new LeaseServer();
      const { lease, losses } = await held(server);
      server.ways = [...(ways as Way[]), ...Array.from({ length: 100 }, () => 'lost' as const)];
      await pass(server.clock, 3 * TTL);
      expect([ways, lease.lost, losses.length]).toEqual([ways, true, 1]);
      expect(losses[0]).toBeLessThanOrEqual((server.stored?.at ?? 0) + TTL);
    }
  });

  it('that was stored by an attempt without an answer is held, not waited for', async () => {
    const server = new LeaseServer();
    server.ways = ['answer lost'];
    const { lease, losses } = await held(server);
    expect([lease.lost, losses, server.stored?.seq]).toEqual([false, [], 1]);
    await pass(server.clock, 3 * TTL);
    expect([lease.lost, server.held]).toEqual([false, true]);
  });
});
