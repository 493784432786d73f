/**
 * A beacon chain in memory: slots and epochs, forks with a head among them, finality two epochs back, attestations. Block
 * roots are real SSZ hash tree roots of real phase 0 blocks; state roots and signatures are made up. Everything follows
 * from the seed and the calls.
 */
import {
  blockRoot,
  type Attestation,
  type Checkpoint,
  type Hex,
  type SignedBeaconBlock,
} from '@sluice/lighthouse';
import type { MockBeaconEvent } from './beacon-event.js';
import { BlockMaker, digest } from './block-maker.js';
import { BlockTree, type BlockNode } from './block-tree.js';
import { ChainRefusedError } from './chain-refused.error.js';
import {
  rejectedAttestation,
  rejectedBlock,
  type AttestationRejection,
  type BlockRejection,
  type RejectionContext,
} from './rejections.js';

/** Options of {@link LighthouseMockChain}. */
export interface LighthouseMockChainOptions {
  /** An integer. */
  readonly seed: number;
  /** Default 32, as on the main network; 8 on the minimal one. */
  readonly slotsPerEpoch?: number;
  /** Default 16384. */
  readonly validators?: number;
  /** Members of a committee; default 128. */
  readonly committeeSize?: number;
  /** Slots with a block each that have gone by before the first event; default 0. */
  readonly warmUpSlots?: number;
}

/** A block as the chain speaks of it. */
export interface BlockSummary {
  readonly root: Hex;
  readonly slot: number;
}

/** Options of a new block. */
export interface ProduceOptions {
  /** Root of the block below; default: the head. On another one a branch begins or grows. */
  readonly parent?: Hex;
  /** Votes it gets: a branch with more of them than the head's becomes the head. Default 1. */
  readonly votes?: number;
  /** Aggregates in the block; default 2. */
  readonly attestations?: number;
  /** Whether the block has one of the other operations, too; default false. */
  readonly operations?: boolean;
}

export class LighthouseMockChain {
  private readonly maker: BlockMaker;
  private readonly tree: BlockTree;
  private readonly slotsPerEpoch: number;
  private readonly listeners = new Set<(event: MockBeaconEvent) => void>();
  private present = 0;
  private newest: SignedBeaconBlock | undefined;
  private justifiedCheckpoint: Checkpoint;
  private finalizedCheckpoint: Checkpoint & { readonly epoch: number };

  constructor(options: LighthouseMockChainOptions) {
    const { seed, slotsPerEpoch = 32, validators = 16_384, committeeSize = 128 } = options;
    this.slotsPerEpoch = slotsPerEpoch;
    this.maker = new BlockMaker({ seed, validators, committeeSize });
    const root = digest('genesis', String(seed));
    const stateRoot = digest('genesis state', String(seed));
    this.tree = new BlockTree({ root, parent: ZERO_ROOT, slot: 0, stateRoot, votes: 0 });
    this.justifiedCheckpoint = { epoch: 0, root };
    this.finalizedCheckpoint = { epoch: 0, root };
    for (let slot = 0; slot < (options.warmUpSlots ?? 0); slot++) this.slot();
  }

