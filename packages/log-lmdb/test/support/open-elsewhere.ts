import { expect } from '@jest/globals';
import { Child } from './child.js';

/** What the other process found, or why it was refused. */
export interface Outcome {
  readonly reason?: string;
  readonly message?: string;
  readonly head?: number;
}

/** Opens the log in another process, which must end by itself, and reads it whole. */
export async function openElsewhere(
  path: string,
  options: { uid?: number } = {},
): Promise<Outcome> {
  const [outcome] = await openAllElsewhere([path], options);
  if (outcome === undefined) throw new Error('the process reported nothing');
  return outcome;
}

/** The same for several logs in one process. */
export async function openAllElsewhere(
  paths: readonly string[],
  options: { uid?: number } = {},
): Promise<Outcome[]> {
  const child = new Child('open.ts', paths, options);
  const outcomes = (await child.rest()) as Outcome[];
  expect(await child.ended).toMatchObject({ code: 0, signal: null });
  return outcomes;
}
