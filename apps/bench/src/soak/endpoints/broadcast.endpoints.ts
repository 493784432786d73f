/** Sockets that tell every client everything and are told nothing. */
import type { StreamName } from '../ledger/publication.js';
import type { LiveEndpoint } from './live-endpoint.js';

export const basalt = broadcast('basalt', (text) => /"hash":"(0x[0-9a-f]{64})"/.exec(text)?.[1]);

export const bigchaindb = broadcast(
  'bigchaindb',
  (text) => /"transaction_id": ?"([0-9a-f]{64})"/.exec(text)?.[1],
);

const BEACON_HEAD =
  /^\{"event":"beacon_head_changed".*"current_head_beacon_block_root":"(0x[0-9a-f]+)".*"previous_head_beacon_block_root":"(0x[0-9a-f]+)"/;
const BEACON_FINALITY =
  /^\{"event":"beacon_finalization".*"epoch":"?(\d+)"?,"root":"(0x[0-9a-f]+)"/;
const BEACON_BLOCK =
  /^\{"event":"beacon_block_(?:imported|rejected)".*?"slot":"?(\d+)"?.*?"state_root":"(0x[0-9a-f]+)"/;
const BEACON_ATTESTATION =
  /^\{"event":"beacon_attestation_(?:imported|rejected)".*?"slot":"?(\d+)"?.*"signature":"(0x[0-9a-f]+)"/;

export const lighthouse = broadcast('lighthouse', (text) => {
  const event = /^\{"event":"(\w+)"/.exec(text)?.[1];
  const facts = [BEACON_HEAD, BEACON_FINALITY, BEACON_BLOCK, BEACON_ATTESTATION]
    .map((pattern) => pattern.exec(text))
    .find((match) => match !== null);
  return facts && `${String(event)},${String(facts[1])},${String(facts[2])}`;
});

function broadcast(
  name: Extract<StreamName, 'basalt' | 'bigchaindb' | 'lighthouse'>,
  keyOf: (text: string) => string | undefined,
): LiveEndpoint {
  return {
    name,
    stream: name,
    url: (urls) => urls[name].ws ?? '',
    examples: ['ping', { op: 'subscribe' }, { subscribe: ['head'] }, [], 0],
    visit: () => ({
      requests: [],
      answers: 0,
      wants: () => true,
      // A message without the facts was never published.
      read: (text) => ({ key: keyOf(text) ?? text.slice(0, 200) }),
    }),
  };
}
