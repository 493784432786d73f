import type { WaitError } from './wait-error.js';

/**
 * Settles as `wait` does, or rejects with `failure()` after `timeoutMs` of real time.
 * The wait itself goes on; use this only for waits that take nothing away from others.
 */
export async function deadline<T>(
  wait: Promise<T>,
  timeoutMs: number,
  failure: () => WaitError,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(failure());
    }, timeoutMs);
  });
  try {
    return await Promise.race([wait, expired]);
  } finally {
    clearTimeout(timer);
  }
}
