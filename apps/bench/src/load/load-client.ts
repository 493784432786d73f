import { frame, resetSocket, upgradeRequest } from '@sluice/testing';
import { connect, type Socket } from 'node:net';
import { monotonicMicros } from '../processes/monotonic.js';
import { FrameReader } from './frame-reader.js';

const OPCODE = { text: 1, binary: 2, close: 8, ping: 9 };
const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** All sockets read into the same memory: nobody keeps a chunk beyond its turn. */
const READ_BUFFER = Buffer.allocUnsafe(256 * 1024);

/** Takes a message; it lies between two offsets of `bytes`, which are valid during the call only. */
export type MessageTaker = (bytes: Buffer, start: number, end: number) => void;

/** A WebSocket client that costs a fraction of a complete one. */
export class LoadClient {
  onMessage: MessageTaker = () => undefined;
  /** The connection ended although nobody asked for it. */
  onLost: (why: Error) => void = () => undefined;
  /** When the bytes of the present message were read, microseconds of the monotonic clock. */
  receivedAt = 0;
  private readonly socket: Socket;
  private readonly frames = new FrameReader((opcode, bytes, start, end) => {
    if (opcode === OPCODE.text || opcode === OPCODE.binary) this.onMessage(bytes, start, end);
    else this.takeControl(opcode, bytes.subarray(start, end));
  });
  private head: Buffer | undefined = Buffer.alloc(0);
  private onUpgraded: () => void = () => undefined;

  private constructor(url: URL, headers: Readonly<Record<string, string>>) {
    this.socket = connect({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port),
      noDelay: true,
      onread: {
        buffer: READ_BUFFER,
        callback: (length, buffer) => this.read((buffer as Buffer).subarray(0, length)),
      },
    });
    this.socket.write(upgradeRequest(url, headers));
    this.socket
      .on('error', (error) => this.onLost(error))
      .on('close', () => this.onLost(new Error('The server ended a connection')));
  }

  /** @throws Error if the server does not upgrade. */
  static open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<LoadClient> {
    return new Promise((resolve, reject) => {
      const client = new LoadClient(new URL(url), headers);
      client.onLost = reject;
      client.onUpgraded = () => resolve(client);
    });
  }

  send(text: string): void {
    this.socket.write(frame({ payload: text }));
  }

  /** Sends bytes as a binary message. */
  sendBinary(payload: Uint8Array): void {
    this.socket.write(frame({ opcode: 'binary', payload }));
  }

  /** Sends a whole frame that was built before. */
  sendFrame(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  /** Reads nothing from now on, as a client does that hangs. */
  stall(): void {
    this.socket.pause();
  }

  /** Reads on after {@link stall}. */
  resume(): void {
    this.socket.resume();
  }

  /** Ends the connection with a reset (RST). */
  reset(): void {
    this.onLost = () => undefined;
    resetSocket(this.socket);
  }

  /** Ends the connection without ceremony. */
  end(): void {
    this.onLost = () => undefined;
    this.socket.destroy();
  }

  private read(chunk: Buffer): boolean {
    this.receivedAt = monotonicMicros();
    this.guarded(() => {
      if (this.head === undefined) this.frames.read(chunk);
      else this.readHead(chunk);
    });
    return true;
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.fail(error as Error);
    }
  }

  private readHead(chunk: Buffer): void {
    this.head = Buffer.concat([this.head ?? chunk, chunk]);
    const end = this.head.indexOf(END_OF_HEAD);
    if (end < 0) return;
    const [status = ''] = this.head.toString('latin1').split('\r\n', 1);
    if (!status.includes(' 101 ')) throw new Error(`The server refused a connection: ${status}`);
    const frames = this.head.subarray(end + END_OF_HEAD.length);
    this.head = undefined;
    this.onUpgraded();
    // Whoever waits for the connection is to see what came with the answer.
    queueMicrotask(() => this.guarded(() => this.frames.read(frames)));
  }

  private takeControl(opcode: number, payload: Buffer): void {
    if (opcode === OPCODE.ping) this.socket.write(frame({ opcode: 'pong', payload }));
    else if (opcode === OPCODE.close) this.fail(new Error('The server closed a connection'));
  }

  private fail(error: Error): void {
    this.onLost(error);
    this.end();
  }
}
