import type {
  EventLog,
  EventLogStore,
  LogEntry,
  OpenStreamOptions,
  SluiceError,
} from '@sluice/engine';
import { memoryLog } from '@sluice/engine';

/** A store whose process can die at any moment: what was stored stays, whoever had it open stores nothing more. */
export class CrashingStore implements EventLogStore {
  private readonly store = memoryLog();
  private readonly opened: { log: EventLog; dead: boolean }[] = [];
  private readonly losses = new Set<(error: SluiceError) => void>();
  /** Stored batches, by what their events say. */
  readonly batches: string[][] = [];
  /** What the next append is refused with. */
  nextFailure: Error | undefined;

  async open(stream: string, options: OpenStreamOptions): Promise<EventLog> {
    const log = await this.store.open(stream, options);
    const handle = { log, dead: false };
    this.opened.push(handle);
    const append: EventLog['append'] = async (entries, marks) => {
      const failure = handle.dead ? new Error('the process is gone') : this.nextFailure;
      this.nextFailure = undefined;
      if (failure !== undefined) throw failure;
      await log.append(entries, marks);
      this.batches.push(entries.map(contentOf));
    };
    return new Proxy(log, {
      get: (target, name) => {
        if (name === 'append') return append;
        if (name === 'onLost')
          return (listener: (error: SluiceError) => void) => this.watch(listener);
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }

  /** Kills the process that has the store open; another one may open it then. */
  async crash(): Promise<void> {
    for (const handle of this.opened.splice(0)) {
      handle.dead = true;
      await handle.log.close();
    }
  }

  /** Tells whoever has the store open that another process writes now. */
  lose(error: SluiceError): void {
    for (const listener of [...this.losses]) listener(error);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private watch(listener: (error: SluiceError) => void): () => void {
    this.losses.add(listener);
    return () => this.losses.delete(listener);
  }
}

function contentOf({ bytes }: LogEntry): string {
  return Buffer.from(bytes).toString();
}
