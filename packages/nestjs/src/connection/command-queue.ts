import { setImmediate as nextTurn } from 'node:timers/promises';

/** Takes up what waits, one after the other. */
export interface CommandQueueOptions<T> {
  /** Deals with one element; never rejects. */
  readonly handle: (element: T) => Promise<void>;
  /** Whether the next element may be taken up now. */
  readonly ready: () => boolean;
  /** Called for each element before it is taken up, and has the last word; who says no calls `resume` later. */
  readonly admit: () => boolean;
  /** Called when the number of waiting elements has changed. */
  readonly changed: () => void;
}

interface Waiting<T> {
  readonly element: T;
  readonly bytes: number;
}

/** Elements taken up before other sessions get their turn: one read of a socket may bring thousands. */
const SLICE = 64;

/** Commands of one session: strictly in order, one at a time. */
export class CommandQueue<T> {
  private waiting: Waiting<T>[] = [];
  private waitingBytes = 0;
  private running: Promise<void> | undefined;
  private started = false;
  /** Whether the last look found an element that was not admitted. */
  private refused = false;

  constructor(private readonly options: CommandQueueOptions<T>) {}

  /** Elements that wait for their turn. */
  get length(): number {
    return this.waiting.length;
  }

  /** What they weigh together. */
  get bytes(): number {
    return this.waitingBytes;
  }

  /** @param bytes what the element weighs while it waits. */
  push(element: T, bytes: number): void {
    this.waiting.push({ element, bytes });
    this.waitingBytes += bytes;
    this.resume();
  }

  /** Nothing is taken up before. */
  start(): void {
    this.started = true;
    this.resume();
  }

  /** Looks again whether the next element may be taken up. */
  resume(): void {
    if (this.running !== undefined || !this.started) return;
    const first = this.take();
    if (first === undefined) return;
    this.running = this.run(first).then(() => {
      this.running = undefined;
      // Something may have come behind the last look. Who has not admitted the next one calls by himself.
      if (!this.refused) this.resume();
    });
  }

  /** Forgets what waits. */
  clear(): void {
    this.waiting = [];
    this.waitingBytes = 0;
  }

  /** Whether a command is being carried out. */
  get busy(): boolean {
    return this.running !== undefined;
  }

  /** Resolves when nothing runs and nothing that could run waits. */
  async idle(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }

  private async run(first: Waiting<T>): Promise<void> {
    let taken = 0;
    for (let next: Waiting<T> | undefined = first; next !== undefined; next = this.take()) {
      await this.options.handle(next.element);
      if (++taken % SLICE === 0) await nextTurn();
    }
  }

  /** The next element, if it may be taken up. */
  private take(): Waiting<T> | undefined {
    this.refused = false;
    if (!this.options.ready() || this.length === 0) return undefined;
    this.refused = !this.options.admit();
    const next = this.refused ? undefined : this.waiting.shift();
    if (next === undefined) return undefined;
    this.waitingBytes -= next.bytes;
    this.options.changed();
    return next;
  }
}
