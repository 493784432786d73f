/** An event client that checks every frame as it comes and keeps none, so that it can read any number of them. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { ack, startStream } from './event-frame.js';

/** How an {@link EventReader} reads. */
export interface EventReaderOptions {
  /** The last event that is not wanted; null: from the first. */
  readonly after: number | null;
  /** Acknowledged when it is full, as clients in the field do. */
  readonly window: number;
  /** Sees each event's id and the frame. What it throws ends the reader. */
  readonly onFrame?: (id: number, text: string) => void;
}

const ID = /"event":\{"id":(\d+),/;
const LATEST = /"latest_event_id":(\d+)/;

interface Waiter {
  readonly id: number;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/** Fails as soon as an event is not the one after the last, or was not there yet when it was sent. */
export class EventReader {
  /** Id of the newest event that has come; at first the one to start after. */
  last: number;
  /** Last id that was acknowledged; null: none. */
  acknowledged: number | null;
  private inWindow = 0;
  private failure: Error | undefined;
  private waiters: Waiter[] = [];
  private closed = false;
  /** Resolves when the connection has ended, however. */
  readonly ended: Promise<void>;

  private constructor(
    private readonly socket: WebSocket,
    private readonly options: EventReaderOptions,
  ) {
    this.acknowledged = options.after;
    this.last = options.after ?? -1;
    socket.on('message', (data: Buffer) => {
      this.receive(data.toString());
    });
    socket.on('error', (error) => (this.failure ??= error));
    this.ended = new Promise((resolve) => {
      socket.on('close', (code) => {
        if (!this.closed) this.fail(new Error(`the connection ended with ${code}`));
        resolve();
      });
    });
  }

  /** Connects and starts the stream. */
  static async start(url: string, options: EventReaderOptions): Promise<EventReader> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const reader = new EventReader(socket, options);
    await once(socket, 'open');
    reader.send(startStream(options.after, options.window));
    return reader;
  }

  /** Resolves when the event `id` has come; rejects if it cannot come any more. */
  reached(id: number): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (this.last >= id) return Promise.resolve();
    return new Promise((resolve, reject) => this.waiters.push({ id, resolve, reject }));
  }

  /** Ends the connection. @throws Error if the stream was not as it should be. */
  async close(): Promise<void> {
    const { failure } = this;
    this.closed = true;
    this.socket.terminate();
    await this.ended;
    if (failure !== undefined) throw failure;
  }

  private receive(text: string): void {
    if (this.failure !== undefined || this.closed) return;
    try {
      this.accept(text);
    } catch (error) {
      this.fail(error as Error);
      this.socket.terminate();
    }
  }

  private accept(text: string): void {
    const id = Number(ID.exec(text)?.[1]);
    const latest = Number(LATEST.exec(text)?.[1]);
    if (id !== this.last + 1 || !(latest >= id)) {
      throw new Error(`after event ${this.last} came ${text.slice(0, 300)}`);
    }
    this.options.onFrame?.(id, text);
    this.last = id;
    if (++this.inWindow > this.options.window) throw new Error(`event ${id} is outside the window`);
    if (this.inWindow === this.options.window) this.acknowledge(id);
    const served = this.waiters.filter((waiter) => waiter.id <= id);
    if (served.length === 0) return;
    this.waiters = this.waiters.filter((waiter) => waiter.id > id);
    for (const waiter of served) waiter.resolve();
  }

  private acknowledge(id: number): void {
    this.inWindow = 0;
    this.acknowledged = id;
    this.send(ack(id, this.options.window));
  }

  private fail(error: Error): void {
    this.failure ??= error;
    const waiters = this.waiters;
    this.waiters = [];
    for (const waiter of waiters) waiter.reject(this.failure);
  }

  private send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }
}
