import { setTimeout as pause } from 'node:timers/promises';

/** Looks until `condition` holds: for what nobody announces. The test's own time limit ends it. */
export async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(10);
}
