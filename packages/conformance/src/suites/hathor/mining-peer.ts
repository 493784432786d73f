import type { TestClient, WaitOptions } from '@sluice/testing';
import { expectSame, expectShape } from '../../judging/expect.js';
import { SkipCheck } from '../../judging/outcomes.js';
import { anyText, integer, list, literal, number, object, text } from '../../judging/shape.js';
import type { CheckContext } from '../../runner/check-context.js';
import { HASH, SECONDS, VALUE } from './vertex-shapes.js';

/** What a miner gets to work on, as far as checks look into it. */
export interface Template {
  readonly data: string;
  readonly versions: readonly number[];
  readonly reward: number | bigint;
  readonly weight: number;
  readonly timestamp_now: number;
  readonly timestamp_min: number;
  readonly timestamp_max: number;
  readonly parents: readonly string[];
  readonly parents_any: readonly string[];
  readonly height: number;
  readonly signal_bits: number;
}

/** A message as far as checks look into it. */
export interface MiningMessage {
  readonly id: unknown;
  readonly method?: string;
  readonly params?: readonly Template[];
  readonly result?: unknown;
}

/** A block template (contract 3.5). */
export const TEMPLATE = object({
  data: text(/^(?:[0-9a-f]{2})+$/, 'hex'),
  versions: list(integer(0n, 255n), { least: 1 }),
  reward: VALUE,
  weight: number,
  timestamp_now: SECONDS,
  timestamp_min: SECONDS,
  timestamp_max: SECONDS,
  parents: list(HASH, { least: 1, most: 3 }),
  parents_any: list(HASH),
  height: integer(1n),
  score: integer(0n, 2n ** 256n),
  signal_bits: integer(0n, 255n),
});

const NOTIFICATION = object({
  id: literal(null),
  method: literal('mining.notify'),
  params: list(TEMPLATE, { least: 1 }),
});

/** Codes of errors and their messages (contract 3.1). */
export const ERRORS = {
  [-32700]: 'Parse error',
  [-32600]: 'Invalid Request',
  [-32601]: 'Method not found',
  [-32602]: 'Invalid params',
  [-32603]: 'Internal error',
} as const;

/** A client of the mining socket. */
export class MiningPeer {
  private constructor(readonly client: TestClient) {}

  static async connect(context: CheckContext): Promise<MiningPeer> {
    return new MiningPeer(await context.connect());
  }

  /** The next notification. @throws Mismatch unless it has exactly its members. */
  async notification(options?: WaitOptions): Promise<Template> {
    const taken = await this.client.untilJson<MiningMessage>(isNotification, options);
    const message = taken.at(-1);
    expectShape(message, NOTIFICATION, 'message');
    const [template] = message?.params ?? [];
    if (template === undefined) throw new SkipCheck('there is no template');
    return template;
  }

  /** The next message that is no notification. */
  async answer(): Promise<MiningMessage> {
    const isAnswer = (message: MiningMessage): boolean => !isNotification(message);
    const taken = await this.client.untilJson<MiningMessage>(isAnswer);
    return taken.at(-1) ?? { id: undefined };
  }

  /** The template of now. @throws SkipCheck if the node may not mine. */
  async template(): Promise<Template> {
    this.client.send({ id: 'template', method: 'mining.refresh' });
    const { result } = await this.answer();
    expectShape(result, list(TEMPLATE), 'result of mining.refresh');
    const [template] = result as readonly Template[];
    if (template === undefined) throw new SkipCheck('the node may not mine');
    return template;
  }

  /** @throws Mismatch unless a request, sent as it is, succeeds with exactly this result. */
  async expectResult(request: string | object, id: unknown, result: unknown): Promise<void> {
    this.client.send(request);
    expectSame(await this.answer(), { id, error: null, result }, `answer to ${shown(request)}`);
  }

  /** @throws Mismatch unless a request, sent as it is, gets exactly this error. */
  async expectError(request: string | Buffer | object, code: keyof typeof ERRORS): Promise<void> {
    this.client.send(request);
    await this.expectErrorNext(code, `answer to ${shown(request)}`);
  }

  /** @throws Mismatch unless the next answer is this error. */
  async expectErrorNext(code: keyof typeof ERRORS, what = 'answer'): Promise<void> {
    const wanted = { id: null, error: { code, message: ERRORS[code] }, result: null };
    expectSame(await this.answer(), wanted, what);
  }

  /** As {@link expectError}; then an empty Close frame must follow. */
  async expectFatal(request: string | Buffer | object, code: keyof typeof ERRORS): Promise<void> {
    await this.expectError(request, code);
    const { code: closed, reason } = await this.client.closed();
    expectSame({ code: closed, reason }, { code: 1005, reason: '' }, 'an empty Close frame');
  }

  /** @throws Mismatch if what was sent is answered, or has cost the connection. */
  async expectNoAnswer(request: string | object): Promise<void> {
    this.client.send(request);
    this.client.send({ id: 'barrier', method: 'mining.none' });
    await this.expectErrorNext(-32601, `the answer to the request after ${shown(request)}`);
  }
}

/** A result of `mining.refresh`, whether the node may mine or not. */
export const REFRESHED = object({ id: anyText, error: literal(null), result: list(TEMPLATE) });

function isNotification({ method }: MiningMessage): boolean {
  return method !== undefined;
}

function shown(request: string | Buffer | object): string {
  const isText = typeof request === 'string' || Buffer.isBuffer(request);
  return (isText ? request.toString() : JSON.stringify(request)).slice(0, 200);
}
