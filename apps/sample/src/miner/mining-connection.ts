/** The client's side of a node's mining socket (JSON-RPC): templates come, blocks go; dials again when it ends. */
import type { CancelTask, Clock } from '@sluice/engine';
import { parseJson } from '@sluice/engine';
import type { BlockTemplate } from '@sluice/hathor/codec';
import WebSocket from 'ws';
import { receivedTemplates } from './received-templates.js';

/** What a {@link MiningConnection} tells. */
export interface MiningHandler {
  /** The templates of the moment; empty while the node may not mine. */
  templates(templates: readonly BlockTemplate[]): void;
  /** The connection has ended; another one is tried after so many milliseconds. */
  lost(reason: string, retryMs: number): void;
}

/** What became of a block: `refused` is the node's error, after which it ends the connection. */
export type SubmitAnswer =
  | { readonly outcome: 'accepted' | 'stale' | 'lost' }
  | { readonly outcome: 'refused'; readonly reason: string };

/** The URL cannot be mined on; trying again would not help. */
class NoMiningEndpointError extends Error {
  override readonly name = 'NoMiningEndpointError';
}

/** What a node sends; anything else is no mining endpoint. */
interface RpcMessage {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
  readonly error?: unknown;
  readonly result?: unknown;
}

interface Pending {
  readonly method: string;
  readonly answer: (result: unknown, error?: string) => void;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
/** A node has no timer: this keeps time bounds fresh, and tells that the connection is alive. */
const REFRESH_MS = 5_000;
/** How long the node may take to answer our Close. */
const CLOSE_MS = 1_000;
/** How long an endpoint may be silent before it has shown that it is a mining socket. */
const PATIENCE_MS = 10_000;

/**
 * Until the endpoint has given its first template list, every failure is final: a mistyped URL should not be tried again and
 * again. From then on the connection is held for ever.
 */
export class MiningConnection {
  private socket: WebSocket | undefined;
  private pending = new Map<number, Pending>();
  private lastId = 0;
  private hasWorked = false;
  private retryMs = FIRST_RETRY_MS;
  private readonly stopping = new AbortController();

  constructor(
    private readonly url: string,
    private readonly handler: MiningHandler,
    private readonly clock: Clock,
  ) {}

  /** Resolves after {@link stop}. @throws NoMiningEndpointError if the URL is no mining socket that can be reached. */
  async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const reason = await this.connection();
      if (this.stopping.signal.aborted) return;
      if (!this.hasWorked) throw new NoMiningEndpointError(`${this.url}: ${reason}`);
      this.handler.lost(reason, this.retryMs);
      await this.pause(this.retryMs);
      this.retryMs = Math.min(2 * this.retryMs, LONGEST_RETRY_MS);
    }
  }

  stop(): void {
    this.stopping.abort();
    const { socket } = this;
    socket?.close();
    this.clock.after(CLOSE_MS, () => socket?.terminate());
  }

  /** Asks for templates; they come to the handler. */
  refresh(): void {
    this.call('mining.refresh', [], (result) => {
      if (Array.isArray(result)) this.take(result);
    });
  }

  submit(hexdata: string): Promise<SubmitAnswer> {
    return new Promise((resolve) => {
      this.call('mining.submit', { hexdata }, (result, error) => {
        if (error !== undefined) resolve({ outcome: 'refused', reason: error });
        else if (result === undefined) resolve({ outcome: 'lost' });
        else resolve({ outcome: result === false ? 'stale' : 'accepted' });
      });
    });
  }

  /** One connection from dialling to its end; resolves with why it ended. */
  private connection(): Promise<string> {
    return new Promise((resolve) => {
      const socket = new WebSocket(this.url, {
        perMessageDeflate: false,
        handshakeTimeout: 10_000,
      });
      this.socket = socket;
      let reason: string | undefined;
      const giveUp = (why: string): void => {
        reason ??= why;
        socket.terminate();
      };
      const impatience = this.clock.after(PATIENCE_MS, () =>
        giveUp('no mining endpoint: no answer to mining.refresh'),
      );
      const refreshing = this.every(REFRESH_MS, () => {
        const awaited = [...this.pending.values()].some(
          ({ method }) => method === 'mining.refresh',
        );
        if (awaited && this.hasWorked) giveUp('the node no longer answers');
        else this.refresh();
      });
      socket.on('open', () => this.refresh());
      socket.on('message', (data: Buffer) => {
        try {
          this.receive(data.toString());
          impatience();
        } catch (error) {
          giveUp(`no mining endpoint: ${(error as Error).message}`);
        }
      });
      socket.on('error', (error) => (reason ??= describe(error)));
      socket.on('close', (code) => {
        impatience();
        refreshing();
        this.socket = undefined;
        const unanswered = [...this.pending.values()];
        this.pending.clear();
        for (const { answer } of unanswered) answer(undefined);
        resolve(reason ?? `the node has ended the connection (${code})`);
      });
    });
  }

  private receive(text: string): void {
    const message = parseJson(text) as RpcMessage | null;
    if (message?.method === 'mining.notify') return this.take(message.params);
    const id = message?.id;
    const error = message?.error;
    if (typeof error === 'object' && error !== null) {
      // Errors have no id: the node answers in order, so it is the oldest request that failed.
      const { code, message: words } = error as { code?: unknown; message?: unknown };
      return this.settle(
        [...this.pending.keys()][0],
        undefined,
        `${String(words)} (${String(code)})`,
      );
    }
    if (typeof id !== 'number' || message?.result === undefined) {
      throw new TypeError(`it says ${text.slice(0, 80)}`);
    }
    this.settle(id, message.result);
  }

  private settle(id: number | undefined, result: unknown, error?: string): void {
    const pending = id === undefined ? undefined : this.pending.get(id);
    if (id === undefined || pending === undefined) return;
    this.pending.delete(id);
    pending.answer(result, error);
  }

  private take(list: unknown): void {
    const templates = receivedTemplates(list);
    this.hasWorked = true;
    this.retryMs = FIRST_RETRY_MS;
    this.handler.templates(templates);
  }

  private call(method: string, params: unknown, answer: Pending['answer']): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return answer(undefined);
    const id = ++this.lastId;
    this.pending.set(id, { method, answer });
    this.socket.send(JSON.stringify({ id, method, params }));
  }

  private every(ms: number, task: () => void): CancelTask {
    let cancel: CancelTask;
    const arm = (): void => {
      cancel = this.clock.after(ms, () => {
        arm();
        task();
      });
    };
    arm();
    return () => cancel();
  }

  private pause(ms: number): Promise<void> {
    const { signal } = this.stopping;
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = this.clock.after(ms, end);
      signal.addEventListener('abort', end);
    });
  }
}

function describe(error: NodeJS.ErrnoException): string {
  const status = /Unexpected server response: (\d+)/.exec(error.message)?.[1];
  if (status !== undefined) return `no mining endpoint: the server answers ${status}`;
  if (error.code === 'ECONNREFUSED') return 'connection refused, nothing listens there';
  if (error.code === 'ENOTFOUND') return 'there is no such host';
  return error.message;
}
