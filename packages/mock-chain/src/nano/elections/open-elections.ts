import type { Announce } from '../chain-event.js';
import type { LedgerBlock } from '../ledger/ledger-block.js';
import { Election } from './election.js';

/** The elections that are going on, by the blocks in them. */
export class OpenElections {
  private readonly elections = new Set<Election>();
  private readonly byHash = new Map<string, Election>();

  constructor(
    private readonly limit: number,
    private readonly announce: Announce,
  ) {}

  get size(): number {
    return this.elections.size;
  }

  /** The election that a block is in. */
  of(hash: string): Election | undefined {
    return this.byHash.get(hash);
  }

  /** Starts an election about a block, or finds the one it is in. For lack of room the oldest one goes. */
  start(block: LedgerBlock): Election {
    const open = this.byHash.get(block.hash);
    if (open !== undefined) return open;
    const [oldest] = this.elections;
    if (this.elections.size >= this.limit && oldest !== undefined) this.stop(oldest);
    const election = new Election(block);
    this.elections.add(election);
    this.byHash.set(block.hash, election);
    this.announce({ type: 'election.started', data: { hash: block.hash } });
    return election;
  }

  /** Another block for the same place. */
  join(election: Election, rival: LedgerBlock): void {
    election.add(rival);
    this.byHash.set(rival.hash, election);
  }

  /** Ends an election; its blocks leave, and all but the winner are announced as stopped (contract 6.3). */
  stop(election: Election, winner?: string): void {
    this.elections.delete(election);
    for (const hash of election.candidates) {
      this.byHash.delete(hash);
      if (hash !== winner) this.announce({ type: 'election.stopped', data: { hash } });
    }
  }
}
