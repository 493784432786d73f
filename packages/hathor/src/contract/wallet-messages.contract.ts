/** What the wallet socket sends (contract 1.1, 1.3, 1.4, 1.6). */
import { objectSchema, type JsonSchema } from '@sluice/engine';
import type { MessageContract } from '@sluice/nestjs';
import { HISTORY_VERTEX_MEMBERS, vertexSchema } from './history-vertex.schema.js';
import {
  AMOUNT,
  COUNT,
  HASH,
  INTEGER,
  nullable,
  SECONDS,
  shared,
  TEXT,
  TOKEN_DATA,
} from './values.js';
import { WALLET_EXAMPLES } from './wallet-examples.js';

const BOOLEAN = { type: 'boolean' };

const THROTTLED = { ...BOOLEAN, description: 'Whether it had to wait for its rate limit.' };

function message(
  summary: string,
  type: string,
  members: Readonly<Record<string, JsonSchema>>,
  ...examples: readonly unknown[]
): MessageContract {
  return {
    summary,
    payload: objectSchema({ type: { const: type }, ...members }),
    examples: examples.map((payload) => ({ payload })),
  };
}

const STREAM = {
  id: { ...TEXT, description: 'Of the stream.' },
  seq: { ...COUNT, description: 'Grows by one with every frame of the stream.' },
};

/** By name: that of the topic, or the member `type`, with `:result` where a request has the same. */
export const WALLET_MESSAGES: Readonly<Record<string, MessageContract>> = {
  capabilities: message(
    'What the server can do; the first message of every connection',
    'capabilities',
    { capabilities: { type: 'array', items: { const: 'history-streaming' } } },
    WALLET_EXAMPLES.capabilities,
  ),
  pong: message('Answer to a ping', 'pong', {}, { type: 'pong' }),
  error: message(
    'A message that is not JSON; the connection stays',
    'error',
    { success: { const: false }, errmsg: { const: 'Malformed command' } },
    { type: 'error', success: false, errmsg: 'Malformed command' },
  ),
  'subscribe_address:result': message(
    'Whether an address is subscribed',
    'subscribe_address',
    {
      address: { description: 'As it came; null if there was none.' },
      success: BOOLEAN,
      'message?': { ...TEXT, description: 'Why not.' },
    },
    WALLET_EXAMPLES.subscribed,
    WALLET_EXAMPLES.refused,
  ),
  'unsubscribe_address:result': message(
    'An address is no longer subscribed',
    'unsubscribe_address',
    { success: { const: true } },
    { type: 'unsubscribe_address', success: true },
  ),
  'dashboard:metrics': message(
    'Figures of the moment',
    'dashboard:metrics',
    {
      transactions: COUNT,
      blocks: COUNT,
      best_block_height: COUNT,
      hash_rate: { type: 'number', description: 'Hashes per second, estimated.' },
      peers: COUNT,
      time: { type: 'number', description: 'Unix seconds.' },
    },
    WALLET_EXAMPLES.dashboard,
  ),
  'network:new_tx_accepted': {
    summary: 'A vertex was accepted, voided or not',
    payload: vertexSchema({
      type: { const: 'network:new_tx_accepted' },
      ...HISTORY_VERTEX_MEMBERS,
      is_block: BOOLEAN,
      throttled: THROTTLED,
    }),
    examples: [{ payload: WALLET_EXAMPLES.accepted }],
  },
  'wallet:address_history': message(
    'The history of a subscribed address has a new vertex, or one that changed',
    'wallet:address_history',
    { address: TEXT, history: shared('HistoryVertex') },
    WALLET_EXAMPLES.addressHistory,
  ),
  'wallet:output_received': message(
    'The node’s own wallet got an output',
    'wallet:output_received',
    {
      total: COUNT,
      output: objectSchema({
        timestamp: SECONDS,
        tx_id: HASH,
        index: COUNT,
        value: AMOUNT,
        address: TEXT,
        token_data: TOKEN_DATA,
        voided: BOOLEAN,
        timelock: nullable(SECONDS),
      }),
      throttled: THROTTLED,
    },
    WALLET_EXAMPLES.outputReceived,
  ),
  'wallet:output_spent': message(
    'An output of the node’s own wallet was spent',
    'wallet:output_spent',
    {
      output_spent: objectSchema({
        timestamp: SECONDS,
        tx_id: { ...HASH, description: 'The spender.' },
        from_tx_id: HASH,
        from_index: COUNT,
        value: AMOUNT,
        voided: BOOLEAN,
      }),
      throttled: THROTTLED,
    },
    WALLET_EXAMPLES.outputSpent,
  ),
  'wallet:balance_updated': message(
    'The balance of the node’s own wallet was computed anew',
    'wallet:balance_updated',
    { balance: objectSchema({ locked: INTEGER, available: INTEGER }), throttled: THROTTLED },
    WALLET_EXAMPLES.balanceUpdated,
  ),
  'wallet:history_updated': message(
    'A vertex of the node’s own wallet became voided, or valid again',
    'wallet:history_updated',
    {},
    WALLET_EXAMPLES.historyUpdated,
  ),
  'wallet:keys_generated': message(
    'The node’s own wallet generated keys',
    'wallet:keys_generated',
    { keys_count: COUNT },
    WALLET_EXAMPLES.keysGenerated,
  ),
  'wallet:gap_limit': message(
    'The node’s own wallet gave out the last address within its gap limit',
    'wallet:gap_limit',
    { limit: COUNT },
    WALLET_EXAMPLES.gapLimit,
  ),
  'stream:history:begin': message(
    'A stream is open',
    'stream:history:begin',
    {
      ...STREAM,
      window_size: { ...nullable(COUNT), description: 'The window in force; null: unlimited.' },
    },
    WALLET_EXAMPLES.begin,
  ),
  'stream:history:address': message(
    'The next address; its vertices follow',
    'stream:history:address',
    { ...STREAM, index: INTEGER, address: TEXT, subscribed: { const: true } },
    WALLET_EXAMPLES.address,
  ),
  'stream:history:vertex': message(
    'A vertex of that address',
    'stream:history:vertex',
    { ...STREAM, data: shared('HistoryVertex') },
    WALLET_EXAMPLES.vertex,
  ),
  'stream:history:end': message(
    'All addresses are through; acknowledging it closes the stream',
    'stream:history:end',
    STREAM,
    WALLET_EXAMPLES.end,
  ),
  'stream:history:error': message(
    'A stream cannot be opened, has gone wrong, or a request does not fit it',
    'stream:history:error',
    { id: STREAM.id, errmsg: TEXT },
    { type: 'stream:history:error', id: 's', errmsg: 'Streaming is already opened.' },
  ),
};
