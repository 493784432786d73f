/** An `EVENT` frame of the Hathor event socket, as far as the suites look into it. */
export interface EventFrame {
  readonly type: 'EVENT';
  readonly peer_id: string;
  readonly network: string;
  readonly stream_id: string;
  readonly latest_event_id: number;
  readonly event: HathorEvent;
}

export interface HathorEvent {
  readonly id: number;
  readonly timestamp: number;
  readonly type: string;
  readonly group_id: number | null;
  readonly data: EventData;
}

export interface EventData {
  readonly hash?: string;
  readonly version?: number;
  readonly parents?: readonly string[];
  readonly metadata?: {
    readonly height: number;
    readonly voided_by: readonly string[];
    readonly first_block: string | null;
    readonly spent_outputs: readonly unknown[];
  };
  readonly [member: string]: unknown;
}

/** `START_STREAM` for events after `last`. */
export function startStream(last: number | null, window: number): object {
  return { type: 'START_STREAM', last_ack_event_id: last, window_size: window };
}

/** `ACK` of the event `id`. */
export function ack(id: number, window: number): object {
  return { type: 'ACK', ack_event_id: id, window_size: window };
}

/** Ids of frames, in order. */
export function ids(frames: readonly EventFrame[]): number[] {
  return frames.map(({ event }) => event.id);
}

/** `from`, `from + 1` … `to`. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => from + index);
}
