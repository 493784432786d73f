import type { StreamPage } from './stream-page.js';

/** Pages that readers were given last: one read of the log serves all readers in the same range. */
export class RecentPages {
  /** Oldest first. */
  private readonly pages: StreamPage[] = [];

  /** @param limit most bytes of memory that the pages take, the messages included that were made of them. */
  constructor(private readonly limit: number) {}

  /** The newest page with event `id`. */
  holding(id: number): StreamPage | undefined {
    return this.pages.findLast((page) => page.holds(id));
  }

  add(page: StreamPage): void {
    this.pages.push(page);
    // Counted anew: a page takes more once messages are made of it.
    let bytes = this.pages.reduce((sum, kept) => sum + kept.bytes, 0);
    while (bytes > this.limit) bytes -= this.pages.shift()?.bytes ?? bytes;
  }
}
