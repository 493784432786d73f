import { encodeAddress, hathorNetworks } from '@sluice/hathor/codec';
import { pick, type Random } from '../run/seeded-random.js';
import type { LiveEndpoint } from './live-endpoint.js';

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
  return {
    name: 'hathor wallet',
    stream: 'hathor',
    url: (urls) => urls.hathor.ws ?? '',
    visit(random) {
      const own = Array.from({ length: ADDRESSES_EACH }, () => pick(random, addresses));
      return {
        requests: own.map((address) => JSON.stringify({ type: 'subscribe_address', address })),
        answers: own.length,
        wants: ({ to = [] }) => own.some((address) => to.includes(address)),
        read(text) {
          if (text.startsWith('{"type":"wallet:address_history"')) {
            return { key: /"tx_id":"([0-9a-f]{64})"/.exec(text)?.[1] ?? text.slice(0, 200) };
          }
          return text.startsWith('{"type":"subscribe_address"') ? 'answer' : 'other';
        },
      };
    },
  };
}
