import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { hathorScenario } from './hathor-scenario.js';
import type { HathorScenarioName } from './hathor-scenario.js';

interface Recording {
  readonly frames: readonly { readonly event: { readonly id: number; readonly data: object } }[];
}

/** Recorded from the reference's simulator; same path from every package of the repository. */
function recording(name: HathorScenarioName): Recording {
  const file = new URL(`../../../../../test/vectors/hathor-events/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Recording;
}

/** What follows from keys and proof of work, or from the reference's heavy transactions. */
const DEPENDENT_NUMBERS = new Set(['nonce']);
const DEPENDENT_WEIGHTS = new Set([
  'weight',
  'accumulated_weight',
  'accumulated_weight_raw',
  'score',
  'score_raw',
]);
/** Its score counts the transactions that it confirms. */
const LAST_BLOCK = 12;

interface Shape {
  readonly version?: number;
  readonly height?: number;
}

/**
 * Replaces hashes, addresses and scripts by the place of their first occurrence, so that two streams are equal if
 * the same things are equal in both.
 */
class Anonymiser {
  readonly #places = new Map<string, string>();

  event(data: object): unknown {
    const { version, metadata } = data as { version?: number; metadata?: Shape };
    const isHeavy = (version === 1 && !this.#isGenesis(data)) || metadata?.height === LAST_BLOCK;
    return this.#value(data, isHeavy);
  }

  #isGenesis(data: object): boolean {
    return (data as { parents: unknown[] }).parents.length === 0;
  }

  #value(value: unknown, isHeavy: boolean): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return value.map((element) => this.#value(element, isHeavy));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((key) => {
          const isFree =
            DEPENDENT_NUMBERS.has(key) ||
            (isHeavy &&
              DEPENDENT_WEIGHTS.has(key) &&
              !(key.startsWith('score') && isZero(value, key)));
          return [
            key,
            isFree ? typeof value[key as never] : this.#value(value[key as never], isHeavy),
          ];
        }),
    );
  }

  #text(text: string): string {
    if (!/^[0-9a-f]{64}$/.test(text) && !/^[A-Za-z0-9+/]{34}(==)?$/.test(text)) return text;
    const place = this.#places.get(text) ?? `#${this.#places.size}`;
    this.#places.set(text, place);
    return place;
  }
}

function isZero(value: object, key: string): boolean {
  return Number(value[key as never]) === 0;
}

describe.each(['SINGLE_CHAIN_ONE_BLOCK', 'SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS'] as const)(
  'the recording of %s',
  (name) => {
    const { frames } = recording(name);
    const { loaded, events } = hathorScenario(name);
    const data = [{}, ...loaded, {}, ...events.map((event) => event.data)];

    it('has as many events', () => {
      expect(data).toHaveLength(frames.length);
    });

    it('has the same members, values and relations in every event', () => {
      const recorded = new Anonymiser();
      const own = new Anonymiser();
      expect(data.map((element) => own.event(element))).toEqual(
        frames.map(({ event }) => recorded.event(event.data)),
      );
    });

    it('has the same genesis, byte for byte', () => {
      expect(loaded).toEqual(frames.slice(1, 4).map(({ event }) => event.data));
    });
  },
);
