/** What clients send to the wallet socket (contract 1.2). */
import { objectSchema, type JsonSchema } from '@sluice/engine';
import type { MessageContract } from '@sluice/nestjs';
import { COUNT, INTEGER, nullable, TEXT } from './values.js';

const STREAM_ID = { ...TEXT, description: 'Of the stream, chosen by the client.' };

const GAP_LIMIT = {
  ...INTEGER,
  maximum: 10_000,
  default: 20,
  description: 'Consecutive unused addresses after which the stream ends.',
};

const WINDOW_SIZE = {
  ...nullable(INTEGER),
  description: 'Frames that may be unacknowledged; null, absent or negative: any number.',
};

/** Members that are not named are ignored. */
function request(type: string, members: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return objectSchema({ type: { const: type }, ...members }, true);
}

export const WALLET_REQUESTS: Readonly<Record<string, MessageContract>> = {
  ping: {
    summary: 'Asks for a pong',
    payload: request('ping', {}),
    examples: [{ payload: { type: 'ping' } }],
  },
  subscribe_address: {
    summary: 'Subscribes to the history of an address',
    payload: request('subscribe_address', { address: TEXT }),
    examples: [
      { payload: { type: 'subscribe_address', address: 'HMcJymyctyhnWsWTXqhP9txDwgNZaMWf42' } },
    ],
  },
  unsubscribe_address: {
    summary: 'Ends a subscription; no answer if there is none',
    payload: request('unsubscribe_address', { address: TEXT }),
    examples: [
      { payload: { type: 'unsubscribe_address', address: 'HMcJymyctyhnWsWTXqhP9txDwgNZaMWf42' } },
    ],
  },
  'request:history:xpub': {
    summary: 'Opens a stream of the histories of a key’s addresses',
    payload: request('request:history:xpub', {
      id: STREAM_ID,
      xpub: { ...TEXT, description: 'Extended public key.' },
      'gap-limit?': GAP_LIMIT,
      'first-index?': { ...COUNT, default: 0 },
      'window-size?': WINDOW_SIZE,
    }),
    examples: [
      {
        payload: {
          type: 'request:history:xpub',
          id: 's',
          xpub: 'xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8',
          'first-index': 0,
          'gap-limit': 20,
        },
      },
    ],
  },
  'request:history:manual': {
    summary: 'Opens a stream of the histories of addresses, or adds addresses to it',
    payload: request('request:history:manual', {
      id: STREAM_ID,
      'addresses?': {
        type: 'array',
        maxItems: 5000,
        items: { type: 'array', items: [INTEGER, TEXT], minItems: 2, maxItems: 2 },
        description: 'Pairs of a number of choice and an address.',
      },
      'first?': { type: 'boolean', description: 'True in the request that opens the stream.' },
      'last?': { type: 'boolean', description: 'Whether no more addresses follow.' },
      'gap-limit?': GAP_LIMIT,
      'window-size?': WINDOW_SIZE,
    }),
    examples: [
      {
        payload: {
          type: 'request:history:manual',
          id: 's',
          first: true,
          addresses: [
            [10, 'HRLFWEm9bosfc7Z4zZ7YsXACZTmmdA6nZd'],
            [11, 'HA6xtQwPwLUceMNhQe8VVxdc3sT6yx8re6'],
          ],
        },
      },
    ],
  },
  'request:history:ack': {
    summary: 'Acknowledges the frames of a stream up to one, and may change its window',
    payload: request('request:history:ack', {
      'id?': STREAM_ID,
      'ack?': { ...nullable(INTEGER), description: 'A `seq`; that of the end closes the stream.' },
      'window?': { ...nullable(INTEGER), description: 'The new window; negative: unlimited.' },
    }),
    examples: [{ payload: { type: 'request:history:ack', id: 's', ack: 3 } }],
  },
  'request:history:stop': {
    summary: 'Closes a stream, without an answer',
    payload: request('request:history:stop', { 'id?': STREAM_ID }),
    examples: [{ payload: { type: 'request:history:stop', id: 's' } }],
  },
};
