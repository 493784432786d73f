/** What clients have to be told when the application publishes an event: read from the event, not from any message. */
import type {} from '@sluice/basalt';
import type {} from '@sluice/bigchaindb';
import type { ChainEventMap } from '@sluice/engine';
import type {} from '@sluice/hathor';
import type { BeaconEvents } from '@sluice/lighthouse';
import type { NanoChainEvents } from '@sluice/nano';
import { accountKey, bytesOf, canonicalAccount, encodeAccount, upperHex } from '@sluice/nano/wire';
import type { Publication } from '../ledger/publication.js';

/** A publication before it has a time. */
export type Untimed = Omit<Publication, 'at'>;

type Readers = {
  readonly [K in keyof ChainEventMap]?: (data: ChainEventMap[K]) => readonly Untimed[];
};

const READERS: Readers = {
  'vertex.accepted': ({ hash, inputs, outputs }) => {
    const scripts = [...outputs, ...inputs.map((input) => input.spent_output)];
    const to = scripts.flatMap(({ decoded }) => ('address' in decoded ? [decoded.address] : []));
    // Wallets are told of a new vertex twice: as it was stored, and as consensus left it (contract 1.4).
    return [hash, `${hash},consensus`].map((key) => ({ stream: 'hathor', key, to }));
  },
  'basalt.block': ({ hash }) => [{ stream: 'basalt', key: hash.toLowerCase() }],
  'block.committed': ({ transactions }) =>
    transactions.map(({ id }) => ({ stream: 'bigchaindb', key: id })),
  'block.confirmed': (confirmed) => nano('confirmation', confirmed, accountsOf(confirmed)),
  'block.unconfirmed': (block) => nano('new_unconfirmed_block', block),
  'election.started': (election) => nano('started_election', election),
  'election.stopped': (election) => nano('stopped_election', election),
  'vote.processed': ({ account, timestamp, blocks, type }) => [
    {
      stream: 'nano',
      key: ['vote', canonicalAccount(account), timestamp, blocks.map(hash).join(), type].join(),
    },
  ],
  // A head that replaces itself is no change (contract 8).
  'beacon.head-changed': ({
    current_head_beacon_block_root: now,
    previous_head_beacon_block_root: before,
  }) => (now === before ? [] : beacon('head_changed', now, before)),
  'beacon.finalization': ({ epoch, root }) => beacon('finalization', epoch, root),
  'beacon.block-imported': ({ block }) => beacon('block_imported', ...blockKey(block)),
  'beacon.block-rejected': ({ block }) => beacon('block_rejected', ...blockKey(block)),
  'beacon.attestation-imported': ({ attestation }) =>
    beacon('attestation_imported', attestation.data.slot, attestation.signature),
  'beacon.attestation-rejected': ({ attestation }) =>
    beacon('attestation_rejected', attestation.data.slot, attestation.signature),
};

/** What an event obliges to; nothing if clients are not told of such events, or not in a way that is checked. */
export function publicationsOf(type: string, data: unknown): readonly Untimed[] {
  const read = READERS[type as keyof ChainEventMap] as
    ((data: unknown) => readonly Untimed[]) | undefined;
  return read?.(data) ?? [];
}

function beacon(event: string, ...facts: readonly unknown[]): readonly Untimed[] {
  return [{ stream: 'lighthouse', key: [`beacon_${event}`, ...facts].join().toLowerCase() }];
}

function blockKey({ message }: BeaconEvents['beacon.block-imported']['block']): readonly unknown[] {
  return [message.slot, message.state_root];
}

function nano(
  topic: string,
  { hash: block }: { readonly hash: Uint8Array | string },
  to?: readonly string[],
): readonly Untimed[] {
  return [{ stream: 'nano', key: `${topic},${hash(block)}`, ...(to && { to }) }];
}

/** Accounts whose filters a confirmation passes; a legacy block passes none (contract 6.1.3). */
function accountsOf({ block, account }: NanoChainEvents['block.confirmed']): readonly string[] {
  if (block.type !== 'state') return [];
  const link = encodeAccount(bytesOf(block.link, 32, 'link'));
  return [encodeAccount(accountKey(account, 'account')), link];
}

function hash(bytes: Uint8Array | string): string {
  return upperHex(bytes, 32, 'hash');
}
