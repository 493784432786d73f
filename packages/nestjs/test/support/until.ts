/** Half of what a whole test has: a wait in vain says what it was for, and does not turn the event loop for ever. */
const MOST_MS = 60_000;

/** Lets the event loop turn until something that is under way has happened. */
export async function until(happened: () => boolean): Promise<void> {
  const end = performance.now() + MOST_MS;
  while (!happened()) {
    if (performance.now() > end) throw new Error(`Did not happen: ${String(happened)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
