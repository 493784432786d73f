/**
 * A session's socket: whole frames go to the TCP connection itself, in one write, past the copying and queueing of
 * `ws`. That is safe while no extension is negotiated and the Close frame is not out; `ws` writes its own pongs and
 * Close frames whole, in call order, to the same connection.
 */
import { messagesIn, type SessionSocket } from '@sluice/engine';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';

/** Up to here several buffers are copied into one: cheaper than a gathered write. */
const COPY_BYTES = 32 * 1024;

/** Written behind frames that wait, to hear when the kernel has taken them. */
const NOTHING = Buffer.alloc(0);

/** Hears what becomes of writes that had to wait. */
export interface SocketListener {
  /** Something begins to wait. */
  blocked(): void;
  /** The kernel has taken some of what waits: the client reads. */
  progressed(): void;
  /** The kernel has taken everything. */
  drained(): void;
}

export class WsSessionSocket implements SessionSocket {
  /** Whether something waits for the kernel; until `drained` has been called. */
  private waiting = false;
  /** Writes of ours that are not done. Bytes of `ws` itself (its Close frame) do not count: nobody tells of their end. */
  private outstanding = 0;
  /** Whether the connection ends as soon as nothing of ours is outstanding: `ws` compresses in its own time. */
  private dropped = false;
  /** Whether an extension changes the frames of this connection; settled with the handshake. */
  private readonly extended: boolean;
  /** Bytes that may wait although the kernel has room: TLS hands on what it is given when the turn is over. */
  private readonly inPassing: number;

  constructor(
    private readonly client: WebSocket,
    private readonly connection: Duplex,
    private readonly listener: SocketListener,
  ) {
    this.extended = client.extensions !== '';
    const passesLater = connection instanceof TLSSocket && !this.extended;
    this.inPassing = passesLater ? connection.writableHighWaterMark : 0;
  }

  get queuedBytes(): number {
    // What `ws` itself holds back is waiting to be compressed.
    return this.extended ? this.client.bufferedAmount : this.connection.writableLength;
  }

  write(frames: readonly Buffer[], bytes: number): boolean {
    if (this.client.readyState !== WebSocket.OPEN) return true;
    // What was written before and still waits is not in passing.
    const inPassing = this.queuedBytes > 0 ? 0 : this.inPassing;
    if (this.extended) this.sendMessages(frames);
    else this.writeFrames(frames, bytes, inPassing);
    return this.allTaken(inPassing);
  }

  ping(): void {
    this.client.ping('', false, this.expectWritten());
    this.allTaken();
  }

  /**
   * Answers a Ping.
   *
   * @returns as {@link write}.
   */
  pong(payload: Buffer): boolean {
    this.client.pong(payload, false, this.expectWritten());
    return this.allTaken();
  }

  close(code?: number, reason = ''): void {
    // Without reading, the client's own Close frame would never be seen.
    this.client.resume();
    this.client.close(code, reason);
  }

  drop(): void {
    // Bytes that nobody has read would turn the end into a reset, which takes what is on its way with it.
    this.client.resume();
    this.dropped = true;
    this.endIfDropped();
  }

  terminate(): void {
    this.client.terminate();
  }

  private writeFrames(frames: readonly Buffer[], bytes: number, inPassing: number): void {
    const { connection } = this;
    const first = frames[0];
    if (first === undefined) return;
    if (frames.length === 1) {
      connection.write(first);
    } else if (bytes <= COPY_BYTES) {
      connection.write(Buffer.concat(frames, bytes));
    } else {
      connection.cork();
      for (const frame of frames) connection.write(frame);
      connection.uncork();
    }
    // Mostly the kernel takes everything at once, and a callback for each write would be a twentieth of its cost.
    if (connection.writableLength > inPassing) connection.write(NOTHING, this.expectWritten());
  }

  private sendMessages(frames: readonly Buffer[]): void {
    for (const buffer of frames) {
      for (const { payload, binary } of messagesIn(buffer)) {
        this.client.send(payload, { binary }, this.expectWritten());
      }
    }
  }

  private allTaken(inPassing = 0): boolean {
    // Never back to false here: who waits for `drained` must hear it.
    if (!this.waiting && this.queuedBytes > inPassing) {
      this.waiting = true;
      this.listener.blocked();
    }
    return !this.waiting;
  }

  private endIfDropped(): void {
    if (this.dropped && this.outstanding === 0) this.connection.end();
  }

  private expectWritten(): () => void {
    this.outstanding++;
    return this.onWritten;
  }

  /** `drain` events are not enough: there is none if a write of few bytes waits in a full kernel. */
  private readonly onWritten = (): void => {
    this.outstanding--;
    this.endIfDropped();
    if (!this.waiting) return;
    this.listener.progressed();
    if (this.outstanding > 0) return;
    this.waiting = false;
    this.listener.drained();
  };
}
