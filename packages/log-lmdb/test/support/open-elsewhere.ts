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
  const child = new Child('open.ts', [path], options);
  const outcome = (await child.next()) as Outcome;
  expect(await child.ended).toMatchObject({ code: 0, signal: null });
  return outcome;
}
