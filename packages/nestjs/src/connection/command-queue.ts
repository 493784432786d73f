/** Takes up what waits, one after the other. */
export interface CommandQueueOptions<T> {
  /** Deals with one element; never rejects. */
  readonly handle: (element: T) => Promise<void>;
  /** Whether the next element may be taken up now. */
  readonly ready: () => boolean;
  /** Called when the number of waiting elements has changed. */
  readonly changed: () => void;
}

/** Commands of one session: strictly in order, one at a time. */
export class CommandQueue<T> {
  private waiting: T[] = [];
  private running: Promise<void> | undefined;
  private started = false;

  constructor(private readonly options: CommandQueueOptions<T>) {}

  /** Elements that wait for their turn. */
  get length(): number {
    return this.waiting.length;
  }

  push(element: T): void {
    this.waiting.push(element);
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
  }

  /** Resolves when nothing runs and nothing that could run waits. */
  async idle(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }

  private resumeIfReady(): void {
    if (this.options.ready()) this.resume();
  }

  private async run(): Promise<void> {
    while (this.length > 0 && this.options.ready()) {
      const element = this.waiting.shift() as T;
      this.options.changed();
      await this.options.handle(element);
    }
  }
}
