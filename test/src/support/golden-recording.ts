import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseJson } from '@sluice/engine';
import type { EventFrame } from './event-frame.js';

/** A scenario as the reference's simulator sent it. */
export interface GoldenRecording {
  readonly peer_id: string;
  readonly network: string;
  readonly stream_id: string;
  readonly frames: readonly EventFrame[];
}

export const GOLDEN_NAMES = [
  'SINGLE_CHAIN_ONE_BLOCK',
  'SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS',
] as const;

export function goldenPath(name: (typeof GOLDEN_NAMES)[number]): string {
  return fileURLToPath(new URL(`../../vectors/hathor-events/${name}.json`, import.meta.url));
}

/** Parsed with every digit of its integers. */
export function goldenRecording(name: (typeof GOLDEN_NAMES)[number]): GoldenRecording {
  return parseJson(readFileSync(goldenPath(name), 'utf8')) as GoldenRecording;
}
