/** The block stream's messages, for documents (contract 5). */
import { objectSchema, type JsonSchema } from '@sluice/engine';
import type { MessageContract, WireContract } from '@sluice/nestjs';
import type { BasaltSettings } from '../basalt.settings.js';
import type { BlockMessageType } from '../blocks/block-message.js';
import { CURRENT_BLOCK, GENESIS_BLOCK, NEW_BLOCK } from './block-examples.js';

const HASH = { type: 'string', pattern: '^0x[0-9a-f]{64}$' };
const UINT64 = { type: 'integer', minimum: 0, format: 'uint64' };

const BLOCK: JsonSchema = {
  ...objectSchema({
    number: { ...UINT64, description: 'Height. May repeat, fall or jump; `hash` is the identity.' },
    hash: { ...HASH, description: 'BLAKE3 of the header.' },
    parentHash: { ...HASH, description: 'Zeros for genesis.' },
    stateRoot: HASH,
    timestamp: {
      type: 'integer',
      format: 'int64',
      description: 'Unix milliseconds, as the source has it; 0 for genesis.',
    },
    proposer: {
      type: 'string',
      pattern: '^0x[0-9a-f]{40}$',
      description: 'Zeros for genesis.',
    },
    gasUsed: UINT64,
    gasLimit: UINT64,
    transactionCount: { type: 'integer', minimum: 0, maximum: 2 ** 31 - 1 },
  }),
  description: 'Numbers keep every digit: use a parser that reads integers beyond 2^53.',
};

/** With the options in force: `current_block` is sent in one mode only. */
export function blockContract({ compat, limits }: BasaltSettings): WireContract {
  const greets = compat === 'node';
  return {
    id: 'basalt',
    title: 'Basalt blocks',
    description:
      `Every announced block, to every client. At most ${limits.connections ?? 'any number of'} clients; each has to take a ` +
      'message within 5 seconds. A Pong without payload comes every 30 seconds.',
    schemas: { Block: BLOCK },
    messages: {
      ...(greets && {
        current_block: {
          summary: 'The latest block, once, right after connecting',
          payload: message('current_block'),
          examples: [
            { summary: 'At height 12345', payload: CURRENT_BLOCK },
            { summary: 'A chain with only its genesis block', payload: GENESIS_BLOCK },
          ],
        } satisfies MessageContract,
      }),
      new_block: {
        summary: 'A block was announced',
        payload: message('new_block'),
        examples: [{ summary: 'An announced block', payload: NEW_BLOCK }],
      },
      anything: { summary: 'Any text or binary message', payload: true },
    },
    ...(greets && {
      sends: {
        current_block: { summary: 'Greets a client, unless there is no block at all.' },
      },
    }),
    receives: {
      anything: { summary: 'Dropped without an answer: there are no commands and no filters.' },
    },
    topics: {
      block: {
        summary: 'Announces a block, in the order of announcement.',
        messages: ['new_block'],
      },
    },
    closes: [
      { code: 1002, when: 'a violation of the WebSocket protocol' },
      { code: 1006, when: 'a message could not be handed over within 5 seconds' },
      { code: 1007, when: 'a text that is not UTF-8' },
    ],
  };
}

function message(type: BlockMessageType): JsonSchema {
  return objectSchema({ type: { const: type }, block: { $ref: '#/components/schemas/Block' } });
}
