import type { TestClient, WaitOptions } from '@sluice/testing';
import { expectSame, expectShape, expectThat } from '../../judging/expect.js';
import { boolean, integer, literal, number, object, type Shape } from '../../judging/shape.js';
import type { CheckContext } from '../../runner/check-context.js';
import { historyVertex } from './vertex-shapes.js';

/** A message as far as checks look into it. */
export interface WalletMessage {
  readonly type?: string;
  readonly [member: string]: unknown;
}

/** A history vertex as far as checks look into it. */
export interface HistoryVertex {
  readonly tx_id: string;
  readonly version: number;
  readonly timestamp: number;
  readonly is_voided: boolean;
  readonly inputs: readonly { readonly tx_id: string; readonly index: number }[];
  readonly outputs: readonly {
    readonly value: number | bigint;
    readonly decoded: { readonly address?: string };
    readonly spent_by: string | null;
  }[];
}

/** What every connection is sent without asking. */
const BROADCAST = /^(?:dashboard|network|wallet):/;

const METRICS = object({
  type: literal('dashboard:metrics'),
  transactions: integer(),
  blocks: integer(),
  best_block_height: integer(),
  hash_rate: number,
  peers: integer(),
  time: number,
});

/** Shapes of broadcasts, by type. */
const BROADCAST_SHAPES = {
  'dashboard:metrics': METRICS,
  'network:new_tx_accepted': historyVertex({
    type: literal('network:new_tx_accepted'),
    is_block: boolean,
    throttled: boolean,
  }),
  'wallet:address_history': object({
    type: literal('wallet:address_history'),
    address: (value, at) =>
      typeof value === 'string' ? undefined : { at, expected: 'an address', seen: value },
    history: historyVertex(),
  }),
} as const satisfies Record<string, Shape>;

/** A client of the wallet socket. */
export class WalletPeer {
  private constructor(
    readonly client: TestClient,
    /** The first message. */
    readonly greeting: WalletMessage,
  ) {}

  static async connect(context: CheckContext): Promise<WalletPeer> {
    const client = await context.connect();
    return new WalletPeer(client, await client.nextJson<WalletMessage>());
  }

  /** The next message that is no broadcast. */
  async answer(): Promise<WalletMessage> {
    const isAnswer = ({ type = '' }: WalletMessage): boolean => !BROADCAST.test(type);
    return (await this.client.untilJson<WalletMessage>(isAnswer)).at(-1) ?? {};
  }

  /** Takes that many messages that are no broadcasts. */
  async answers(count: number): Promise<WalletMessage[]> {
    const taken: WalletMessage[] = [];
    while (taken.length < count) taken.push(await this.answer());
    return taken;
  }

  /** Sends and takes the answer. @throws Mismatch unless it is exactly this. */
  async expectAnswer(request: string | Buffer | object, wanted: object): Promise<void> {
    this.client.send(request);
    const shown =
      typeof request === 'string' || Buffer.isBuffer(request)
        ? request.toString()
        : JSON.stringify(request);
    expectSame(await this.answer(), wanted, `answer to ${shown.slice(0, 200)}`);
  }

  /** Sends what must not be answered, and finds out whether it is. */
  async expectNoAnswer(...requests: readonly (string | object)[]): Promise<void> {
    for (const request of requests) this.client.send(request);
    await this.expectAnswer({ type: 'ping' }, { type: 'pong' });
  }

  /** The next broadcast of a type that fits. @throws Mismatch unless it has its shape. */
  async broadcast(
    type: keyof typeof BROADCAST_SHAPES,
    fits: (message: WalletMessage) => boolean = () => true,
    options?: WaitOptions,
  ): Promise<WalletMessage> {
    const taken = await this.client.untilJson<WalletMessage>(
      (message) => message.type === type && fits(message),
      options,
    );
    const message = taken.at(-1) ?? {};
    expectShape(message, BROADCAST_SHAPES[type], 'message');
    return message;
  }

  /** What has arrived by now, broadcasts included. */
  async sofar(): Promise<WalletMessage[]> {
    await this.client.ping();
    await this.client.ping();
    return this.client.takeJson<WalletMessage>(this.client.pending);
  }

  /** Sends what costs the connection, and waits for that. @throws Mismatch unless it ends as contract T6 says. */
  async expectDrop(request: string | object): Promise<void> {
    this.client.send(request);
    const { code } = await this.client.closed();
    const shown = typeof request === 'string' ? request : JSON.stringify(request);
    expectThat([1006, 1011].includes(code), `the end of the connection after ${shown}`, { code });
  }
}

/** The `subscribe_address` answer of a success. */
export const subscribed = (address: string): object => ({
  type: 'subscribe_address',
  address,
  success: true,
});
