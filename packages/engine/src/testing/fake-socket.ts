import { messagesIn } from '../frames/text-frame.js';
import type { SessionSocket } from '../session/session-socket.js';

/** Options of {@link FakeSocket}. */
export interface FakeSocketOptions {
  /** Bytes the imagined kernel takes while the client does not read; default: it always reads. */
  readonly kernelBytes?: number;
}

/**
 * A socket that keeps what it is given. While it is stalled the kernel takes `kernelBytes`, the rest queues; `drain`
 * lets the client read everything.
 */
export class FakeSocket implements SessionSocket {
  /** Messages in the order they were written: text as strings, binary as buffers. */
  readonly messages: (string | Buffer)[] = [];
  /** Number of calls of `write`. */
  writes = 0;
  /** Arguments of `close`, once it was called. */
  closedWith:
    { readonly code: number | undefined; readonly reason: string | undefined } | undefined;
  terminated = false;
  /** Whether the connection was to end without a Close frame once everything is sent. */
  droppedAfterAll = false;
  queuedBytes = 0;
  private readonly kernelBytes: number;
  private kernelHolds = 0;
  private reading: boolean;

  constructor(options: FakeSocketOptions = {}) {
    this.reading = options.kernelBytes === undefined;
    this.kernelBytes = options.kernelBytes ?? 0;
  }

  write(frames: readonly Buffer[], bytes: number): boolean {
    if (this.terminated) throw new Error('The socket is gone');
    if (this.closedWith !== undefined) throw new Error('A frame after the Close frame');
    const size = frames.reduce((sum, frame) => sum + frame.length, 0);
    if (size !== bytes) throw new Error(`${bytes} bytes announced, ${size} written`);
    this.writes++;
    for (const { binary, payload } of frames.flatMap((frame) => [...messagesIn(frame)])) {
      this.messages.push(binary ? Buffer.from(payload) : payload.toString('utf8'));
    }
    if (!this.reading) this.queue(bytes);
    return this.queuedBytes === 0;
  }

  close(code?: number, reason?: string): void {
    this.closedWith ??= { code, reason };
  }

  drop(): void {
    this.droppedAfterAll = true;
  }

  terminate(): void {
    this.terminated = true;
    this.queuedBytes = 0;
  }

  /** Takes the messages out. */
  take(): (string | Buffer)[] {
    return this.messages.splice(0);
  }

  /** The text messages as JSON values. */
  json(): unknown[] {
    return this.messages
      .filter((message) => typeof message === 'string')
      .map((message) => JSON.parse(message) as unknown);
  }

  /** From now on the client does not read. */
  stall(): void {
    this.reading = false;
  }

  /** The client reads some bytes. @returns whether the queue became empty: then tell the session `drained()`. */
  read(bytes: number): boolean {
    const waited = this.queuedBytes > 0;
    this.kernelHolds = Math.max(0, this.kernelHolds - bytes);
    const queued = this.queuedBytes;
    this.queuedBytes = 0;
    this.queue(queued);
    return waited && this.queuedBytes === 0;
  }

  /** The client reads everything there is and goes on reading. Tell the session `drained()` afterwards. */
  drain(): void {
    this.reading = true;
    this.kernelHolds = 0;
    this.queuedBytes = 0;
  }

  private queue(bytes: number): void {
    const taken = Math.min(bytes, this.kernelBytes - this.kernelHolds);
    this.kernelHolds += taken;
    this.queuedBytes += bytes - taken;
  }
}
