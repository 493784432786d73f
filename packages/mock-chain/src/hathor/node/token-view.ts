import { jsonInteger } from '@sluice/hathor/codec';
import type { OutputPlace, TokenDetails, TokenListing } from '@sluice/hathor';
import type { Dag } from '../dag/dag.js';
import { MELT, MINT, NATIVE_TOKEN, outputOf } from '../dag/vertex-tokens.js';
import type { TokenEntry, TokenIndex, UnspentOutput } from '../indexes/token-index.js';

/** As many places of authority as a node lists. */
const MOST_AUTHORITIES = 100;
const HTR = { name: 'Hathor', symbol: 'HTR', version: 0 } as const;

/** Tokens as a node's endpoints show them. */
export class TokenView {
  readonly #dag: Dag;
  readonly #index: TokenIndex;

  constructor(dag: Dag, index: TokenIndex) {
    this.#dag = dag;
    this.#index = index;
  }

  /** Undefined if there is none, or what created it is voided. */
  details(uid: string): TokenDetails | undefined {
    const listing = this.#listing(uid);
    const entry = this.#index.get(uid);
    if (listing === undefined || entry === undefined) return undefined;
    const { name, symbol, version } = listing;
    const mint = authorities(entry, MINT);
    const melt = authorities(entry, MELT);
    return {
      name,
      symbol,
      version,
      mint: mint.slice(0, MOST_AUTHORITIES),
      melt: melt.slice(0, MOST_AUTHORITIES),
      can_mint: mint.length > 0,
      can_melt: melt.length > 0,
      total: jsonInteger(entry.total),
      transactions_count: entry.vertices.size,
    };
  }

  /** Custom tokens in the order in which they were first seen. */
  list(limit: number): readonly TokenListing[] {
    const found: TokenListing[] = [];
    for (const uid of this.#index.uids()) {
      if (found.length === limit) break;
      const listing = this.#listing(uid);
      if (listing !== undefined) found.push(listing);
    }
    return found;
  }

  #listing(uid: string): TokenListing | undefined {
    if (uid === NATIVE_TOKEN) return { uid, ...HTR };
    const creation = this.#dag.get(uid);
    if (creation?.vertex.version !== 2 || creation.isVoided) return undefined;
    const { name, symbol, version } = creation.vertex.tokenInfo;
    return { uid, name, symbol, version };
  }
}

function authorities({ authorities: outputs }: TokenEntry, right: bigint): OutputPlace[] {
  const holds = ({ vertex, index }: UnspentOutput): boolean =>
    (outputOf(vertex, index).value & right) !== 0n;
  return [...outputs.values()]
    .filter(holds)
    .map(({ vertex, index }) => ({ tx_id: vertex.hash, index }));
}
