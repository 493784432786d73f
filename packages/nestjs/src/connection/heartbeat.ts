/**
 * Finds clients that are gone without saying so. Only who was not heard for an interval is pinged; anything counts as
 * an answer. Where reading is paused nobody can be heard: there the bytes the client takes are the sign of life. Without
 * any of those, too, a Ping is sent: the system of a client that is gone answers it with a reset. With unsolicited Pongs
 * there is nothing to find: they only keep what lies between from closing idle connections.
 */
import { afterReading, type CancelTask, type Clock } from '@sluice/engine';
import type { HeartbeatOptions } from '../options/heartbeat.options.js';

/** A client as the heartbeat sees it. */
export interface Patient {
  /** When the client last gave a sign of life, on the monotonic clock. */
  readonly heardAt: number;
  /** Bytes that have come from it: of a long message there may be no other sign for a while. */
  readonly bytesRead: number;
  /** Whether it is not listened to at the moment; such a client is pinged, but not cut for its silence. */
  readonly unheard: boolean;
  ping(): void;
  /** Sends a Pong that nobody asked for. */
  pong(): void;
  terminate(): void;
}

export class Heartbeat {
  private readonly tasks = new Set<CancelTask>();

  constructor(
    private readonly clock: Clock,
    private readonly options: Required<HeartbeatOptions>,
    private readonly patients: () => Iterable<Patient>,
  ) {}

  start(): void {
    this.after(this.options.intervalMs, () => {
      this.start();
      if (this.options.frame === 'ping') this.round();
      else for (const patient of this.patients()) patient.pong();
    });
  }

  stop(): void {
    for (const cancel of this.tasks) cancel();
    this.tasks.clear();
  }

  private round(): void {
    const since = this.clock.monotonic() - this.options.intervalMs;
    const silent = new Map<Patient, number>();
    for (const patient of this.patients()) {
      if (patient.heardAt <= since) silent.set(patient, patient.bytesRead);
    }
    if (silent.size === 0) return;
    for (const patient of silent.keys()) patient.ping();
    this.after(this.options.timeoutMs, () => {
      for (const [patient, bytesRead] of silent) {
        const isSilent = patient.heardAt <= since && patient.bytesRead === bytesRead;
        if (isSilent && !patient.unheard) patient.terminate();
      }
    });
  }

  private after(ms: number, task: () => void): void {
    const cancel = afterReading(this.clock, ms, () => {
      this.tasks.delete(cancel);
      task();
    });
    this.tasks.add(cancel);
  }
}