  /** Hears what happens, at once and in order. @returns a function that ends it. */
  on(listener: (event: MockBeaconEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get head(): BlockSummary {
    const { root, slot } = this.tree.head;
    return { root, slot };
  }

  /** The slot it is. */
  get presentSlot(): number {
    return this.present;
  }

  get finalized(): { readonly epoch: number; readonly root: Hex } {
    return this.finalizedCheckpoint;
  }

  /** Blocks that are remembered: those that are not finalized, and the one that is. */
  get size(): number {
    return this.tree.size;
  }

  /** Lets a slot go by without a block. */
  skipSlot(slots = 1): void {
    this.present += slots;
  }

  /** The next slot, with a block. */
  slot(options: ProduceOptions = {}): BlockSummary {
    this.skipSlot();
    return this.produce(options);
  }

  /**
   * A block in the present slot.
   *
   * @throws ChainRefusedError if its parent is unknown, or not older.
   */
  produce(options: ProduceOptions = {}): BlockSummary {
    const node = this.import(options);
    this.updateHead();
    return { root: node.root, slot: node.slot };
  }

  /** What sync does: every block is imported, the head moves once. */
  importBatch(blocks: number): readonly BlockSummary[] {
    let parent = this.tree.head.root;
    const imported = Array.from({ length: blocks }, () => {
      this.skipSlot();
      const { root, slot } = this.import({ parent });
      parent = root;
      return { root, slot };
    });
    this.updateHead();
    return imported;
  }

  /**
   * The next slot's block is built so many blocks below the head and takes over.
   *
   * @throws ChainRefusedError if that is finalized.
   */
  reorg(depth = 1): BlockSummary {
    const parent = this.tree.below(this.tree.head, depth);
    if (parent === undefined) throw new ChainRefusedError(`${String(depth)} blocks back is final`);
    const votes = this.tree.head.votes - parent.votes + 1;
    return this.slot({ parent: parent.root, votes });
  }

  /** Lets empty slots go by up to the block that advances finality. */
  finalise(): { readonly epoch: number; readonly root: Hex } {
    const before = this.finalizedCheckpoint.epoch;
    while (this.finalizedCheckpoint.epoch === before) {
      this.present = (this.epochOf(this.present) + 1) * this.slotsPerEpoch;
      this.produce();
    }
    return this.finalized;
  }

  /** A committee votes for the head. */
  attest(index = 0): void {
    this.emit({
      type: 'beacon.attestation-imported',
      data: { attestation: this.attestation(index) },
    });
  }

  /** A block that the chain refuses, whatever it was; nothing changes. */
  rejectBlock(why: BlockRejection = 'bad-signature'): void {
    this.emit({ type: 'beacon.block-rejected', data: rejectedBlock(why, this.rejectionContext()) });
  }

  /** An attestation that the chain refuses; nothing changes. */
  rejectAttestation(why: AttestationRejection = 'future-slot'): void {
    const data = rejectedAttestation(why, this.attestation(0), this.rejectionContext());
    this.emit({ type: 'beacon.attestation-rejected', data });
  }

  private import(options: ProduceOptions): BlockNode {
    const parent = options.parent === undefined ? this.tree.head : this.tree.find(options.parent);
    if (parent === undefined) throw new ChainRefusedError('The parent is unknown or final');
    if (parent.slot >= this.present) throw new ChainRefusedError('The slot has a block already');
    const block = this.assemble(parent, options);
    const { message } = block;
    const node: BlockNode = {
      root: blockRoot(message),
      parent: parent.root,
      slot: this.present,
      stateRoot: message.state_root,
      votes: parent.votes + (options.votes ?? 1),
    };
    this.tree.add(node);
    this.newest = block;
    this.emit({ type: 'beacon.block-imported', data: { block_root: node.root, block } });
    return node;
  }

  private assemble(parent: BlockNode, options: ProduceOptions): SignedBeaconBlock {
    const { attestations = 2, operations = false } = options;
    return this.maker.block(
      { slot: this.present, parentRoot: parent.root, parentStateRoot: parent.stateRoot },
      // Votes of the parent's slot: a block has those of earlier slots only.
      Array.from({ length: attestations }, (_, index) =>
        this.attestation(index, parent, parent.slot),
      ),
      operations,
    );
  }

  /** Fork choice. Finality goes first, as in a node (contract 10). */
  private updateHead(): void {
    const previous = this.tree.head;
    const head = this.tree.choose();
    if (head.root === previous.root) return;
    const reorg = this.tree.isReorg(previous, head);
    this.tree.moveHead(head);
    this.advanceFinality(head);
    this.emit({
      type: 'beacon.head-changed',
      data: {
        reorg,
        current_head_beacon_block_root: head.root,
        previous_head_beacon_block_root: previous.root,
      },
    });
  }

  private advanceFinality(head: BlockNode): void {
    const epoch = this.epochOf(head.slot) - 2;
    const justified = this.checkpoint(head, epoch + 1);
    const finalized = this.checkpoint(head, epoch);
    if (justified !== undefined && epoch + 1 > 0) this.justifiedCheckpoint = justified;
    if (finalized === undefined || epoch <= this.finalizedCheckpoint.epoch) return;
    this.finalizedCheckpoint = finalized;
    const node = this.tree.find(finalized.root);
    if (node !== undefined) this.tree.prune(node);
    this.emit({ type: 'beacon.finalization', data: { ...finalized } });
  }

  /** The block at, or last before, the first slot of an epoch. */
  private checkpoint(
    head: BlockNode,
    epoch: number,
  ): { readonly epoch: number; readonly root: Hex } | undefined {
    const root = this.tree.ancestorAt(head, epoch * this.slotsPerEpoch)?.root;
    return root === undefined ? undefined : { epoch, root };
  }

  private attestation(index: number, head = this.tree.head, slot = this.present): Attestation {
    const epoch = this.epochOf(slot);
    return this.maker.attestation({
      slot,
      index,
      head: head.root,
      source: this.justifiedCheckpoint,
      target: this.checkpoint(head, epoch) ?? { epoch, root: head.root },
    });
  }

  private rejectionContext(): RejectionContext {
    const { head } = this.tree;
    const place = {
      slot: this.present + 1,
      parentRoot: head.root,
      parentStateRoot: head.stateRoot,
    };
    const next = this.maker.block(place, [this.attestation(0)], false);
    return {
      presentSlot: this.present,
      presentEpoch: this.epochOf(this.present),
      known: this.newest ?? next,
      next,
      unknownRoot: this.maker.unknownRoot(),
    };
  }

  private epochOf(slot: number): number {
    return Math.floor(slot / this.slotsPerEpoch);
  }

  private emit(event: MockBeaconEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }
}

const ZERO_ROOT = `0x${'00'.repeat(32)}`;
