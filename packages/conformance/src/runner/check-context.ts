import {
  ClientPool,
  RawClient,
  WaitError,
  type TestClient,
  type TestClientOptions,
  type WaitOptions,
} from '@sluice/testing';
import type { Compat } from '../check.js';
import { Mismatch, SkipCheck } from '../judging/outcomes.js';
import {
  fetchText,
  handshake,
  type HandshakeAnswer,
  type HandshakeRequest,
} from '../wire/handshake.js';
import { RawPeer } from '../wire/raw-peer.js';
import { WireRecord } from '../wire/wire-record.js';
import type { ConformanceDriver } from './driver.js';

/** What a server wants of a client before it answers. */
export type ClientAccess = Pick<TestClientOptions, 'headers' | 'tls'>;

/** What the checks of a run have in common. */
export interface RunState {
  readonly access: ClientAccess;
  readonly compat: Compat | undefined;
  readonly driver: ConformanceDriver | undefined;
  /** The node's HTTP interface, where it is not on the endpoint's port. */
  readonly http: URL | undefined;
  readonly timeoutMs: number;
  readonly activityMs: number;
  /** What did not happen within `activityMs`: the checks that follow do not wait for it again. */
  readonly missed: Set<string>;
}

/** What a check works with. Everything it opens is ended with it. */
export class CheckContext {
  /** What went over the wire, for the report. */
  readonly record = new WireRecord();
  private readonly clients: ClientPool;
  private readonly raws: RawPeer[] = [];

  constructor(
    /** The endpoint under judgement, with the scheme ws or wss. */
    readonly url: URL,
    private readonly run: RunState,
  ) {
    const { timeoutMs, access } = run;
    this.clients = new ClientPool({ ...access, timeoutMs, connectTimeoutMs: timeoutMs });
  }

  /** The reading to judge by, if somebody has said which one. */
  get compat(): Compat | undefined {
    return this.run.compat;
  }

  /** Limit of one wait for an answer, milliseconds. */
  get timeoutMs(): number {
    return this.run.timeoutMs;
  }

  /** Limit of a wait for the chain, milliseconds. */
  get activityMs(): number {
    return this.run.activityMs;
  }

  get hasDriver(): boolean {
    return this.run.driver !== undefined;
  }

  /** Connects. @throws WaitError if the handshake is not granted in time. */
  async connect(options: TestClientOptions = {}, url: URL = this.url): Promise<TestClient> {
    const headers = { ...this.run.access.headers, ...options.headers };
    const client = await this.clients.connect(url, { ...options, headers });
    const connection = this.record.open();
    const note = (direction: 'in' | 'out', data: string | Buffer): void => {
      const isText = typeof data === 'string';
      this.record.note(connection, direction, isText ? data : `(binary: ${data.toString()})`);
    };
    for (const { data } of client.peek()) note('in', data);
    client.onTraffic((direction, { data }) => {
      note(direction, data);
    });
    return client;
  }

  /** Connects several clients, all of them before it resolves. */
  connectMany(count: number): Promise<readonly TestClient[]> {
    return Promise.all(Array.from({ length: count }, () => this.connect()));
  }

  /** Connects without anything that would answer by itself. @throws SkipCheck if the URL is wss. @param timeoutMs limit of its waits. */
  async raw(timeoutMs = this.timeoutMs): Promise<RawPeer> {
    if (this.url.protocol !== 'ws:') throw new SkipCheck('needs a URL that begins with ws:');
    const client = await RawClient.connect(this.url, {
      timeoutMs,
      headers: { ...this.run.access.headers },
    });
    const peer = new RawPeer(client, this.record, this.record.open());
    this.raws.push(peer);
    return peer;
  }

  /** Sends a handshake of its own making. @param path in place of the URL's, with its query. */
  handshake(request: Partial<HandshakeRequest> = {}, path?: string): Promise<HandshakeAnswer> {
    return this.exchange(handshake, this.at(path), request);
  }

  /** Sends a plain HTTP request to the endpoint's host. */
  fetch(path?: string, request: Partial<HandshakeRequest> = {}): Promise<HandshakeAnswer> {
    return this.exchange(fetchText, this.at(path), request);
  }

  /** Sends an HTTP request to the node's own HTTP interface. @throws SkipCheck if nobody has said where that is. */
  http(path: string, request: Partial<HandshakeRequest> = {}): Promise<HandshakeAnswer> {
    const { http } = this.run;
    if (http === undefined) throw new SkipCheck('needs the URL of the node’s HTTP interface');
    return this.exchange(fetchText, new URL(path, http), request);
  }

  /** Has the driver do something. @throws SkipCheck if there is no driver, or it cannot. */
  async drive<T = unknown>(action: string, body?: object): Promise<T> {
    const { driver } = this.run;
    if (driver === undefined) throw new SkipCheck(`needs a driver that can ${action}`);
    this.record.note(
      0,
      'out',
      `(driver: ${action} ${body === undefined ? '' : JSON.stringify(body)})`,
    );
    return (await driver.act(action, body)) as T;
  }

  /** Has the driver do something, if there is one: otherwise the chain will move by itself. */
  async nudge(action: string, body?: object): Promise<void> {
    if (this.hasDriver) await this.drive(action, body);
  }

  /**
   * Waits for something that happens on the chain. With a driver it must come like an answer.
   * @param what names it, for the report.
   * @throws SkipCheck if there is no driver and it does not come in `activityMs`.
   */
  async activity<T>(what: string, wait: (options: WaitOptions) => Promise<T>): Promise<T> {
    if (this.hasDriver) return wait({ timeoutMs: this.timeoutMs });
    const quiet = new SkipCheck(`no ${what} came within ${this.activityMs} ms`);
    if (this.run.missed.has(what)) throw new SkipCheck(`${quiet.message} in an earlier check`);
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.run.missed.add(what);
        reject(quiet);
      }, this.activityMs);
    });
    const waiting = wait({ timeoutMs: this.activityMs + this.timeoutMs });
    waiting.catch(() => undefined);
    return Promise.race([waiting, expired]).finally(() => {
      clearTimeout(timer);
    });
  }

  /** Ends everything that the check has opened. */
  async end(): Promise<void> {
    await Promise.all([
      this.clients.closeAll(),
      ...this.raws.map((peer) => peer[Symbol.asyncDispose]()),
    ]);
  }

  private async exchange(
    send: typeof handshake,
    url: URL,
    request: Partial<HandshakeRequest>,
  ): Promise<HandshakeAnswer> {
    const connection = this.record.open();
    const { method = 'GET', headers } = request;
    const shown = headers === undefined ? '' : ` ${JSON.stringify(headers)}`;
    this.record.note(connection, 'out', `(${method} ${String(url)}${shown})`);
    const { tls, headers: given } = this.run.access;
    const answer = await send(url, {
      timeoutMs: this.timeoutMs,
      ...request,
      headers: { ...given, ...headers },
      ...(tls !== undefined && { tls }),
    });
    this.record.note(connection, 'in', `(status ${answer.status}) ${answer.body}`);
    return answer;
  }

  private at(path: string | undefined): URL {
    return path === undefined ? this.url : new URL(path, this.url);
  }
}

/** What a failed wait, or whatever else a check stumbled over, says of the server. */
export function mismatchOf(error: unknown): Mismatch {
  if (error instanceof Mismatch) return error;
  const { message } = error as Error;
  const waited = error instanceof WaitError ? /^waited for ([^:]+): (.*)$/s.exec(message) : null;
  if (waited === null) return new Mismatch('no fault', message);
  return new Mismatch(waited[1] ?? '', waited[2] ?? '');
}
