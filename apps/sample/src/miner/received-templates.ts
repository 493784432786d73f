import type { BlockTemplate } from '@sluice/hathor/codec';

/**
 * The templates in a `mining.notify` or in the answer to `mining.refresh`, as the engine's JSON reads them: integers
 * beyond 2^53 are bigints. Members that a miner does not need may be missing.
 *
 * @throws TypeError naming the first member that is not what a node sends.
 */
export function receivedTemplates(value: unknown): readonly BlockTemplate[] {
  if (!Array.isArray(value)) throw new TypeError('the templates are no list');
  return value.map((template) => receivedTemplate(new Members(template)));
}

function receivedTemplate(members: Members): BlockTemplate {
  return {
    versions: members.list('versions', isVersion),
    reward: BigInt(members.of('reward', isInteger)),
    weight: members.of('weight', isNumber),
    timestamp_now: members.of('timestamp_now', isNumber),
    timestamp_min: members.of('timestamp_min', isNumber),
    timestamp_max: members.of('timestamp_max', isNumber),
    parents: members.list('parents', isHash),
    parents_any: members.list('parents_any', isHash),
    height: members.of('height', isNumber),
    score: BigInt(members.of('score', isInteger, 0)),
    signal_bits: members.of('signal_bits', isNumber, 0),
  };
}

class Members {
  constructor(private readonly template: unknown) {}

  of<T>(name: string, fits: (value: unknown) => value is T, fallback?: T): T {
    const { template } = this;
    const value =
      typeof template === 'object' && template !== null
        ? (template as Readonly<Record<string, unknown>>)[name]
        : undefined;
    if (value === undefined && fallback !== undefined) return fallback;
    if (fits(value)) return value;
    throw new TypeError(`a template whose ${name} is ${String(value)}`);
  }

  list<T>(name: string, fits: (value: unknown) => value is T): readonly T[] {
    return this.of(name, (value): value is T[] => Array.isArray(value) && value.every(fits));
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isInteger(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value);
}

function isVersion(value: unknown): value is 0 | 3 {
  return value === 0 || value === 3;
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
