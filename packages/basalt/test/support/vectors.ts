import { parseJson } from '@sluice/engine';
import { readFileSync } from 'node:fs';
import type { BasaltBlock } from '../../src/index.js';

/** A golden file, with all digits of its numbers. */
export function vector<T>(name: string): T {
  const file = new URL(`../vectors/${name}.json`, import.meta.url);
  return parseJson(readFileSync(file, 'utf8')) as T;
}

/** The block in a message of the stream. */
export function blockIn(frame: string): BasaltBlock {
  return (parseJson(frame) as { block: BasaltBlock }).block;
}
