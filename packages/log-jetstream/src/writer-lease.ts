/**
 * Who writes: one process at a time holds a message that the server forgets unless it is renewed. The lease decides who
 * tries; that a writer which does not know of its loss stores nothing is ensured by the sequence each append expects.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { ServerConnection } from './server-connection.js';
import type { StreamSettings } from './open-stream.js';

/** A lease that is not renewed for a third of its time is renewed; a standby looks as often as this. */
const RENEWALS = 3;
const LOOKS = 5;
const LONGEST_LOOK_MS = 1000;

const WRONG_LAST_SEQUENCE = Number(JetStreamApiCodes.StreamWrongLastSequence);

export class WriterLease {
  private readonly holder = randomUUID();
  private seq = 0;
  private renewals = 0;
  /** Monotonic milliseconds until which nobody else can have it. */
  private validUntil = 0;
  private ended: AbortController | undefined;
  private renewing: Promise<void> = Promise.resolve();

  /**
   * @param name of the JetStream stream that holds the lease.
   * @param ttl milliseconds.
   */
  constructor(
    private readonly connection: ServerConnection,
    private readonly name: string,
    private readonly ttl: number,
    private readonly settings: StreamSettings,
  ) {}

  /**
   * Waits until no other process has the lease, then keeps it.
   *
   * @param onLost called once if it is lost.
   */
  async acquire(signal: AbortSignal, onLost: () => void): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      try {
        if (await this.take()) break;
      } catch (error) {
        // The server is away, or has no leader at the moment.
        if (this.connection.ended) throw error;
      }
      const look = Math.min(this.ttl / LOOKS, LONGEST_LOOK_MS);
      await pause(look, undefined, { signal }).catch(() => undefined);
    }
    const ended = new AbortController();
    this.ended = ended;
    this.renewing = this.keep(ended.signal, onLost);
  }

  /** Lets the next one have it at once. */
  async release(): Promise<void> {
    if (this.ended === undefined) return;
    this.ended.abort();
    await this.renewing;
    if (performance.now() > this.validUntil) return;
    const upToMine = { seq: this.seq + 1 };
    await this.connection.manager.streams.purge(this.name, upToMine).catch(() => undefined);
  }

  /** @returns whether it is ours now. */
  private async take(): Promise<boolean> {
    const { messages, last_seq: last } = await this.state();
    return messages === 0 && (await this.store(last));
  }

  private async state(): Promise<{ readonly messages: number; readonly last_seq: number }> {
    const { streams } = this.connection.manager;
    try {
      return (await streams.info(this.name)).state;
    } catch (error) {
      const isNew =
        error instanceof JetStreamApiError &&
        error.code === Number(JetStreamApiCodes.StreamNotFound);
      if (!isNew) throw error;
    }
    const age = nanos(this.ttl);
    const { state } = await streams.add({
      name: this.name,
      subjects: [this.name],
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      storage: this.settings.storage === 'file' ? StorageType.File : StorageType.Memory,
      num_replicas: this.settings.replicas,
      max_msgs: 1,
      max_age: age,
      duplicate_window: age,
    });
    return state;
  }

  /** @returns false if somebody else has stored something after `last`. */
  private async store(last: number): Promise<boolean> {
    const asked = performance.now();
    const msgID = `${this.holder}:${this.renewals}`;
    const expect = { lastSequence: last, streamName: this.name };
    try {
      const { seq } = await this.connection.publisher.publish(this.name, this.holder, {
        msgID,
        expect,
      });
      this.seq = seq;
    } catch (error) {
      const isTaken = error instanceof JetStreamApiError && error.code === WRONG_LAST_SEQUENCE;
      if (!isTaken) throw error;
      return false;
    }
    this.renewals += 1;
    this.validUntil = asked + this.ttl;
    return true;
  }

  private async keep(signal: AbortSignal, onLost: () => void): Promise<void> {
    for (;;) {
      const left = this.validUntil - performance.now();
      const rest = left - this.ttl * (1 - 1 / RENEWALS);
      await pause(Math.max(rest, this.ttl / 20), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      if (!(await this.renew())) {
        onLost();
        return;
      }
    }
  }

  /** @returns false if the lease is lost: to somebody else, or because the server was not heard of for too long. */
  private async renew(): Promise<boolean> {
    const left = this.validUntil - performance.now();
    if (left <= 0) return false;
    const over = new AbortController();
    const stored = this.store(this.seq).catch(() => undefined);
    const isLate = pause(left, false, { signal: over.signal }).catch(() => false);
    const isOurs = await Promise.race([stored, isLate]);
    over.abort();
    // Without an answer it may be tried again while there is time.
    return isOurs ?? performance.now() < this.validUntil;
  }
}
