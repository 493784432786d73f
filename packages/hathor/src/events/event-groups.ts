import type { LogMarks } from '@sluice/engine';
import { SluiceError } from '@sluice/engine';

const GROUPS = 'groups';
const OPEN_GROUP = 'openGroup';

/** Numbers reorgs from 0, also across restarts, and knows whether one is going on. */
export class EventGroups {
  private next: number;
  private open: number | null;

  /** @param marks what {@link marks} gave when the last event was stored. */
  constructor(marks: LogMarks = {}) {
    this.next = Number(marks[GROUPS] ?? 0);
    const open = marks[OPEN_GROUP];
    this.open = typeof open === 'number' ? open : null;
  }

  /** The group that events belong to now. */
  get current(): number | null {
    return this.open;
  }

  /** To be stored with the event that changed the group. */
  get marks(): LogMarks {
    return { [GROUPS]: this.next, [OPEN_GROUP]: this.open };
  }

  /** @throws SluiceError `STATE` inside a group. */
  start(): void {
    if (this.open !== null) {
      throw new SluiceError('STATE', `A reorg cannot start: group ${this.open} is still open`);
    }
    this.open = this.next++;
  }

  /** @throws SluiceError `STATE` outside of a group. */
  finish(): void {
    if (this.open === null) throw new SluiceError('STATE', 'A reorg cannot finish: none is open');
    this.open = null;
  }
}
