/** What every event log checks before it stores or reads; see the promises of {@link EventLog}. */
import { SluiceError } from '../errors.js';
import type { DiscardOptions, LogEntry, LogMarks, LogRetention, PageLimits } from './event-log.js';

/**
 * Refuses a batch that may not be stored: an id that is not an integer ≥ 0 or a mark that is not a plain value
 * (`INVALID`), an id that does not follow the one before (`STATE`).
 *
 * @param next Id that the first entry must have.
 */
export function checkAppend(
  entries: readonly LogEntry[],
  next: number,
  marks: LogMarks | undefined,
): void {
  let expected = next;
  for (const { id } of entries) {
    checkId('event id', id);
    if (id !== expected) {
      throw new SluiceError('STATE', `event ${id} is out of sequence, ${expected} comes next`, {
        details: { id, expected },
      });
    }
    expected += 1;
  }
  if (marks !== undefined) checkMarks(marks);
}

/** Appends that were called one after the other. A discard begins the next sequence, and so does a refusal. */
export interface AppendSequence {
  /** Head once they are stored. */
  tail: number;
  /** Whether one of them was refused, or the discard that they follow. */
  isBroken: boolean;
}

/** Refuses a batch whose turn has come (`STATE`) if what it was to continue was refused since it was called. */
export function checkTurn(
  entries: readonly LogEntry[],
  next: number,
  { isBroken }: AppendSequence,
): void {
  checkAppend(entries, next, undefined);
  const [first] = entries;
  // Behind a discard that was refused, ids may fit although they were meant for its epoch.
  if (first === undefined || !isBroken) return;
  throw new SluiceError('STATE', `event ${first.id} follows what was refused`, {
    details: { id: first.id },
  });
}

/** Refuses a read of events that are gone (`LIMIT`) and an id or page size that cannot be meant (`INVALID`). */
export function checkRead(from: number, limits: PageLimits, first: number): void {
  if (!Number.isSafeInteger(from)) {
    throw new SluiceError('INVALID', `cannot read from id ${from}`, { details: { from } });
  }
  if (!(limits.events >= 1) || !(limits.bytes >= 0)) {
    throw new SluiceError('INVALID', 'a page holds at least 1 event and 0 bytes', {
      details: { ...limits },
    });
  }
  if (from < first) {
    throw new SluiceError('LIMIT', `event ${from} is no longer stored, the oldest is ${first}`, {
      details: { from, first },
    });
  }
}

/** Refuses an impossible first id; returns it, or the default 0. */
export function checkDiscard(options: DiscardOptions): number {
  const { firstId = 0 } = options;
  checkId('first id', firstId);
  return firstId;
}

/** Refuses retention that would keep nothing or is not a number. */
export function checkRetention(retention: LogRetention): void {
  for (const name of ['events', 'bytes'] as const) {
    const limit = retention[name];
    if (limit !== undefined && !(limit >= 1)) {
      throw new SluiceError('INVALID', `retention.${name} must be at least 1, got ${limit}`, {
        details: { [name]: limit },
      });
    }
  }
}

/** Marks that remain after a discard. */
export function keptMarks(marks: LogMarks, names: readonly string[] = []): LogMarks {
  return Object.fromEntries(Object.entries(marks).filter(([name]) => names.includes(name)));
}

/** The error of every call on a log or store that is closed. */
export function closedError(what: string): SluiceError {
  return new SluiceError('STATE', `${what} is closed`);
}

function checkId(what: string, id: number): void {
  if (Number.isSafeInteger(id) && id >= 0) return;
  throw new SluiceError('INVALID', `${what} must be an integer of at least 0, got ${id}`, {
    details: { id },
  });
}

function checkMarks(marks: LogMarks): void {
  for (const [name, value] of Object.entries(marks)) {
    const plain = value === null || ['string', 'boolean'].includes(typeof value);
    if (plain || Number.isFinite(value)) continue;
    throw new SluiceError(
      'INVALID',
      `mark '${name}' is not a string, finite number, boolean or null`,
      {
        details: { name },
      },
    );
  }
}

/**
 * Checks that a log may keep so much more.
 *
 * @param bytes of events that are kept.
 * @param growth bytes that an append adds, without what is forgotten for it.
 * @throws SluiceError `LIMIT` with `details.reason` `log-full`.
 */
export function checkRoom(bytes: number, growth: number, maxBytes: number): void {
  if (growth <= 0 || bytes + growth <= maxBytes) return;
  throw new SluiceError(
    'LIMIT',
    `the event log may keep ${maxBytes} bytes of events and has ${bytes}; raise maxBytes or set a retention, and start ` +
      'the application again',
    { details: { reason: 'log-full', limit: 'maxBytes', value: maxBytes, bytes } },
  );
}
