import type { Hex32, VertexData } from '@sluice/hathor';
import type { HathorMockChain } from '../hathor-mock-chain.js';

/**
 * Where a scenario plays: the chain, and the names under which its vertices go. On a chain that has a history already, the
 * story begins at its best block, which takes the part of the genesis block.
 */
export class ScenarioStage {
  readonly #names = new Map<string, Hex32>();
  /** Height from which the story counts its blocks. */
  readonly #base: number;

  /**
   * @param challengerWins - How ties of score end: for the block that came first or for the one that challenges it.
   */
  constructor(
    readonly chain: HathorMockChain,
    readonly challengerWins: boolean,
  ) {
    this.#base = chain.height;
    this.name('genesis', chain.best);
    const [, first, second] = chain.vertices();
    if (first) this.name('genesis tx1', first);
    if (second) this.name('genesis tx2', second);
  }

  get names(): ReadonlyMap<string, Hex32> {
    return this.#names;
  }

  name(label: string, vertex: VertexData): VertexData {
    this.#names.set(label, vertex.hash);
    return vertex;
  }

  /** @throws Error if nothing goes by that name. */
  hash(label: string): Hex32 {
    const hash = this.#names.get(label);
    if (hash === undefined) throw new Error(`nothing is called ${label}`);
    return hash;
  }

  /** Mines `count` blocks on the best chain, a second apart, named `block 1` and so on. */
  blocks(count: number): void {
    for (let left = count; left > 0; left--) {
      const block = this.chain.mineBlock();
      this.name(`block ${block.metadata.height - this.#base}`, block);
      this.chain.advance(1);
    }
  }

  /** Ids that decide a tie with another block as this scenario wants it. */
  decidesTieWith(rival: Hex32): (id: Hex32) => boolean {
    return (id) => id < rival === this.challengerWins;
  }
}
