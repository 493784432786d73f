/**
 * A WebSocket client for tests: everything that arrives is queued from the first frame on, every wait has
 * a time limit, and a failed wait says what was awaited and what came instead.
 */
import { parseJson, stringifyJson, systemClock, type Clock } from '@sluice/engine';
import type { IncomingHttpHeaders } from 'node:http';
import type { WebSocket } from 'ws';
import { deadline } from '../waiting/deadline.js';
import { Inbox } from '../waiting/inbox.js';
import { WaitError, type WaitOptions } from '../waiting/wait-error.js';
import { showMessage, type TestMessage } from './message.js';
import { openSocket } from './open-socket.js';
import { PingRoundTrips } from './ping-round-trips.js';
import { refusal, type Refusal } from './refusal.js';
import { DEFAULT_TIMEOUT_MS, type TestClientOptions } from './test-client.options.js';

/** How a connection ended. */
export interface Closure {
  /** Close code of the peer; 1005: a Close frame without a code, 1006: no Close frame. */
  readonly code: number;
  readonly reason: string;
  /** A Close frame went each way. */
  readonly clean: boolean;
}

/** What {@link TestClient.expectSilence} waits for. */
export interface SilenceOptions extends WaitOptions {
  /** Time in which nothing may arrive, milliseconds on `clock`. Default: 0, only what is under way. */
  readonly quietMs?: number;
  /** Clock of the quiet time. Default: the system's. A test passes its server's `ManualClock`. */
  readonly clock?: Clock;
}

/** Sees every message of a client at the moment it is sent or has arrived. */
export type TrafficListener = (direction: 'in' | 'out', message: TestMessage) => void;

const STATES = ['connecting', 'open', 'closing', 'closed'];

export class TestClient implements AsyncIterable<string> {
  private readonly inbox: Inbox<TestMessage>;
  private readonly pings: PingRoundTrips;
  private readonly listeners = new Set<TrafficListener>();
  private readonly ended: Promise<Closure>;
  private readonly timeoutMs: number;
  private closure: Closure | undefined;
  private fault: Error | undefined;
  private responseHeaders: IncomingHttpHeaders = {};

  private constructor(
    readonly url: string,
    private readonly socket: WebSocket,
    options: TestClientOptions,
  ) {
    this.timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.inbox = new Inbox(() => this.describe(), showMessage);
    socket.on('upgrade', ({ headers }) => (this.responseHeaders = headers));
    socket.on('error', (error) => (this.fault = error));
    socket.on('message', (data: Buffer, isBinary) => {
      const message = { at: Date.now(), data: isBinary ? data : data.toString() };
      this.inbox.push(message);
      this.tell('in', message);
    });
    this.ended = new Promise((resolve) => {
      socket.addEventListener('close', ({ code, reason, wasClean }) => {
        this.closure = { code, reason, clean: wasClean };
        this.inbox.end();
        resolve(this.closure);
      });
    });
    // After the listener above, so that a failed ping can tell how the connection ended.
    this.pings = new PingRoundTrips(socket);
  }

  /**
   * Connects and resolves once the upgrade is granted.
   * @throws {WaitError} when it is refused, fails or takes longer than `connectTimeoutMs`.
   */
  static async connect(url: string | URL, options: TestClientOptions = {}): Promise<TestClient> {
    const client = new TestClient(String(url), openSocket(url, options), options);
    await new Promise<void>((resolve, reject) => {
      client.socket.once('open', resolve);
      client.socket.once('close', () => {
        const why = client.fault?.message ?? 'the connection ended';
        const message = `could not connect to ${client.url}: ${why}`;
        reject(new WaitError(message, { cause: client.fault }));
      });
    });
    return client;
  }

  /**
   * Asks for an upgrade that must be refused and resolves the HTTP answer.
   * @throws when it is granted, or when the connection ends without an HTTP answer.
   */
  static refused(url: string | URL, options?: TestClientOptions): Promise<Refusal> {
    return refusal(url, options);
  }

  /** Number of messages that have arrived. */
  get received(): number {
    return this.inbox.received;
  }

  /** Number of messages that have arrived and were not taken. */
  get pending(): number {
    return this.inbox.pending;
  }

  /** The sub-protocol that the server chose, or an empty string. */
  get subprotocol(): string {
    return this.socket.protocol;
  }

  /** The extensions that were negotiated, or an empty string. */
  get extensions(): string {
    return this.socket.extensions;
  }

  /** The headers of the server's 101 answer. */
  get upgradeHeaders(): Readonly<IncomingHttpHeaders> {
    return this.responseHeaders;
  }

  /**
   * Takes the next message, which must be a text one.
   * @throws {WaitError} when none comes in time, the connection ends, or the message is binary.
   */
  async next(options?: WaitOptions): Promise<string> {
    const { data } = await this.inbox.next('a text message', this.limit(options));
    if (typeof data === 'string') return data;
    throw this.inbox.failure('a text message', 'a binary one came');
  }

  /** Takes the next message, which must be a binary one; throws like {@link next}. */
  async nextBinary(options?: WaitOptions): Promise<Buffer> {
    const { data } = await this.inbox.next('a binary message', this.limit(options));
    if (typeof data !== 'string') return data;
    throw this.inbox.failure('a binary message', 'a text one came');
  }

  /** Takes the next message of either kind; throws like {@link next}. */
  nextMessage(options?: WaitOptions): Promise<TestMessage> {
    return this.inbox.next('a message', this.limit(options));
  }

