import type { StreamPage } from './stream-page.js';

/** Pages that readers were given last: one read of the log serves all readers in the same range. */
export class RecentPages {
  /** Oldest first. */
  private readonly pages: StreamPage[] = [];
  private bytes = 0;

  /** @param limit most bytes of events that are kept. */
  constructor(private readonly limit: number) {}

  /** The newest page with event `id`. */
  holding(id: number): StreamPage | undefined {
    return this.pages.findLast((page) => page.holds(id));
  }

  add(page: StreamPage): void {
    this.pages.push(page);
    this.bytes += page.bytes;
    while (this.bytes > this.limit) this.bytes -= this.pages.shift()?.bytes ?? this.bytes;
  }
}
