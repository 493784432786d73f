import type { ServerResponse } from 'node:http';
import { beginEvents, replyJson } from './reply.js';

/** What a page that does not read may have waiting; after that it misses messages. */
const MAX_WAITING_BYTES = 256 * 1024;

/** Sends one message to a page. */
export type SendEvent = (name: string, value: unknown) => void;

/** The answers that go on (server-sent events): a bounded number, each with bounded memory, ended together. */
export class Watchers {
  private readonly responses = new Set<ServerResponse>();

  /** @param most how many may go on at the same time. */
  constructor(private readonly most: number) {}

  get size(): number {
    return this.responses.size;
  }

  /**
   * @param begin called at once, with the function that sends. @returns what ends it; called when the page is gone.
   */
  open(response: ServerResponse, begin: (send: SendEvent) => () => void): void {
    if (this.responses.size >= this.most) {
      replyJson(response, { error: 'Too many pages are open' }, 503, { 'retry-after': '5' });
      return;
    }
    this.responses.add(response);
    beginEvents(response);
    const end = begin((name, value) => {
      if (response.writableLength > MAX_WAITING_BYTES || response.writableEnded) return;
      response.write(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`);
    });
    response.once('close', () => {
      this.responses.delete(response);
      end();
    });
  }

  /** Ends them all: an HTTP server waits for its answers when it closes. */
  close(): void {
    for (const response of this.responses) response.end();
  }
}
