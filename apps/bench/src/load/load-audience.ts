import { createHistogram } from 'node:perf_hooks';
import {
  Arrivals,
  stampReader,
  type Arrived,
  type Expectation,
  type StampPlaces,
} from './arrivals.js';
import { LoadClient } from './load-client.js';

/** Connections to open. */
export interface AudienceOptions {
  readonly url: string;
  readonly clients: number;
  /** What each client sends first, by its number; the server's answer is awaited. Default: nothing. */
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

  private constructor(private readonly options: AudienceOptions) {}

  static async open(options: AudienceOptions): Promise<LoadAudience> {
    const audience = new LoadAudience(options);
    let next = 0;
    const opener = async (): Promise<void> => {
      while (next < options.clients) await audience.admit(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, opener));
    return audience;
  }

  /** Says what will be published; whatever else comes is a fault. */
  prepare(expected: Expectation): void {
    this.arrivals = new Arrivals(expected, this.latency);
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

  private async admit(number: number): Promise<void> {
    const { url, greetings, stamp } = this.options;
    const client = await LoadClient.open(url);
    const greeting = greetings?.[number];
    if (greeting !== undefined) {
      await new Promise<void>((resolve, reject) => {
        client.onLost = reject;
        client.onMessage = () => resolve();
        client.send(greeting);
      });
    }
    client.onLost = (why) => this.fail(why);
    const stampOf = stampReader(stamp);
    client.onMessage = (payload) => {
      const found = stampOf(payload);
      if (found === undefined || this.arrivals === undefined) {
        throw new Error(`Not expected: ${payload.toString('utf8', 0, 200)}`);
      }
      this.arrivals.take(number, ...found);
      if (this.arrivals.missing === 0) this.settle?.resolve();
    };
    this.clients[number] = client;
  }

  /** Keeps the first fault: whatever is measured after it would be wrong. */
  private fail(error: Error): void {
    this.fault ??= error;
    this.settle?.reject(this.fault);
  }
}
