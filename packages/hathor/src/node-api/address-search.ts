import type { HathorWalletChain } from '../chain/hathor-wallet-chain.js';
import type { HistoryVertex } from '../chain/history-vertex.js';
import { fairly } from './fairly.js';
import { NodeRefusal } from './node-refusal.js';

/** What `thin_wallet/address_search` is asked for. */
export interface AddressSearch {
  readonly address: string;
  /** Most transactions on the page. */
  readonly count: number;
  /** Only what moves this token to or from the address. */
  readonly token?: string;
  /** The page lies before (`newer`) or behind (`older`) this transaction; absent: the newest ones. */
  readonly from?: { readonly hash: string; readonly towards: 'newer' | 'older' };
}

/**
 * A page of an address's transactions, newest first. Goes through the whole history, because the answer says how long that is,
 * but keeps no more of it than the page.
 *
 * @throws NodeRefusal if the history does not have the transaction that the page begins at.
 */
export async function searchAddress(
  chain: HathorWalletChain,
  { address, count, token, from }: AddressSearch,
): Promise<object> {
  const page: HistoryVertex[] = [];
  let total = 0;
  let startAt: number | undefined;
  for await (const vertex of fairly(chain.addressHistory(address))) {
    if (token !== undefined && !moves(vertex, address, token)) continue;
    const place = total++;
    if (vertex.tx_id === from?.hash) {
      startAt = place;
      continue;
    }
    // Oldest first: what is newer comes after the start, and what is older ends there.
    const isNewer = startAt !== undefined;
    if (from?.towards === 'newer' ? !isNewer || page.length === count : isNewer) continue;
    page.push(vertex);
    if (page.length > count) page.shift();
  }
  if (from !== undefined && startAt === undefined) {
    throw new NodeRefusal(`Invalid hash ${from.hash}`);
  }
  const beyond = from?.towards === 'newer' ? total - 1 - (startAt ?? 0) : (startAt ?? total);
  return { success: true, transactions: page.reverse(), has_more: beyond > count, total };
}

function moves({ inputs, outputs }: HistoryVertex, address: string, token: string): boolean {
  return [...inputs, ...outputs].some(
    (output) => output.decoded.address === address && output.token === token,
  );
}
