import type { LogMarks } from '@sluice/engine';
import { SluiceError } from '@sluice/engine';

const GROUPS = 'groups';
const OPEN_GROUP = 'openGroup';

/** Numbers reorgs from 0, also across restarts, and knows whether one is going on. A value: changes give another one. */
export class EventGroups {
  private constructor(
    private readonly next: number,
    /** The group that events belong to now. */
    readonly current: number | null,
  ) {}

  /** @param marks what {@link marks} gave when the last event was stored. */
  static from(marks: LogMarks): EventGroups {
    const open = marks[OPEN_GROUP];
    return new EventGroups(Number(marks[GROUPS] ?? 0), typeof open === 'number' ? open : null);
  }

  /** To be stored with the event that changed the group. */
  get marks(): LogMarks {
    return { [GROUPS]: this.next, [OPEN_GROUP]: this.current };
  }

  /** @throws SluiceError `STATE` inside a group. */
  started(): EventGroups {
    if (this.current !== null) {
      throw new SluiceError('STATE', `A reorg cannot start: group ${this.current} is still open`);
    }
    return new EventGroups(this.next + 1, this.next);
  }

  /** @throws SluiceError `STATE` outside of a group. */
  finished(): EventGroups {
    if (this.current === null) {
      throw new SluiceError('STATE', 'A reorg cannot finish: none is open');
    }
    return new EventGroups(this.next, null);
  }
}
