/** The messages of contract 6 and 7: every scalar is a text. */
import {
  anyOf,
  anyText,
  list,
  literal,
  object,
  oneOf,
  text,
  type Members,
  type ObjectRules,
  type Shape,
} from '../../judging/shape.js';

const DIGITS = text(/^\d+$/, 'decimal digits as text');
const TIME = text(/^\d{13}$/, 'milliseconds since 1970 as text');
const SECONDS = text(/^\d{10}$/, 'seconds since 1970 as text');
const HASH = text(/^[0-9A-F]{64}$/, '64 upper-case hex digits');
const SIGNATURE = text(/^[0-9A-F]{128}$/, '128 upper-case hex digits');
const WORK = text(/^[0-9a-f]{16}$/, '16 lower-case hex digits');
const MULTIPLIER = text(/^\d+\.\d{15}$/, 'a number with 15 decimals as text');
const account = (prefix: string): Shape =>
  text(
    new RegExp(`^${prefix}_[13][13456789abcdefghijkmnopqrstuwxyz]{59}$`),
    `a ${prefix}_ account`,
  );
const ACCOUNT = account('nano');
const SUBTYPE = oneOf('send', 'receive', 'change', 'epoch');

/** A list; an empty one is written as an empty text. */
const listOf = (item: Shape, most = Infinity): Shape =>
  anyOf(list(item, { least: 1, most }), literal(''));

const envelope = (topic: string, message: Shape): Shape =>
  object({ topic: literal(topic), time: TIME, message });

/** An acknowledgement. @param id the id that must be echoed, if any. */
export function ackShape(action: string, id?: string): Shape {
  return object({
    ack: literal(action),
    time: TIME,
    ...(id !== undefined && { id: literal(id) }),
  });
}

const STATE_BLOCK: Members = {
  type: literal('state'),
  account: ACCOUNT,
  previous: HASH,
  representative: ACCOUNT,
  balance: DIGITS,
  link: HASH,
  link_as_account: ACCOUNT,
  signature: SIGNATURE,
  work: WORK,
};

const LEGACY_BLOCKS: readonly Members[] = [
  {
    type: literal('send'),
    previous: HASH,
    destination: ACCOUNT,
    balance: text(/^[0-9A-F]{32}$/, '32 upper-case hex digits'),
    work: WORK,
    signature: SIGNATURE,
  },
  { type: literal('receive'), previous: HASH, source: HASH, work: WORK, signature: SIGNATURE },
  {
    type: literal('open'),
    source: HASH,
    representative: ACCOUNT,
    account: ACCOUNT,
    work: WORK,
    signature: SIGNATURE,
  },
  {
    type: literal('change'),
    previous: HASH,
    representative: ACCOUNT,
    work: WORK,
    signature: SIGNATURE,
  },
];

const LINKED: Members = { linked_account: anyOf(ACCOUNT, literal('0')) };

/** A block in a confirmation. @param linked whether `linked_account` was asked for. */
function confirmedBlock(linked: boolean): Shape {
  const extra = linked ? LINKED : {};
  return anyOf(
    object({ ...STATE_BLOCK, ...extra, subtype: SUBTYPE }),
    ...LEGACY_BLOCKS.map((members) => object({ ...members, ...extra })),
  );
}

const ELECTION: Members = {
  duration: DIGITS,
  time: TIME,
  tally: DIGITS,
  final: DIGITS,
  blocks: DIGITS,
  voters: DIGITS,
  request_count: DIGITS,
};

const ELECTION_VOTE = object({
  representative: ACCOUNT,
  timestamp: DIGITS,
  hash: HASH,
  weight: DIGITS,
});

/** What a subscription to confirmations asked for. */
export interface Parts {
  readonly block?: boolean;
  readonly linked?: boolean;
  readonly election?: boolean;
  readonly votes?: boolean;
  readonly sideband?: boolean;
}

/** A confirmation. @param parts default: a block and nothing else. */
export function confirmationShape(parts: Parts = {}): Shape {
  const { block = true, linked = false, election = false, votes = false, sideband = false } = parts;
  const message = object({
    account: ACCOUNT,
    amount: DIGITS,
    hash: HASH,
    confirmation_type: oneOf('active_quorum', 'active_confirmation_height', 'inactive', 'unknown'),
    ...(election && {
      election_info: object(votes ? { ...ELECTION, votes: listOf(ELECTION_VOTE) } : ELECTION),
    }),
    ...(block && { block: confirmedBlock(linked) }),
    ...(sideband && { sideband: object({ height: DIGITS, local_timestamp: SECONDS }) }),
  });
  return envelope('confirmation', message);
}

