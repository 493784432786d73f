import type { WebSocket } from 'ws';

interface RoundTrip {
  readonly done: () => void;
  readonly fail: (why: string) => void;
}

/** The protocol pings of one socket that wait for their pong. */
export class PingRoundTrips {
  private readonly waiting = new Map<number, RoundTrip>();
  private sent = 0;

  constructor(private readonly socket: WebSocket) {
    socket.on('pong', (payload) => {
      this.settle(Number(payload.toString()));
    });
    socket.on('close', () => {
      for (const trip of this.waiting.values()) trip.fail('the connection ended');
    });
  }

  /**
   * Sends a ping and resolves on its pong, or on that of a later ping: a peer need answer the last only.
   * @param failure Makes the error of a round trip that failed, from the reason.
   */
  start(timeoutMs: number, failure: (why: string) => Error): Promise<void> {
    if (this.socket.readyState !== this.socket.OPEN) {
      return Promise.reject(failure('the connection has ended'));
    }
    const number = ++this.sent;
    const trip = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.get(number)?.fail(`it did not come within ${String(timeoutMs)} ms`);
      }, timeoutMs);
      const settle = (): void => {
        clearTimeout(timer);
        this.waiting.delete(number);
      };
      this.waiting.set(number, {
        done: () => {
          settle();
          resolve();
        },
        fail: (why) => {
          settle();
          reject(failure(why));
        },
      });
    });
    this.socket.ping(String(number));
    return trip;
  }

  private settle(number: number): void {
    for (const [sent, trip] of this.waiting) if (sent <= number) trip.done();
  }
}
