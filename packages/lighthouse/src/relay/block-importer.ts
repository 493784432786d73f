import type { Clock } from '@sluice/engine';
import { pause } from '@sluice/relay';
import type { BlockImported } from '../objects/beacon-events.js';
import type { Hex, SignedBeaconBlock } from '../objects/beacon-objects.js';
import type { BeaconNode } from './beacon-node.js';
import { Recent } from './recent.js';

const ATTEMPTS = 5;
const REMEMBERED = 1024;

/** Where imported blocks go, and who hears of those that cannot be had. */
export interface ImporterOptions {
  readonly retryMs: number;
  readonly clock: Clock;
  readonly imported: (imported: BlockImported) => void;
  readonly warn: (message: string) => void;
}

/** Fetches blocks and hands each on once (contract 13, rules 6 and 9). */
export class BlockImporter {
  private readonly known = new Recent<Hex, true>(REMEMBERED);

  constructor(private readonly options: ImporterOptions) {}

  /** Whether a block was handed on, or is being fetched. */
  knows(root: Hex): boolean {
    return this.known.has(root);
  }

  /** Resolves when the block is handed on, or given up. */
  async import(root: Hex, node: BeaconNode, signal: AbortSignal): Promise<void> {
    if (this.known.has(root)) return;
    this.known.set(root, true);
    try {
      const block = await this.fetch(root, node, signal);
      if (block !== undefined) this.options.imported({ block_root: root, block });
      else this.giveUp(root, 'the node does not have it');
    } catch (error) {
      this.giveUp(root, (error as Error).message);
    }
  }

  /** A node may announce a block a moment before it has stored it. */
  private async fetch(
    root: Hex,
    node: BeaconNode,
    signal: AbortSignal,
  ): Promise<SignedBeaconBlock | undefined> {
    let failure: unknown;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) await pause(this.options.clock, this.options.retryMs, signal);
      try {
        const block = await node.block(root);
        if (block !== undefined) return block;
        failure = undefined;
      } catch (error) {
        failure = error;
      }
    }
    if (failure !== undefined) throw failure as Error;
    return undefined;
  }

  private giveUp(root: Hex, why: string): void {
    this.known.delete(root);
    this.options.warn(`Block ${root} is not imported: ${why}`);
  }
}
