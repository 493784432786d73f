import type { LmdbEnvironment, Write } from './lmdb-environment.js';
import type { LogRoom } from './log-room.js';

/** A stream that takes part in group commits. */
export interface CommitMember {
  /** Called once per commit after all its changes: writes that follow from them. */
  seal(): Write[];
  /** Bytes of events that are kept more, or fewer, once the changes are stored. Asked after {@link seal}. */
  readonly growth: number;
  /** Bytes of the values that the changes and {@link seal} write. */
  readonly written: number;
  /** The changes since the last call are stored. */
  committed(): void;
  /** They are not. */
  rolledBack(): void;
}

interface Pending {
  readonly member: CommitMember;
  readonly change: () => Write[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: everything that is asked for within a turn, or while the previous transaction is being flushed, goes
 * into the next one. So a lone append waits for one flush and a thousand concurrent ones share it.
 */
export class CommitQueue {
  private pending: Pending[] = [];
  private running: Promise<void> | undefined;

  constructor(
    private readonly environment: Pick<LmdbEnvironment, 'commit'>,
    private readonly room: LogRoom,
  ) {}

  /**
   * @param change Prepares the writes, in call order. What it throws refuses this change alone.
   * @returns resolves when the change is stored.
   */
  submit(member: CommitMember, change: () => Write[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.pending.push({ member, change, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Runs `task` between two commits; those that are asked for meanwhile wait for it. */
  async exclusively<T>(task: () => Promise<T>): Promise<T> {
    while (this.running !== undefined) await this.running;
    const done = Promise.resolve().then(task);
    const goOn = (): Promise<void> => this.run();
    this.running = done.then(goOn, goOn);
    return done;
  }

  private async run(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.pending.length > 0) {
      const group = this.pending;
      this.pending = [];
      await this.commit(group);
    }
    this.running = undefined;
  }

  private async commit(group: readonly Pending[]): Promise<void> {
    const writes: Write[] = [];
    let growth = 0;
    let written = 0;
    const accepted = [...sharesOf(group)].filter((share) => {
      const { member } = share;
      try {
        const sealed = member.seal();
        this.room.check(growth, member.growth);
        for (const write of [...share.writes, ...sealed]) writes.push(write);
        growth += member.growth;
        written += member.written;
        return true;
      } catch (error) {
        refuse(share, error);
        return false;
      }
    });
    if (accepted.length === 0) return;
    try {
      await this.environment.commit(writes, accepted.length, written);
    } catch (error) {
      for (const share of accepted) refuse(share, error);
      return;
    }
    this.room.changed(growth);
    for (const { member } of accepted) member.committed();
    for (const { items } of accepted) for (const { resolve } of items) resolve();
  }
}

/** What one stream wants of a commit. */
interface Share {
  readonly member: CommitMember;
  readonly items: Pending[];
  readonly writes: Write[];
}

/** Prepares the changes, in call order. */
function sharesOf(group: readonly Pending[]): Iterable<Share> {
  const shares = new Map<CommitMember, Share>();
  for (const item of group) {
    const { member } = item;
    try {
      const changes = item.change();
      const share = shares.get(member) ?? { member, items: [], writes: [] };
      shares.set(member, share);
      share.items.push(item);
      for (const write of changes) share.writes.push(write);
    } catch (error) {
      item.reject(error);
    }
  }
  return shares.values();
}

function refuse({ member, items }: Share, error: unknown): void {
  member.rolledBack();
  for (const { reject } of items) reject(error);
}
