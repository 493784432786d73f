/** The mining socket, for documents (contract 3). */
import { objectSchema, type JsonSchema } from '@sluice/engine';
import type { MessageContract, WireContract } from '@sluice/nestjs';
import { SUBMITTED_BLOCK, TEMPLATE_NOTIFICATION } from './mining-examples.js';
import { AMOUNT, BIG, COUNT, HASH, HEX, list, SECONDS, shared, TEXT } from './values.js';

const TEMPLATE = objectSchema({
  data: { ...HEX, description: 'The minimal block without nonce.' },
  versions: { ...list(COUNT), description: '0 regular, 3 merge-mined.' },
  reward: AMOUNT,
  weight: { type: 'number', description: 'The least.' },
  timestamp_now: SECONDS,
  timestamp_min: SECONDS,
  timestamp_max: SECONDS,
  parents: { ...list(HASH), minItems: 1, maxItems: 3, description: 'Block first.' },
  parents_any: { ...list(HASH), description: 'Fills up to three parents.' },
  height: COUNT,
  score: BIG,
  signal_bits: COUNT,
});

const ID: JsonSchema = {
  description: 'Any JSON value; without one, or with null, success is not answered.',
};

function request(method: string, params?: JsonSchema): JsonSchema {
  return objectSchema(
    {
      method: { enum: [method, method.replace('.', '_')] },
      'id?': ID,
      'params?': params ?? {
        anyOf: [{ type: 'array', maxItems: 0 }, objectSchema({})],
      },
    },
    true,
  );
}

function success(result: JsonSchema): JsonSchema {
  return objectSchema({ id: ID, error: { type: 'null' }, result });
}

const FAULTS: readonly (readonly [code: number, message: string, when: string])[] = [
  [-32700, 'Parse error', 'Not JSON; the connection is closed'],
  [-32600, 'Invalid Request', 'No `method`; the connection is closed'],
  [-32601, 'Method not found', 'There is no such method'],
  [-32602, 'Invalid params', 'The parameters do not fit'],
  [
    -32603,
    'Internal error',
    'Anything else, also a block that is refused; the connection is closed',
  ],
];

const faultName = (code: number): string => `error:${code}`;

function fault(code: number, message: string, summary: string): [string, MessageContract] {
  return [
    faultName(code),
    {
      summary,
      payload: objectSchema({
        id: { type: 'null' },
        error: objectSchema({ code: { const: code }, message: { const: message } }),
        result: { type: 'null' },
      }),
      examples: [{ payload: { id: null, error: { code, message }, result: null } }],
    },
  ];
}

const BY_POSITION: JsonSchema = {
  type: 'array',
  items: [{ ...HEX, description: 'hexdata' }, { description: 'optimistic' }],
  minItems: 1,
  maxItems: 2,
};

/** Everything that goes over the mining socket. */
export const MINING_CONTRACT: WireContract = {
  id: 'hathorMining',
  title: 'Hathor mining',
  description:
    'JSON-RPC: templates out, blocks in. Answers have no member `jsonrpc`; the id is null in every error. Numbers may have ' +
    'any size.',
  schemas: { BlockTemplate: TEMPLATE },
  messages: {
    'mining.refresh': {
      summary: 'Asks for the present templates',
      payload: request('mining.refresh'),
      correlation: '/id',
      examples: [{ payload: { id: 1, method: 'mining.refresh', params: [] } }],
    },
    'mining.submit': {
      summary: 'Hands a block in',
      payload: request('mining.submit', {
        anyOf: [
          objectSchema({
            hexdata: { ...TEXT, description: 'Bytes of the block, hex.' },
            'optimistic?': { description: 'Whether the answer is a template on the block.' },
          }),
          BY_POSITION,
        ],
      }),
      correlation: '/id',
      examples: [
        { payload: { id: 2, method: 'mining.submit', params: { hexdata: SUBMITTED_BLOCK } } },
      ],
    },
    batch: {
      summary: 'Several requests, each answered in a message of its own',
      payload: { type: 'array' },
      examples: [
        {
          payload: [
            { id: 1, method: 'mining.refresh' },
            { id: 2, method: 'mining.refresh' },
          ],
        },
      ],
    },
    templates: {
      summary: 'The present templates; none while the node may not mine',
      payload: success(list(shared('BlockTemplate'))),
      correlation: '/id',
      examples: [{ payload: { id: 1, error: null, result: TEMPLATE_NOTIFICATION.params } }],
    },
    submitted: {
      summary: 'Whether the block was accepted; if optimistic, a template on top of it',
      payload: success({ anyOf: [{ type: 'boolean' }, shared('BlockTemplate')] }),
      correlation: '/id',
      examples: [{ payload: { id: 2, error: null, result: true } }],
    },
    'mining.notify': {
      summary: 'New templates',
      payload: objectSchema({
        id: { type: 'null' },
        method: { const: 'mining.notify' },
        params: list(shared('BlockTemplate')),
      }),
      examples: [{ payload: TEMPLATE_NOTIFICATION }],
    },
    ...Object.fromEntries(FAULTS.map((each) => fault(...each))),
  },
  commands: {
    'mining.refresh': { replies: ['templates', faultName(-32602)] },
    'mining.submit': { replies: ['submitted', faultName(-32602), faultName(-32603)] },
  },
  receives: {
    batch: { summary: 'Requests are carried out in order; the empty batch is silence.' },
  },
  sends: {
    error: {
      summary: 'Answers whatever goes wrong.',
      messages: FAULTS.map(([code]) => faultName(code)),
    },
  },
  topics: {
    'mining.notify': {
      summary: 'On connect, if the node may mine, and whenever the templates change.',
    },
  },
  closes: [
    { code: 1005, when: 'after the errors -32700, -32600 and -32603' },
    { code: 1006, when: 'a violation of the WebSocket protocol, or a message that is too large' },
  ],
};
