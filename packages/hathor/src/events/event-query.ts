/** What `GET /v1a/event` is asked for (contract 2.9). */
export interface EventQuery {
  /** First id wanted. */
  readonly from: number;
  /** Most events in the answer. */
  readonly size: number;
}

/** Contract 6, `EVENT_API_DEFAULT_BATCH_SIZE` and `EVENT_API_MAX_BATCH_SIZE`. */
const DEFAULT_SIZE = 100;
const MAX_SIZE = 1000;

const KNOWN = ['last_ack_event_id', 'size'];

/** @returns what is asked for, or the text of the error. */
export function parseEventQuery(query: Readonly<Record<string, unknown>>): EventQuery | string {
  for (const [name, value] of Object.entries(query)) {
    if (!KNOWN.includes(name)) return `unknown parameter: ${name}`;
    if (Array.isArray(value)) return 'expected one value at most';
    if (typeof value !== 'string' || !/^\d+$/.test(value)) {
      return `${name} must be an integer and not negative`;
    }
  }
  const size = Number(query.size ?? DEFAULT_SIZE);
  if (size > MAX_SIZE) return `size must not be larger than ${MAX_SIZE}`;
  const last = query.last_ack_event_id;
  return { from: last === undefined ? 0 : Number(last) + 1, size };
}