const VOTE = object({
  account: ACCOUNT,
  signature: anyOf(text(/^\d{1,155}$/, 'a decimal number as text'), SIGNATURE),
  sequence: DIGITS,
  timestamp: DIGITS,
  duration: text(/^(?:\d|1[0-5])$/, '0 to 15 as text'),
  blocks: list(HASH, { least: 1, most: 255 }),
  type: oneOf('vote', 'replay', 'indeterminate', 'ignored', 'late'),
});

const ELECTION_HASH = object({ hash: HASH });

const REQUEST = object({
  version: literal('work_1'),
  hash: HASH,
  difficulty: WORK,
  multiplier: MULTIPLIER,
});
const WORK_COMMON: Members = { duration: DIGITS, request: REQUEST, bad_peers: listOf(anyText) };
const WORK_MESSAGE = anyOf(
  object({
    ...WORK_COMMON,
    success: literal('true'),
    reason: literal(''),
    result: object({ source: anyText, work: WORK, difficulty: WORK, multiplier: MULTIPLIER }),
  }),
  object({ ...WORK_COMMON, success: literal('false'), reason: oneOf('cancelled', 'failure') }),
);

const DIFFICULTY = object(
  { network_minimum: WORK, network_current: WORK, multiplier: MULTIPLIER },
  { optional: { network_receive_minimum: WORK, network_receive_current: WORK } },
);

const FIGURES = [
  'block_count',
  'cemented_count',
  'unchecked_count',
  'account_count',
  'bandwidth_cap',
  'peer_count',
  'protocol_version',
  'uptime',
  'major_version',
  'minor_version',
  'patch_version',
  'pre_release_version',
  'port',
];
/** Members of nodes after V28. */
const NEWER: ObjectRules = {
  optional: {
    database_backend: anyText,
    confirmation_latency_ms_p50: DIGITS,
    confirmation_latency_ms_p90: DIGITS,
    confirmation_latency_ms_p99: DIGITS,
    bootstrap_status: anyText,
  },
};
const TELEMETRY = object(
  {
    ...Object.fromEntries(FIGURES.map((name) => [name, DIGITS])),
    genesis_block: HASH,
    maker: anyText,
    timestamp: TIME,
    active_difficulty: WORK,
    node_id: account('node'),
    signature: SIGNATURE,
    address: text(/^[0-9a-f:.]+$/, 'an IPv6 address'),
  },
  NEWER,
);

const ATTEMPT: Members = {
  id: anyText,
  mode: oneOf('legacy', 'lazy', 'wallet_lazy', 'ascending', 'unknown'),
};
const BOOTSTRAP = anyOf(
  object({ reason: literal('exited'), ...ATTEMPT, total_blocks: DIGITS, duration: DIGITS }),
  object({ reason: literal('started'), ...ATTEMPT }),
);

const NEW_BLOCK = object({
  topic: literal('new_unconfirmed_block'),
  time: TIME,
  hash: HASH,
  message: anyOf(
    object({ ...STATE_BLOCK, subtype: SUBTYPE }),
    ...LEGACY_BLOCKS.map((members) => object({ ...members, subtype: literal('change') })),
  ),
});

/** Messages by topic; confirmations depend on what was asked for. */
export const TOPIC_SHAPES = {
  confirmation: confirmationShape(),
  vote: envelope('vote', VOTE),
  started_election: envelope('started_election', ELECTION_HASH),
  stopped_election: envelope('stopped_election', ELECTION_HASH),
  active_difficulty: envelope('active_difficulty', DIFFICULTY),
  work: envelope('work', WORK_MESSAGE),
  telemetry: envelope('telemetry', TELEMETRY),
  new_unconfirmed_block: NEW_BLOCK,
  bootstrap: envelope('bootstrap', BOOTSTRAP),
} as const;

/** A topic that has messages. */
export type Topic = keyof typeof TOPIC_SHAPES;
