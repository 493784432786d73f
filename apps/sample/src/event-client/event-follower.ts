import WebSocket from 'ws';

/** An `EVENT` frame as far as the follower looks into it. */
export interface EventFrame {
  readonly type: 'EVENT';
  readonly peer_id: string;
  readonly stream_id: string;
  readonly latest_event_id: number;
  readonly event: {
    readonly id: number;
    readonly type: string;
    readonly group_id: number | null;
    readonly data: { readonly hash?: string };
  };
}

/** Where a follower stands; keep it to resume later. */
export interface Position {
  /** The numbering the id belongs to. */
  readonly streamId: string;
  /** Last event that was handled and acknowledged. */
  readonly lastEventId: number;
}

/** What an {@link EventFollower} does with the stream. */
export interface FollowerHandler {
  event(frame: EventFrame): void;
  /** Everything up to here has been handled and acknowledged. */
  acknowledged(position: Position): void;
  /** A line for the person who watches. */
  notice(text: string): void;
}

/** Settings of an {@link EventFollower}. */
export interface FollowerOptions {
  readonly url: string;
  /** Events in flight; acknowledged when the window is used up. 100 to 1000 is quick. */
  readonly window: number;
  /** Where to go on; absent: after {@link startAfter}. */
  readonly position?: Position;
  /** The id to start after where no position is known; absent: from the first event. */
  readonly startAfter?: number;
  /** Pause before dialling again, in milliseconds. */
  readonly retryMs: number;
}

/**
 * Follows an event socket for ever: acknowledges each full window, dials again when the connection ends, and goes on
 * after the last acknowledged event. Refuses to go on in another numbering.
 */
export class EventFollower {
  private position: Position | undefined;
  private socket: WebSocket | undefined;
  private stopped = false;
  private inWindow = 0;

  constructor(
    private readonly options: FollowerOptions,
    private readonly handler: FollowerHandler,
  ) {
    this.position = options.position;
  }

  /** Resolves when {@link stop} was called; rejects if the server's numbering is another one. */
  async run(): Promise<void> {
    while (!this.stopped) {
      await this.connection();
      if (!this.stopped) await new Promise((retry) => setTimeout(retry, this.options.retryMs));
    }
  }

  stop(): void {
    this.stopped = true;
    this.socket?.close();
  }

  private connection(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(this.options.url, { perMessageDeflate: false });
      this.socket = socket;
      this.inWindow = 0;
      socket.on('open', () => {
        this.handler.notice(`connected to ${this.options.url}`);
        socket.send(
          JSON.stringify({
            type: 'START_STREAM',
            last_ack_event_id: this.position?.lastEventId ?? this.options.startAfter ?? null,
            window_size: this.options.window,
          }),
        );
      });
      socket.on('message', (data: Buffer) => {
        try {
          this.receive(socket, JSON.parse(data.toString()) as EventFrame | { type: string });
        } catch (error) {
          this.stop();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      socket.on('error', (error) => this.handler.notice(error.message));
      socket.on('close', (code) => {
        if (!this.stopped) this.handler.notice(`connection ended (${code})`);
        resolve();
      });
    });
  }

  private receive(socket: WebSocket, frame: EventFrame | { type: string }): void {
    if (!('event' in frame)) {
      this.handler.notice(`the server says ${JSON.stringify(frame)}`);
      return;
    }
    const streamId = this.position?.streamId ?? frame.stream_id;
    if (streamId !== frame.stream_id) {
      throw new Error(`the stream ${streamId} is gone, the server now has ${frame.stream_id}`);
    }
    const { id } = frame.event;
    this.handler.event(frame);
    this.inWindow++;
    // At the head nothing more may come for a while: acknowledging there keeps what is handled twice after a resume small.
    if (this.inWindow < this.options.window && id < frame.latest_event_id) return;
    this.inWindow = 0;
    this.position = { streamId, lastEventId: id };
    socket.send(
      JSON.stringify({ type: 'ACK', ack_event_id: id, window_size: this.options.window }),
    );
    this.handler.acknowledged(this.position);
  }
}