  /**
   * Takes the next text message and reads it as JSON. Integers beyond 2^53 are bigint.
   * @throws {WaitError} like {@link next}, and when the text is not JSON.
   */
  async nextJson<T = unknown>(options?: WaitOptions): Promise<T> {
    return this.readJson<T>(await this.next(options));
  }

  /** Takes `count` text messages. The time limit holds for each of them. */
  async take(count: number, options?: WaitOptions): Promise<string[]> {
    const taken: string[] = [];
    while (taken.length < count) taken.push(await this.next(options));
    return taken;
  }

  /** Takes `count` JSON messages. The time limit holds for each of them. */
  async takeJson<T = unknown>(count: number, options?: WaitOptions): Promise<T[]> {
    const taken: T[] = [];
    while (taken.length < count) taken.push(await this.nextJson<T>(options));
    return taken;
  }

  /** Takes text messages up to and including the first that fits. The time limit holds for each. */
  async until(fits: (text: string) => boolean, options?: WaitOptions): Promise<string[]> {
    const taken: string[] = [];
    for (;;) {
      const text = await this.next(options);
      taken.push(text);
      if (fits(text)) return taken;
    }
  }

  /** Takes JSON messages up to and including the first that fits. The time limit holds for each. */
  async untilJson<T = unknown>(fits: (message: T) => boolean, options?: WaitOptions): Promise<T[]> {
    const taken: T[] = [];
    await this.until((text) => {
      const message = this.readJson<T>(text);
      taken.push(message);
      return fits(message);
    }, options);
    return taken;
  }

  /** The text messages until the connection ends, however it ends. */
  async *[Symbol.asyncIterator](): AsyncGenerator<string, void, undefined> {
    while (this.pending > 0 || this.closure === undefined) {
      const message = await this.next().catch((error: unknown) => {
        if (this.closure === undefined) throw error;
      });
      if (message !== undefined) yield message;
    }
  }

  /** Sends a string as it is, bytes as a binary message, anything else as JSON; bigint as a number. */
  send(message: string | Buffer | object): void {
    const data =
      typeof message === 'string' || Buffer.isBuffer(message) ? message : stringifyJson(message);
    this.socket.send(data);
    this.tell('out', { at: Date.now(), data });
  }

  /** Sends a protocol ping and resolves on its pong. */
  ping(options?: WaitOptions): Promise<void> {
    return this.pings.start(this.limit(options), (why) => this.inbox.failure('a pong', why));
  }

  /**
   * Asserts that no message is queued, under way, or arrives within `quietMs`.
   *
   * What is under way is found with two ping round trips: a server answers in order, and one that
   * gathers writes until its next turn has flushed by the second answer.
   * @throws {WaitError} with the unexpected message, or when the connection ends.
   */
  async expectSilence(options: SilenceOptions = {}): Promise<void> {
    this.assertNothingPending();
    if (options.quietMs !== undefined) {
      await this.quiet(options.quietMs, options.clock);
      this.assertNothingPending();
    }
    await this.ping(options);
    await this.ping(options);
    this.assertNothingPending();
  }

  /** Resolves how the connection ended, also if it has ended before. */
  closed(options?: WaitOptions): Promise<Closure> {
    const limit = this.limit(options);
    return deadline(this.ended, limit, () =>
      this.inbox.failure('the connection to end', `it did not within ${String(limit)} ms`),
    );
  }

  /** Closes with a Close frame, without a code unless one is given, and resolves as {@link closed}. */
  close(code?: number, reason?: string): Promise<Closure> {
    this.socket.close(code, reason);
    return this.closed();
  }

  /** Drops the TCP connection without a Close frame; the server sees 1006. */
  terminate(): void {
    this.socket.terminate();
  }

  /** Calls `listener` for every message from now on; the returned function ends that. */
  onTraffic(listener: TrafficListener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** The messages that have arrived and were not taken, oldest first. They stay where they are. */
  peek(): readonly TestMessage[] {
    return this.inbox.peek();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.terminate();
    await this.closed();
  }

  private readJson<T>(text: string): T {
    try {
      return parseJson(text) as T;
    } catch (cause) {
      throw new WaitError(`expected a JSON message, got: ${text}`, { cause });
    }
  }

  /** Ends at the first message or with the connection: there is nothing more to wait for then. */
  private quiet(ms: number, clock: Clock = systemClock): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        this.socket.off('message', done).off('close', done);
        resolve();
      };
      const cancel = clock.after(ms, done);
      this.socket.on('message', done).on('close', done);
    });
  }

  private assertNothingPending(): void {
    const [unexpected] = this.inbox.peek();
    if (unexpected === undefined) return;
    throw this.inbox.failure('silence', `a message came: ${showMessage(unexpected)}`);
  }

  private limit(options: WaitOptions | undefined): number {
    return options?.timeoutMs ?? this.timeoutMs;
  }

  private tell(direction: 'in' | 'out', message: TestMessage): void {
    for (const listener of this.listeners) listener(direction, message);
  }

  private describe(): string {
    const state = `${this.url} is ${STATES[this.socket.readyState] ?? 'in an unknown state'}`;
    const fault = this.fault === undefined ? '' : ` after the error "${this.fault.message}"`;
    if (this.closure === undefined) return state + fault;
    const { code, reason, clean } = this.closure;
    const how = `${clean ? 'cleanly' : 'not cleanly'} with ${String(code)} "${reason}"`;
    return `${state} ${how}${fault}`;
  }
}
