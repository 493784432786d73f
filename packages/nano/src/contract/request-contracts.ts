/** What clients send, and how it is acknowledged (contract 4). */
import { objectSchema, type JsonSchema } from '@sluice/engine';
import type { MessageContract } from '@sluice/nestjs';
import type { NanoOptions } from '../nano.options.js';
import { NANO_TOPICS } from '../topics/nano-topics.js';
import { MILLISECONDS } from './texts.js';

const SCALAR = ['string', 'number', 'boolean', 'null'];

const BOOLEAN = {
  type: SCALAR,
  description: '`true`, `1`, `false` or `0`, also as text; anything else counts as absent.',
};

const ACCOUNTS = {
  type: ['array', 'object', ...SCALAR],
  items: true,
  description: 'Accounts, `nano_…` or `xrb_…`. What is no account is skipped.',
};

const ID = { type: SCALAR, description: 'Comes back in the acknowledgement, as text.' };

/** Options of a subscription to confirmations. @param extensions those of the server. */
function confirmationOptions({
  extensions = {},
}: NanoOptions): Readonly<Record<string, JsonSchema>> {
  return {
    'confirmation_type?': {
      type: SCALAR,
      description:
        '`all` (default), `active`, `active_quorum`, `active_confirmation_height` or `inactive`; case does not matter.',
    },
    'all_local_accounts?': BOOLEAN,
    'accounts?': ACCOUNTS,
    'include_block?': BOOLEAN,
    'include_election_info?': BOOLEAN,
    'include_election_info_with_votes?': BOOLEAN,
    'include_sideband_info?': BOOLEAN,
    'include_linked_account?': BOOLEAN,
    ...(extensions.conditions === true && {
      'minimum_amount?': { type: SCALAR, description: 'Raw. An extension.' },
      'subtypes?': { ...ACCOUNTS, description: 'Such as `send`. An extension.' },
    }),
    ...(extensions.resume === true && {
      'since?': { type: SCALAR, description: '`now`, `earliest` or a cursor. An extension.' },
      'window?': { type: SCALAR, description: '1 to 10000. An extension.' },
    }),
  };
}

function request(
  action: string,
  members: Readonly<Record<string, JsonSchema>>,
): Readonly<Record<string, unknown>> {
  const common = { 'ack?': BOOLEAN, 'id?': ID };
  return objectSchema({ action: { const: action }, ...members, ...common }, true);
}

function options(members: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return {
    ...objectSchema(members, true),
    type: ['object', 'array', ...SCALAR],
    description: 'Present if the name occurs, whatever the value; unknown members are ignored.',
  };
}

/** Topics without options. */
const PLAIN_TOPICS = NANO_TOPICS.filter((topic) => !['confirmation', 'vote'].includes(topic));

/** By name; `subscribe` comes in three forms. */
export function requestContracts(settings: NanoOptions): Readonly<Record<string, MessageContract>> {
  const { resume = false } = settings.extensions ?? {};
  return {
    subscribe_confirmation: {
      summary: 'Subscribes to confirmations, instead of an earlier subscription',
      payload: request('subscribe', {
        topic: { const: 'confirmation' },
        'options?': options(confirmationOptions(settings)),
      }),
      examples: [
        {
          payload: {
            action: 'subscribe',
            topic: 'confirmation',
            ack: true,
            id: '<optional unique id>',
          },
        },
        {
          summary: 'With options',
          payload: {
            action: 'subscribe',
            topic: 'confirmation',
            options: { confirmation_type: 'active' },
          },
        },
      ],
    },
    subscribe_vote: {
      summary: 'Subscribes to votes',
      payload: request('subscribe', {
        topic: { const: 'vote' },
        'options?': options({
          'include_replays?': BOOLEAN,
          'include_indeterminate?': BOOLEAN,
          'representatives?': ACCOUNTS,
        }),
      }),
      examples: [{ payload: { action: 'subscribe', topic: 'vote' } }],
    },
    subscribe: {
      summary: 'Subscribes to a topic that has no options',
      payload: request('subscribe', { topic: { enum: PLAIN_TOPICS } }),
      examples: [{ payload: { action: 'subscribe', topic: 'work' } }],
    },
    update: {
      summary: 'Changes the accounts of a subscription to confirmations that has options',
      payload: request('update', {
        topic: { const: 'confirmation' },
        options: options({
          'accounts_add?': ACCOUNTS,
          'accounts_del?': ACCOUNTS,
          ...(resume && {
            'acked?': { type: SCALAR, description: 'Acknowledges up to a cursor. An extension.' },
          }),
        }),
      }),
      examples: [
        {
          payload: {
            action: 'update',
            topic: 'confirmation',
            options: {
              accounts_add: ['nano_1unw379kgu1iub1caswn5khfk4b6tzinku8ww7uds9z7nwubj3dgt6yzjpiw'],
              accounts_del: ['nano_1tgkjkq9r96zd3pkr7edj8e4qbu3wr3ps6ettzse8hmoa37nurua7faupjhc'],
            },
          },
        },
      ],
    },
    unsubscribe: {
      summary: 'Ends a subscription, and succeeds if there was none',
      payload: request('unsubscribe', { topic: { enum: [...NANO_TOPICS] } }),
      examples: [{ payload: { action: 'unsubscribe', topic: 'confirmation' } }],
    },
    ping: {
      summary: 'Keeps the connection alive; always answered',
      payload: request('ping', {}),
      examples: [{ payload: { action: 'ping' } }],
    },
    acknowledgement: {
      summary: 'The action has succeeded; only if `ack` asked for it',
      payload: objectSchema({
        ack: { enum: ['subscribe', 'update', 'unsubscribe'] },
        time: MILLISECONDS,
        'id?': { type: 'string', minLength: 1 },
        ...(resume && {
          'cursor?': { type: 'string', description: 'Where the subscription begins.' },
          'gap?': { const: 'true', description: 'What was before is no longer kept.' },
        }),
      }),
      correlation: '/id',
      examples: [
        { payload: { ack: 'subscribe', time: '1564935350664', id: '<optional unique id>' } },
      ],
    },
    pong: {
      summary: 'Answer to a ping',
      payload: objectSchema({
        ack: { const: 'pong' },
        time: MILLISECONDS,
        'id?': { type: 'string', minLength: 1 },
      }),
      correlation: '/id',
      examples: [{ payload: { ack: 'pong', time: '1564935350664' } }],
    },
  };
}
