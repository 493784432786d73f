import { createHash } from 'node:crypto';
import type { HistoryVertex } from '../../chain/history-vertex.js';
import { BoundedMap } from './bounded-map.js';

/** Most vertices whose state is remembered. */
const MOST_VERTICES = 10_000;

/**
 * State in which vertices were last announced because of their spenders: two spenders that change places in one step of
 * consensus are two reasons to look at what they spend, and one change. It is about the recent past only.
 */
export class ReportedSpenders {
  private readonly states = new BoundedMap<string, string>(MOST_VERTICES);

  /** Notes that a vertex is being announced. @returns false if that was its last announced state already. */
  note(vertex: HistoryVertex): boolean {
    const state = stateOf(vertex);
    if (this.states.get(vertex.tx_id) === state) return false;
    this.states.set(vertex.tx_id, state);
    return true;
  }

  /** Nobody was there to be told. */
  clear(): void {
    this.states.clear();
  }
}

function stateOf({ is_voided, outputs }: HistoryVertex): string {
  const hash = createHash('sha256').update(is_voided ? 'voided' : 'valid');
  for (const { spent_by } of outputs) hash.update(spent_by ?? '-');
  return hash.digest('base64');
}
