import { SeededRandom } from '../random/seeded-random.js';
import { ChainRefusedError } from './chain-refused.error.js';
import type { LighthouseMockChain } from './lighthouse-mock-chain.js';
import { ATTESTATION_REJECTIONS, BLOCK_REJECTIONS } from './rejections.js';

/** Options of {@link LighthouseTraffic}. */
export interface LighthouseTrafficOptions {
  /** An integer; the same seed on the same chain gives the same steps. */
  readonly seed: number;
}

/** What a slot brings. */
export type SlotKind = 'block' | 'rich-block' | 'skipped' | 'late-block' | 'reorg';

/** How often each comes. */
const SHARES: readonly (readonly [kind: SlotKind, share: number])[] = [
  ['block', 0.84],
  ['rich-block', 0.06],
  ['skipped', 0.04],
  ['late-block', 0.03],
  ['reorg', 0.03],
];

const COMMITTEES = 2;
const REJECTION_SHARE = 0.04;
const DEEPEST_REORG = 3;

/**
 * Keeps a chain busy, slot by slot: blocks and attestations, now and then an empty slot, a block that comes too late to
 * become the head, a reorg, something that is refused.
 */
export class LighthouseTraffic {
  private readonly random: SeededRandom;

  constructor(
    private readonly chain: LighthouseMockChain,
    { seed }: LighthouseTrafficOptions,
  ) {
    this.random = new SeededRandom(seed, 'lighthouse/traffic');
  }

  /** One slot. */
  step(): SlotKind {
    const kind = this.nextKind();
    this.perform(kind);
    for (let index = 0; index < COMMITTEES; index++) this.chain.attest(index);
    if (this.random.chance(REJECTION_SHARE)) this.chain.rejectBlock(this.oneOf(BLOCK_REJECTIONS));
    if (this.random.chance(REJECTION_SHARE)) {
      this.chain.rejectAttestation(this.oneOf(ATTESTATION_REJECTIONS));
    }
    return kind;
  }

  private perform(kind: SlotKind): void {
    switch (kind) {
      case 'block':
        this.chain.slot();
        return;
      case 'rich-block':
        this.chain.slot({ attestations: 8, operations: true });
        return;
      case 'skipped':
        this.chain.skipSlot();
        return;
      case 'late-block':
        this.lateBlock();
        return;
      case 'reorg':
        this.reorg();
    }
  }

  /** Two blocks on the same parent; the second one has no votes. */
  private lateBlock(): void {
    const parent = this.chain.head.root;
    this.chain.slot();
    this.chain.produce({ parent, votes: 0 });
  }

  private reorg(): void {
    try {
      this.chain.reorg(this.random.between(1, DEEPEST_REORG));
    } catch (error) {
      // Nothing but the finalized block is below the head.
      if (!(error instanceof ChainRefusedError)) throw error;
      this.chain.slot();
    }
  }

  private nextKind(): SlotKind {
    let point = this.random.fraction();
    for (const [kind, share] of SHARES) {
      if ((point -= share) < 0) return kind;
    }
    return 'block';
  }

  private oneOf<T>(choices: readonly T[]): T {
    return choices[this.random.below(choices.length)] as T;
  }
}
