import { readFileSync } from 'node:fs';

const PACKAGES = new URL('../../../packages/', import.meta.url);

/** A golden file of a dialect. */
export function vector(dialect: string, name: string): unknown {
  const file = new URL(`${dialect}/test/vectors/${name}.json`, PACKAGES);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Every text in a golden file that is a JSON object, wherever it stands: the messages of the wire, parsed. */
export function framesIn(value: unknown): readonly object[] {
  if (typeof value === 'string') return value.startsWith('{"') ? [JSON.parse(value) as object] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(framesIn);
}
