import type { TestClient, WaitOptions } from '@sluice/testing';
import { expectSame, expectShape, readJson } from '../../judging/expect.js';
import type { Shape } from '../../judging/shape.js';
import type { CheckContext } from '../../runner/check-context.js';
import {
  ackShape,
  confirmationShape,
  TOPIC_SHAPES,
  type Parts,
  type Topic,
} from './nano-shapes.js';

/** A message as far as checks look into it. */
export interface NanoMessage {
  readonly ack?: string;
  readonly id?: string;
  readonly topic?: string;
  readonly hash?: string;
  readonly message?: NanoContent;
}

/** What a notification is about, as far as checks look into it. */
export interface NanoContent {
  readonly [member: string]: unknown;
  readonly account?: string;
  readonly hash?: string;
  readonly type?: string;
  readonly confirmation_type?: string;
  readonly block?: Readonly<Record<string, string>>;
  readonly election_info?: Readonly<Record<string, unknown>>;
  readonly sideband?: Readonly<Record<string, string>>;
}

/** What the driver's actions answer. */
export interface Moved {
  readonly blocks: readonly string[];
  readonly confirmed: readonly string[];
}

/** A client of the socket. */
export class NanoPeer {
  private requests = 0;
  private awaited: string | undefined;

  private constructor(
    private readonly context: CheckContext,
    readonly client: TestClient,
  ) {}

  static async connect(context: CheckContext): Promise<NanoPeer> {
    return new NanoPeer(context, await context.connect());
  }

  /** Connects and subscribes, acknowledged. @param options absent if undefined. */
  static async subscribed(
    context: CheckContext,
    topic: string,
    options?: unknown,
  ): Promise<NanoPeer> {
    const peer = await NanoPeer.connect(context);
    await peer.ask({ action: 'subscribe', topic, ...(options !== undefined && { options }) });
    return peer;
  }

  /** Sends a request that asks for an acknowledgement, and takes it. @throws Mismatch unless it is exactly that. */
  async ask(
    request: { readonly action: string } & Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const id = `request-${++this.requests}`;
    this.client.send({ ...request, ack: true, id });
    const answer = await this.nextAck();
    const name = request.action === 'ping' ? 'pong' : request.action;
    expectShape(answer, ackShape(name, id), 'acknowledgement');
  }

  /** Sends texts that must not be answered, and finds out whether they are. */
  async expectIgnored(...texts: readonly (string | Buffer)[]): Promise<void> {
    for (const text of texts) {
      this.client.send(text);
      const id = `barrier-${++this.requests}`;
      this.client.send({ action: 'ping', id });
      const answer = await this.nextAck();
      const shown = typeof text === 'string' ? text : text.toString();
      expectSame({ ack: answer.ack, id: answer.id }, { ack: 'pong', id }, `no answer to ${shown}`);
    }
  }

  /** The next acknowledgement; notifications before it are left out. */
  async nextAck(): Promise<NanoMessage> {
    const taken = await this.client.untilJson<NanoMessage>(({ ack }) => ack !== undefined);
    return taken.at(-1) ?? {};
  }

  /** The next notification. @throws Mismatch unless it is one of this topic. */
  async next(topic: Topic, options?: WaitOptions): Promise<NanoMessage> {
    return this.read(await this.client.next(options), TOPIC_SHAPES[topic]);
  }

  /**
   * The confirmation of the block that {@link confirm} has confirmed, or else the next one. A block may confirm others
   * below it: theirs come before.
   * @param parts what was asked for.
   */
  async confirmation(parts?: Parts, options?: WaitOptions): Promise<NanoMessage> {
    for (;;) {
      const message = this.read(await this.client.next(options), confirmationShape(parts));
      if (this.awaited === undefined || message.message?.hash === this.awaited) return message;
    }
  }

  /** Has the driver do something that confirms a block. @returns its hash. */
  async confirm(action: string, body: object = {}): Promise<string> {
    const { confirmed } = await this.context.drive<Moved>(action, body);
    this.awaited = confirmed.at(-1);
    return this.awaited ?? '';
  }

  private read(text: string, shape: Shape): NanoMessage {
    const message = readJson<NanoMessage>(text);
    expectShape(message, shape, 'message');
    return message;
  }
}

/** A new account of the driver's wallet. */
export async function newAccount(context: CheckContext): Promise<string> {
  return (await context.drive<{ readonly account: string }>('account')).account;
}
