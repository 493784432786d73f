/** Follows the event socket of whichever gateway there is, and checks that nothing is missed or comes twice. */
import WebSocket from 'ws';

const ID = /"event":\{"id":(\d+),/;
const STREAM = /"stream_id":"([^"]+)"/;
/** Events in flight. */
const WINDOW = 1000;
const RETRY_MS = 100;

export interface HoppingClientOptions {
  /** URL of an event socket to try; undefined if there is none now. */
  readonly pick: () => string | undefined;
  /** Hears of every event. What it throws ends the client. */
  readonly onEvent?: (id: number, text: string) => void;
  readonly onHop?: (url: string, after: number | undefined) => void;
}

export class HoppingClient {
  /** Id of the newest event. */
  last: number | undefined;
  connections = 0;
  private streamId: string | undefined;
  private socket: WebSocket | undefined;
  private inWindow = 0;
  private failure: Error | undefined;
  private stopped = false;
  private waiting: (() => void)[] = [];

  constructor(private readonly options: HoppingClientOptions) {
    this.connect();
  }

  /** Resolves when the event has come. Rejects if the stream is not as it should be. */
  async reached(id: number): Promise<void> {
    while (this.failure === undefined && (this.last ?? -1) < id) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    if (this.failure !== undefined) throw this.failure;
  }

  stop(): void {
    this.stopped = true;
    this.socket?.terminate();
  }

  private connect(): void {
    if (this.stopped) return;
    const url = this.options.pick();
    if (url === undefined) {
      this.retry();
      return;
    }
    const socket = new WebSocket(url, { perMessageDeflate: false });
    this.socket = socket;
    socket.on('open', () => {
      this.connections++;
      this.inWindow = 0;
      this.options.onHop?.(url, this.last);
      this.send({ type: 'START_STREAM', last_ack_event_id: this.last, window_size: WINDOW });
    });
    socket.on('message', (data: Buffer) => {
      this.receive(data.toString('latin1'));
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.retry();
    });
  }

  private retry(): void {
    if (!this.stopped) setTimeout(() => this.connect(), RETRY_MS);
  }

  private receive(text: string): void {
    try {
      this.accept(text);
    } catch (error) {
      this.failure ??= error as Error;
      this.stop();
    }
    if (this.waiting.length > 0) for (const look of this.waiting.splice(0)) look();
  }

  private accept(text: string): void {
    if (text.startsWith('{"type":"EVENT_WS_NOT_RUNNING"')) {
      // The gateway has only just started, and does not follow the writer yet.
      this.socket?.terminate();
      return;
    }
    const id = Number(ID.exec(text)?.[1]);
    const stream = STREAM.exec(text)?.[1];
    if (id !== (this.last ?? -1) + 1) {
      throw new Error(`after event ${String(this.last)} came ${text.slice(0, 300)}`);
    }
    if ((this.streamId ??= stream) !== stream)
      throw new Error(`the stream is now ${String(stream)}`);
    this.last = id;
    this.options.onEvent?.(id, text);
    // An acknowledgement takes the stream back to where it is: with events on their way they would come twice.
    if (++this.inWindow < WINDOW) return;
    this.inWindow = 0;
    this.send({ type: 'ACK', ack_event_id: id, window_size: WINDOW });
  }

  private send(message: object): void {
    this.socket?.send(JSON.stringify(message));
  }
}
