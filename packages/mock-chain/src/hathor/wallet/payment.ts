import { addressScript, p2pkhScript, sighash } from '@sluice/hathor/codec';
import type {
  Hex32,
  RegularTransaction,
  TokenCreationTransaction,
  Transaction,
  VertexOutput,
} from '@sluice/hathor/codec';
import type { ChainState } from '../chain-state.js';
import type { ContractCall } from '../consensus/contract-engine.js';
import { spendsLockedReward } from '../consensus/mempool-rules.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { AUTHORITY_BIT, MELT, MINT, NATIVE_TOKEN, outputOf } from '../dag/vertex-tokens.js';
import type { ParentPair } from '../mining/parent-selection.js';
import { prove } from '../mining/proof-of-work.js';
import { minimumTransactionWeight } from '../verification/weights.js';
import { tokenDeposit } from '../verification/verify-tokens.js';
import type { Coin } from './coin.js';
import type { MockWallet } from './mock-wallet.js';

/** How a payment differs from what a wallet would send. */
export interface TransferOptions {
  /** Atomic units. Default 1000. */
  readonly amount?: bigint;
  /** Who is paid; default the wallet's own next address. */
  readonly to?: string;
  /** The output's script instead of one that pays to an address. */
  readonly script?: Uint8Array;
  /** Uid; default HTR. */
  readonly token?: string;
  /** Never below the least; default one more, so that a plain double spend loses against it. */
  readonly weight?: number;
  /** The two transactions that it confirms; default as the reference chooses them. */
  readonly parents?: readonly [Hex32, Hex32];
  /** A contract call that the transaction carries; see `AddVertexOptions`. */
  readonly call?: ContractCall;
}

/** An output without an address, and what satisfies its script. */
export interface RedeemOptions {
  readonly txId: Hex32;
  readonly index: number;
  /** Input data. */
  readonly data: Uint8Array;
}

/** A token to be created. */
export interface CreateTokenOptions {
  /** 1 to 30 characters. */
  readonly name: string;
  /** 1 to 5 characters. */
  readonly symbol: string;
  /** Atomic units; 1 % of it is deposited in HTR. */
  readonly amount: bigint;
}

/** Inputs, outputs and what else a transaction needs before it is signed. */
export interface TransactionDraft {
  readonly coins: readonly Coin[];
  readonly outputs: readonly VertexOutput[];
  readonly tokens?: readonly Hex32[];
  readonly parents: ParentPair;
  /** A vertex that it must be newer than, besides its parents and what it spends. */
  readonly newerThan?: DagVertex;
  readonly weight?: number | undefined;
}

/** Pays from the wallet; the change comes first, as in the reference's wallet. */
export function draftTransfer(
  state: ChainState,
  wallet: MockWallet,
  parents: ParentPair,
  options: TransferOptions,
): TransactionDraft {
  const { amount = 1000n, token = NATIVE_TOKEN, weight } = options;
  const coins = wallet.select(token, amount, isUnlocked(state));
  const tokenData = token === NATIVE_TOKEN ? 0 : 1;
  const script = options.script ?? scriptFor(state, wallet, options.to);
  const outputs = [
    ...changeOf(wallet, coins, amount, tokenData),
    { value: amount, tokenData, script },
  ];
  return { coins, outputs, tokens: tokenData === 0 ? [] : [token], parents, weight };
}

/** Spends an output by input data of the caller's own and gives all of it to the wallet. */
export function draftRedemption(
  state: ChainState,
  wallet: MockWallet,
  parents: ParentPair,
  { txId, index, data }: RedeemOptions,
): TransactionDraft {
  const vertex = state.dag.get(txId);
  if (vertex === undefined) throw new RangeError(`no vertex ${txId}`);
  const { value, tokenData } = outputOf(vertex, index);
  if (tokenData !== 0) throw new RangeError('only HTR can be redeemed');
  const own = wallet.nextKey();
  const key = { ...own, sign: () => data };
  const coin = { vertex, index, token: NATIVE_TOKEN, value, authority: false, key };
  const outputs = [{ value, tokenData, script: p2pkhScript(own.hash) }];
  return { coins: [coin], outputs, parents };
}

/** Mints a new token with both authorities against a deposit. */
export function buildTokenCreation(
  state: ChainState,
  wallet: MockWallet,
  parents: ParentPair,
  { name, symbol, amount }: CreateTokenOptions,
): TokenCreationTransaction {
  const deposit = tokenDeposit(amount);
  const coins = wallet.select(NATIVE_TOKEN, deposit, isUnlocked(state));
  const own = (): Uint8Array => p2pkhScript(wallet.nextKey().hash);
  const outputs = [
    ...changeOf(wallet, coins, deposit, 0),
    { value: amount, tokenData: 1, script: own() },
    { value: MINT, tokenData: AUTHORITY_BIT | 1, script: own() },
    { value: MELT, tokenData: AUTHORITY_BIT | 1, script: own() },
  ];
  const draft = { coins, outputs, parents };
  return finish(state, draft, {
    ...unsigned(state, draft),
    version: 2,
    tokenInfo: { version: 1, name, symbol },
  });
}

/** Signs a draft, gives it a weight and finds its proof of work. */
export function buildTransaction(state: ChainState, draft: TransactionDraft): RegularTransaction {
  const tokens = draft.tokens ?? [];
  return finish(state, draft, { ...unsigned(state, draft), version: 1, tokens });
}

function unsigned(state: ChainState, { coins, outputs, parents, newerThan }: TransactionDraft) {
  const older = [...parents, ...coins.map(({ vertex }) => vertex)];
  if (newerThan !== undefined) older.push(newerThan);
  const newest = Math.max(...older.map(({ timestamp }) => timestamp));
  return {
    signalBits: 0,
    inputs: coins.map(({ vertex, index }) => ({
      txId: vertex.hash,
      index,
      data: new Uint8Array(),
    })),
    outputs,
    weight: 0,
    timestamp: Math.max(newest + 1, state.nextTime),
    parents: parents.map(({ hash }) => hash),
    nonce: 0n,
  };
}

function finish<T extends Transaction>(state: ChainState, draft: TransactionDraft, bare: T): T {
  const bytes = sighash(bare);
  const signed = {
    ...bare,
    inputs: bare.inputs.map((input, place) => ({
      ...input,
      data: draft.coins[place]?.key.sign(bytes) ?? input.data,
    })),
  };
  const least = minimumTransactionWeight(signed, state.parameters);
  return prove({ ...signed, weight: Math.max(draft.weight ?? least + 1, least) });
}

function isUnlocked({ dag, parameters }: ChainState): (coin: Coin) => boolean {
  const { height } = dag.best;
  return ({ vertex }) => !spendsLockedReward([vertex], height, parameters.rewardSpendMinBlocks);
}

function scriptFor(state: ChainState, wallet: MockWallet, to: string | undefined): Uint8Array {
  return to === undefined ? p2pkhScript(wallet.nextKey().hash) : addressScript(to, state.network);
}

function changeOf(
  wallet: MockWallet,
  coins: readonly Coin[],
  amount: bigint,
  tokenData: number,
): VertexOutput[] {
  const change = coins.reduce((sum, { value }) => sum + value, 0n) - amount;
  if (change === 0n) return [];
  return [{ value: change, tokenData, script: p2pkhScript(wallet.nextKey().hash) }];
}
