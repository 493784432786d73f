import { deepEqual, rejects } from 'node:assert/strict';
import { SluiceError, type SluiceErrorCode } from '../../errors.js';
import type { EventLog, EventLogStore, LogEntry, PageLimits } from '../../log/event-log.js';

/** A place where a log can be: a directory, a server's stream, nothing at all. */
export interface LogPlace {
  /** Whether events outlive the store. */
  readonly durable: boolean;
  /**
   * Opens a store at this place. The cases close each store before they open the next.
   *
   * @param maxBytes how many bytes of events it may keep, or each of its streams; default all that the cases store.
   */
  open(maxBytes?: number): EventLogStore | Promise<EventLogStore>;
  /** Removes everything; called once, after all stores are closed. */
  cleanUp(): void | Promise<void>;
}

/** Makes a new, empty place. */
export type LogPlaceFactory = () => LogPlace | Promise<LogPlace>;

/** One promise of the contract. */
export interface LogCase {
  /** A sentence. */
  readonly name: string;
  readonly run: (factory: LogPlaceFactory) => Promise<void>;
}

/** What a case works with. */
export interface LogFixture {
  readonly place: LogPlace;
  /** The current store. */
  readonly store: EventLogStore;
  /** A stream named `events` with epoch `epoch-1`, open. */
  readonly log: EventLog;
  /** Closes the store and opens stream `events` again in a new one; epoch `epoch-2` if it is gone. */
  readonly reopen: (maxBytes?: number) => Promise<EventLog>;
}

/** A case with a store that is closed and cleaned up whatever happens. */
export function logCase(name: string, body: (fixture: LogFixture) => Promise<void>): LogCase {
  return { name, run: (factory) => runCase(factory, body) };
}

async function runCase(
  factory: LogPlaceFactory,
  body: (fixture: LogFixture) => Promise<void>,
): Promise<void> {
  const place = await factory();
  let store = await place.open();
  const reopen = async (maxBytes?: number): Promise<EventLog> => {
    await store.close();
    store = await place.open(maxBytes);
    return store.open('events', { epoch: 'epoch-2' });
  };
  try {
    const log = await store.open('events', { epoch: 'epoch-1' });
    await body({
      place,
      log,
      reopen,
      get store() {
        return store;
      },
    });
  } finally {
    await store.close();
    await place.cleanUp();
  }
}

/** Limits that no case reaches unless it means to. */
export const WIDE: PageLimits = { events: 1_000_000, bytes: 1_000_000_000 };

/** Entries with ids from `from` on; each holds its id as text unless `bytes` says otherwise. */
export function entries(
  from: number,
  count: number,
  bytes: (id: number) => Uint8Array = (id) => Buffer.from(`event ${id}`),
): LogEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    id: from + index,
    bytes: bytes(from + index),
  }));
}

/** Ids of the events in a page, read from their text; see {@link entries}. */
export async function idsFrom(
  log: Pick<EventLog, 'read'>,
  from: number,
  limits: PageLimits = WIDE,
): Promise<number[]> {
  const page = await log.read(from, limits);
  deepEqual(page.from, from);
  return page.events.map((event) => Number(Buffer.from(event).toString().slice('event '.length)));
}

/** Ids from `from` to `to`, both included. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => from + index);
}

/** Asserts that `action` is refused with `code`; a synchronous throw counts. */
export async function refused(
  code: SluiceErrorCode,
  action: () => unknown,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await rejects(
    async () => {
      await action();
    },
    (error: unknown) => {
      if (!(error instanceof SluiceError)) throw error;
      deepEqual(error.code, code, error.message);
      for (const [name, value] of Object.entries(details)) deepEqual(error.details[name], value);
      return true;
    },
  );
}
