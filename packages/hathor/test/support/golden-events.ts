/** Frames of the reference node, and the same as an application would publish them. */
import { readFileSync } from 'node:fs';
import { parseJson } from '@sluice/engine';
import { EVENT_TYPES, type HathorEventType } from '../../src/events/event-types.js';
import type { HathorChainEvents, VertexData } from '../../src/index.js';

/** An `EVENT` message. */
export interface EventMessage {
  readonly type: 'EVENT';
  readonly peer_id: string;
  readonly network: string;
  readonly stream_id: string;
  readonly event: WireEvent;
  readonly latest_event_id: number;
}

/** The event object of contract 2.6. */
export interface WireEvent {
  readonly id: number;
  readonly timestamp: number;
  readonly type: HathorEventType;
  readonly data: unknown;
  readonly group_id: number | null;
}

/** What is published on the bus. */
export type Publication = {
  [Type in keyof HathorChainEvents]: {
    readonly type: Type;
    readonly data: HathorChainEvents[Type];
    /** Unix milliseconds. */
    readonly time: number;
  };
}[keyof HathorChainEvents];

const VECTORS = new URL('../../../../test/vectors/hathor-events/', import.meta.url);

/** Text of a golden recording. */
export function goldenText(scenario: string): string {
  return readFileSync(new URL(`${scenario}.json`, VECTORS), 'utf8');
}

/** Events of a golden recording. */
export function goldenEvents(scenario: string): readonly WireEvent[] {
  const { frames } = parseJson(goldenText(scenario)) as { frames: readonly EventMessage[] };
  return frames.map(({ event }) => event);
}

/** The application's side of an event; undefined for those of the load phase, which are not published. */
export function publicationOf({ type, data, timestamp }: WireEvent): Publication | undefined {
  const found = Object.entries(EVENT_TYPES).find(([, wire]) => wire === type);
  return found && ({ type: found[0], data, time: timestamp * 1000 } as Publication);
}

const [, ...chain] = goldenEvents('SINGLE_CHAIN_ONE_BLOCK');

/** Vertices of a chain at its start: the genesis block and two transactions. */
export const GENESIS = chain.slice(0, 3).map(({ data }) => data as VertexData);

/** A block to publish. */
export const BLOCK = chain[8]?.data as VertexData;

/** A reorg to publish. */
export const REORG: HathorChainEvents['reorg.started'] = {
  reorg_size: 1,
  previous_best_block: '1'.repeat(64),
  new_best_block: '2'.repeat(64),
  common_block: '3'.repeat(64),
};
