/** The wallet socket, for documents (contract 1). */
import type { WireContract } from '@sluice/nestjs';
import { HISTORY_SCHEMAS } from './history-vertex.schema.js';
import { WALLET_MESSAGES } from './wallet-messages.contract.js';
import { WALLET_REQUESTS } from './wallet-requests.js';

const FRAMES = ['begin', 'address', 'vertex', 'end', 'error'].map(
  (frame) => `stream:history:${frame}`,
);

const ERROR = 'stream:history:error';

/** Topics with what makes them speak. */
const BROADCASTS = {
  'dashboard:metrics': 'To everybody, every second.',
  'network:new_tx_accepted': 'To everybody, at most 10 a second.',
  'wallet:address_history': 'To those who have subscribed the address; twice for a new vertex.',
  'wallet:output_received': 'To everybody, if the node has a wallet; at most 5 a second.',
  'wallet:output_spent': 'To everybody, if the node has a wallet; at most 5 a second.',
  'wallet:balance_updated': 'To everybody, if the node has a wallet; at most 3 a second.',
  'wallet:history_updated': 'To everybody, if the node has a wallet.',
  'wallet:keys_generated': 'To everybody, if the node has a wallet.',
  'wallet:gap_limit': 'To everybody, if the node has a wallet.',
};

/** Everything that goes over the wallet socket. */
export const WALLET_CONTRACT: WireContract = {
  id: 'hathorWallet',
  title: 'Hathor wallets',
  description:
    'Broadcasts, histories of addresses, and streams of them. What has no known `type` is ignored. Numbers may have any size.',
  schemas: HISTORY_SCHEMAS,
  messages: { ...WALLET_REQUESTS, ...WALLET_MESSAGES },
  commands: {
    ping: { replies: ['pong'] },
    subscribe_address: { replies: ['subscribe_address:result'] },
    unsubscribe_address: { replies: ['unsubscribe_address:result'] },
    'request:history:xpub': { replies: FRAMES },
    'request:history:manual': { replies: FRAMES },
    'request:history:ack': { replies: FRAMES.slice(1) },
    'request:history:stop': { replies: [ERROR] },
  },
  sends: {
    capabilities: { summary: 'Greets a client.' },
    error: { summary: 'Answers what is not JSON.' },
  },
  topics: Object.fromEntries(
    Object.entries(BROADCASTS).map(([topic, summary]) => [topic, { summary }]),
  ),
  closes: [
    {
      code: 1006,
      when: 'a request without what it needs, a violation of the WebSocket protocol, a message that is too large, or a fault of the server',
    },
    { code: 1011, when: 'a history cannot be read' },
    { code: 1013, when: 'the client has read nothing for 30 seconds' },
  ],
};
