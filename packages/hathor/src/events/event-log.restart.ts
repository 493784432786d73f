/** What a log that was just opened means for the run that begins (contract 2.1). */
import { randomBytes, randomUUID } from 'node:crypto';
import type { EventLog, EventLogStore, LogMarks } from '@sluice/engine';
import { SluiceError } from '@sluice/engine';
import { EventGroups } from './event-groups.js';
import type { EventQueueOptions } from './event-queue.options.js';

/** Name of the stream with the application's events. */
export const STREAM = 'hathor.events';

/** A log that a run can continue. */
export interface TakenUpLog {
  readonly log: EventLog;
  /** Whether the chain's vertices are in the log already. */
  readonly resumed: boolean;
  readonly groups: EventGroups;
  readonly peerId: string;
}

/** Stored with the first event of a run, until {@link LOADED} is stored with the last one of its load phase. */
export const loading = (peerId: string): LogMarks => ({ peerId, loaded: false });

/** Stored when the load phase is over. */
export const LOADED: LogMarks = { loaded: true };

/** Whether the run that stored these marks has finished loading. */
export const hasFinishedLoading = ({ loaded }: LogMarks): boolean => loaded === true;

/**
 * Opens the log. Events of a run that never finished loading are discarded.
 *
 * @param signal ends the wait for a log that has another writer now.
 * @throws SluiceError `STATE` if the previous run ended in the middle of a reorg.
 */
export async function takeUpLog(
  store: EventLogStore,
  options: EventQueueOptions,
  signal: AbortSignal,
): Promise<TakenUpLog> {
  const { retention, reset = false } = options;
  const wanted = options.streamId ?? randomUUID();
  const log = await store.open(STREAM, { epoch: wanted, signal, ...(retention && { retention }) });
  try {
    const resumed = !reset && hasFinishedLoading(log.marks);
    if (!resumed) {
      const unused = log.head < 0 && log.epoch === wanted;
      const epoch = reset || unused ? wanted : randomUUID();
      await log.discard({ epoch, keepMarks: ['peerId'] });
    }
    return {
      log,
      resumed,
      groups: closedGroups(log.marks),
      peerId: options.peerId ?? knownPeerId(log.marks),
    };
  } catch (error) {
    await log.close();
    throw error;
  }
}

function closedGroups(marks: LogMarks): EventGroups {
  const groups = EventGroups.from(marks);
  if (groups.current === null) return groups;
  throw new SluiceError(
    'STATE',
    `The previous run ended in the middle of reorg ${groups.current}. Its events cannot be completed: start once with ` +
      'the event queue option `reset` to number events from 0 again.',
    { details: { group: groups.current } },
  );
}

/** The node's identity, as stored with the first event of each run. */
export function knownPeerId({ peerId }: LogMarks): string {
  return typeof peerId === 'string' ? peerId : randomBytes(32).toString('hex');
}
