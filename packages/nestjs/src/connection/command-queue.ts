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
    if (this.running !== undefined || !this.started || this.length === 0) return;
    this.running = this.run().finally(() => {
      this.running = undefined;
      this.resumeIfReady();
    });
  }

  /** Forgets what waits. */
  clear(): void {
    this.waiting = [];
    this.waitingBytes = 0;
  }

  /** Resolves when nothing runs and nothing that could run waits. */
  async idle(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }

  private resumeIfReady(): void {
    if (this.options.ready()) this.resume();
  }

  private async run(): Promise<void> {
    let taken = 0;
    while (this.mayTake()) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      this.waitingBytes -= next.bytes;
      this.options.changed();
      await this.options.handle(next.element);
      if (++taken % SLICE === 0) await nextTurn();
    }
  }

  private mayTake(): boolean {
    return this.options.ready() && this.length > 0 && this.options.admit();
  }
}
