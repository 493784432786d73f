import fc from 'fast-check';
import { HathorMockChain, InsufficientFundsError, VertexRejectedError } from '../../src/index.js';

/** Something that a test does to a chain; choices are indices that wrap around. */
export type ChainAction =
  | { readonly kind: 'block'; readonly seconds: number }
  | {
      readonly kind: 'side-block';
      readonly below: number;
      readonly weight: number;
      readonly choice?: number | undefined;
    }
  | { readonly kind: 'return'; readonly choice: number }
  | { readonly kind: 'transfer'; readonly amount: number }
  | {
      readonly kind: 'double-spend';
      readonly choice: number;
      readonly twin: boolean;
      readonly weight: number;
    }
  | { readonly kind: 'confirm'; readonly choice: number }
  | { readonly kind: 'token'; readonly amount: number }
  | { readonly kind: 'reorg'; readonly depth: number };

const choice = fc.nat(50);

export const chainActions: fc.Arbitrary<readonly ChainAction[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant('block' as const), seconds: fc.nat(90) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('side-block' as const),
        below: fc.integer({ min: 1, max: 3 }),
        weight: fc.integer({ min: 4, max: 9 }),
        choice: fc.option(choice, { nil: undefined }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('return' as const), choice }) },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('transfer' as const),
        amount: fc.integer({ min: 1, max: 20_000 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('double-spend' as const),
        choice,
        twin: fc.boolean(),
        weight: fc.integer({ min: 4, max: 9 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('confirm' as const), choice }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('token' as const),
        amount: fc.integer({ min: 1, max: 5_000 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('reorg' as const),
        depth: fc.integer({ min: 1, max: 4 }),
      }),
    },
  ),
  { minLength: 10, maxLength: 60, size: 'max' },
);

/** A chain whose proof of work takes no time, with a few blocks to spend from. */
export function lightChain(seed: number): HathorMockChain {
  const chain = new HathorMockChain({ seed, minBlockWeight: 1, maxBlockWeight: 4, minTxWeight: 1 });
  chain.advance(1000);
  return chain;
}

/** Does it if the chain's state allows it. */
export function perform(chain: HathorMockChain, action: ChainAction): void {
  try {
    attempt(chain, action);
  } catch (error) {
    // A double spend of a reward may come before the reward is unlocked (again).
    const isLocked = error instanceof VertexRejectedError && error.code === 'REWARD_LOCK';
    if (!isLocked && !(error instanceof InsufficientFundsError)) throw error;
  }
}

function attempt(chain: HathorMockChain, action: ChainAction): void {
  chain.advance(1);
  switch (action.kind) {
    case 'block':
      chain.advance(action.seconds);
      chain.mineBlock();
      return;
    case 'side-block': {
      const parent = chain.blockAt(chain.height - action.below);
      const confirm =
        action.choice === undefined ? undefined : pick(contested(chain), action.choice);
      if (parent === undefined) return;
      const { weight } = action;
      chain.mineBlock({ parent: parent.hash, weight, ...(confirm && { confirm }) });
      return;
    }
    case 'return': {
      const blocks = Array.from(chain.vertices()).filter(({ version }) => version === 0);
      const sides = blocks.filter(({ metadata }) => metadata.voided_by.length > 0);
      const to = pick(sides, action.choice)?.hash;
      if (to !== undefined) chain.reorg({ to });
      return;
    }
    case 'transfer':
      chain.transfer({ amount: BigInt(action.amount) });
      return;
    case 'double-spend': {
      const of = pick(contestable(chain), action.choice);
      const isTwin = action.twin && of !== undefined && chain.vertex(of)?.version === 1;
      if (of !== undefined) chain.doubleSpend({ of, twin: isTwin, weight: action.weight });
      return;
    }
    case 'confirm': {
      const confirm = pick(contested(chain), action.choice);
      if (confirm !== undefined) chain.mineBlock({ confirm });
      return;
    }
    case 'token':
      chain.createToken({ name: 'Property', symbol: 'PRO', amount: BigInt(action.amount) });
      return;
    case 'reorg':
      if (chain.height >= action.depth) chain.reorg({ depth: action.depth });
  }
}

/** Transactions with a conflict, won or lost. */
function contested(chain: HathorMockChain): string[] {
  return Array.from(chain.vertices())
    .filter(({ metadata }) => metadata.conflict_with.length > 0)
    .map(({ hash }) => hash);
}

/** Executed or voided, confirmed or not: whatever spends coins. */
function contestable(chain: HathorMockChain): string[] {
  return Array.from(chain.vertices())
    .filter(({ inputs, version }) => inputs.length > 0 && version === 1)
    .map(({ hash }) => hash);
}

function pick<T>(elements: readonly T[], choice: number): T | undefined {
  return elements[elements.length - 1 - (choice % Math.max(1, elements.length))];
}
