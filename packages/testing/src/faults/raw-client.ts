/**
 * A WebSocket client that does nothing by itself: it answers no ping, no Close and no FIN, and sends
 * exactly the bytes it is told to, so it can misbehave in every way that a real one cannot.
 */
import { connect, type Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { DEFAULT_TIMEOUT_MS } from '../client/test-client.options.js';
import { deadline } from '../waiting/deadline.js';
import { Inbox } from '../waiting/inbox.js';
import type { WaitOptions } from '../waiting/wait-error.js';
import { frame } from './frame.js';
import { frameReader, showFrame, type RawFrame } from './frame-reader.js';
import { resetSocket } from './reset-socket.js';
import { readAnswer, upgradeRequest, type UpgradeAnswer } from './upgrade.js';

/** Settings of one {@link RawClient}. */
export interface RawClientOptions {
  /** Request headers, added to the necessary ones or replacing them. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Limit of every wait that names none of its own, milliseconds. Default: 5000. */
  readonly timeoutMs?: number;
}

/**
 * How the TCP connection ended: by the server in order or with a reset, or by this client. Node reports
 * a reset that it finds together with data as `fin`.
 */
export type TcpEnd = 'fin' | 'reset' | 'local';

const HEAD_END = '\r\n\r\n';
const READ_BYTES = 16 * 1024;

export class RawClient {
  private readonly inbox: Inbox<RawFrame>;
  private readonly socket: Socket;
  private readonly reader: Writable;
  private readonly connected: Promise<void>;
  private readonly answered: Promise<UpgradeAnswer>;
  private readonly over: Promise<TcpEnd>;
  private readonly timeoutMs: number;
  private answer: (answer: UpgradeAnswer) => void = () => undefined;
  private head: Buffer | undefined = Buffer.alloc(0);
  private end: TcpEnd | undefined;
  private fault: Error | undefined;
  private stalled = false;

  private constructor(
    private readonly url: URL,
    options: RawClientOptions,
  ) {
    if (url.protocol !== 'ws:') throw new TypeError(`only ws: URLs, got ${String(url)}`);
    this.timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.inbox = new Inbox(() => this.describe(), showFrame);
    this.reader = frameReader(
      (received) => {
        this.inbox.push(received);
      },
      (error) => (this.fault = error),
    );
    // A reader of its own stops the system call at once when stalled; a stream would read ahead.
    this.socket = connect({
      // A URL writes an IPv6 address in brackets.
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(url.port || 80),
      allowHalfOpen: true,
      noDelay: true,
      onread: {
        buffer: Buffer.alloc(READ_BYTES),
        callback: (length, buffer) => {
          this.receive(Buffer.from(buffer.subarray(0, length)));
          return !this.stalled;
        },
      },
    });
    this.connected = new Promise((resolve) => this.socket.once('connect', resolve));
    this.answered = new Promise((resolve) => (this.answer = resolve));
    this.over = new Promise((resolve) => {
      const finish = (end: TcpEnd): void => {
        if (this.end !== undefined) return;
        this.end = end;
        this.inbox.end();
        resolve(end);
      };
      this.socket.on('error', (error) => {
        this.fault = error;
        finish('reset');
      });
      this.socket.on('end', () => {
        finish('fin');
      });
      this.socket.on('close', () => {
        finish('local');
      });
    });
  }

  /**
   * Connects over TCP and sends nothing: for handshakes that are slow, wrong or never finished.
   * @throws {WaitError} when the connection is not there in time.
   */
  static async open(url: string | URL, options: RawClientOptions = {}): Promise<RawClient> {
    const client = new RawClient(new URL(url), options);
    await client.waitFor(client.connected, 'the TCP connection');
    return client;
  }

  /**
   * Connects and upgrades.
   * @throws {WaitError} when there is no answer in time or it is not 101.
   */
  static async connect(url: string | URL, options: RawClientOptions = {}): Promise<RawClient> {
    const client = await RawClient.open(url, options);
    client.write(upgradeRequest(url, options.headers));
    const { status } = await client.upgraded();
    if (status === 101) return client;
    client.reset();
    throw client.inbox.failure('a 101 answer', `the status was ${String(status)}`);
  }

  /** Number of messages and control frames that were read. */
  get received(): number {
    return this.inbox.received;
  }

  /** Bytes read from TCP, the upgrade answer included. */
  get bytesRead(): number {
    return this.socket.bytesRead;
  }

  /** Writes bytes as they are. */
  write(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  /** Writes byte by byte, each as a TCP segment of its own. */
  async drip(bytes: Uint8Array): Promise<void> {
    for (const byte of bytes) {
      await new Promise<void>((resolve, reject) => {
        this.socket.write(Buffer.of(byte), (error) => {
          if (error) reject(error);
          else setImmediate(resolve);
        });
      });
    }
  }

  /** Sends a correct text frame. */
  sendText(text: string): void {
    this.write(frame({ payload: text }));
  }

  /** Resolves the server's answer to the upgrade request, whatever its status. */
  upgraded(options?: WaitOptions): Promise<UpgradeAnswer> {
    const what = 'the answer to the upgrade request';
    const cut = this.over.then(() => {
      throw this.inbox.failure(what, 'the connection ended');
    });
    return this.waitFor(Promise.race([this.answered, cut]), what, options);
  }

  /** Takes the next message or control frame. A message that came in fragments is one. */
  nextFrame(options?: WaitOptions): Promise<RawFrame> {
    return this.inbox.next('a frame', options?.timeoutMs ?? this.timeoutMs);
  }

  /** Stops reading from TCP at once. The system still takes in what fits its receive buffer. */
  stall(): void {
    this.stalled = true;
    this.socket.pause();
  }

  /** Reads on after {@link stall}. */
  resume(): void {
    this.stalled = false;
    this.socket.resume();
  }

  /** Ends the client's direction in order (FIN) and goes on reading. */
  finish(): void {
    this.socket.end();
  }

  /** Ends the connection by a reset (RST). */
  reset(): void {
    resetSocket(this.socket);
  }

  /** Resolves how the TCP connection ended, also if it has ended before. */
  ended(options?: WaitOptions): Promise<TcpEnd> {
    return this.waitFor(this.over, 'the end of the TCP connection', options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
    await this.over;
  }

  private receive(bytes: Buffer): void {
    if (this.head === undefined) {
      this.reader.write(bytes);
      return;
    }
    this.head = Buffer.concat([this.head, bytes]);
    const end = this.head.indexOf(HEAD_END);
    if (end === -1) return;
    const rest = this.head.subarray(end + HEAD_END.length);
    const answer = readAnswer(this.head.toString('latin1', 0, end));
    if (answer.status === 101) {
      this.head = undefined;
      if (rest.length > 0) this.reader.write(rest);
    }
    this.answer(answer);
  }

  private waitFor<T>(wait: Promise<T>, what: string, options?: WaitOptions): Promise<T> {
    const limit = options?.timeoutMs ?? this.timeoutMs;
    return deadline(wait, limit, () =>
      this.inbox.failure(what, `nothing within ${String(limit)} ms`),
    );
  }

  private describe(): string {
    const state = this.end === undefined ? 'open' : `ended by ${this.end}`;
    const stalled = this.stalled ? ', stalled' : '';
    const fault = this.fault === undefined ? '' : ` after the error "${this.fault.message}"`;
    return `the TCP connection to ${this.url.host} is ${state}${stalled}${fault}`;
  }
}
