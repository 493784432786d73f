import type { CancelTask, Clock, FannedEvent, FanOutPublisher } from '@sluice/engine';
import type { NatsConnection } from '@nats-io/transport-node';
import type { WriterRun } from './fan-frame.js';
import { againSubject, anySubject } from './fan-subjects.js';
import { FanSender } from './fan-sender.js';

/** How often a writer says how far it is. */
const BEAT_MS = 1000;

/** Bytes that may be on their way to a server that has not confirmed them; what comes beyond is asked for later. */
const MOST_UNCONFIRMED = 16 * 1024 ** 2;

/** The writer's end of a NATS fan-out. */
export class NatsFanPublisher implements FanOutPublisher {
  private readonly sender: FanSender;
  private stopBeating: CancelTask = () => undefined;
  private online = true;
  private unconfirmed = 0;
  private confirming = false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly subject: string,
    run: WriterRun,
    private readonly clock: Clock,
    remembered: number,
  ) {
    const outlet = {
      get maxPayload() {
        return connection.info?.max_payload ?? 1024 ** 2;
      },
      publish: (frame: Uint8Array) => this.publish(frame),
    };
    this.sender = new FanSender(run, outlet, clock, remembered);
    for (const asked of [anySubject(subject), againSubject(subject, run)]) {
      connection.subscribe(asked, {
        callback: (error, message) => {
          if (error === null) message.respond(this.sender.answer(Number(message.string())));
        },
      });
    }
    this.beatLater();
    void this.watch();
  }

  send(event: FannedEvent): void {
    this.sender.send(event);
  }

  async close(): Promise<void> {
    this.stopBeating();
    this.sender.beat(true);
    if (this.online) await this.connection.flush().catch(() => undefined);
    await this.connection.close();
  }

  /** Nothing is kept for a server that is away or slow: gateways ask for it when they hear of it. */
  private publish(frame: Uint8Array): void {
    if (!this.online || this.connection.isClosed() || this.unconfirmed > MOST_UNCONFIRMED) return;
    this.connection.publish(this.subject, frame);
    this.unconfirmed += frame.length;
    if (!this.confirming && this.unconfirmed > MOST_UNCONFIRMED / 4) void this.confirm();
  }

  private async confirm(): Promise<void> {
    this.confirming = true;
    const before = this.unconfirmed;
    try {
      await this.connection.flush();
    } catch {
      // The connection is made again, with nothing on its way.
    }
    this.confirming = false;
    this.unconfirmed -= before;
  }

  private beatLater(): void {
    this.stopBeating = this.clock.after(BEAT_MS, () => {
      this.sender.beat();
      this.beatLater();
    });
  }

  private async watch(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      if (type === 'disconnect') this.online = false;
      if (type !== 'reconnect') continue;
      this.online = true;
      this.sender.beat();
    }
  }
}
