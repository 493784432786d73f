/** What all clients of a load saw, together. */
import type { Clock } from '@sluice/engine';
import type { Message } from '../dialects/client-dialect.js';
import { FindingsTally } from '../findings/findings-tally.js';
import { CommonOrder } from './common-order.js';
import { Durations, type DurationFigures } from './durations.js';
import { FirstArrivals } from './first-arrivals.js';

export class LoadFigures {
  /** Clients whose connection stands. */
  open = 0;
  /** Connections that were made, that could not be made, and that ended before the load did. */
  connected = 0;
  refused = 0;
  lost = 0;
  messages = 0;
  bytes = 0;
  /** Messages in which the server complains. */
  complaints = 0;
  /** Messages of each client that was connected. */
  readonly perClient: number[] = [];
  /** What the clients saw each by itself. */
  readonly findings = new FindingsTally();
  /** What they saw compared with each other. */
  readonly compared = new FindingsTally();
  readonly order = new CommonOrder();
  readonly roundTrips = new Durations();
  /** From the time that the server gives a message to its arrival; the clocks of both may differ. */
  readonly ages = new Durations();
  /** From the arrival at the first client to that at each other one. */
  readonly spreads = new Durations();
  /** The first few faults, in words. */
  readonly notes: string[] = [];
  private readonly arrivals = new FirstArrivals();
  private endedAt = 0;
  private settled = { at: 0, messages: 0, bytes: 0 };

  constructor(private readonly clock: Clock) {}

  /** A message has come that all clients can be compared by. */
  arrived({ key, sentAt }: Message): void {
    if (sentAt !== undefined) this.ages.add(this.clock.now() - sentAt);
    if (key === undefined) return;
    const spread = this.arrivals.since(key, this.clock.monotonic());
    if (spread !== undefined) this.spreads.add(spread);
  }

  note(text: string): void {
    if (this.notes.length < NOTES && !this.notes.includes(text)) this.notes.push(text);
  }

  get isFaulty(): boolean {
    return !this.findings.isEmpty || !this.compared.isEmpty || this.refused > 0 || this.lost > 0;
  }

  /** All clients have connected or been refused: rates are of what comes from now on. */
  settle(): void {
    const { messages, bytes, clock } = this;
    this.settled = { at: clock.monotonic(), messages, bytes };
  }

  /** Nothing that comes from now on counts. */
  finish(): void {
    this.endedAt = this.clock.monotonic();
  }

  /** The report, when all clients have gone. @param asked how many there should have been. */
  report(asked: number): LoadReport {
    const { at, messages, bytes } = this.settled;
    const seconds = (this.endedAt - at) / 1000;
    return {
      seconds,
      clients: { asked, connected: this.connected, refused: this.refused, lost: this.lost },
      messages: this.messages,
      bytes: this.bytes,
      messagesPerSecond: (this.messages - messages) / seconds,
      bytesPerSecond: (this.bytes - bytes) / seconds,
      perClient: { least: least(this.perClient), most: most(this.perClient) },
      roundTripMs: this.roundTrips.figures ?? null,
      ageMs: this.ages.figures ?? null,
      spreadMs: this.spreads.figures ?? null,
      findings: this.findings.toJSON(),
      compared: this.compared.toJSON(),
      complaints: this.complaints,
      notes: this.notes,
    };
  }
}

const NOTES = 10;

const least = (numbers: readonly number[]): number =>
  numbers.reduce((a, b) => Math.min(a, b), numbers[0] ?? 0);
const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0);

type Counts = ReturnType<FindingsTally['toJSON']>;

/** What `--json` prints. */
export interface LoadReport {
  /** Since all clients have connected. */
  readonly seconds: number;
  readonly clients: {
    readonly asked: number;
    readonly connected: number;
    readonly refused: number;
    readonly lost: number;
  };
  readonly messages: number;
  readonly bytes: number;
  readonly messagesPerSecond: number;
  readonly bytesPerSecond: number;
  readonly perClient: { readonly least: number; readonly most: number };
  /** Milliseconds of the dialect's own ping, or of a protocol ping. */
  readonly roundTripMs: DurationFigures | null;
  /** Null where the protocol has no time of sending. */
  readonly ageMs: DurationFigures | null;
  /** Null where clients cannot be compared, or there is one only. */
  readonly spreadMs: DurationFigures | null;
  readonly findings: Counts;
  readonly compared: Counts;
  readonly complaints: number;
  readonly notes: readonly string[];
}
