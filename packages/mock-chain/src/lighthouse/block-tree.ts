/** The blocks that may still be built on, and which of them is the head. */
import type { Hex } from '@sluice/lighthouse';

/** A block's place in the tree. */
export interface BlockNode {
  readonly root: Hex;
  readonly parent: Hex;
  readonly slot: number;
  readonly stateRoot: Hex;
  /** Votes on the way from the first block to this one: the tip with most of them is the head. */
  readonly votes: number;
}

export class BlockTree {
  private readonly nodes = new Map<Hex, BlockNode>();
  private current: BlockNode;

  constructor(first: BlockNode) {
    this.nodes.set(first.root, first);
    this.current = first;
  }

  get head(): BlockNode {
    return this.current;
  }

  /** Number of blocks that are remembered. */
  get size(): number {
    return this.nodes.size;
  }

  find(root: Hex): BlockNode | undefined {
    return this.nodes.get(root);
  }

  add(node: BlockNode): void {
    this.nodes.set(node.root, node);
  }

  /** The node with most votes; the present head keeps its place among equals. */
  choose(): BlockNode {
    let best = this.current;
    for (const node of this.nodes.values()) if (node.votes > best.votes) best = node;
    return best;
  }

  moveHead(node: BlockNode): void {
    this.current = node;
  }

  /** The block that stood at `slot` in the history of `node`; undefined if that is forgotten. */
  ancestorAt(node: BlockNode, slot: number): BlockNode | undefined {
    let at: BlockNode | undefined = node;
    while (at !== undefined && at.slot > slot) at = this.nodes.get(at.parent);
    return at;
  }

  /** So many blocks below `node`; undefined if that is forgotten. */
  below(node: BlockNode, blocks: number): BlockNode | undefined {
    let at: BlockNode | undefined = node;
    for (let step = 0; step < blocks && at !== undefined; step++) at = this.nodes.get(at.parent);
    return at;
  }

  /** Whether a head that replaces `previous` is on another branch, as the node judges it (contract 8). */
  isReorg(previous: BlockNode, next: BlockNode): boolean {
    return this.ancestorAt(next, previous.slot)?.root !== previous.root;
  }

  /** Forgets what does not descend from `finalized`. */
  prune(finalized: BlockNode): void {
    for (const node of [...this.nodes.values()]) {
      if (this.ancestorAt(node, finalized.slot)?.root !== finalized.root) {
        this.nodes.delete(node.root);
      }
    }
  }
}
