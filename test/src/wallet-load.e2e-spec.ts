/** Thousands of wallets on one process: each hears of its own addresses, and of nothing else (contract 1.4). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { encodeAddress, networkByName } from '@sluice/hathor/codec';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import WebSocket from 'ws';
import { SamplePool } from './support/sample-pool.js';
import type { ActionAnswer, SampleProcess } from './support/sample-process.js';

const WALLETS = 2_000;
const ADDRESSES = 20;
const PAYMENTS = 250;
/** Below the sample's limit of connections per address. */
const WALLETS_PER_HOST = 80;

interface Message {
  readonly type: string;
  readonly success?: boolean;
  readonly address?: string;
  readonly history?: { readonly tx_id: string };
}

interface StoredEvent {
  readonly type: string;
  readonly data: { readonly inputs?: readonly { readonly tx_id: string }[] };
}

function addressOf(wallet: number, index: number): string {
  const network = networkByName('privatenet');
  if (network === undefined) throw new Error('privatenet is unknown');
  const hash = createHash('sha256').update(`${wallet}/${index}`).digest().subarray(0, 20);
  return encodeAddress('P2PKH', hash, network);
}

/** A connection that subscribes to the addresses of one wallet and notes what it hears of them. */
class LightWallet {
  readonly addresses: readonly string[];
  /** `address tx_id` of each notification, in order. */
  readonly heard: string[] = [];
  private readonly counts = new Map<string, number>();
  private waiting: { readonly type: string; readonly count: number; readonly done: () => void }[] =
    [];

  private constructor(
    private readonly socket: WebSocket,
    index: number,
  ) {
    this.addresses = Array.from({ length: ADDRESSES }, (_, address) => addressOf(index, address));
    socket.on('message', (data: Buffer) => {
      this.receive(JSON.parse(data.toString()) as Message);
    });
  }

  static async open(url: string, index: number): Promise<LightWallet> {
    const localAddress = `127.0.0.${2 + Math.floor(index / WALLETS_PER_HOST)}`;
    const socket = new WebSocket(url, { localAddress, perMessageDeflate: false });
    const wallet = new LightWallet(socket, index);
    await once(socket, 'open');
    for (const address of wallet.addresses) {
      socket.send(JSON.stringify({ type: 'subscribe_address', address }));
    }
    await wallet.received('subscribe_address', ADDRESSES);
    return wallet;
  }

  /** Resolves once so many messages of a type have come in all. */
  received(type: string, count: number): Promise<void> {
    return new Promise((done) => {
      if ((this.counts.get(type) ?? 0) >= count) done();
      else this.waiting.push({ type, count, done });
    });
  }

  /** Resolves when everything that was sent to the wallet before has come. */
  async caughtUp(): Promise<void> {
    this.socket.send('{"type":"ping"}');
    await this.received('pong', 1);
  }

  end(): void {
    this.socket.terminate();
  }

  private receive(message: Message): void {
    if (message.success === false) throw new Error(JSON.stringify(message));
    if (message.type === 'wallet:address_history') {
      this.heard.push(`${message.address} ${message.history?.tx_id}`);
    }
    const count = (this.counts.get(message.type) ?? 0) + 1;
    this.counts.set(message.type, count);
    const settled = this.waiting.filter(
      (wait) => wait.type === message.type && wait.count <= count,
    );
    this.waiting = this.waiting.filter((wait) => !settled.includes(wait));
    for (const { done } of settled) done();
  }
}

/** Ids of the vertices that some accepted vertex spends. */
async function spentVertices({ urls }: SampleProcess): Promise<ReadonlySet<string>> {
  const spent = new Set<string>();
  for (let after = 0; ; after += 1000) {
    const response = await fetch(`${urls.event}?size=1000&last_ack_event_id=${after}`);
    const { events } = (await response.json()) as { events: readonly StoredEvent[] };
    if (events.length === 0) return spent;
    for (const { type, data } of events) {
      if (type !== 'NEW_VERTEX_ACCEPTED') continue;
      for (const { tx_id } of data.inputs ?? []) spent.add(tx_id);
    }
  }
}

describe('two thousand wallets with twenty addresses each', () => {
  const samples = new SamplePool();
  let wallets: LightWallet[] = [];

  afterEach(async () => {
    for (const wallet of wallets) wallet.end();
    wallets = [];
    await samples.endAll();
  });

  it('each get exactly their own notifications while payments keep coming', async () => {
    const sample = await samples.start(['--log', 'memory']);
    const { ws = '' } = sample.urls;
    for (let from = 0; from < WALLETS; from += WALLETS_PER_HOST) {
      const hosts = Array.from({ length: WALLETS_PER_HOST }, (_, index) => from + index);
      wallets.push(...(await Promise.all(hosts.map((index) => LightWallet.open(ws, index)))));
    }
    const paid: { readonly wallet: number; readonly address: string; readonly tx: string }[] = [];
    for (let payment = 0; payment < PAYMENTS; payment++) {
      const wallet = (payment * 617) % WALLETS;
      const address = wallets[wallet]?.addresses[payment % ADDRESSES] ?? '';
      const { vertices } = await sample.control<ActionAnswer>('transfer', { to: address });
      paid.push({ wallet, address, tx: vertices.at(-1) ?? '' });
    }

    // A new vertex is announced twice; once more when its change is spent (contract 1.4, cases 1 to 3).
    const spent = await spentVertices(sample);
    const expected = wallets.map((): string[] => []);
    for (const { wallet, address, tx } of paid) {
      const times = spent.has(tx) ? 3 : 2;
      expected[wallet]?.push(...Array<string>(times).fill(`${address} ${tx}`));
    }
    await Promise.all(
      wallets.map((wallet, index) =>
        wallet.received('wallet:address_history', expected[index]?.length ?? 0),
      ),
    );
    await Promise.all(wallets.map((wallet) => wallet.caughtUp()));
    const sorted = (notes: readonly string[]) => [...notes].sort();
    expect(wallets.map(({ heard }) => sorted(heard))).toEqual(expected.map(sorted));
    expect(expected.flat().length).toBeGreaterThan(2 * PAYMENTS);
  });
});
