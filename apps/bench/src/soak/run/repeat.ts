import { pause } from '../clients/pause.js';

/**
 * Does something again and again: as often as it should be done, if it can be, and never before the last time is done.
 *
 * @param ms between the beginnings.
 */
export async function repeat(
  ms: number,
  signal: AbortSignal,
  task: () => Promise<void>,
): Promise<void> {
  let due = performance.now();
  while (!signal.aborted) {
    await task();
    due = Math.max(due + ms, performance.now() - ms);
    await pause(due - performance.now(), signal);
  }
}
