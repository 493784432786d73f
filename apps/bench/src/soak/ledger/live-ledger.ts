/**
 * Compares what came over one connection with what was published: everything that is wanted, once, in order, from the
 * moment that the connection is served until it ends.
 */
import type { Fault } from './fault.js';
import type { Publication } from './publication.js';
import type { Tape } from './tape.js';

/** An event that was published before the connection may be announced after it: its log has to store it first. */
const STORED_WITHIN_MICROS = 5_000_000;

interface Receipt {
  readonly key: string;
  readonly at: number;
  readonly mayBeOld: boolean;
}

export interface LiveLedgerOptions {
  readonly tape: Tape;
  /** When the connection was begun, microseconds of the monotonic clock. */
  readonly openedAt: number;
  /** What the client has asked for. */
  readonly wants: (publication: Publication) => boolean;
  readonly onDelivery?: (publication: Publication, receivedAt: number) => void;
}

export class LiveLedger {
  private next: number | undefined;
  private readyAt = Infinity;
  private pending: Receipt[] = [];

  constructor(private readonly options: LiveLedgerOptions) {}

  /** From now on everything that is wanted must come. */
  ready(at: number): void {
    this.readyAt = at;
  }

  /** @param mayBeOld whether it is right, too, if it was published before the connection was there. */
  receive(key: string, at: number, mayBeOld = false): void {
    this.pending.push({ key, at, mayBeOld });
  }

  /** Whether something has come that is not judged yet. */
  get isPending(): boolean {
    return this.pending.length > 0;
  }

  /**
   * Judges what has come.
   *
   * @param knownTo until when the tape is complete; what came later waits.
   */
  settle(knownTo: number): readonly Fault[] {
    const due = this.pending.findIndex(({ at }) => at > knownTo);
    const receipts = this.pending.splice(0, due < 0 ? this.pending.length : due);
    return receipts.flatMap((receipt) => this.judge(receipt) ?? []);
  }

  /** After {@link settle}, when everything must have come. */
  missing(): Fault | undefined {
    const { tape } = this.options;
    for (let index = this.start(); index < tape.length; index++) {
      const publication = tape.at(index);
      if (publication !== undefined && this.isOwed(publication)) {
        return { kind: 'missed', expected: publication.key, got: 'nothing more' };
      }
    }
    return undefined;
  }

  private judge({ key, at, mayBeOld }: Receipt): Fault | undefined {
    const { tape, wants, onDelivery } = this.options;
    let skipped: Publication | undefined;
    const from = this.start();
    for (let index = from; index < tape.length; index++) {
      const publication = tape.at(index);
      if (publication === undefined) break;
      if (publication.key === key && wants(publication)) {
        this.next = index + 1;
        if (skipped !== undefined) return { kind: 'missed', expected: skipped.key, got: key };
        onDelivery?.(publication, at);
        return undefined;
      }
      if (skipped === undefined && this.isOwed(publication)) skipped = publication;
    }
    const expected = skipped?.key ?? 'nothing';
    const earlier = this.findBefore(from, key);
    if (earlier !== undefined && mayBeOld && earlier.at <= this.readyAt) return undefined;
    if (earlier !== undefined) return { kind: 'doubled or out of order', expected, got: key };
    return { kind: 'never published', expected, got: key };
  }

  private findBefore(end: number, key: string): Publication | undefined {
    const { tape } = this.options;
    for (let index = end - 1; index >= 0; index--) {
      const publication = tape.at(index);
      if (publication?.key === key) return publication;
    }
    return undefined;
  }

  private isOwed(publication: Publication): boolean {
    const { tape, wants } = this.options;
    return publication.at > this.readyAt + tape.blurMicros && wants(publication);
  }

  /** Not known before the tape is. */
  private start(): number {
    const { tape, openedAt } = this.options;
    return (this.next ??= tape.since(openedAt - STORED_WITHIN_MICROS));
  }
}
