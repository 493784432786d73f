import { p2pkhScript } from '@sluice/hathor/codec';
import type { Hex32 } from '@sluice/hathor';
import type { ChainState } from '../chain-state.js';
import { spentIndex } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { AUTHORITY_BIT, NATIVE_TOKEN } from '../dag/vertex-tokens.js';
import type { ParentPair } from '../mining/parent-selection.js';
import type { Coin } from './coin.js';
import type { MockWallet } from './mock-wallet.js';
import type { TransactionDraft } from './payment.js';

/** Which transaction is contested, and how. */
export interface DoubleSpendOptions {
  /** A transaction that spends coins of the chain's wallet or of the genesis wallet. */
  readonly of: Hex32;
  /** Keep inputs and outputs, so that only weight, time and parents differ. Default false: everything goes to one address. */
  readonly twin?: boolean;
  /** Default the least allowed. */
  readonly weight?: number;
}

/** Drafts a transaction that spends the inputs of another one, for whichever of the wallets owns them. */
export function draftDoubleSpend(
  state: ChainState,
  wallets: readonly MockWallet[],
  { of, twin = false, weight = 0 }: DoubleSpendOptions,
): TransactionDraft {
  const contested = state.dag.get(of);
  if (contested === undefined) throw new RangeError(`no vertex ${of}`);
  const coinsOf = (wallet: MockWallet): Coin[] =>
    contested.spent.flatMap((spent, input) => {
      const coin = wallet.coinAt(spent, spentIndex(contested, input));
      return coin === undefined ? [] : [coin];
    });
  const wallet = wallets.find((each) => coinsOf(each).length === contested.spent.length);
  if (wallet === undefined) throw new RangeError(`${of} spends what no wallet here has keys for`);
  const coins = coinsOf(wallet);
  return {
    coins,
    ...(twin ? sameOutputs(contested) : oneOutputPerToken(coins, wallet)),
    // Its own parents: any tip could be built upon the very transaction that it contests.
    parents: pair(contested),
    newerThan: contested,
    weight,
  };
}

function pair({ hash, parents: [first, second] }: DagVertex): ParentPair {
  if (first === undefined || second === undefined) throw new RangeError(`${hash} has no parents`);
  return [first, second];
}

type Funds = Pick<TransactionDraft, 'outputs' | 'tokens'>;

function sameOutputs({ hash, vertex }: DagVertex): Funds {
  if (vertex.version !== 1)
    throw new RangeError(`${hash} is no plain transaction to make a twin of`);
  return { outputs: vertex.outputs, tokens: vertex.tokens };
}

/** Amounts are put together, rights stay as they are. */
function oneOutputPerToken(coins: readonly Coin[], wallet: MockWallet): Funds {
  const { hash } = wallet.nextKey();
  const script = p2pkhScript(hash);
  const tokens = [...new Set(coins.map(({ token }) => token))].filter(
    (token) => token !== NATIVE_TOKEN,
  );
  const outputs = [];
  for (const token of [NATIVE_TOKEN, ...tokens]) {
    const tokenData = tokens.indexOf(token) + 1;
    const own = coins.filter((coin) => coin.token === token);
    const value = own.reduce((sum, coin) => sum + (coin.authority ? 0n : coin.value), 0n);
    if (value > 0n) outputs.push({ value, tokenData, script });
    for (const coin of own.filter(({ authority }) => authority)) {
      outputs.push({ value: coin.value, tokenData: tokenData | AUTHORITY_BIT, script });
    }
  }
  return { outputs, tokens };
}
