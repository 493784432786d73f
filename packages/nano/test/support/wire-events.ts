/** Events from the messages they lead to: what an application would have published. */
import type {
  BlockConfirmed,
  BootstrapExited,
  BootstrapMode,
  ConfirmationType,
  DifficultyChanged,
  ElectionResult,
  TelemetryReceived,
  UnconfirmedBlock,
  VoteProcessed,
  VoteType,
  WorkGenerated,
} from '../../src/index.js';
import { blockFromJson, type BlockSubtype } from '../../src/wire/index.js';

type Wire = Readonly<Record<string, unknown>>;

/** Reads members of a message, all of which are text. */
function reader(message: Wire): (name: string) => string {
  return (name) => {
    const value = message[name];
    if (typeof value !== 'string') throw new Error(`${name} is ${JSON.stringify(value)}`);
    return value;
  };
}

function member(message: Wire, name: string): Wire | undefined {
  return message[name] as Wire | undefined;
}

/** The event behind a confirmation. */
export function confirmedFrom(message: Wire): BlockConfirmed {
  const text = reader(message);
  const json = member(message, 'block') ?? {};
  const [election, sideband] = [member(message, 'election_info'), member(message, 'sideband')];
  const { subtype } = json as { subtype?: BlockSubtype };
  return {
    account: text('account'),
    amount: BigInt(text('amount')),
    hash: text('hash'),
    confirmationType: text('confirmation_type') as ConfirmationType,
    block: blockFromJson(json),
    ...(subtype && { subtype }),
    ...(election && { election: electionFrom(election) }),
    ...(sideband && {
      sideband: {
        height: BigInt(reader(sideband)('height')),
        localTimestamp: Number(reader(sideband)('local_timestamp')),
      },
    }),
  } as BlockConfirmed;
}

function electionFrom(info: Wire): ElectionResult {
  const text = reader(info);
  const votes = info.votes as readonly Wire[] | undefined;
  return {
    duration: Number(text('duration')),
    time: Number(text('time')),
    tally: BigInt(text('tally')),
    final: BigInt('final' in info ? text('final') : 0),
    blocks: Number(text('blocks')),
    voters: Number(text('voters')),
    requestCount: Number(text('request_count')),
    ...(votes && { votes: votes.map(electionVoteFrom) }),
  };
}

function electionVoteFrom(vote: Wire) {
  const text = reader(vote);
  return {
    representative: text('representative'),
    timestamp: BigInt(text('timestamp')),
    hash: text('hash'),
    weight: BigInt(text('weight')),
  };
}

/** The event behind a new unconfirmed block. */
export function unconfirmedFrom(message: Wire, hash: string): UnconfirmedBlock {
  const { subtype } = message as { subtype: BlockSubtype };
  const block = blockFromJson(message);
  return block.type === 'state' ? { hash, block, subtype } : { hash, block };
}

/** The event behind a vote. */
export function voteFrom(message: Wire): VoteProcessed {
  const text = reader(message);
  return {
    account: text('account'),
    signature: BigInt(text('signature')).toString(16).padStart(128, '0'),
    timestamp: BigInt(text('sequence')),
    blocks: message.blocks as readonly string[],
    type: text('type') as VoteType,
  };
}

/** The event behind a message about work. */
export function workFrom(message: Wire, baseDifficulty: string): WorkGenerated {
  const text = reader(message);
  const request = reader(member(message, 'request') ?? {});
  const result = member(message, 'result');
  const badPeers = message.bad_peers === '' ? [] : (message.bad_peers as readonly string[]);
  const facts = {
    request: { hash: request('hash'), difficulty: request('difficulty') },
    duration: Number(text('duration')),
    badPeers,
    baseDifficulty,
  };
  if (result === undefined) {
    return { ...facts, outcome: text('reason') as 'cancelled' | 'failure' };
  }
  const found = reader(result);
  return {
    ...facts,
    outcome: 'success',
    result: {
      source: found('source'),
      work: found('work'),
      difficulty: BigInt(`0x${found('difficulty')}`),
    },
  };
}

/** The event behind a message about telemetry. */
export function telemetryFrom(message: Wire): TelemetryReceived {
  const text = reader(message);
  const count = (name: string) => BigInt(text(name));
  return {
    blockCount: count('block_count'),
    cementedCount: count('cemented_count'),
    uncheckedCount: count('unchecked_count'),
    accountCount: count('account_count'),
    bandwidthCap: count('bandwidth_cap'),
    peerCount: count('peer_count'),
    protocolVersion: count('protocol_version'),
    uptime: count('uptime'),
    genesisBlock: text('genesis_block'),
    majorVersion: count('major_version'),
    minorVersion: count('minor_version'),
    patchVersion: count('patch_version'),
    preReleaseVersion: count('pre_release_version'),
    maker: text('maker'),
    timestamp: count('timestamp'),
    activeDifficulty: text('active_difficulty'),
    nodeId: text('node_id'),
    signature: text('signature'),
    address: text('address').replace('::ffff:', ''),
    port: Number(text('port')),
  };
}

/** The event behind a change of difficulty. */
export function difficultyFrom(message: Wire): DifficultyChanged {
  const text = reader(message);
  return {
    networkMinimum: text('network_minimum'),
    networkReceiveMinimum: text('network_receive_minimum'),
    networkCurrent: BigInt(`0x${text('network_current')}`),
    networkReceiveCurrent: text('network_receive_current'),
  };
}

/** The event behind the end of a bootstrap attempt. */
export function bootstrapExitFrom(message: Wire): BootstrapExited {
  const text = reader(message);
  return {
    id: Buffer.from(text('id'), 'hex'),
    mode: text('mode') as BootstrapMode,
    totalBlocks: Number(text('total_blocks')),
    duration: Number(text('duration')),
  };
}
