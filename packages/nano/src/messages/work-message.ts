import type { WorkGenerated } from '../events/node-events.js';
import type { U64 } from '../wire/index.js';
import { hex64, multiplierText, upperHex } from '../wire/index.js';
import { countText, list } from './wire-text.js';

/** Threshold of the main network's send and change blocks, to which a node relates multipliers. */
export const MAIN_NETWORK_DIFFICULTY = 0xfffffff800000000n;

/** `message` of `work` (contract 6.5). */
export interface WorkMessage {
  readonly success: 'true' | 'false';
  readonly reason: '' | 'cancelled' | 'failure';
  readonly duration: string;
  readonly request: Readonly<Record<'version' | 'hash' | 'difficulty' | 'multiplier', string>>;
  readonly result?: Readonly<Record<'source' | 'work' | 'difficulty' | 'multiplier', string>>;
  readonly bad_peers: readonly string[] | '';
}

/** @param base what multipliers are relative to, unless the event says. */
export function workMessage(work: WorkGenerated, base: U64): WorkMessage {
  const { request, result, outcome, duration, badPeers = [], baseDifficulty = base } = work;
  return {
    success: outcome === 'success' ? 'true' : 'false',
    reason: outcome === 'success' ? '' : outcome,
    duration: countText(duration, 'duration'),
    request: {
      version: request.version ?? 'work_1',
      hash: upperHex(request.hash, 32, 'hash'),
      difficulty: hex64(request.difficulty, 'difficulty'),
      multiplier: multiplierText(request.difficulty, baseDifficulty),
    },
    ...(result && {
      result: {
        source: result.source,
        work: hex64(result.work, 'work'),
        difficulty: hex64(result.difficulty, 'difficulty'),
        multiplier: multiplierText(result.difficulty, baseDifficulty),
      },
    }),
    bad_peers: list(badPeers),
  };
}
