import { createHistogram } from 'node:perf_hooks';
import { Arrivals, type Arrived, type Expectation } from './arrivals.js';
import { LoadClient, type MessageTaker } from './load-client.js';
import { NumberFinder } from './number-finder.js';
import {
  loadProtocol,
  type LoadProtocol,
  type LoadProtocolName,
} from './protocols/load-protocol.js';

/** Where a message has its stamp: the texts right before sequence number and time. */
export interface StampPlaces {
  readonly sequence: string;
  readonly at: string;
}

/** Connections to open. */
export interface AudienceOptions {
  readonly url: string;
  readonly clients: number;
  /** How the server is spoken to; default `plain`. */
  readonly protocol?: LoadProtocolName;
  /** What clients send first, by turns; the server's answer is awaited. Default: nothing. */
  readonly greetings?: readonly string[];
  readonly stamp: StampPlaces;
}

/** Handshakes under way at the same time. */
const AT_ONCE = 64;

/** What the clients saw since the last report; latencies in microseconds from the time an event was due. */
export interface LatencyReport {
  readonly p50: number;
  readonly p99: number;
}

const HOUR = 3_600_000_000;

/** Many clients that receive the same volleys. */
export class LoadAudience {
  private readonly clients: LoadClient[] = [];
  private readonly latency = createHistogram({ lowest: 1, highest: HOUR, figures: 3 });
  private arrivals: Arrivals | undefined;
  private settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
  private complete: Promise<void> | undefined;
  private fault: Error | undefined;
  private readonly sequences: NumberFinder;
  private readonly times: NumberFinder;
  private readonly protocol: LoadProtocol;

  private constructor(private readonly options: AudienceOptions) {
    this.sequences = new NumberFinder(options.stamp.sequence);
    this.times = new NumberFinder(options.stamp.at);
    this.protocol = loadProtocol(options.protocol ?? 'plain');
  }

  static async open(options: AudienceOptions): Promise<LoadAudience> {
    const audience = new LoadAudience(options);
    await audience.forEach((number) => audience.admit(number));
    return audience;
  }

  /** Has every client say something, by turns, and waits for the answers. */
  greet(greetings: readonly string[]): Promise<void> {
    return this.forEach(async (number) => {
      const client = this.clients[number];
      if (client !== undefined) await this.begin(client, number, greetings);
    });
  }

  /** Says what will be published; whatever else comes is a fault. */
  prepare(expected: Expectation): void {
    this.arrivals = new Arrivals(expected, this.options.clients, this.latency);
    this.complete = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
    // A fault may come before anybody waits; it is told to who does.
    this.complete.catch(() => undefined);
    if (this.fault !== undefined) this.settle?.reject(this.fault);
  }

  /**
   * Waits until all that was prepared for is here.
   *
   * @throws Error if something is missing after that time, came twice or in the wrong order, or a connection was lost.
   */
  async arrived(withinMs: number): Promise<Arrived> {
    const { arrivals, complete } = this;
    if (arrivals === undefined || complete === undefined) throw new Error('Nothing is expected');
    const timer = setTimeout(() => {
      this.fail(new Error(`${arrivals.missing} messages did not arrive in ${withinMs} ms`));
    }, withinMs);
    try {
      await complete;
    } finally {
      clearTimeout(timer);
    }
    return arrivals.result;
  }

  /** Latencies since the last report. */
  report(): LatencyReport {
    const report = { p50: this.latency.percentile(50), p99: this.latency.percentile(99) };
    this.latency.reset();
    return report;
  }

  end(): void {
    for (const client of this.clients) client.end();
  }

  /** Does something for each client, for some of them at a time. */
  private async forEach(work: (number: number) => Promise<void>): Promise<void> {
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < this.options.clients) await work(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  private async admit(number: number): Promise<void> {
    const { url, greetings } = this.options;
    const client = await LoadClient.open(url, this.protocol.headers);
    await this.begin(client, number, greetings);
    this.clients[number] = client;
  }

  private async begin(
    client: LoadClient,
    number: number,
    greetings: readonly string[] | undefined,
  ): Promise<void> {
    const greeting = greetings?.[number % greetings.length];
    await this.protocol.begin(client, greeting, this.takerFor(client, number));
    client.onLost = (why) => this.fail(why);
  }

  private takerFor(client: LoadClient, number: number): MessageTaker {
    return (bytes, start, end) => {
      const sequence = this.sequences.find(bytes, start, end);
      const at = this.times.find(bytes, start, end);
      const { arrivals } = this;
      if (sequence === undefined || at === undefined || arrivals === undefined) {
        const cut = Math.min(end, start + 200);
        throw new Error(`Not expected: ${bytes.toString('utf8', start, cut)}`);
      }
      arrivals.take(number, sequence, at, client.receivedAt);
      if (arrivals.missing === 0) this.settle?.resolve();
    };
  }

  /** Keeps the first fault: whatever is measured after it would be wrong. */
  private fail(error: Error): void {
    this.fault ??= error;
    this.settle?.reject(this.fault);
  }
}
