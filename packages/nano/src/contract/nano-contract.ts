/** The node's socket, for documents (contract 2 to 7). */
import type { WireContract } from '@sluice/nestjs';
import type { NanoOptions } from '../nano.options.js';
import { BLOCK_SCHEMAS } from './block-schemas.js';
import { notificationContracts } from './notification-contracts.js';
import { requestContracts } from './request-contracts.js';

/** What differs between the guide and the node, by the option that decides. */
const COMPAT: Readonly<Record<NonNullable<NanoOptions['compat']>, string>> = {
  published:
    'A subscription to confirmations with empty options gets nothing until accounts are added; one to votes gets type ' +
    '`vote` unless it asks for others.',
  node: 'A subscription to confirmations with empty options gets everything; one to votes without options gets every type.',
};

/** With the options in force. */
export function nanoContract(options: NanoOptions): WireContract {
  const replies = ['acknowledgement'];
  const isResumable = options.extensions?.resume === true;
  return {
    id: 'nano',
    title: 'Nano node',
    description:
      'Every scalar in every message of the server is a text, an empty array an empty text. There is no error message of ' +
      `any kind: what does not fit is ignored. ${COMPAT[options.compat ?? 'published']}`,
    schemas: BLOCK_SCHEMAS,
    messages: { ...requestContracts(options), ...notificationContracts(options) },
    commands: {
      subscribe: { messages: ['subscribe_confirmation', 'subscribe_vote', 'subscribe'], replies },
      update: { replies },
      unsubscribe: { replies },
      ping: { replies: ['pong'] },
    },
    topics: { ack: false },
    closes: [
      { code: 1002, when: 'a violation of the WebSocket protocol' },
      {
        code: 1006,
        when: 'a message that is not one JSON document; or the client does not read for half a minute',
      },
      { code: 1007, when: 'a text that is not UTF-8' },
      { code: 1008, when: 'a filter with more accounts than the server takes' },
      { code: 1009, when: 'a message is too large' },
      {
        code: 1013,
        when: isResumable
          ? 'what a resumed subscription waits for is no longer stored, or as 1006 if there is room to say it'
          : 'as 1006 for a client that does not read, if there is room to say it',
      },
    ],
  };
}
