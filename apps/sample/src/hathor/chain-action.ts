import type { SubmittedBlock } from '@sluice/hathor';
import type {
  HathorMockChain,
  HathorTraffic,
  MineBlockOptions,
  PlayableScenarioName,
} from '@sluice/mock-chain';
import { InsufficientFundsError, playScenario } from '@sluice/mock-chain';

/** Something that can be done to the running chain. */
export type ChainAction =
  | { readonly do: 'step' }
  | { readonly do: 'catch-up' }
  | ({ readonly do: 'mine'; readonly blocks: number } & Pick<
      MineBlockOptions,
      'address' | 'parent' | 'confirm'
    >)
  | { readonly do: 'transfer'; readonly to?: string; readonly amount?: bigint }
  | {
      readonly do: 'token';
      readonly name: string;
      readonly symbol: string;
      readonly amount: bigint;
    }
  | { readonly do: 'double-spend'; readonly of?: string; readonly twin: boolean }
  | { readonly do: 'reorg'; readonly depth: number; readonly to?: string }
  | { readonly do: 'scenario'; readonly name: PlayableScenarioName }
  | { readonly do: 'pay'; readonly address: string; readonly amount: bigint }
  | { readonly do: 'push'; readonly bytes: Uint8Array }
  | { readonly do: 'submit'; readonly block: SubmittedBlock };

/** Most blocks in one go when the chain catches up with its clock. */
const MOST_IDLE_BLOCKS = 500;

/** Seconds by which a chain's own clock moves before each action by hand. */
const SECONDS_PER_ACTION = 1;

/** Actions that move the clock themselves, or bring a time with them. */
const HAS_ITS_TIME: ReadonlySet<ChainAction['do']> = new Set([
  'step',
  'push',
  'submit',
  'catch-up',
]);

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
  // An action that was refused may have asked for more than it took.
  chain.leaveRoom(1);
  if (!HAS_ITS_TIME.has(action.do)) chain.advance(SECONDS_PER_ACTION);
  switch (action.do) {
    case 'step':
      traffic.step();
      return;
    case 'catch-up':
      for (let left = MOST_IDLE_BLOCKS; left > 0 && chain.isIdle; left--) chain.mineIdleBlock();
      return;
    case 'mine':
      mineBlocks(chain, action);
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
      if (action.of === undefined) chain.leaveRoom(2);
      const of = action.of ?? funded(chain, 0n, () => chain.transfer()).hash;
      chain.advance(SECONDS_PER_ACTION);
      chain.doubleSpend({ of, twin: action.twin });
      return;
    }
    case 'reorg':
      chain.leaveRoom(action.to === undefined ? action.depth : 1);
      chain.reorg(action.to === undefined ? { depth: action.depth } : { to: action.to });
      return;
    case 'scenario':
      playScenario(chain, action.name);
      return;
    case 'pay': {
      const { address: to, amount } = action;
      unlockGenesis(chain, 1);
      chain.payFromGenesis({ to, amount });
      return;
    }
    case 'push':
      chain.pushTransaction(action.bytes);
      return;
    case 'submit':
      // A stale block changes nothing: that nothing happened says so.
      chain.submitBlock(action.block);
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
    unlockGenesis(chain, 2);
    chain.payFromGenesis({ amount: amount + GRANT });
    chain.advance(SECONDS_PER_ACTION);
    return spend();
  }
}

/**
 * Blocks until the genesis output can be spent.
 *
 * @param following vertices that come after them.
 */
function unlockGenesis(chain: HathorMockChain, following: number): void {
  const blocks = Math.max(0, chain.parameters.rewardSpendMinBlocks + 1 - chain.height);
  chain.leaveRoom(blocks + following);
  for (let left = blocks; left > 0; left--) {
    chain.mineBlock();
    chain.advance(SECONDS_PER_ACTION);
  }
}

/** On a block that was given, the blocks make a branch of their own. */
function mineBlocks(
  chain: HathorMockChain,
  { blocks, parent: first, ...options }: ChainAction & { do: 'mine' },
): void {
  let parent = first;
  chain.leaveRoom(blocks);
  for (let left = blocks; left > 0; left--) {
    const { hash } = chain.mineBlock({ ...options, ...(parent !== undefined && { parent }) });
    if (parent !== undefined) parent = hash;
    chain.advance(SECONDS_PER_ACTION);
  }
}
