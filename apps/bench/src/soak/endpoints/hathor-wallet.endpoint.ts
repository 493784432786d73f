import { encodeAddress, hathorNetworks } from '@sluice/hathor/codec';
import { pick, type Random } from '../run/seeded-random.js';
import type { LiveEndpoint, Visit } from './live-endpoint.js';

const ADDRESSES_EACH = 3;
const HASH_BYTES = 20;

/** Addresses whose keys nobody has: what is paid to them stays. */
export function walletAddresses(random: Random, count: number): readonly string[] {
  return Array.from({ length: count }, () => {
    const hash = Uint8Array.from({ length: HASH_BYTES }, () => Math.floor(random() * 256));
    return encodeAddress('P2PKH', hash, hathorNetworks.localnet);
  });
}

/** The wallet socket: vertices that pay to a client's addresses. */
export function hathorWalletEndpoint(addresses: readonly string[]): LiveEndpoint {
  const [address, other] = addresses;
  return {
    name: 'hathor wallet',
    stream: 'hathor',
    url: (urls) => urls.hathor.ws ?? '',
    examples: [
      { type: 'ping' },
      { type: 'subscribe_address', address },
      { type: 'unsubscribe_address', address },
      {
        type: 'request:history:manual',
        id: 'a',
        first: true,
        last: true,
        addresses: [
          [0, address],
          [1, other],
        ],
        'window-size': 5,
      },
      { type: 'request:history:ack', id: 'a', ack: 2, window: 3 },
      { type: 'request:history:stop', id: 'a' },
    ],
    visit(random) {
      const own = Array.from({ length: ADDRESSES_EACH }, () => pick(random, addresses));
      return {
        requests: own.map((address) => JSON.stringify({ type: 'subscribe_address', address })),
        answers: own.length,
        wants: ({ to = [] }) => own.some((address) => to.includes(address)),
        read: historyReader(),
      };
    },
  };
}

/**
 * A vertex is told of when it is stored, after consensus has looked at it, and whenever it has changed (contract 1.4):
 * somebody has spent another output of it, for one. That may be so of old ones, too. What is told a third time has changed:
 * only who voids a voided vertex cannot be seen.
 */
function historyReader(): Visit['read'] {
  const latest = new Map<string, { readonly text: string; readonly times: number }>();
  return (text) => {
    if (text.startsWith('{"type":"subscribe_address"')) return 'answer';
    if (!text.startsWith('{"type":"wallet:address_history"')) return 'other';
    const id = /"tx_id":"([0-9a-f]{64})"/.exec(text)?.[1] ?? text.slice(0, 200);
    const before = latest.get(id);
    const times = (before?.times ?? 0) + 1;
    latest.set(id, { text, times });
    if (times <= 2) return { key: times === 1 ? id : `${id},consensus`, mayBeOld: true };
    const isRepeated = before?.text === text && text.includes('"is_voided":false');
    return isRepeated ? { key: `${id},consensus` } : 'other';
  };
}
