/**
 * What clients were last told about the state of vertices, kept as small as it can be, and which news that leaves.
 *
 * The rule of contract 1.4, case 2, compares `voided_by` and the effective spenders with what was last reported. A spender
 * becomes effective, or ceases to be, only when it is accepted, voided, un-voided or removed; so it is enough to remember
 * `voided_by`, and only of vertices that are voided. Everything else is taken to be valid: after a restart nothing is
 * announced again because it was forgotten.
 */
import type { Hex32, InputData, RemovedVertexData, VertexData } from '../../events/event-data.js';
import { BoundedMap } from './bounded-map.js';

/** A vertex that consensus changed in a way that wallets must hear of. */
export interface ConsensusChange {
  readonly id: Hex32;
  /** The vertex as the event has it; undefined if it was removed. */
  readonly data: VertexData | undefined;
  readonly inputs: readonly InputData[];
  /** Whether it began or ceased to spend what its inputs name. */
  readonly spendsChanged: boolean;
}

interface Pending extends ConsensusChange {
  /** `voided_by` as last reported. */
  readonly before: string;
}

/** Most voided vertices that are remembered: some 20 MB. */
const MOST_VOIDED = 100_000;

const VALID = '';

/**
 * Changes wait here for the acceptance of the vertex that caused them: events of consensus are published before it
 * (contract 2.8), and wallets hear of the cause first.
 */
export class ConsensusChanges {
  private readonly voided = new BoundedMap<Hex32, string>(MOST_VOIDED);
  private readonly pending = new Map<Hex32, Pending>();

  /** How many wait. */
  get size(): number {
    return this.pending.size;
  }

  /** A vertex was accepted: whatever was said of it before is part of that. */
  accepted({ hash, metadata }: VertexData): void {
    this.pending.delete(hash);
    this.remember(hash, keyOf(metadata.voided_by));
  }

  /** Metadata changed, which may or may not be news. */
  changed(data: VertexData): void {
    const { hash: id, metadata, inputs } = data;
    const before = this.pending.get(id)?.before ?? this.voided.get(id) ?? VALID;
    const now = keyOf(metadata.voided_by);
    this.remember(id, now);
    this.pending.delete(id);
    if (now === before) return;
    const spendsChanged = (now === VALID) !== (before === VALID);
    this.pending.set(id, { id, data, inputs, spendsChanged, before });
  }

  /** A vertex is gone. */
  removed({ hash: id, inputs }: RemovedVertexData): void {
    const before = this.pending.get(id)?.before ?? this.voided.get(id) ?? VALID;
    this.voided.delete(id);
    this.pending.delete(id);
    const spendsChanged = before === VALID;
    if (spendsChanged) this.pending.set(id, { id, data: undefined, inputs, spendsChanged, before });
  }

  /** Takes out what waits, in the order of events. */
  take(): readonly ConsensusChange[] {
    const changes = [...this.pending.values()];
    this.pending.clear();
    return changes;
  }

  private remember(id: Hex32, voidedBy: string): void {
    if (voidedBy === VALID) this.voided.delete(id);
    else this.voided.set(id, voidedBy);
  }
}

/** `voided_by` is a set. */
function keyOf(voidedBy: readonly string[]): string {
  return [...voidedBy].sort().join();
}
