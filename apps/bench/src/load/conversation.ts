import { frame } from '@sluice/testing';
import { monotonicMicros } from '../processes/monotonic.js';
import { LoadClient } from './load-client.js';

/** Requests that are each answered with one message. */
export interface ConversationOptions {
  readonly url: string;
  readonly clients: number;
  /** Requests of a client that are under way at a time. */
  readonly depth: number;
  /** Texts that clients send by turns. */
  readonly requests: readonly string[];
  /** What an answer must contain; anything else is a fault. */
  readonly answer: string;
}

/** Clients that ask as fast as they are answered. */
export class Conversation {
  private constructor(
    private readonly clients: readonly LoadClient[],
    private readonly frames: readonly Buffer[],
    private readonly answer: Buffer,
    private readonly depth: number,
  ) {}

  static async open(options: ConversationOptions): Promise<Conversation> {
    const { url, requests, answer, depth } = options;
    const opened = Array.from({ length: options.clients }, () => LoadClient.open(url));
    const frames = requests.map((payload) => frame({ payload }));
    return new Conversation(await Promise.all(opened), frames, Buffer.from(answer), depth);
  }

  /**
   * @param exchanges of each client.
   * @returns microseconds until all are done.
   * @throws Error if an answer is not what it should be, or a connection is lost.
   */
  async run(exchanges: number): Promise<number> {
    const start = monotonicMicros();
    await Promise.all(this.clients.map((client) => this.talk(client, exchanges)));
    return monotonicMicros() - start;
  }

  end(): void {
    for (const client of this.clients) client.end();
  }

  private talk(client: LoadClient, exchanges: number): Promise<void> {
    const { frames, answer, depth } = this;
    return new Promise((resolve, reject) => {
      let [asked, answered] = [0, 0];
      const ask = (): void => client.sendFrame(frames[asked++ % frames.length] ?? answer);
      client.onLost = reject;
      client.onMessage = (bytes, start, end) => {
        if (!bytes.subarray(start, end).includes(answer)) {
          throw new Error(`Not an answer: ${bytes.toString('utf8', start, end)}`);
        }
        if (++answered === exchanges) resolve();
        else if (asked < exchanges) ask();
      };
      while (asked < Math.min(depth, exchanges)) ask();
    });
  }
}
