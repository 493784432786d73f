/** What each topic sends (contract 6). */
import { objectSchema, type JsonSchema } from '@sluice/engine';
import type { MessageContract } from '@sluice/nestjs';
import type { NanoOptions } from '../nano.options.js';
import { BLOCK_EXAMPLES } from './confirmation-examples.js';
import { NODE_EXAMPLES } from './node-examples.js';
import {
  ACCOUNT,
  COUNT,
  HASH,
  HEX64,
  list,
  MILLISECONDS,
  MULTIPLIER,
  notification,
  RAW,
  shared,
  SIGNATURE,
} from './texts.js';

const HASH_ONLY = objectSchema({ hash: HASH });

const CONFIRMATION = objectSchema({
  account: { ...ACCOUNT, description: 'Whose chain the block is on.' },
  amount: { ...RAW, description: 'Raw: difference to the balance before; 0 if unknown.' },
  hash: HASH,
  confirmation_type: {
    enum: ['active_quorum', 'active_confirmation_height', 'inactive', 'unknown'],
  },
  'election_info?': shared('ElectionInfo'),
  'block?': shared('ConfirmedBlock'),
  'sideband?': objectSchema({
    height: { ...COUNT, description: 'On the chain of its account, from 1.' },
    local_timestamp: { ...COUNT, description: 'Unix **seconds**.' },
  }),
});

const TIMESTAMP = {
  ...COUNT,
  description: 'Unix milliseconds; 18446744073709551615 marks a final vote.',
};

function vote(signature: JsonSchema): JsonSchema {
  return objectSchema({
    account: { ...ACCOUNT, description: 'The representative.' },
    signature,
    sequence: { ...COUNT, description: 'The same as `timestamp`.' },
    timestamp: TIMESTAMP,
    duration: { type: 'string', pattern: '^(?:[0-9]|1[0-5])$' },
    blocks: list(HASH),
    type: { enum: ['vote', 'replay', 'indeterminate', 'ignored', 'late'] },
  });
}

const DIFFICULTY = objectSchema({
  network_minimum: HEX64,
  network_receive_minimum: HEX64,
  network_current: HEX64,
  multiplier: MULTIPLIER,
  network_receive_current: HEX64,
});

const WORK = objectSchema({
  success: { enum: ['true', 'false'] },
  reason: { enum: ['', 'cancelled', 'failure'] },
  duration: { ...COUNT, description: 'Milliseconds.' },
  request: objectSchema({
    version: { type: 'string' },
    hash: HASH,
    difficulty: HEX64,
    multiplier: MULTIPLIER,
  }),
  'result?': objectSchema({
    source: { type: 'string', description: '`local`, or address and port of a peer.' },
    work: HEX64,
    difficulty: HEX64,
    multiplier: MULTIPLIER,
  }),
  bad_peers: list({ type: 'string' }),
});

const COUNTS = (...names: readonly string[]): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(names.map((name) => [name, COUNT]));

const TELEMETRY = objectSchema({
  ...COUNTS('block_count', 'cemented_count', 'unchecked_count', 'account_count'),
  bandwidth_cap: { ...COUNT, description: 'Bytes per second; 0: none.' },
  ...COUNTS('peer_count', 'protocol_version'),
  uptime: { ...COUNT, description: 'Seconds.' },
  genesis_block: HASH,
  ...COUNTS('major_version', 'minor_version', 'patch_version', 'pre_release_version'),
  maker: { type: 'string' },
  timestamp: MILLISECONDS,
  active_difficulty: HEX64,
  'database_backend?': { type: 'string' },
  'confirmation_latency_ms_p50?': COUNT,
  'confirmation_latency_ms_p90?': COUNT,
  'confirmation_latency_ms_p99?': COUNT,
  'bootstrap_status?': { type: 'string' },
  node_id: { type: 'string', pattern: ACCOUNT.pattern.replace('nano', 'node') },
  signature: SIGNATURE,
  address: { type: 'string', description: 'IPv6; IPv4 in mapped form.' },
  port: COUNT,
});

const BOOTSTRAP_MODE = { enum: ['legacy', 'lazy', 'wallet_lazy', 'ascending', 'unknown'] };

const BOOTSTRAP: JsonSchema = {
  oneOf: [
    objectSchema({ reason: { const: 'started' }, id: { type: 'string' }, mode: BOOTSTRAP_MODE }),
    objectSchema({
      reason: { const: 'exited' },
      id: { type: 'string' },
      mode: BOOTSTRAP_MODE,
      total_blocks: COUNT,
      duration: { ...COUNT, description: 'Whole **seconds**.' },
    }),
  ],
};

/** By the name of the topic, with the options in force. */
export function notificationContracts({
  voteSignature = 'decimal',
  extensions = {},
}: NanoOptions): Readonly<Record<string, MessageContract>> {
  const signature = voteSignature === 'hex' ? SIGNATURE : { ...COUNT, description: 'Decimal.' };
  const cursor: JsonSchema = {
    type: 'string',
    description: 'Where this confirmation stands; only for subscriptions that asked to resume.',
  };
  return {
    confirmation: {
      summary: 'A block is confirmed',
      payload: notification(
        'confirmation',
        CONFIRMATION,
        extensions.resume === true ? { 'cursor?': cursor } : {},
      ),
      examples: BLOCK_EXAMPLES.confirmation,
    },
    vote: {
      summary: 'A correctly signed vote was processed',
      payload: notification('vote', vote(signature)),
      ...(voteSignature === 'decimal' && { examples: BLOCK_EXAMPLES.vote }),
    },
    started_election: {
      summary: 'An election starts',
      payload: notification('started_election', HASH_ONLY),
      examples: NODE_EXAMPLES.started_election,
    },
    stopped_election: {
      summary: 'A block leaves the elections without having won a confirmed one',
      payload: notification('stopped_election', HASH_ONLY),
      examples: NODE_EXAMPLES.stopped_election,
    },
    active_difficulty: {
      summary: 'The network’s difficulty changes',
      payload: notification('active_difficulty', DIFFICULTY),
      examples: NODE_EXAMPLES.active_difficulty,
    },
    work: {
      summary: 'A work request ends',
      payload: notification('work', WORK),
      examples: NODE_EXAMPLES.work,
    },
    telemetry: {
      summary: 'A telemetry reply of another node arrives',
      payload: notification('telemetry', TELEMETRY),
      examples: NODE_EXAMPLES.telemetry,
    },
    new_unconfirmed_block: {
      summary: 'A block is accepted into the ledger for the first time',
      payload: notification('new_unconfirmed_block', shared('UnconfirmedBlock'), { hash: HASH }),
      examples: BLOCK_EXAMPLES.new_unconfirmed_block,
    },
    bootstrap: {
      summary: 'A bootstrap attempt starts or ends',
      payload: notification('bootstrap', BOOTSTRAP),
      examples: NODE_EXAMPLES.bootstrap,
    },
  };
}
