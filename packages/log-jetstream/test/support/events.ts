import type { EventLog, LogEntry } from '@sluice/engine';

const WIDE = { events: 1_000_000, bytes: 100_000_000 };

/** Event `id`; its text is its id and `note`. */
export function event(id: number, note = ''): LogEntry {
  return { id, bytes: Buffer.from(`event ${id}${note}`) };
}

/** Texts of all stored events from `from` on. */
export async function textsFrom(
  log: Pick<EventLog, 'first' | 'head' | 'read'>,
  from = log.first,
  limits = WIDE,
): Promise<string[]> {
  const texts: string[] = [];
  for (let id = from; id <= log.head;) {
    const { events } = await log.read(id, limits);
    if (events.length === 0) throw new Error(`event ${id} is missing, the head is ${log.head}`);
    texts.push(...events.map((bytes) => Buffer.from(bytes).toString()));
    id += events.length;
  }
  return texts;
}

/** What {@link textsFrom} gives for the events `from` to `to`. */
export function texts(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `event ${from + index}`);
}
