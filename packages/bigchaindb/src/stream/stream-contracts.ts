/** Messages of the two streams, for documents (contract 5, 6 and 12). */
import { objectSchema, type JsonSchema } from '@sluice/engine';
import type { WireContract } from '@sluice/nestjs';

const ID = { type: 'string', pattern: '^[0-9a-f]{64}$' };

const HEIGHT = { type: 'integer', minimum: 0, description: 'Of the block.' };

/** What both streams have in common. */
const STREAM: WireContract = {
  receives: {
    anything: {
      summary: 'Dropped without an answer: there are no commands.',
      description: 'A message may have 4 MiB.',
    },
  },
  messages: { anything: { summary: 'Any text or binary message', payload: true } },
  closes: [
    { code: 1000, when: 'the client closes, whatever its code is' },
    { code: 1002, when: 'a violation of the WebSocket protocol' },
    { code: 1006, when: 'more waits for a client that does not read than it may' },
    { code: 1007, when: 'a text that is not UTF-8' },
    { code: 1009, when: 'a message is too large' },
    { code: 1013, when: 'as 1006, if there is room to say it' },
  ],
};

/** Query parameters of the extension `filters`. */
const FILTERS: JsonSchema = objectSchema(
  {
    'asset_id?': { ...ID, description: 'Only this asset. May be repeated: any of them.' },
    'public_key?': {
      type: 'string',
      description: 'Base58. Only transactions with an output of this key. May be repeated.',
    },
    'operation?': { type: 'string', description: 'Such as `CREATE`. May be repeated.' },
  },
  true,
);

/** @param filters whether clients may filter. */
export function transactionContract(filters: boolean): WireContract {
  return {
    ...STREAM,
    id: 'bigchaindb',
    title: 'BigchainDB valid transactions',
    description:
      'Every transaction of every committed block, in order. There is no greeting and no replay: what a client missed is in ' +
      'the HTTP API.',
    ...(filters && { query: FILTERS }),
    messages: {
      ...STREAM.messages,
      valid_transaction: {
        summary: 'A transaction was committed',
        payload: objectSchema({
          height: HEIGHT,
          asset_id: {
            ...ID,
            description: '`asset.id` of the transaction, or its own id if it has none.',
          },
          transaction_id: { ...ID, description: 'SHA3-256.' },
        }),
        examples: [
          {
            summary: 'A CREATE: the asset is the transaction',
            payload: {
              height: 1,
              asset_id: '4957744b3ac54434b8270f2c854cc1040228c82ea4e72d66d2887a4d3e30b317',
              transaction_id: '4957744b3ac54434b8270f2c854cc1040228c82ea4e72d66d2887a4d3e30b317',
            },
          },
          {
            summary: 'A TRANSFER of that asset',
            payload: {
              height: 2,
              asset_id: '4957744b3ac54434b8270f2c854cc1040228c82ea4e72d66d2887a4d3e30b317',
              transaction_id: '79ef6803210c941903d63d08b40fa17f0a5a04f11ac0ff04451553a187d97a30',
            },
          },
        ],
      },
    },
    topics: {
      valid_transactions: {
        summary: 'Tells of a transaction once its block is stored.',
        messages: ['valid_transaction'],
      },
    },
  };
}

/** An extension of ours, as the successor Planetmint has it. */
export const BLOCK_CONTRACT: WireContract = {
  ...STREAM,
  id: 'bigchaindbBlocks',
  title: 'BigchainDB valid blocks',
  description: 'An extension: every committed block that has transactions, in one message.',
  messages: {
    ...STREAM.messages,
    valid_block: {
      summary: 'A block was committed',
      payload: objectSchema({
        height: HEIGHT,
        'hash?': { type: 'string', description: 'If the source knows it.' },
        transaction_ids: { type: 'array', items: ID, description: 'In block order.' },
      }),
      examples: [
        {
          payload: {
            height: 1,
            transaction_ids: [
              '4957744b3ac54434b8270f2c854cc1040228c82ea4e72d66d2887a4d3e30b317',
              '79ef6803210c941903d63d08b40fa17f0a5a04f11ac0ff04451553a187d97a30',
            ],
          },
        },
      ],
    },
  },
  topics: { valid_blocks: { summary: 'Tells of a block.', messages: ['valid_block'] } },
};
