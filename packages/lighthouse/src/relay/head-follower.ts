import type { CancelTask, Clock } from '@sluice/engine';
import type { HeadChanged } from '../objects/beacon-events.js';
import type { Hex } from '../objects/beacon-objects.js';
import type { HeaderPlace, HeadPlace } from './beacon-api.js';
import { isReorg } from './translate.js';

/** Keeps the head that clients know, and moves it (contract 13, rules 1 to 3 and 5). */
export class HeadFollower {
  private current: HeadPlace | undefined;
  private held: HeadChanged | undefined;
  private cancelHold: CancelTask | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly changed: (head: HeadChanged) => void,
  ) {}

  /** The head that was emitted last, or seeded. */
  get head(): HeadPlace | undefined {
    return this.current;
  }

  /** What a change is measured against first; no event comes of it. */
  seed(head: HeadPlace): void {
    this.current = head;
  }

  /** Whether the head that clients know was built upon this one: then it is no news. */
  async isPast(
    head: HeadPlace,
    headerOf: (root: Hex) => Promise<HeaderPlace | undefined>,
  ): Promise<boolean> {
    const { current } = this;
    return current !== undefined && !(await isReorg(head, current, headerOf));
  }

  /** @param holdMs how long the change waits for {@link release}. */
  async move(
    next: HeadPlace,
    headerOf: (root: Hex) => Promise<HeaderPlace | undefined>,
    holdMs: number,
  ): Promise<void> {
    const previous = this.current;
    if (previous === undefined || previous.root === next.root) return;
    const reorg = await isReorg(previous, next, headerOf);
    this.current = next;
    this.held = {
      reorg,
      current_head_beacon_block_root: next.root,
      previous_head_beacon_block_root: previous.root,
    };
    if (holdMs === 0) this.release();
    else this.cancelHold = this.clock.after(holdMs, () => this.release());
  }

  /** Emits the change that waits, if one does. */
  release(): void {
    this.cancelHold?.();
    const { held } = this;
    this.held = undefined;
    if (held !== undefined) this.changed(held);
  }
}
