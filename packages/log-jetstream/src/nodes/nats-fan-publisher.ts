import { randomBytes } from 'node:crypto';
import type { CancelTask, Clock, FannedEvent, FanOutPublisher } from '@sluice/engine';
import type { NatsConnection } from '@nats-io/transport-node';
import type { WriterRun } from './fan-frame.js';
import { againSubject, anySubject } from './fan-subjects.js';
import { FanSender } from './fan-sender.js';
import { endNodes } from './nats-link.js';

/** How often a writer says how far it is. */
const BEAT_MS = 1000;

/** Bytes that may be on their way to a server that has not confirmed them; what comes beyond is asked for later. */
const MOST_UNCONFIRMED = 16 * 1024 ** 2;

/**
 * The writer's end of a NATS fan-out. Its run begins with its first event: a writer that stands by has none, and must not be
 * taken for the one that gateways have to follow.
 */
export class NatsFanPublisher implements FanOutPublisher {
  private sender: FanSender | undefined;
  private stopBeating: CancelTask = () => undefined;
  private online = true;
  private unconfirmed = 0;
  private confirming = false;

  /** @param present the run of the writer that gateways follow now, with its clock ahead perhaps. */
  constructor(
    private readonly connection: NatsConnection,
    private readonly subject: string,
    private readonly clock: Clock,
    private readonly remembered: number,
    private readonly present: WriterRun | undefined,
  ) {
    void this.watch();
  }

  send(event: FannedEvent): void {
    this.sender ??= this.begin();
    this.sender.send(event);
  }

  async close(): Promise<void> {
    this.stopBeating();
    this.sender?.beat(true);
    await endNodes(this.connection, this.online);
  }

  private begin(): FanSender {
    const { connection, clock, subject } = this;
    const startedAt = Math.max(clock.now(), (this.present?.startedAt ?? 0) + 1);
    const run = { startedAt, id: randomBytes(8).toString('hex') };
    const outlet = {
      get maxPayload() {
        return connection.info?.max_payload ?? 1024 ** 2;
      },
      publish: (frame: Uint8Array) => this.publish(frame),
    };
    const sender = new FanSender(run, outlet, clock, this.remembered);
    for (const asked of [anySubject(subject), againSubject(subject, run)]) {
      connection.subscribe(asked, {
        callback: (error, message) => {
          if (error === null) message.respond(sender.answer(Number(message.string())));
        },
      });
    }
    this.beatLater(sender);
    return sender;
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

  private beatLater(sender: FanSender): void {
    this.stopBeating = this.clock.after(BEAT_MS, () => {
      sender.beat();
      this.beatLater(sender);
    });
  }

  private async watch(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      if (type === 'disconnect') this.online = false;
      if (type !== 'reconnect') continue;
      this.online = true;
      this.sender?.beat();
    }
  }
}
