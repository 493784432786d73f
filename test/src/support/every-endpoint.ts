/** Clients at every socket of a sample, who hear what goes on there, and clients that do not listen. */
import { RawClient, type ClientPool, type Closure, type TestClient } from '@sluice/testing';
import { startStream } from './event-frame.js';
import type { SampleProcess } from './sample-process.js';

/** One socket of the sample. */
export interface Endpoint {
  readonly name: string;
  /** Names of the dialect and its URL in what the sample prints. */
  readonly url: readonly [dialect: string, member: string];
  /** What a client says first, to hear of everything. */
  readonly greeting: readonly object[];
  /** How a client is told that the node goes down, by the dialect's contract. */
  readonly goodbye: Pick<Closure, 'code' | 'reason'>;
  /** Whether a message tells of something that has happened. */
  readonly isNews: (text: string) => boolean;
  /** Whether all clients are told the same. */
  readonly shared: boolean;
}

/** An empty Close frame (hathor T5). */
const EMPTY = { code: 1005, reason: '' };
const GOING_AWAY = { code: 1001, reason: '' };

const isAny = (): boolean => true;
const has =
  (part: string) =>
  (text: string): boolean =>
    text.includes(part);

export const ENDPOINTS: readonly Endpoint[] = [
  {
    name: 'hathor wallet',
    url: ['hathor', 'ws'],
    greeting: [],
    goodbye: EMPTY,
    isNews: has('"network:new_tx_accepted"'),
    shared: true,
  },
  {
    name: 'hathor events',
    url: ['hathor', 'event_ws'],
    greeting: [startStream(null, 1_000_000)],
    goodbye: EMPTY,
    isNews: has('"EVENT"'),
    shared: false,
  },
  {
    name: 'hathor mining',
    url: ['hathor', 'mining_ws'],
    greeting: [],
    goodbye: EMPTY,
    isNews: has('"mining.notify"'),
    shared: false,
  },
  {
    name: 'nano',
    url: ['nano', 'ws'],
    greeting: [
      { action: 'subscribe', topic: 'new_unconfirmed_block' },
      { action: 'subscribe', topic: 'confirmation', options: { confirmation_type: 'all' } },
    ],
    goodbye: { code: 1000, reason: 'Shutting down' },
    isNews: has('"topic"'),
    shared: true,
  },
  {
    name: 'lighthouse',
    url: ['lighthouse', 'ws'],
    greeting: [],
    goodbye: { code: 1001, reason: 'Shutting down.' },
    isNews: isAny,
    shared: true,
  },
  {
    name: 'bigchaindb',
    url: ['bigchaindb', 'ws'],
    greeting: [],
    goodbye: GOING_AWAY,
    isNews: isAny,
    shared: true,
  },
  {
    name: 'basalt',
    url: ['basalt', 'ws'],
    greeting: [],
    goodbye: GOING_AWAY,
    isNews: isAny,
    shared: true,
  },
];

/** Where an endpoint of a running sample is. */
export function urlOf(sample: SampleProcess, { url: [dialect, member] }: Endpoint): string {
  const urls = sample.printed[dialect] as Readonly<Record<string, string>> | undefined;
  const found = urls?.[member];
  if (found === undefined) throw new Error(`the sample has no ${dialect}.${member}`);
  return found;
}

/** Some clients at one endpoint that listen, and one that never reads. */
export class Audience {
  private constructor(
    readonly endpoint: Endpoint,
    readonly clients: readonly TestClient[],
    /** Reads nothing; what waits for it is the server's matter. */
    readonly deaf: RawClient,
  ) {}

  /** Connects `count` clients that listen. They end with `pool`, the other one with {@link end}. */
  static async gather(
    sample: SampleProcess,
    endpoint: Endpoint,
    count: number,
    pool: ClientPool,
  ): Promise<Audience> {
    const url = urlOf(sample, endpoint);
    const clients = await pool.connectMany(count, url);
    const deaf = await RawClient.connect(url);
    for (const message of endpoint.greeting) {
      for (const client of clients) client.send(message);
      deaf.sendText(JSON.stringify(message));
    }
    deaf.stall();
    return new Audience(endpoint, clients, deaf);
  }

  /** Resolves when every client that listens has heard of something that happened from now on. */
  async hears(): Promise<void> {
    const { isNews } = this.endpoint;
    await Promise.all(
      this.clients.map(async (client) => {
        await client.take(client.pending);
        await client.until(isNews, { timeoutMs: 30_000 });
      }),
    );
  }

  /** Takes what the clients have not taken. @throws WaitError unless the connections end. */
  async rest(): Promise<readonly (readonly string[])[]> {
    return Promise.all(this.clients.map(restOf));
  }

  closures(): Promise<readonly Closure[]> {
    return Promise.all(this.clients.map((client) => client.closed({ timeoutMs: 30_000 })));
  }

  async end(): Promise<void> {
    await this.deaf[Symbol.asyncDispose]();
  }
}

async function restOf(client: TestClient): Promise<readonly string[]> {
  const rest: string[] = [];
  for await (const text of client) rest.push(text);
  return rest;
}
