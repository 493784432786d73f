import { monotonicMicros } from '../../processes/monotonic.js';
import { LoadClient } from '../load-client.js';
import { NumberFinder } from '../number-finder.js';
import { streamDialect, type StreamChoice, type StreamDialect } from './stream-dialect.js';

/** How to read an acknowledged stream: the whole window is acknowledged when it is full. */
export interface StreamReading extends StreamChoice {
  readonly url: string;
  /** Messages to read. */
  readonly events: number;
  /** Number of the last message that is not wanted; -1: all are. */
  readonly after: number;
  readonly window: number;
  /** Clients that read at the same time, each all of it. */
  readonly clients: number;
}

/** Clients that are connected and have asked for nothing yet. */
export class StreamLoad {
  private constructor(
    private readonly reading: StreamReading,
    private readonly clients: readonly LoadClient[],
  ) {}

  static async open(reading: StreamReading): Promise<StreamLoad> {
    const opened = Array.from({ length: reading.clients }, () => LoadClient.open(reading.url));
    return new StreamLoad(reading, await Promise.all(opened));
  }

  /**
   * Reads, and ends the connections.
   *
   * @returns when the last message came, microseconds of the monotonic clock.
   * @throws Error if a message is missing, comes twice or in the wrong order, or a connection is lost.
   */
  async read(): Promise<number> {
    const dialect = streamDialect(this.reading);
    try {
      await Promise.all(this.clients.map((client) => readAll(client, this.reading, dialect)));
      return monotonicMicros();
    } finally {
      this.end();
    }
  }

  end(): void {
    for (const client of this.clients) client.end();
  }
}

function readAll(
  client: LoadClient,
  { events, after, window }: StreamReading,
  dialect: StreamDialect,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const numbers = new NumberFinder(dialect.mark);
    const end = after + 1 + events;
    let next = after + 1;
    let credit = window;
    client.onLost = reject;
    client.onMessage = (bytes, start, stop) => {
      const number = numbers.find(bytes, start, stop);
      if (number === undefined && dialect.talkative) return;
      if (number !== next) {
        const text = bytes.toString('utf8', start, Math.min(stop, start + 200));
        throw new Error(`Message ${next} was to come: ${text}`);
      }
      next++;
      credit--;
      if (next === end) resolve();
      else if (credit === 0) {
        credit = window;
        client.send(dialect.ack(next - 1, window));
      }
    };
    client.send(dialect.start(window, after));
  });
}
