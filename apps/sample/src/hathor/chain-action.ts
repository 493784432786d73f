import type { HathorMockChain, HathorTraffic, PlayableScenarioName } from '@sluice/mock-chain';
import { InsufficientFundsError, playScenario } from '@sluice/mock-chain';

/** Something that can be done to the running chain. */
export type ChainAction =
  | { readonly do: 'step' }
  | { readonly do: 'mine'; readonly blocks: number }
  | { readonly do: 'transfer'; readonly to?: string; readonly amount?: bigint }
  | {
      readonly do: 'token';
      readonly name: string;
      readonly symbol: string;
      readonly amount: bigint;
    }
  | { readonly do: 'double-spend'; readonly of?: string; readonly twin: boolean }
  | { readonly do: 'reorg'; readonly depth: number }
  | { readonly do: 'scenario'; readonly name: PlayableScenarioName };

/** Seconds of chain time that pass before each action by hand. */
const SECONDS_PER_ACTION = 1;

/** Atomic units: 1000 HTR. */
const GRANT = 100_000n;

/**
 * Performs an action; what happens is announced by the chain.
 *
 * @throws what the chain throws if it cannot be done; the chain has not changed then.
 */
export function performAction(
  chain: HathorMockChain,
  traffic: HathorTraffic,
  action: ChainAction,
): void {
  if (action.do !== 'step') chain.advance(SECONDS_PER_ACTION);
  switch (action.do) {
    case 'step':
      traffic.step();
      return;
    case 'mine':
      for (let left = action.blocks; left > 0; left--) {
        chain.mineBlock();
        chain.advance(SECONDS_PER_ACTION);
      }
      return;
    case 'transfer': {
      const { to, amount } = action;
      const payment = { ...(to !== undefined && { to }), ...(amount !== undefined && { amount }) };
      funded(chain, amount ?? 0n, () => chain.transfer(payment));
      return;
    }
    case 'token': {
      const { name, symbol, amount } = action;
      funded(chain, amount, () => chain.createToken({ name, symbol, amount }));
      return;
    }
    case 'double-spend': {
      const of = action.of ?? funded(chain, 0n, () => chain.transfer()).hash;
      chain.advance(SECONDS_PER_ACTION);
      chain.doubleSpend({ of, twin: action.twin });
      return;
    }
    case 'reorg':
      chain.reorg({ depth: action.depth });
      return;
    case 'scenario':
      playScenario(chain, action.name);
      return;
  }
}

/**
 * A young chain's wallet has nothing to spend: then blocks unlock the genesis output, and the genesis wallet lends a hand.
 *
 * @param amount atomic units that are wanted.
 */
function funded<T>(chain: HathorMockChain, amount: bigint, spend: () => T): T {
  try {
    return spend();
  } catch (error) {
    if (!(error instanceof InsufficientFundsError)) throw error;
    for (let height = chain.height; height <= chain.parameters.rewardSpendMinBlocks; height++) {
      chain.mineBlock();
      chain.advance(SECONDS_PER_ACTION);
    }
    chain.payFromGenesis({ amount: amount + GRANT });
    chain.advance(SECONDS_PER_ACTION);
    return spend();
  }
}
