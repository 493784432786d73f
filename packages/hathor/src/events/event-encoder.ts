import type { EncodedEvent } from '@sluice/engine';
import { stringifyJson } from '@sluice/engine';
import type { HathorEventType } from './event-types.js';

/** What is known of an event when it is published. */
export interface EventContent {
  readonly type: HathorEventType;
  /** Unix milliseconds; the wire has seconds. */
  readonly time: number;
  readonly data: unknown;
}

/** An event that still needs the number of its reorg, or null, and then its id. */
export type EventDraft = (group: number | null) => EncodedEvent;

/** The event object of contract 2.6, encoded now: what becomes of `data` later does not show. */
export function encodeEvent({ type, time, data }: EventContent): EventDraft {
  const members = stringifyJson({ timestamp: time / 1000, type, data }).slice(1, -1);
  return (group) => (id) => `{"id":${id},${members},"group_id":${group}}`;
}
