import type { HathorEvent } from './event-frame.js';

/** Versions of vertices that are blocks: plain, merge-mined, proof of authority. */
const BLOCKS = new Set([0, 3, 5]);

interface Block {
  readonly hash: string;
  readonly height: number;
  readonly parent: string | undefined;
}

/**
 * The best chain as a client builds it from events alone. A block that is not voided must follow the best one, except at the
 * end of a reorg, which must have said so.
 */
export class BestChain {
  private readonly vertices = new Set<string>();
  private readonly blocks = new Map<string, Block>();
  private reorgTo: string | undefined;
  private tip: Block | undefined;

  /** The newest block of the best chain. */
  get best(): { readonly hash: string; readonly height: number } | undefined {
    return this.tip && { hash: this.tip.hash, height: this.tip.height };
  }

  /** Number of vertices accepted. */
  get size(): number {
    return this.vertices.size;
  }

  /** @throws Error if the event cannot follow those before it. */
  add({ id, type, data }: HathorEvent): void {
    if (type === 'REORG_STARTED') this.startReorg(id, data);
    if (type === 'NEW_VERTEX_ACCEPTED') this.accept(id, data);
  }

  private startReorg(id: number, data: HathorEvent['data']): void {
    if (data.previous_best_block !== this.tip?.hash) {
      throw new Error(`event ${id}: the reorg leaves a block that is not the best one`);
    }
    if (!this.blocks.has(String(data.common_block))) {
      throw new Error(`event ${id}: the reorg's common block was never accepted`);
    }
    this.reorgTo = String(data.new_best_block);
  }

  private accept(id: number, { hash = '', version, parents, metadata }: HathorEvent['data']): void {
    if (this.vertices.has(hash)) throw new Error(`event ${id}: ${hash} was accepted before`);
    this.vertices.add(hash);
    if (!BLOCKS.has(version ?? -1) || metadata === undefined) return;
    const block = { hash, height: metadata.height, parent: parents?.[0] };
    this.blocks.set(hash, block);
    const parent = this.blocks.get(block.parent ?? '');
    if (block.height !== (parent?.height ?? -1) + 1) {
      throw new Error(`event ${id}: height ${block.height} on ${parent?.height}`);
    }
    if (metadata.voided_by.length > 0) return;
    if (parent !== this.tip && this.reorgTo !== hash) {
      throw new Error(`event ${id}: a block at height ${block.height} beside the best chain`);
    }
    this.reorgTo = undefined;
    this.tip = block;
  }
}
