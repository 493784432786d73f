/** Brings the writer's bus events to all gateways over NATS. */
import {
  SluiceError,
  systemClock,
  type Clock,
  type FanOut,
  type FanOutListener,
  type FanOutPublisher,
  type FanOutSubscription,
} from '@sluice/engine';
import type { NatsConnection } from '@nats-io/transport-node';
import { FanFollower } from './fan-follower.js';
import { againSubject, anySubject } from './fan-subjects.js';
import { decodeFrame, type FanFrame, type WriterRun } from './fan-frame.js';
import { NatsFanPublisher } from './nats-fan-publisher.js';
import { connectNodes, endNodes } from './nats-link.js';
import { checkNatsOptions, NATS_DEFAULTS, type NatsNodesOptions } from './nats-nodes.options.js';

/** Options of {@link natsFanOut}. */
export interface NatsFanOutOptions extends NatsNodesOptions {
  /** Bytes of events that the writer remembers for gateways whose connection was gone; default 64 MiB. */
  readonly remember?: number;
  /** Time; default the system's. */
  readonly clock?: Clock;
}

/** How long a gateway waits for one answer of the writer. */
const ANSWER_MS = 1000;

/**
 * A fan-out over plain NATS subjects: `sluice.bus`, and `sluice.bus.again.…` on which gateways ask for what they have missed.
 * JetStream is not needed.
 *
 * Payloads are read with `v8.deserialize`, which trusts what it reads: let nobody but the application publish on these
 * subjects.
 *
 * @throws SluiceError `INVALID` if an option cannot be meant.
 */
export function natsFanOut(options: NatsFanOutOptions): FanOut {
  const settings = { ...NATS_DEFAULTS, remember: 64 * 1024 ** 2, clock: systemClock, ...options };
  checkNatsOptions('natsFanOut', settings);
  if (!(settings.remember >= 0)) {
    throw new SluiceError('INVALID', 'natsFanOut: remember is a number of bytes');
  }
  return new NatsFanOut(settings);
}

class NatsFanOut implements FanOut {
  constructor(private readonly options: Required<NatsFanOutOptions>) {}

  async publisher(): Promise<FanOutPublisher> {
    const { clock, remember } = this.options;
    const connection = await connectNodes('writer', this.options);
    const present = await this.writerNow(connection);
    return new NatsFanPublisher(connection, this.subject, clock, remember, present?.run);
  }

  async follow(listener: FanOutListener): Promise<FanOutSubscription> {
    const connection = await connectNodes('gateway', this.options);
    const ask = (run: WriterRun, number: number): Promise<FanFrame> =>
      askAgain(connection, againSubject(this.subject, run), number);
    const follower = new FanFollower(listener, ask, this.options.clock);
    connection.subscribe(this.subject, {
      callback: (error, { data }) => {
        const frame = error === null ? decodeFrame(data) : undefined;
        if (frame !== undefined) follower.accept(frame);
      },
    });
    // Whatever is sent from now on is heard.
    await connection.flush();
    const present = await this.writerNow(connection);
    if (present === undefined) follower.fromTheBeginning();
    else follower.accept(present);
    return {
      close: async () => {
        follower.close();
        await endNodes(connection);
      },
    };
  }

  /** How far the writer is that gateways follow now, if there is one. */
  private writerNow(connection: NatsConnection): Promise<FanFrame | undefined> {
    return askAgain(connection, anySubject(this.subject), Infinity).catch(() => undefined);
  }

  private get subject(): string {
    return `${this.options.subject}.bus`;
  }
}

async function askAgain(
  connection: NatsConnection,
  subject: string,
  number: number,
): Promise<FanFrame> {
  const { data } = await connection.request(subject, String(number), { timeout: ANSWER_MS });
  const frame = decodeFrame(data);
  if (frame === undefined) throw new SluiceError('MALFORMED', 'the writer is of another release');
  return frame;
}
