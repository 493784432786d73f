/** What a stream is after a batch: stored with the batch, in the same message. */
import type { LogMarks, LogRetention } from '@sluice/engine';

export interface StreamState {
  readonly epoch: string;
  readonly marks: LogMarks;
  /** Id of the oldest event that is kept. */
  readonly first: number;
  readonly head: number;
  /** Id of the first event of the newest batch; `first` if there is none. */
  readonly newest: number;
  /** Bytes of events since the epoch began, and those of them that came before `first`. */
  readonly total: number;
  readonly forgotten: number;
  /** No kept event has a lower sequence, and no record from here on belongs to forgotten ones. */
  readonly firstSeq: number;
}

/** A stream whose first event is still to come, from sequence `firstSeq` on. */
export function emptyState(
  epoch: string,
  firstId: number,
  firstSeq: number,
  marks: LogMarks,
): StreamState {
  const head = firstId - 1;
  return { epoch, marks, first: firstId, head, newest: firstId, total: 0, forgotten: 0, firstSeq };
}

/** `state` with one more batch and `marks` merged. */
export function appended(
  state: StreamState,
  batch: { readonly events: number; readonly bytes: number },
  marks: LogMarks,
): StreamState {
  return {
    ...state,
    marks: { ...state.marks, ...marks },
    head: state.head + batch.events,
    newest: batch.events > 0 ? state.head + 1 : state.newest,
    total: state.total + batch.bytes,
  };
}

/** Whether the oldest batch of `state` is to be forgotten. The newest always stays. */
export function keepsTooMuch(
  state: StreamState,
  { events = Infinity, bytes = Infinity }: LogRetention,
): boolean {
  if (state.first >= state.newest) return false;
  return state.head - state.first + 1 > events || state.total - state.forgotten > bytes;
}
