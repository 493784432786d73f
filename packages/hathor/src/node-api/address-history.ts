import { elementsOf } from '../chain/elements-of.js';
import type { HathorWalletChain } from '../chain/hathor-wallet-chain.js';
import type { HistoryVertex } from '../chain/history-vertex.js';
import { isAddress } from '../codec/address.js';
import type { HathorNetwork } from '../codec/networks.js';
import type { Hex32 } from '../events/event-data.js';
import { fairly } from './fairly.js';
import { isHex } from './node-hex.js';
import { NodeRefusal } from './node-refusal.js';

/** Contract 6, `MAX_TX_ADDRESSES_HISTORY` and `MAX_INPUTS_OUTPUTS_ADDRESS_HISTORY`. */
const MOST_VERTICES = 150;
const MOST_INPUTS_AND_OUTPUTS = 900;

/** What `thin_wallet/address_history` is asked for. */
export interface AddressHistoryQuery {
  readonly addresses: readonly string[];
  /** The page begins with this vertex of the first address. */
  readonly hash?: string;
  /** Versions that are wanted; default all. */
  readonly versions?: ReadonlySet<number>;
}

/** A page of the history of some addresses. */
export interface AddressHistoryPage {
  readonly success: true;
  /** Each vertex once, in the order of the addresses. */
  readonly history: readonly HistoryVertex[];
  readonly has_more: boolean;
  /** Where the next page begins; null on the last one. */
  readonly first_hash: Hex32 | null;
  readonly first_address: string | null;
}

/**
 * Fills a page address by address, until it is full or nothing is left.
 *
 * @throws NodeRefusal if an address or the hash is none.
 */
export async function addressHistoryPage(
  chain: HathorWalletChain,
  { addresses, hash, versions }: AddressHistoryQuery,
  network: HathorNetwork,
): Promise<AddressHistoryPage> {
  const seen = new Set<Hex32>();
  const history: HistoryVertex[] = [];
  let elements = 0;
  const start = hash ? await firstVertex(chain, hash) : undefined;
  for await (const { address, vertex } of fairly(steps(chain, new Set(addresses), start))) {
    if (vertex === undefined) {
      if (!isAddress(address, network)) throw new NodeRefusal(`The address ${address} is invalid`);
      continue;
    }
    const size = vertex.inputs.length + vertex.outputs.length;
    const isNew = !seen.has(vertex.tx_id) && versions?.has(vertex.version) !== false;
    // Even a page with nothing on it but one huge vertex must lead on to the next page.
    const isFull = history.length > 0 && elements + size > MOST_INPUTS_AND_OUTPUTS;
    if (history.length === MOST_VERTICES || (isNew && isFull)) {
      return { success: true, history, has_more: true, ...nextPage(vertex, address) };
    }
    if (!isNew) continue;
    seen.add(vertex.tx_id);
    history.push(vertex);
    elements += size;
  }
  return { success: true, history, has_more: false, first_hash: null, first_address: null };
}

function nextPage({ tx_id }: HistoryVertex, address: string) {
  return { first_hash: tx_id, first_address: address };
}

async function firstVertex(chain: HathorWalletChain, hash: string): Promise<HistoryVertex> {
  if (!isHex(hash)) throw new NodeRefusal(`Invalid hash ${hash}`);
  const vertex = await chain.historyVertex(hash.toLowerCase());
  if (vertex === undefined) throw new NodeRefusal(`Hash ${hash} is not a transaction hash.`);
  return vertex;
}

/** Each address, then its vertices; those of the first address from `start` on. */
async function* steps(
  chain: HathorWalletChain,
  addresses: Iterable<string>,
  start: HistoryVertex | undefined,
): AsyncGenerator<{ readonly address: string; readonly vertex?: HistoryVertex }> {
  let first = start;
  for (const address of addresses) {
    yield { address };
    if (first !== undefined && concerns(first, address)) yield { address, vertex: first };
    for await (const vertex of elementsOf(chain.addressHistory(address, first?.tx_id))) {
      yield { address, vertex };
    }
    first = undefined;
  }
}

function concerns(vertex: HistoryVertex, address: string): boolean {
  return (
    vertex.nc_address === address ||
    [...vertex.inputs, ...vertex.outputs].some(({ decoded }) => decoded.address === address)
  );
}
