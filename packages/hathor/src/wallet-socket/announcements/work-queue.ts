/** A piece of work; what it throws is reported. */
export type Work = () => Promise<void>;

/** Collaborators and limit of a {@link WorkQueue}. */
export interface WorkQueueOptions {
  /** Most pieces that wait. */
  readonly limit: number;
  readonly onError: (error: unknown) => void;
  /** One piece more than the limit came; it and what waited are forgotten. */
  readonly onOverflow: () => void;
}

/** Does work in order, one piece at a time. */
export class WorkQueue {
  private waiting: Work[] = [];
  private running = false;

  constructor(private readonly options: WorkQueueOptions) {}

  add(work: Work): void {
    if (this.waiting.length >= this.options.limit) {
      this.waiting = [];
      this.options.onOverflow();
      return;
    }
    this.waiting.push(work);
    if (!this.running) void this.run();
  }

  /** Forgets what waits. */
  clear(): void {
    this.waiting = [];
  }

  private async run(): Promise<void> {
    this.running = true;
    for (let work = this.waiting.shift(); work !== undefined; work = this.waiting.shift()) {
      try {
        await work();
      } catch (error) {
        this.options.onError(error);
      }
    }
    this.running = false;
  }
}
