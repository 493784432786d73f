/**
 * Who writes: one process at a time holds a message that the server forgets unless it is renewed. The lease decides who
 * tries; that a writer which does not know of its loss stores nothing is ensured by the sequence each append expects.
 */
import { randomUUID } from 'node:crypto';
import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { systemClock, type Clock } from '@sluice/engine';
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
  /** Of the message that is stored next. A renewal that is tried again keeps its number: the server may have it already. */
  private number = 0;
  /** Monotonic milliseconds of the first attempt to store that message; undefined if there was none. */
  private firstAsked: number | undefined;
  /** Monotonic milliseconds until which nobody else can have it. */
  private validUntil = 0;
  private isLost = false;
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
    private readonly settings: Pick<StreamSettings, 'storage' | 'replicas'>,
    private readonly clock: Clock = systemClock,
  ) {}

  /** Whether somebody else may have it. */
  get lost(): boolean {
    return this.isLost;
  }

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
      await this.pause(Math.min(this.ttl / LOOKS, LONGEST_LOOK_MS), signal);
    }
    const ended = new AbortController();
    this.ended = ended;
    this.renewing = this.keep(ended.signal, onLost);
  }

  /** Lets the next one have it at once. */
  async release(): Promise<void> {
    if (this.ended === undefined) return;
    this.ended.abort();
    // A server that does not answer will forget it.
    if (!this.connection.answering) return;
    await this.renewing;
    if (this.clock.monotonic() > this.validUntil) return;
    const upToMine = { seq: this.seq + 1 };
    await this.connection.manager.streams.purge(this.name, upToMine).catch(() => undefined);
  }

  /** @returns whether it is ours now. */
  private async take(): Promise<boolean> {
    const { messages, last_seq: last } = await this.state();
    if (messages > 0) return this.firstAsked !== undefined && (await this.find(last));
    // What an earlier attempt may have stored is forgotten: its message is not to be taken for this one.
    this.number += 1;
    this.firstAsked = undefined;
    return this.store(last);
  }

  /** Whether the message that is there came from an attempt whose answer was lost. */
  private async find(seq: number): Promise<boolean> {
    const stored = await this.connection.manager.streams.getMessage(this.name, { seq });
    if (stored?.string() !== this.holder) return false;
    this.hold(seq, this.firstAsked ?? 0);
    return true;
  }

  /** @param since monotonic milliseconds before which the server did not have the message. */
  private hold(seq: number, since: number): void {
    this.seq = seq;
    this.validUntil = since + this.ttl;
    this.number += 1;
    this.firstAsked = undefined;
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
    const asked = this.clock.monotonic();
    const firstAsked = (this.firstAsked ??= asked);
    const msgID = `${this.holder}:${this.number}`;
    const expect = { lastSequence: last, streamName: this.name };
    try {
      const { publisher } = this.connection;
      const { seq, duplicate } = await publisher.publish(this.name, this.holder, { msgID, expect });
      // Of one that was stored by an earlier attempt, the server's time runs from then on.
      this.hold(seq, duplicate ? firstAsked : asked);
      return true;
    } catch (error) {
      const isTaken = error instanceof JetStreamApiError && error.code === WRONG_LAST_SEQUENCE;
      if (!isTaken) throw error;
      return false;
    }
  }

  private async keep(signal: AbortSignal, onLost: () => void): Promise<void> {
    for (;;) {
      const left = this.validUntil - this.clock.monotonic();
      const rest = left - this.ttl * (1 - 1 / RENEWALS);
      await this.pause(Math.max(rest, this.ttl / 20), signal);
      if (signal.aborted) return;
      const isOurs = await this.renew();
      if (signal.aborted) return;
      if (isOurs) continue;
      this.isLost = true;
      onLost();
      return;
    }
  }

  /** @returns false if the lease is lost: to somebody else, or because the server was not heard of for too long. */
  private async renew(): Promise<boolean> {
    const left = this.validUntil - this.clock.monotonic();
    if (left <= 0) return false;
    const answered = new AbortController();
    const stored = this.store(this.seq).catch(() => undefined);
    const isLate = this.pause(left, answered.signal).then(() => false);
    const isOurs = await Promise.race([stored, isLate]);
    answered.abort();
    // Without an answer it may be tried again while there is time.
    return isOurs ?? this.clock.monotonic() < this.validUntil;
  }

  /** Ends early with the signal. */
  private pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = this.clock.after(ms, end);
      signal.addEventListener('abort', end);
      if (signal.aborted) end();
    });
  }
}
