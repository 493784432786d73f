import { upperHex } from '@sluice/nano/wire';
import { SeededRandom } from '../../random/seeded-random.js';
import type { NanoMockChain } from '../nano-mock-chain.js';

/** What a step did. */
export type NanoTrafficAction =
  | 'send'
  | 'receive'
  | 'change'
  | 'epoch'
  | 'legacy'
  | 'fork'
  | 'stopped'
  | 'confirm'
  | 'vote'
  | 'telemetry'
  | 'work'
  | 'difficulty'
  | 'bootstrap';

/** Options of {@link NanoTraffic}. */
export interface NanoTrafficOptions {
  /** An integer; the same seed on the same chain gives the same steps. */
  readonly seed: number;
}

/** Of 100 steps, so many are this, or a send where it is not possible; the rest are sends. */
const SHARES: readonly (readonly [NanoTrafficAction, number])[] = [
  ['change', 5],
  ['epoch', 3],
  ['legacy', 5],
  ['fork', 3],
  ['stopped', 2],
  ['confirm', 20],
  ['vote', 5],
  ['telemetry', 10],
  ['work', 5],
  ['difficulty', 3],
  ['bootstrap', 2],
];

/**
 * An endless script of everything that happens on a network: mostly payments, each received in the step after it; now and then
 * anything else. The chain is left as it is meant to grow: nothing piles up.
 */
export class NanoTraffic {
  private readonly random: SeededRandom;
  private voted = false;

  constructor(
    private readonly chain: NanoMockChain,
    { seed }: NanoTrafficOptions,
  ) {
    this.random = new SeededRandom(seed, 'nano traffic');
  }

  /** The next thing happens. */
  step(): NanoTrafficAction {
    const action = this.chain.nextReceivable() === undefined ? this.draw() : 'receive';
    this.perform(action);
    return action;
  }

  private draw(): NanoTrafficAction {
    let left = this.random.below(100);
    for (const [action, share] of SHARES) {
      if (left < share) return this.isPossible(action) ? action : 'send';
      left -= share;
    }
    return 'send';
  }

  private isPossible(action: NanoTrafficAction): boolean {
    if (action === 'confirm') return this.chain.unconfirmed().length > 0;
    if (action === 'epoch') {
      return this.chain.keys.stateAccounts.some((account) => {
        const reached = this.chain.account(account)?.epoch;
        return reached !== undefined && reached < 2;
      });
    }
    if (action === 'legacy') {
      return this.chain.keys.legacyAccounts.every((account) => this.chain.account(account)?.legacy);
    }
    return true;
  }

  private perform(action: NanoTrafficAction): void {
    const { chain, random } = this;
    switch (action) {
      case 'send':
        chain.send(random.chance(0.9) ? {} : { confirmation: this.otherConfirmation() });
        return;
      case 'change':
        chain.change();
        return;
      case 'epoch':
        chain.epoch({ confirmation: 'inactive' });
        return;
      case 'legacy':
        this.legacy();
        return;
      case 'fork':
        chain.fork({ winner: random.chance(0.5) ? 'first' : 'second' });
        return;
      case 'stopped':
        chain.stopElection(chain.change({ confirmation: 'open' }).hash);
        return;
      case 'confirm':
        chain.confirm(chain.unconfirmed()[0] ?? '');
        return;
      case 'vote':
        this.vote();
        return;
      case 'telemetry':
        chain.telemetry();
        return;
      case 'work':
        chain.work({ outcome: random.chance(0.8) ? 'success' : 'cancelled' });
        return;
      case 'difficulty':
        chain.difficulty();
        return;
      case 'bootstrap':
        chain.bootstrap();
        return;
      case 'receive':
        chain.receive();
        return;
    }
  }

  /** Accounts of the old kind pay each other, receive and choose. */
  private legacy(): void {
    if (this.random.chance(0.3)) {
      this.chain.change({ legacy: true });
      return;
    }
    const { hash } = this.chain.send({ legacy: true });
    this.chain.receive({ source: hash, legacy: true });
  }

  private vote(): void {
    if (this.voted && this.random.chance(0.5)) {
      this.chain.replayVote();
      return;
    }
    this.voted = true;
    this.chain.vote({ hashes: [upperHex(this.random.bytes(32), 32, 'hashes')] });
  }

  private otherConfirmation(): 'inactive' | 'active_confirmation_height' {
    return this.random.chance(0.5) ? 'inactive' : 'active_confirmation_height';
  }
}
