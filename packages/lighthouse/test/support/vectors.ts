import { parseJson } from '@sluice/engine';
import { readFileSync } from 'node:fs';
import type { BeaconEvents, NumberStyle } from '../../src/index.js';

/** Text of a message in each number style. */
export type Frames = Readonly<Record<NumberStyle, string>>;

export const STYLES: readonly NumberStyle[] = ['plain', 'mixed', 'quoted'];

/** A file of golden data. */
export function vector<T>(name: string): T {
  const url = new URL(`../vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as T;
}

/** Name on the bus and data of the event that a message tells of. */
export interface GoldenEvent {
  readonly type: keyof BeaconEvents;
  readonly data: never;
}

/** The event of a golden message, with all digits of its numbers. */
export function eventOf(frame: string): GoldenEvent {
  const { event, data } = parseJson(frame) as { event: string; data: never };
  const type = event.replace('_', '.').replace('_', '-').replace('_', '-');
  return { type: type as keyof BeaconEvents, data };
}

/** Golden messages by the name of their file, and of their case where a file has several. */
export const GOLDEN: readonly (readonly [name: string, frames: Frames])[] = [
  'event-beacon_head_changed',
  'event-beacon_head_changed-reorg',
  'event-beacon_finalization',
  'event-beacon_block_imported',
  'event-beacon_block_imported-empty-body',
  'event-beacon_block_rejected',
  'event-beacon_attestation_imported',
  'event-beacon_attestation_rejected',
  'numbers-u64',
].flatMap((name) => {
  const { frames, cases } = vector<{
    frames?: Frames;
    cases?: readonly { reason: string; frames: Frames }[];
  }>(name);
  if (frames !== undefined) return [[name, frames] as const];
  return (cases ?? []).map(({ reason, frames }) => [`${name}, ${reason}`, frames] as const);
});

/** One golden message. */
export function golden(name: string): Frames {
  const found = GOLDEN.find(([other]) => other === name);
  if (found === undefined) throw new Error(`There is no golden message ${name}`);
  return found[1];
}
