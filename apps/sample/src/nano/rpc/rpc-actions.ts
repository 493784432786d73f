import type { NanoMockChain } from '@sluice/mock-chain/nano';
import {
  blockFromJson,
  canonicalAccount,
  hex64,
  multiplierText,
  parseAmount,
} from '@sluice/nano/wire';
import type { NanoFeed } from '../nano-feed.js';
import { WORK_THRESHOLD } from '../nano-source.js';

/** What an action works on. */
export interface RpcContext {
  readonly feed: NanoFeed;
  readonly chain: NanoMockChain;
}

type Request = Readonly<Record<string, unknown>>;
/** Does what a request asks for. */
export type RpcAction = (context: RpcContext, request: Request) => object | Promise<object>;

const NOT_FOUND = { error: 'Account not found' };

/** With `threshold` or `source` the hashes come with amounts, as with a node. */
const receivable: RpcAction = ({ chain }, request) => {
  const least = parseAmount(member(request, 'threshold', '0'), 'threshold');
  const count = Number(member(request, 'count', 'Infinity'));
  const waiting = chain
    .receivables(accountOf(request))
    .filter(({ amount }) => amount >= least)
    .slice(0, count);
  const withSource = member(request, 'source', 'false') === 'true';
  if (waiting.length === 0) return { blocks: '' };
  if (!withSource && least === 0n) return { blocks: waiting.map(({ source }) => source) };
  const entries = waiting.map(({ source, from, amount }) => [
    source,
    withSource ? { amount: String(amount), source: from } : String(amount),
  ]);
  return { blocks: Object.fromEntries(entries) as object };
};

/** The actions of a node's RPC that wallets cannot do without. */
export const RPC_ACTIONS = {
  account_info: ({ chain }, request) => {
    const found = chain.account(accountOf(request));
    if (found === undefined) return NOT_FOUND;
    return {
      frontier: found.head,
      balance: String(found.balance),
      block_count: String(found.height),
      account_version: String(found.epoch),
      representative: found.representative,
    };
  },
  account_balance: ({ chain }, request) => {
    const account = accountOf(request);
    const waiting = chain.receivables(account).reduce((sum, { amount }) => sum + amount, 0n);
    return {
      balance: String(chain.account(account)?.balance ?? 0n),
      pending: String(waiting),
      receivable: String(waiting),
    };
  },
  pending: receivable,
  receivable,
  /** Of this chain's difficulty, whatever is asked for: that of the main network takes minutes. */
  work_generate: async ({ feed }, request) => {
    const hash = member(request, 'hash', '');
    const { result } = await feed.perform((chain) => chain.work({ hash }));
    const { result: found } = result;
    if (found === undefined) return { error: 'Cancelled' };
    return {
      work: hex64(found.work, 'work'),
      difficulty: hex64(found.difficulty, 'difficulty'),
      multiplier: multiplierText(found.difficulty, WORK_THRESHOLD),
      hash: result.request.hash,
    };
  },
  /** The block as an object, or as text with JSON in it. */
  process: async ({ feed }, { block }) => {
    const json = (typeof block === 'string' ? JSON.parse(block) : block) as Request | undefined;
    const { result } = await feed.perform((chain) => chain.process(blockFromJson(json ?? {})));
    return { hash: result.hash };
  },
} satisfies Readonly<Record<string, RpcAction>>;

/** Whether there is such an action. */
export function isRpcAction(name: unknown): name is keyof typeof RPC_ACTIONS {
  return typeof name === 'string' && Object.hasOwn(RPC_ACTIONS, name);
}

function accountOf(request: Request): string {
  return canonicalAccount(member(request, 'account', ''));
}

/** A member in any form: a node reads numbers and texts alike. */
function member(request: Request, name: string, fallback: string): string {
  const value = request[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : fallback;
}
