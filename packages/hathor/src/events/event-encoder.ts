import type { EncodedEvent } from '@sluice/engine';
import { stringifyJson } from '@sluice/engine';
import type { HathorEventType } from './event-types.js';

/** Everything of an event but its id. */
export interface EventContent {
  readonly type: HathorEventType;
  /** Unix milliseconds; the wire has seconds. */
  readonly time: number;
  /** Number of the reorg the event belongs to. */
  readonly group: number | null;
  readonly data: unknown;
}

/** The event object of contract 2.6, encoded now; only the id is still to come. */
export function encodeEvent(content: EventContent): EncodedEvent {
  const rest = stringifyJson({
    timestamp: content.time / 1000,
    type: content.type,
    data: content.data,
    group_id: content.group,
  });
  const tail = `,${rest.slice(1)}`;
  return (id) => `{"id":${id}${tail}`;
}
